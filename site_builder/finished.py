"""Nothing has changed: a build that would make what is there is told by how the system lists the files.

After a build it is noted what the archive's files and the site's files looked like to the system: path, size,
times. If both look the same to the next build, and the same program is asked for the same, then every byte
would come out as it is, and nothing is read. The archive is listed before a build reads it, so a file that
changes meanwhile is seen the next time. Deleting the note changes nothing but time.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import msgspec

from .config import CACHE
from .digests import program_digest
from .model import Record
from .pages.assets import asset_root

FILE_NAME = "finished.msgpack"
_UNSEEN = frozenset((CACHE, ".git"))

Look: TypeAlias = tuple[int, int, int, int]
"""How a file looks to the system: its size, its two times in nanoseconds, and which file it is."""


class Note(Record, frozen=True, kw_only=True):
    """What a build left behind."""

    asked: str
    """Digest of the program and of what it was asked for."""
    archive: str
    """Digest of the listing of the archive, before the build."""
    made: str
    """Digest of the listing of the site and the index, after it."""
    told: bytes
    """What the build said of itself, as MessagePack."""


def listing(folders: tuple[Path, ...], *, without: Path | None = None) -> str:
    """Digest what is in some folders, as the system lists it: nothing is opened.

    Args:
        folders: Those that are listed with all below them; one that is not there is empty.
        without: A folder that is passed over, wherever it lies.
    """
    digest = sha256()
    for folder in folders:
        lines = sorted(_entries(str(folder), str(without) if without else ""))
        digest.update("\0".join(lines).encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()


def look(path: str) -> Look:
    """Say how a file looks to the system; a file that is not there looks like no other."""
    try:
        return _look(os.stat(path))  # noqa: PTH116 — asked of every file of a site: a Path costs more than this
    except OSError:
        return (-1, 0, 0, 0)


def asked_for(*words: str) -> str:
    """Digest this program, with the templates and styles that come with it, and what it is asked for."""
    shipped = listing((asset_root("templates"), asset_root("static")))
    return sha256("\0".join((program_digest(), shipped, *words)).encode()).hexdigest()


def read_note(desk: Path) -> Note | None:
    """Read the note of the last build; None if there is none that can be read."""
    try:
        return msgspec.msgpack.decode((desk / FILE_NAME).read_bytes(), type=Note)
    except (OSError, msgspec.DecodeError):
        return None


def write_note(desk: Path, note: Note) -> None:
    """Leave a note, in one step."""
    path = desk / FILE_NAME
    beside = path.with_suffix(".new")
    beside.write_bytes(msgspec.msgpack.encode(note))
    beside.replace(path)


def _entries(folder: str, without: str) -> Iterator[str]:
    """Give a line for each file below a folder; what a link leads to counts, not the link."""
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
                yield entry.path  # its time changes with the files in it, which are listed
            else:
                yield _line(entry)


def _line(entry: "os.DirEntry[str]") -> str:
    try:
        found = entry.stat()
    except OSError:
        return f"{entry.path} gone"
    size, changed, changed_at_all, file = _look(found)
    return f"{entry.path} {size} {changed} {changed_at_all} {file}"


def _look(found: os.stat_result) -> Look:
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
