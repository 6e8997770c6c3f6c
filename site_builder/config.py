"""archive.toml, outlets/*.toml and names/*.toml: read, checked, typed, every fault located.

Every key is optional, and so is every file: a folder of articles is an archive too, and its name is
the title. What stands here is *supplied* by the archive's keeper; it never overrides a file's own word.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from .columns import Table
from .errors import ConfigError
from .model import Outlet, Reason, Record, Rule
from .names import Authority
from .patterns import fault
from .rights import NOT_EVALUATED, address_of

CONFIG_NAME = "archive.toml"
OUTLETS = "outlets"
NAMES = "names"
ARTICLES = "articles"
CACHE = ".site-builder"
"""Private, disposable, git-ignored: the derivations and the Whoosh index."""
SITE = "_site"
"""Where the site goes unless the command says otherwise."""
RENDERED = "rendered-sha256.txt"
"""Every other file of a site with its SHA-256, in the form of a BagIt manifest (RFC 8493): where this
stands, a build of ours has written."""

SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".txt": "text"}
SUFFIXES |= {".html": "html", ".htm": "html"}
"""What an article's file name ends in (in any case), and the reader that takes it."""


class Archive(Record, frozen=True, kw_only=True):
    """An archive's own settings, and the outlets and names it knows."""

    root: str
    """The folder, absolute."""
    title: str
    description: str = ""
    """One or two sentences for the front page and for search engines."""
    about: str = ""
    """Markdown: the about page's own text."""
    address: str = ""
    """Where the site is published, with a slash at its end; empty when not known."""
    domain: str = ""
    """A domain of its own: written to CNAME for GitHub Pages."""
    language: str = ""
    """BCP 47: the language of articles that do not say."""
    rights: str = NOT_EVALUATED
    """URI of the rights statement for articles that do not say."""
    maintainer: str = ""
    """Who keeps the archive: shown as "Held by"."""
    contact: str = ""
    """A mail address or a web address."""
    repository: str = ""
    """Web address of the repository that holds the archive."""
    outlets: tuple[Outlet, ...] = ()
    names: tuple[Authority, ...] = ()
    table: Table = Table()
    """Which columns of an imported table hold what."""

    @property
    def base_path(self) -> str:
        """The path part of the address, with a slash at both ends: `/repo/`, or `/`."""
        path = urlsplit(self.address).path.strip("/")
        return f"/{path}/" if path else "/"


class _ArchiveFile(msgspec.Struct, forbid_unknown_fields=True):
    title: str = ""
    description: str = ""
    about: str = ""
    address: str = ""
    domain: str = ""
    language: str = ""
    rights: str = NOT_EVALUATED
    maintainer: str = ""
    contact: str = ""
    repository: str = ""
    table: Table = Table()


class _RuleLine(msgspec.Struct, forbid_unknown_fields=True):
    pattern: str
    where: Literal["first", "last", "any"] = "last"
    reason: Reason = Reason.FOOTER
    lines: Annotated[int, msgspec.Meta(ge=1)] = 4


class _OutletFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    forms: tuple[str, ...] = ()
    note: str = ""
    url: str = ""
    language: str = ""
    version: int = 1
    cut: tuple[_RuleLine, ...] = ()


class _AuthorityFile(msgspec.Struct, forbid_unknown_fields=True):
    label: str
    forms: tuple[str, ...] = ()
    kind: str = ""
    note: str = ""


FILES = {"archive.json": _ArchiveFile, "outlet.json": _OutletFile, "name.json": _AuthorityFile}
"""What each kind of settings file may hold, by the name of its schema."""

_T = TypeVar("_T")
_KINDS = {
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number with a point",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
}
"""msgspec's names for what TOML can hold."""
_ADDRESS = re.compile(r"https?://\w[\w.:-]*(/[^\s<>\"?#@]*)?", re.IGNORECASE)
"""A website's root: no name or password of a visitor, no query, no fragment."""
_CUT_HINT = (
    "a cut has pattern, and may have where (first, last, any), lines (1 or more)"
    f" and reason ({', '.join(Reason)})"
)


def load(root: Path) -> Archive:
    """Read an archive's settings.

    Raises:
        ConfigError: the folder is missing, or one of its TOML files is faulty; the error says where.
    """
    root = root.resolve()
    if not root.is_dir():
        raise ConfigError(
            "there is no such folder",
            path=str(root),
            hint="name a folder of articles, or make an archive with: site-builder new DIR",
        )
    path = root / CONFIG_NAME
    settings = _decode(path, root, _ArchiveFile) if path.is_file() else _ArchiveFile()
    return Archive(
        root=str(root),
        title=settings.title or root.name,
        description=settings.description,
        about=settings.about,
        address=site_address(settings.address or _domain_address(settings.domain), CONFIG_NAME),
        domain=settings.domain,
        language=settings.language,
        rights=address_of(settings.rights) or settings.rights,
        maintainer=settings.maintainer,
        contact=settings.contact,
        repository=settings.repository,
        outlets=tuple(_outlets(root)),
        names=tuple(_names(root)),
        table=settings.table,
    )


