"""Nothing has changed: a build that would make what is there is told by how the system lists the files.

After a build it is noted what the archive's files and the site's files looked like to the system: path, size,
times. If both look the same to the next build, and the same program is asked for the same, then every byte
would come out as it is, and nothing is read. The archive is listed before a build reads it, so a file that
changes meanwhile is seen the next time. Deleting the note changes nothing but time.
"""

from hashlib import sha256
from pathlib import Path

import msgspec

from .digests import program_digest
from .looks import listing
from .model import Record
from .pages.assets import asset_root

FILE_NAME = "finished.msgpack"


class State(Record, frozen=True, kw_only=True):
    """What there is, and what is asked for: with the site it decides whether there is something to do."""

    asked: str
    """Digest of the program and of what it is asked for."""
    archive: int
    """The archive's listing; see `looks`."""
    index: int
    """The Whoosh index's."""


class Note(Record, frozen=True, kw_only=True):
    """What a build left behind."""

    state: State
    """The archive before the build, the index after it."""
    site: int
    """The site's listing."""
    files: int
    """How many files the site has."""
    told: bytes
    """What the build said of itself, as MessagePack."""


def asked_for(*words: str) -> str:
    """Digest this program, with the templates and styles that come with it, and what it is asked for."""
    shipped = listing(asset_root("templates"), asset_root("static"))
    return sha256("\0".join((program_digest(), str(shipped), *words)).encode()).hexdigest()


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
