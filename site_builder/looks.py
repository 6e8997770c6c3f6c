"""How files look to the system, from which is told whether they changed: nothing is opened.

A listing stands for all files of a folder in one number, the sum of a digest of each. So it can be brought up
to date for the files that a build wrote, without listing the others again.
"""

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

from .config import CACHE

_UNSEEN = frozenset((CACHE, ".git"))
_GONE = (-1, 0, 0, 0)
_FOLDER = (-2, 0, 0, 0)
_WIDTH = 8
"""Bytes of a digest, and of a sum of digests: what goes beyond them is dropped."""

Look: TypeAlias = tuple[int, int, int, int]
"""How a file looks to the system: its size, its two times in nanoseconds, and which file it is."""


def look(path: str) -> Look:
    """Say how a file looks to the system; a file that is not there looks like no other."""
    try:
        return _look(os.stat(path))  # noqa: PTH116 — asked of every file of a site: a Path costs more than this
    except OSError:
        return _GONE


def listing(*folders: Path, without: Path | None = None) -> int:
    """Give the sum of what some folders hold, folders in them included.

    Args:
        folders: Those that are listed with all below them; one that is not there is empty.
        without: A folder that is passed over, wherever it lies.
    """
    kept_out = str(without) if without else ""
    return _sum(entry for folder in folders for entry in _entries(str(folder), kept_out))


def files_listing(folder: Path) -> int:
    """Give the sum of the files in a folder, whatever folders they are in."""
    return _sum(entry for entry in _entries(str(folder), "") if entry[1] != _FOLDER)


def listing_of(paths: Iterable[Path]) -> int:
    """Give what some files are in the sum of their folder: nothing, for those that are not there."""
    looks = ((str(path), look(str(path))) for path in paths)
    return _sum((path, seen) for path, seen in looks if seen != _GONE)


def relisted(listed: int, before: int, after: int) -> int:
    """Bring a listing up to date.

    Args:
        listed: The folder's.
        before: What the files that changed were in it; see `listing_of`.
        after: What they are in it by now.
    """
    return (listed - before + after) % (1 << 8 * _WIDTH)


def _sum(entries: Iterable[tuple[str, Look]]) -> int:
    return sum(_number(f"{path}\0{seen}") for path, seen in entries) % (1 << 8 * _WIDTH)


def _number(entry: str) -> int:
    content = entry.encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(content, digest_size=_WIDTH).digest())


def _entries(folder: str, without: str) -> Iterator[tuple[str, Look]]:
    """Give path and look of each file below a folder; what a link leads to counts, not the link."""
    waiting = [folder]
    while waiting:
        try:
            entries = list(os.scandir(waiting.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.name in _UNSEEN or entry.path == without:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
                yield entry.path, _FOLDER  # its time changes with the files in it, which are listed
            else:
                yield entry.path, _entry_look(entry)


def _entry_look(entry: "os.DirEntry[str]") -> Look:
    try:
        return _look(entry.stat())
    except OSError:
        return _GONE


def _look(found: os.stat_result) -> Look:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
