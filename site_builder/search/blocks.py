"""Blocks: what the search needs of some hundred successive articles, gathered once and kept in a file.

The index and the shards are both made from blocks, in any process. What a block holds depends on its
articles alone, so it is good for as long as these are what they were.

A file is a digest of all that follows, the number of articles, the size of each part, and the parts (`Part`),
one behind the other, so that whoever needs one of them reads no other. It is private to one machine.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

import msgspec

from ..model import Record
from .columns import Entry, entry
from .families import Vocabulary, stemmer_of
from .rows import IndexRow, StoredRow, facet_values, stored_row
from .runs import NUMBERS, SIZE, Field, Run, gather

ARTICLES = 512
"""In a block; the last has fewer. Segments begin where blocks begin."""
_DIGEST = 16
_HEADER = "Q"

T = TypeVar("T")


class Part(IntEnum):
    """The parts of a file, in order; the last two stand for those of a field."""

    IDS = 0
    KEYS = 1
    ROWS = 2
    ENTRIES = 3
    SPOKEN = 4
    TERMS = 5
    HAVING = 6
    TITLE = 7
    BODY = TITLE + len(Field._fields)


_PARTS = Part.BODY + len(Field._fields)


class Spoken(Record, frozen=True):
    """The words of a block's articles of one stemmer."""

    words: bytes
    """The places of the terms that were written as they are, packed as a run's numbers."""
    forms: dict[str, str]
    """Other written forms, each with its term."""


class Block:
    """The file of a block: what is asked for is read, and nothing is held."""

    def __init__(self, path: Path) -> None:
        """Take the file's place."""
        self._path = path

    def ids(self) -> list[str]:
        """Read its articles' ids; all lists of articles are in their order."""
        return self._list(Part.IDS, list[str])

    def keys(self) -> list[bytes]:
        """Read for each article a digest of all that the search has of it."""
        return self._list(Part.KEYS, list[bytes])

    def rows(self) -> list[StoredRow]:
        """Read what a hit shows of each article."""
        return self._list(Part.ROWS, list[StoredRow])

    def entries(self) -> list[Entry]:
        """Read what each article is counted and filtered by."""
        return self._list(Part.ENTRIES, list[Entry])

    def terms(self) -> tuple[list[str], Sequence[int]]:
        """Read its terms by code point, and in how many articles each is."""
        with self._open() as parts:
            terms = _text(parts.read(Part.TERMS))
            return terms, parts.numbers(Part.HAVING, 0, len(terms))

    def vocabulary(self, terms: Sequence[str]) -> Iterator[tuple[str, Vocabulary]]:
        """Give the words of each stemmer, picked out of its terms."""
        for stemmer, spoken in self._list(Part.SPOKEN, dict[str, Spoken]).items():
            words = {terms[place] for place in memoryview(spoken.words).cast(NUMBERS)}
            yield stemmer, Vocabulary(words, spoken.forms)

    def run(self, first: str = "", end: str = "") -> Run:
        """Read the postings of its terms, from `first` on up to `end`, which is not among them.

        An empty text stands for the beginning or the end of all terms.
        """
        with self._open() as parts:
            terms = _text(parts.read(Part.TERMS))
            start = bisect_left(terms, first)
            stop = bisect_left(terms, end) if end else len(terms)
            return Run(
                articles=parts.articles,
                terms=terms[start:stop],
                having=parts.numbers(Part.HAVING, start, stop),
                title=_field(parts, Part.TITLE, start, stop),
                body=_field(parts, Part.BODY, start, stop),
            )

    def _list(self, part: Part, kind: type[T]) -> T:
        with self._open() as parts:
            return msgspec.msgpack.decode(parts.read(part), type=kind)

    @contextmanager
    def _open(self) -> Iterator["_Parts"]:
        with self._path.open("rb") as file:
            file.seek(_DIGEST)
            articles, *sizes = _numbers(_HEADER, file.read(_header_size()))
            yield _Parts(file, list(accumulate(sizes, initial=file.tell())), articles)


class _Parts(NamedTuple):
    """The parts of an open file."""

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
        return _numbers(NUMBERS, self.read(part, first * SIZE, end * SIZE))


def _header_size() -> int:
    return array(_HEADER).itemsize * (1 + _PARTS)


def _numbers(kind: str, packed: bytes) -> "array[int]":
    return array(kind, packed)


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
    spoken = _spoken(held, run)
    lists = (
        [row.article.permalink for row in held],
        [_key(row) for row in held],
        [stored_row(row) for row in held],
        [entry(row) for row in held],
        spoken,
    )
    terms = "".join(f"{term}\n" for term in run.terms).encode("utf-8", "surrogatepass")
    packed = (run.having, *run.title, *run.body)
    parts = [
        *map(msgspec.msgpack.encode, lists),
        terms,
        *(memoryview(part).tobytes() for part in packed),
    ]
    header = array(_HEADER, [len(held), *map(len, parts)]).tobytes()
    content = b"".join((header, *parts))
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
