"""How the files of the search are written and named: docs/search-format.md, section 6."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ..model import Artifact

FOLDER = "search"
"""Where all of them are, below the site's root."""
A_FOLDER = 1_000
"""Files of one kind in one folder."""
_HASH = 12
_SHARED = 25
_LAST_OF_ONE_UNIT = "\uffff"


class Shard(NamedTuple):
    """A file of a segment: where it is in the segment's folder, and what it holds."""

    path: str
    content: bytes


def encoded(content: object) -> bytes:
    """Write something as JSON, the same for the same content: no spaces, keys sorted."""
    return msgspec.json.encode(content, order="sorted")


def shard(path: str, content: object) -> Shard:
    """Make a file of a segment."""
    return Shard(f"{path}.json", encoded(content))


def numbered(kind: str, number: int) -> str:
    """Give the path of one of many files of a kind.

    >>> numbered("terms", 2017)
    'terms/2/2017'
    """
    return f"{kind}/{number // A_FOLDER}/{number}"


def folder_name(files: Iterable[Shard]) -> str:
    """Name a segment's folder after all that is in it."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.path} {len(file.content)}\n".encode())
        whole.update(file.content)
    return whole.hexdigest()[:_HASH]


def placed(folder: str, files: Iterable[Shard]) -> Iterator[Artifact]:
    """Put a segment's files in place."""
    return (Artifact(path=f"{FOLDER}/{folder}/{path}", content=content) for path, content in files)


def front_coded(terms: Iterable[str]) -> str:
    """Write sorted terms one behind the other, each without what it shares with the one before.

    A capital letter stands before each and says how many characters that is: no term holds one.

    >>> front_coded(["sea", "seal", "wall"])
    'AseaDlAwall'
    """
    pieces: list[str] = []
    before = ""
    for term in terms:
        shared = shared_beginning(before, term)
        pieces.append(chr(ord("A") + shared) + term[shared:])
        before = term
    return "".join(pieces)


def shared_beginning(one: str, other: str) -> int:
    """Count the characters that two terms begin with: up to 25, and none beyond FFFF.

    So the number is the same where text is made of 16-bit units, as in JavaScript.
    """
    count, most = 0, min(_SHARED, len(one), len(other))
    while count < most and one[count] == other[count]:
        count += 1
    if one.isascii():
        return count
    return next((at for at in range(count) if one[at] > _LAST_OF_ONE_UNIT), count)


def distinguishing(before: str, first: str) -> str:
    """Give the shortest beginning of a term that stands after the one before it.

    >>> distinguishing("seal", "season")
    'seas'
    """
    length = 1
    while first[:length] <= before:
        length += 1
    return first[:length]


def family_line(family: Sequence[str]) -> str:
    """Write a family: what its members all begin with, then the rest of each, between spaces.

    >>> family_line(["storm", "storms"])
    'storm  s'
    """
    first, last = family[0], family[-1]  # by code point: what these two share, all share
    shared = next(
        (at for at, letter in enumerate(first) if last[at : at + 1] != letter), len(first)
    )
    return " ".join([first[:shared], *(member[shared:] for member in family)])
