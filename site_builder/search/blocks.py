"""Blocks: what the search needs of some hundred successive articles, gathered once and kept in a file.

The index and the shards are both made from blocks, in any process. What a block holds depends on its
articles alone, so it is good for as long as these are what they were.

A file is a digest of all that follows, the length of the header, the header (MessagePack), and the packed
parts that the header gives the sizes of, one behind the other. It is private to one machine.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from ..model import Record
from .columns import Entry, entry
from .families import Vocabulary, stemmer_of
from .rows import IndexRow, StoredRow, facet_values, stored_row
from .runs import NUMBERS, SIZE, Field, Run, gather

ARTICLES = 512
"""In a block; the last has fewer. Segments begin where blocks begin."""
_DIGEST = 16
_LENGTH = 4


class Spoken(Record, frozen=True):
    """The words of a block's articles of one stemmer."""

    words: bytes
    """The places of the terms that were written as they are, packed as a run's numbers."""
    forms: dict[str, str]
    """Other written forms, each with its term."""


class About(Record, frozen=True, kw_only=True):
    """What a block says of its articles, one after the other."""

    rows: list[StoredRow]
    entries: list[Entry]
    keys: list[bytes]
    """A digest of all that the search has of the article."""
    spoken: dict[str, Spoken]
    """By the name of the stemmer."""
    sizes: list[int]
    """Of the packed parts, in bytes."""


class Block:
    """The file of a block: what is asked for is read, and nothing is held."""

    def __init__(self, path: Path) -> None:
        """Take the file's place."""
        self._path = path

    def about(self) -> About:
        """Read what it says of its articles."""
        with self._path.open("rb") as file:
            return self._about(file)

    def terms(self) -> tuple[list[str], Sequence[int]]:
        """Read its terms by code point, and in how many articles each is."""
        with self._path.open("rb") as file:
            parts = self._parts(file)
            terms = _text(parts.read(0))
            return terms, parts.numbers(1, 0, len(terms))

    def vocabulary(self) -> Iterator[tuple[str, Vocabulary]]:
        """Give the words of each stemmer."""
        terms, _ = self.terms()
        for stemmer, spoken in self.about().spoken.items():
            words = {terms[place] for place in memoryview(spoken.words).cast(NUMBERS)}
            yield stemmer, Vocabulary(words, spoken.forms)

    def run(self, first: str = "", end: str = "") -> Run:
        """Read the postings of its terms, from `first` on up to `end`, which is not among them.

        An empty text stands for the beginning or the end of all terms.
        """
        with self._path.open("rb") as file:
            parts = self._parts(file)
            terms = _text(parts.read(0))
            start = bisect_left(terms, first)
            stop = bisect_left(terms, end) if end else len(terms)
            return Run(
                articles=parts.articles,
                terms=terms[start:stop],
                having=parts.numbers(1, start, stop),
                title=_field(parts, 2, start, stop),
                body=_field(parts, 2 + len(Field._fields), start, stop),
            )

    def _about(self, file: BinaryIO) -> About:
        file.seek(_DIGEST)
        size = int.from_bytes(file.read(_LENGTH))
        return msgspec.msgpack.decode(file.read(size), type=About)

    def _parts(self, file: BinaryIO) -> "_Parts":
        about = self._about(file)
        starts = list(accumulate(about.sizes, initial=file.tell()))
        return _Parts(file, starts, len(about.rows))


class _Parts(NamedTuple):
    """The packed parts of an open file."""

    file: BinaryIO
    starts: Sequence[int]
    articles: int

    def read(self, part: int, first: int = 0, end: int | None = None) -> bytes:
        """Read a part, or some of its bytes."""
        size = self.starts[part + 1] - self.starts[part]
        stop = size if end is None else end
        self.file.seek(self.starts[part] + first)
        return self.file.read(stop - first)

    def numbers(self, part: int, first: int, end: int) -> "array[int]":
        """Read some of a part's numbers."""
        return array(NUMBERS, self.read(part, first * SIZE, end * SIZE))


