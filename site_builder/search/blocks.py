"""Blocks: what the search needs of some hundred successive articles, gathered once and kept in a file.

The index and the shards are both made from blocks, in any process. What a block holds depends on its
articles alone, so it is good for as long as these are what they were.

A file is a digest of all that follows, the number of articles, the size of each part, and the parts (`Part`),
one behind the other, so that whoever needs one of them reads no other. It is private to one machine.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias, TypeVar

import msgspec

from ..model import Record
from .codes import bits_of, bytes_of
from .columns import Entry, entry, lengths_of
from .families import Vocabulary, stemmer_of
from .postings import coded
from .rows import IndexRow, StoredRow, facet_values, stored_row
from .runs import NUMBERS, SIZE, Field, Numbers, Run, W, gather

ARTICLES = 512
"""In a block; the last has fewer. Segments begin where blocks begin."""
_DIGEST = 16
_HEADER = "Q"
_BITS = 8
"""In a byte."""

T = TypeVar("T")


class Part(IntEnum):
    """The parts of a file, in order; at the last two begin those of a field (`Of`)."""

    IDS = 0
    KEYS = 1
    ROWS = 2
    ENTRIES = 3
    SPOKEN = 4
    TERMS = 5
    HAVING = 6
    TITLE = 7
    BODY = 14


class Of(IntEnum):
    """The parts of a field: those of `runs.Field`, the places both as they are and as bits."""

    ENDS = 0
    DOCUMENTS = 1
    COUNTS = 2
    PLACE_ENDS = 3
    PLACES = 4
    CODE_ENDS = 5
    """In bits."""
    CODES = 6


_PARTS = Part.BODY + len(Of)


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

    def spoken(self) -> Iterator[tuple[str, Sequence[int], dict[str, str]]]:
        """Give each stemmer with the places of its words among the terms, and with other written forms."""
        for stemmer, one in self._list(Part.SPOKEN, dict[str, Spoken]).items():
            yield stemmer, memoryview(one.words).cast(NUMBERS), one.forms

    def run(self) -> Run[bytes]:
        """Read the postings of its terms, with their places."""
        return self._run("", "", _places)

    def coded_run(self, first: str = "", end: str = "") -> Run[str]:
        """Read the postings of its terms, from `first` on up to `end`, which is not among them.

        An empty text stands for the beginning or the end of all terms. Places are bits, as a shard has them.
        """
        return self._run(first, end, _codes)

    def _run(self, first: str, end: str, where: "_Where[W]") -> Run[W]:
        with self._open() as parts:
            terms = _text(parts.read(Part.TERMS))
            start = bisect_left(terms, first)
            stop = bisect_left(terms, end) if end else len(terms)
            return Run(
                articles=parts.articles,
                terms=terms[start:stop],
                having=parts.numbers(Part.HAVING, start, stop),
                title=_field(parts, Part.TITLE, start, stop, where),
                body=_field(parts, Part.BODY, start, stop, where),
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


_Where: TypeAlias = Callable[[_Parts, int, int, int], tuple[Numbers, W]]
"""Reads of some terms in a field where the places of each end, and the places."""


def _field(parts: _Parts, part: int, first: int, end: int, where: _Where[W]) -> Field[W]:
    """Read a field of some terms, its ends counted from the first of these."""
    ends = parts.numbers(part + Of.ENDS, first, end + 1)
    return Field(
        _from_first(ends),
        parts.numbers(part + Of.DOCUMENTS, ends[0], ends[-1]),
        parts.numbers(part + Of.COUNTS, ends[0], ends[-1]),
        *where(parts, part, first, end),
    )


def _places(parts: _Parts, part: int, first: int, end: int) -> tuple[Numbers, bytes]:
    ends = parts.numbers(part + Of.PLACE_ENDS, first, end + 1)
    return _from_first(ends), parts.read(part + Of.PLACES, ends[0], ends[-1])


def _codes(parts: _Parts, part: int, first: int, end: int) -> tuple[Numbers, str]:
    ends = parts.numbers(part + Of.CODE_ENDS, first, end + 1)
    start = ends[0] // _BITS
    read = bits_of(parts.read(part + Of.CODES, start, -(-ends[-1] // _BITS)))
    return _from_first(ends), read[ends[0] - _BITS * start : ends[-1] - _BITS * start]


def _from_first(numbers: Numbers) -> Numbers:
    base = numbers[0]
    return array(NUMBERS, [number - base for number in numbers]) if base else numbers


def write_block(path: Path, rows: Iterable[IndexRow]) -> None:
    """Gather some successive articles (no more than `ARTICLES`) into a file, all or nothing."""
    held = list(rows)
    run = gather(row.tokens for row in held)
    entries = [entry(row) for row in held]
    lists = (
        [row.article.permalink for row in held],
        [_key(row) for row in held],
        [stored_row(row) for row in held],
        entries,
        _spoken(held, run),
    )
    terms = "".join(f"{term}\n" for term in run.terms).encode("utf-8", "surrogatepass")
    lengths = lengths_of(entries)
    parts = [
        *map(msgspec.msgpack.encode, lists),
        terms,
        run.having.tobytes(),
        *_field_parts(run.title, lengths.title),
        *_field_parts(run.body, lengths.body),
    ]
    header = array(_HEADER, [len(held), *map(len, parts)]).tobytes()
    content = b"".join((header, *parts))
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(_digest(content) + content)
    unfinished.replace(path)


def _field_parts(field: Field[bytes], lengths: Sequence[int]) -> Iterator[bytes]:
    """Give the parts of a field, in the order of `Of`."""
    bits = coded(field, lengths)
    for numbers in (field.ends, field.documents, field.counts, field.where_ends):
        yield numbers.tobytes()
    yield field.where
    yield bits.where_ends.tobytes()
    yield bytes_of(bits.where)


def is_whole(path: Path) -> bool:
    """Whether a file is there and holds what was written to it."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content[:_DIGEST] == _digest(content[_DIGEST:])


def _spoken(rows: Iterable[IndexRow], run: Run[bytes]) -> dict[str, Spoken]:
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