def articles_folder(root: Path) -> Path:
    """Where the articles are: `articles/`, or the folder itself where there is none."""
    inner = root / ARTICLES
    return inner if inner.is_dir() else root


def site_address(address: str, path: str = "") -> str:
    """Check a site's address and end it with a slash; an empty one stays empty.

    Raises:
        ConfigError: it is not a plain http or https address.
    """
    if not address:
        return ""
    if not _ADDRESS.fullmatch(address):
        raise ConfigError(
            f"{address!r} is not the address of a website",
            path=path,
            hint="write it in full, like https://name.github.io/archive/",
        )
    return address if address.endswith("/") else f"{address}/"


def _domain_address(domain: str) -> str:
    return f"https://{domain}/" if domain else ""


def _outlets(root: Path) -> Iterator[Outlet]:
    for path in _toml_files(root / OUTLETS):
        file = _decode(path, root, _OutletFile)
        rules = tuple(
            _rule(line, f"{path.stem}.{number}@{file.version}", path, root)
            for number, line in enumerate(file.cut, start=1)
        )
        yield Outlet(
            id=path.stem,
            name=file.name,
            forms=file.forms,
            note=file.note,
            url=file.url,
            language=file.language,
            rules=rules,
        )


def _toml_files(folder: Path) -> list[Path]:
    """Give a folder's TOML files by name; hidden ones are an editor's or a system's own."""
    return [path for path in sorted(folder.glob("*.toml")) if not path.name.startswith(".")]


def _rule(line: _RuleLine, name: str, path: Path, root: Path) -> Rule:
    try:
        re.compile(line.pattern)
    except re.error as error:
        raise ConfigError(
            f"the pattern {line.pattern!r} is not a regular expression: {error}",
            path=_shown(path, root),
            line=_line_of(path.read_text("utf-8"), line.pattern),
            hint="see docs.python.org/3/library/re.html for what can be written",
        ) from error
    if slow := fault(line.pattern):
        raise ConfigError(
            f"the pattern {line.pattern!r} might take forever on some line: {slow}",
            path=_shown(path, root),
            line=_line_of(path.read_text("utf-8"), line.pattern),
            hint="write the line's own words, or several cuts in place of one",
        )
    return Rule(
        name=name, where=line.where, pattern=line.pattern, reason=line.reason, lines=line.lines
    )


def _names(root: Path) -> Iterator[Authority]:
    for path in _toml_files(root / NAMES):
        file = _decode(path, root, _AuthorityFile)
        yield Authority(
            id=path.stem, label=file.label, forms=file.forms, kind=file.kind, note=file.note
        )


def _decode(path: Path, root: Path, kind: type[_T]) -> _T:
    shown = _shown(path, root)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"this file is not UTF-8: byte {error.start}",
            path=shown,
            hint="save it again as UTF-8 in your editor",
        ) from error
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        message, line = _toml_fault(str(error), text)
        raise ConfigError(
            message, path=shown, line=line, hint='a line reads: key = "value"'
        ) from error
    except msgspec.ValidationError as error:
        raise _validation_fault(str(error), text, shown, kind) from error


def _toml_fault(message: str, text: str) -> tuple[str, int]:
    """Split tomllib's "... (at line 3, column 7)" into words and a line number."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if found is None:
        return message, 0
    line = int(found[1]) if found[1] else text.count("\n") + 1
    return message[: found.start()], line


def _validation_fault(message: str, text: str, shown: str, kind: type) -> ConfigError:
    """Put msgspec's "... - at `$.cut[0].lines`" into a person's words, and find the line."""
    what, _, at = message.partition(" - at ")
    keys = re.findall(r"\.(\w+)", at)
    inner = kind is _OutletFile and "cut" in keys
    named = re.fullmatch(r"Object (contains unknown|missing required) field `(.+)`", what)
    key = named[2] if named and "unknown" in named[1] else keys[-1] if keys else ""
    if named:
        fault = "is not a key that stands here" if "unknown" in named[1] else "is missing"
        words = f"{named[2]!r} {fault}"
    else:
        words = re.sub(r"`(\w+)`", lambda found: _KINDS.get(found[1], found[1]), what)
        words = re.sub(r"^Invalid enum value (.*)", r"\1 cannot stand here", words)
        words = f"{key}: {words.replace('Expected', 'expected')}"
    table = kind is _ArchiveFile and at.startswith("`$.table")
    fields = ", ".join(field.name for field in msgspec.structs.fields(Table if table else kind))
    return ConfigError(
        words,
        path=shown,
        line=_line_of(text, key),
        hint=_CUT_HINT if inner else f"the keys are: {fields}",
    )


def _line_of(text: str, key: str) -> int:
    """Give the first line that begins with the key or holds the value, from 1; 0 if there is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if key and (re.match(rf"\s*\[*\s*\"?{re.escape(key)}\b", line) or key in line):
            return number
    return 0


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