def _text(content: bytes) -> list[str]:
    return content.decode("utf-8", "surrogatepass").split("\n")[:-1]


def _field(parts: _Parts, part: int, first: int, end: int) -> Field:
    """Read a field of some terms, its ends counted from the first of these."""
    ends = parts.numbers(part, first, end + 1)
    position_ends = parts.numbers(part + 3, first, end + 1)
    places = (position_ends[0] * SIZE, position_ends[-1] * SIZE)
    return Field(
        ends=_from_first(ends),
        documents=parts.numbers(part + 1, ends[0], ends[-1]),
        counts=parts.numbers(part + 2, ends[0], ends[-1]),
        position_ends=_from_first(position_ends),
        positions=parts.read(part + 4, *places),
    )


def _from_first(numbers: "array[int]") -> "array[int]":
    base = numbers[0]
    return array(NUMBERS, [number - base for number in numbers]) if base else numbers


def write_block(path: Path, rows: Iterable[IndexRow]) -> None:
    """Gather some successive articles (no more than `ARTICLES`) into a file, all or nothing."""
    held = list(rows)
    run = gather(row.tokens for row in held)
    terms = "".join(f"{term}\n" for term in run.terms).encode("utf-8", "surrogatepass")
    packed = (run.having, *run.title, *run.body)
    parts = [terms, *(memoryview(part).tobytes() for part in packed)]
    about = About(
        rows=[stored_row(row) for row in held],
        entries=[entry(row) for row in held],
        keys=[_key(row) for row in held],
        spoken=_spoken(held, run),
        sizes=list(map(len, parts)),
    )
    header = msgspec.msgpack.encode(about)
    content = b"".join((len(header).to_bytes(_LENGTH), header, *parts))
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(_digest(content) + content)
    unfinished.replace(path)


def is_whole(path: Path) -> bool:
    """Whether a file is there and holds what was written to it."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content[:_DIGEST] == _digest(content[_DIGEST:])


def restricted(run: Run, numbers: Collection[int]) -> Run:
    """Leave some of a run's articles, and count these from 0."""
    if len(numbers) == run.articles:
        return run
    places = {number: place for place, number in enumerate(sorted(numbers))}
    title, body = _left(run.title, places), _left(run.body, places)
    return run._replace(articles=len(places), title=title, body=body)


def _left(field: Field, places: Mapping[int, int]) -> Field:
    ends, position_ends = array(NUMBERS, [0]), array(NUMBERS, [0])
    documents, counts, positions = array(NUMBERS), array(NUMBERS), bytearray()
    for place, (start, end) in enumerate(pairwise(field.ends)):
        at = field.position_ends[place]
        for number, count in zip(field.documents[start:end], field.counts[start:end], strict=True):
            if number in places:
                documents.append(places[number])
                counts.append(count)
                positions += field.places(at, at + count)
            at += count
        ends.append(len(documents))
        position_ends.append(len(positions) // SIZE)
    return Field(ends, documents, counts, position_ends, bytes(positions))


def _spoken(rows: Iterable[IndexRow], run: Run) -> dict[str, Spoken]:
    found: dict[str, Vocabulary] = {}
    for row in rows:
        if stemmer := stemmer_of(row.article.language.value):
            known = found.setdefault(stemmer, Vocabulary(set(), {}))
            known.add(row.tokens.title.keys() | row.tokens.body.keys(), row.tokens.forms)
    places = {term: place for place, term in enumerate(run.terms)}
    return {
        stemmer: Spoken(
            words=array(NUMBERS, sorted(places[word] for word in one.words)).tobytes(),
            forms=dict(sorted(one.forms.items())),
        )
        for stemmer, one in sorted(found.items())
    }


def _key(row: IndexRow) -> bytes:
    """Give a digest of all that the search has of an article."""
    content = (stored_row(row), facet_values(row.article), row.tokens)
    return hashlib.blake2b(msgspec.msgpack.encode(content), digest_size=_DIGEST).digest()


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST).digest()
