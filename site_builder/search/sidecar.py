"""The file beside the Whoosh index that holds what Whoosh cannot say of the articles that are there now.

Whoosh counts deleted documents, rounds lengths its own way, and numbers documents by its own history; so
our numbers stand here, in the catalogue's order, with the place of each article in Whoosh. The file also says
which index files it belongs to and who wrote them: an index of another version, one half-written or one
somebody touched is not read but made anew.
"""

import hashlib
import os
import sys
from pathlib import Path
from unicodedata import unidata_version

import msgspec
import Stemmer

from .. import __version__
from ..model import Record
from .analysis import VERSION
from .lexicon import LexiconRecord

FORMAT = 4
"""Counts the changes to this record and to the index's own fields."""

_NAME = "sidecar.msgpack"
_DIGEST_SIZE = 16
_CONTENTS = ".toc"
"""How the names of Whoosh's tables of contents end."""


class Sidecar(Record, frozen=True, kw_only=True, omit_defaults=False):
    """An index, described. Lists that are not of the lexicon have one entry an article, in order."""

    made_by: str
    files: dict[str, tuple[int, int]]
    """Each file of the Whoosh index: its size and when it was changed, in nanoseconds."""
    slots: int
    """How many documents Whoosh has, those no longer there included."""
    segments: int
    ids: list[str]
    keys: list[bytes]
    """Digest of all that the index has of the article."""
    places: list[int]
    """The article's number in Whoosh."""
    title_lengths: list[int]
    """Rounded, as the next."""
    body_lengths: list[int]
    dates: list[int]
    lexicon: LexiconRecord


def read(folder: Path, engine: str) -> Sidecar | None:
    """Give what is known of the index in a folder, or None where it cannot be trusted."""
    try:
        content = (folder / _NAME).read_bytes()
        if content[:_DIGEST_SIZE] != _digest(content[_DIGEST_SIZE:]):
            return None
        known = msgspec.msgpack.decode(content[_DIGEST_SIZE:], type=Sidecar)
        found = files(folder)
    except (OSError, msgspec.MsgspecError):
        return None
    # Segments that no table of contents knows of: an update did not come to its end.
    for name in found.keys() - known.files.keys():
        if not name.endswith(_CONTENTS):
            del found[name]
    return known if known.made_by == maker(engine) and known.files == found else None


def write(folder: Path, known: Sidecar) -> None:
    """Keep what is known of the index in a folder, all or nothing."""
    content = msgspec.msgpack.encode(known)
    unfinished = folder / f"{_NAME}.tmp"
    unfinished.write_bytes(_digest(content) + content)
    unfinished.replace(folder / _NAME)


def remove(folder: Path) -> None:
    """Forget what is known: the index in the folder will be made anew."""
    (folder / _NAME).unlink(missing_ok=True)


def maker(engine: str) -> str:
    """Say who writes an index: all that decides what stands in it."""
    return (
        f"site-builder {__version__}, format {FORMAT}, analysis {VERSION}, {engine},"
        f" Snowball {Stemmer.version()}, Unicode {unidata_version}, {sys.byteorder}"
    )


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Describe the files of the Whoosh index, so that any change to them is seen.

    Raises:
        OSError: there is no index.
    """
    found: dict[str, tuple[int, int]] = {}
    with os.scandir(whoosh_folder(folder)) as entries:
        for entry in entries:
            if not entry.name.endswith("LOCK"):
                facts = entry.stat()
                found[entry.name] = (facts.st_size, facts.st_mtime_ns)
    return found


def whoosh_folder(folder: Path) -> Path:
    """Say where Whoosh's own files are."""
    return folder / "whoosh"


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()
