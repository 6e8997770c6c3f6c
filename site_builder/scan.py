"""Folder -> Originals: the files of an archive that may become articles, named but not opened.

A link is followed only to a place inside the archive, and each folder is read once, so no link can
show what lies outside, nor lead in circles.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TypeAlias

from .config import NAMES, OUTLETS, RENDERED, SUFFIXES, articles_folder
from .model import Original, Problem, Record, Severity

BESIDE = frozenset({OUTLETS, NAMES, "anchors", "originals", "templates", "static"})
"""Folders of an archive that hold no articles, where the articles have no folder of their own."""

POSTS = "_posts"
"""Where a Jekyll blog keeps its articles: the one private name that holds them."""

_PRIVATE = (".", "_")
"""Names that begin so are no articles: hidden files, and the section pages of Hugo and Zola."""
_SAVED = "_files"
"""A browser that saves `x.html` puts its pictures and frames into `x_files`."""

_UNREAD = frozenset(
    ".doc .docx .eml .epub .mht .mhtml .odt .rtf .warc .webarchive .xhtml".split()  # noqa: SIM905
)
"""Endings of files that surely hold articles, in kinds that no reader takes."""


class Scan(Record, frozen=True, kw_only=True):
    """What a scan found, both sorted by path."""

    originals: tuple[Original, ...]
    problems: tuple[Problem, ...] = ()


class _Folder(Record, frozen=True, kw_only=True):
    """A folder to walk; the place it really is, and whether a link led there."""

    path: str
    real: str
    linked: bool = False


_Found: TypeAlias = Original | Problem | _Folder


def scan(root: Path) -> Scan:
    """Find the originals of an archive: below `articles/`, or in the folder itself without one."""
    found = list(_walk(root.resolve())) or [_nothing(root)]
    originals = [item for item in found if isinstance(item, Original)]
    problems = [item for item in found if isinstance(item, Problem)]
    return Scan(
        originals=tuple(sorted(originals, key=lambda original: original.path)),
        problems=tuple(sorted(problems, key=lambda problem: problem.path)),
    )


def _walk(root: Path) -> Iterator[_Found]:
    """Walk the real folders first, then those that links lead to, each once."""
    top = str(articles_folder(root))
    if fault := _link_fault(top, root):
        yield _left_out(top, root, *fault)
        return
    folders = [_Folder(path=top, real=os.path.realpath(top))]
    links: list[_Folder] = []
    seen: set[str] = set()
    while folders or links:
        folder = folders.pop() if folders else links.pop(0)
        if folder.real in seen:
            yield _problem(folder.path, root, "this link leads to a folder that is read already")
            continue
        seen.add(folder.real)
        for item in _contents(folder.path, root, top):
            if isinstance(item, _Folder):
                (links if item.linked else folders).append(item)
            else:
                yield item


def _contents(folder: str, root: Path, top: str) -> Iterator[_Found]:
    """Give what a folder holds, sorted by name."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        message = f"this folder cannot be read: {error.strerror}"
        yield _left_out(folder, root, message, "give yourself permission to read it")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        other = not entry.is_file(follow_symlinks=False)
        if not _is_private(entry.name, names) and not (other and _is_built(entry.path)):
            yield from _entry(entry, root, top)
    yield from _unread(names, folder, root)


def _unread(names: Collection[str], folder: str, root: Path) -> Iterator[Problem]:
    """Say once for a folder that it holds articles in kinds that are not read."""
    endings = [Path(name).suffix.lower() for name in names if not name.startswith(_PRIVATE)]
    kinds = Counter(ending for ending in endings if ending in _UNREAD)
    if kinds:
        counted = ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds))
        yield Problem(
            path=_shown(folder, root),
            message=f"not read, because they are neither Markdown nor text nor HTML: {counted}",
            hint="save them in one of these kinds",
        )


def passed_over(path: Path, beside: Collection[str]) -> bool:
    """Whether a file or folder is private, a part of a saved page, or a site that we built.

    Args:
        path: Where it is.
        beside: The names of all that its folder holds.
    """
    return _is_private(path.name, beside) or _is_built(str(path))


def _is_built(folder: str) -> bool:
    """Whether a folder is a site that we built."""
    return os.path.isfile(os.path.join(folder, RENDERED))  # noqa: PTH113, PTH118 — asked very often


def _is_private(name: str, beside: Collection[str]) -> bool:
    if name.startswith(_PRIVATE):
        return name != POSTS
    page = name.removesuffix(_SAVED)
    return page != name and any(page + ending in beside for ending in (".html", ".htm"))


def _entry(entry: os.DirEntry[str], root: Path, top: str) -> Iterator[_Found]:
    """Give what one name in a folder stands for: nothing, if it is no article and no folder."""
    reader = SUFFIXES.get(os.path.splitext(entry.name)[1].lower(), "")  # noqa: PTH122 — as above
    linked = entry.is_symlink()
    fault = _link_fault(entry.path, root) if linked else None
    if fault:
        if reader or Path(entry.path).is_dir():
            yield _left_out(entry.path, root, *fault)
    elif entry.is_dir():
        bare = Path(top) == root == Path(entry.path).parent
        if not (bare and entry.name in BESIDE):
            yield _Folder(path=entry.path, real=os.path.realpath(entry.path), linked=linked)
    elif reader and entry.is_file():
        yield _original(entry.path, reader, root, top)


def _original(path: str, reader: str, root: Path, top: str) -> Original | Problem:
    """Name one file; one whose name is not UTF-8 cannot have an address."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return _left_out(path, root, "this file's name is not UTF-8", "rename it")
    return Original(path=_relative(path, str(root)), address=_relative(path, top), reader=reader)


def _link_fault(path: str, root: Path) -> tuple[str, str] | None:
    """Say what is wrong with where a path really leads, and what to do; None if nothing is."""
    real = Path(os.path.realpath(path))
    if not real.exists():
        return "this link leads nowhere", "restore what it led to, or delete it"
    if not real.is_relative_to(root):
        return "this link leads out of the archive", "copy the articles into the archive instead"
    return None


def _left_out(path: str, root: Path, message: str, hint: str) -> Problem:
    return Problem(path=_shown(path, root), message=message, hint=hint, severity=Severity.ERROR)


def _problem(path: str, root: Path, message: str) -> Problem:
    return Problem(
        path=_shown(path, root), message=message, hint="delete the link if it is not needed"
    )


def _nothing(root: Path) -> Problem:
    """Say that there is nothing to make a site of: most often the wrong folder was named."""
    endings = ", ".join(SUFFIXES)
    return Problem(
        path=articles_folder(root.resolve()).name,
        message="there are no articles in this folder",
        hint=f"name the folder that holds them, or put files into it that end in {endings}",
    )


def _shown(path: str, root: Path) -> str:
    """Give a path for people, even if its name is not UTF-8."""
    return os.fsencode(_relative(path, str(root))).decode("utf-8", "replace")


def _relative(path: str, folder: str) -> str:
    """Give a path below a folder, with forward slashes; the folder itself is `.`."""
    if path.startswith(below := folder.rstrip(os.sep) + os.sep):
        return path.removeprefix(below).replace(os.sep, "/")
    return os.path.relpath(path, folder).replace(os.sep, "/")
