"""archive.toml, outlets/*.toml and names/*.toml: read, checked, typed, every fault located.

Every key is optional, and so is every file: a folder of articles is an archive too, and its name is
the title. What stands here is *supplied* by the archive's keeper; it never overrides a file's own word.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec

from .columns import Table
from .errors import ConfigError
from .model import Reason, Record
from .names import Authority
from .outlet import CUT, FED, Outlet, Rule
from .patterns import fault
from .rights import NOT_EVALUATED, address_of
from .toml import decode, keys_of, line_of, shown

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


LANGUAGE_STATEMENT = (
    "The wording of each article, including names of people, places, groups and events, figures, and"
    " quotation marks, is the publisher\u2019s. It is kept as published so that readers can see who said"
    " what. It is not the wording of this archive. Headlines, notes and groupings in [brackets] are ours."
)
"""What the about page says of the articles' words unless the archive says it otherwise."""
TextLevel: TypeAlias = Literal["full", "excerpt", "none"]
"""How much of an article's text is shown."""


class Archive(Record, frozen=True, kw_only=True):
    """An archive's own settings, and the outlets and names it knows."""

    root: str
    """The folder, absolute."""
    title: str
    description: str = ""
    """One or two sentences for the front page and for search engines."""
    about: str = ""
    """Markdown: the about page's own text."""
    language_statement: str = ""
    """Markdown: whose words the articles are."""
    takedown: str = ""
    """Markdown: what someone can ask for who is named or harmed, or who owns the rights."""
    publish_basis: str = ""
    """Markdown: why the archive may show the texts."""
    metadata_licence: str = ""
    """Licence of the records, which are the archive's own: an address of Creative Commons."""
    address: str = ""
    """Where the site is published, with a slash at its end; empty when not known."""
    domain: str = ""
    """A domain of its own: written to CNAME for GitHub Pages."""
    language: str = ""
    """BCP 47: the language of articles that do not say."""
    rights: str = NOT_EVALUATED
    """URI of the rights statement for articles that do not say."""
    text_level: str = "full"
    """How much of a text is shown where neither the article nor its outlet says."""
    as_of: str = ""
    """The day (YYYY-MM-DD) that embargoes are held against; empty: none of them is over."""
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
    language_statement: str = LANGUAGE_STATEMENT
    takedown: str = ""
    publish_basis: str = ""
    metadata_licence: str = ""
    address: str = ""
    domain: str = ""
    language: str = ""
    rights: str = NOT_EVALUATED
    text_level: TextLevel = "full"
    maintainer: str = ""
    contact: str = ""
    repository: str = ""
    table: Table = Table()


class _RuleLine(msgspec.Struct, forbid_unknown_fields=True):
    pattern: str
    where: Literal["first", "last", "any"] = "last"
    reason: Reason = Reason.FOOTER
    lines: Annotated[int, msgspec.Meta(ge=1)] = 4
    keep: bool = False
    note: str = ""


class _OutletFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    forms: tuple[str, ...] = ()
    note: str = ""
    url: str = ""
    language: str = ""
    text_level: TextLevel | Literal[""] = ""
    rights: str = ""
    version: int = 1
    date_order: Literal["", "day-month-year", "month-day-year"] = ""
    cut: tuple[_RuleLine, ...] = ()


class _AuthorityFile(msgspec.Struct, forbid_unknown_fields=True):
    label: str
    forms: tuple[str, ...] = ()
    kind: str = ""
    note: str = ""


FILES = {"archive.json": _ArchiveFile, "outlet.json": _OutletFile, "name.json": _AuthorityFile}
"""What each kind of settings file may hold, by the name of its schema."""

_ADDRESS = re.compile(r"https?://\w[\w.:-]*(/[^\s<>\"?#@]*)?", re.IGNORECASE)
"""A website's root: no name or password of a visitor, no query, no fragment."""
_CUT_HINT = (
    "a cut has pattern, and may have where (first, last, any), lines (1 or more), keep (true or false), note"
    f" and reason ({', '.join(Reason)})"
)
_HINTS = {"cut": _CUT_HINT, "table": f"the keys are: {', '.join(keys_of(Table))}"}
"""What may stand in a table inside a file, by the table's name."""


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
    settings = decode(path, root, _ArchiveFile, _HINTS) if path.is_file() else _ArchiveFile()
    return Archive(
        root=str(root),
        title=settings.title or root.name,
        description=settings.description,
        about=settings.about,
        language_statement=settings.language_statement,
        takedown=settings.takedown,
        publish_basis=settings.publish_basis,
        metadata_licence=address_of(settings.metadata_licence) or settings.metadata_licence,
        address=site_address(settings.address or _domain_address(settings.domain), CONFIG_NAME),
        domain=settings.domain,
        language=settings.language,
        rights=address_of(settings.rights) or settings.rights,
        text_level=settings.text_level,
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
        file = decode(path, root, _OutletFile, _HINTS)
        rules = tuple(
            msgspec.structs.replace(
                _rule(line, f"{path.stem}.{number}@{file.version}", path, root),
                date_order=file.date_order,
            )
            for number, line in enumerate(file.cut, start=1)
        )
        yield Outlet(
            id=path.stem,
            name=file.name,
            forms=file.forms,
            note=file.note,
            url=file.url,
            language=file.language,
            text_level=file.text_level,
            rights=address_of(file.rights) or file.rights,
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
            path=shown(path, root),
            line=line_of(path.read_text("utf-8"), line.pattern),
            hint="see docs.python.org/3/library/re.html for what can be written",
        ) from error
    if slow := fault(line.pattern):
        raise ConfigError(
            f"the pattern {line.pattern!r} might take forever on some line: {slow}",
            path=shown(path, root),
            line=line_of(path.read_text("utf-8"), line.pattern),
            hint="write the line's own words, or several cuts in place of one",
        )
    if strange := sorted(re.compile(line.pattern).groupindex.keys() - FED - {CUT}):
        raise ConfigError(
            f"the pattern {line.pattern!r} has a group {strange[0]!r}, which is no value of an article",
            path=shown(path, root),
            line=line_of(path.read_text("utf-8"), line.pattern),
            hint=f"a group can be called {', '.join(sorted(FED | {CUT}))}",
        )
    return Rule(
        name=name,
        where=line.where,
        pattern=line.pattern,
        reason=line.reason,
        lines=line.lines,
        keep=line.keep,
        note=line.note,
    )


def _names(root: Path) -> Iterator[Authority]:
    for path in _toml_files(root / NAMES):
        file = decode(path, root, _AuthorityFile)
        yield Authority(
            id=path.stem, label=file.label, forms=file.forms, kind=file.kind, note=file.note
        )
