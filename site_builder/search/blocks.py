"""Blocks: what the search needs of some hundred successive articles, gathered once and kept in a file.

The index and the shards are both made from blocks, in any process. What a block holds depends on its
articles alone, so it is good for as long as these are what they were.

A file is a digest of all that follows, the length of the header, the header (MessagePack), and the packed
parts that the header gives the sizes of, one behind the other. It is private to one machine.
"""

import hashlib
import mmap
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..derived import PLACES
from ..model import Record
from .columns import Entry, entry
from .families import Vocabulary, stemmer_of
from .rows import IndexRow, StoredRow, facet_values, stored_row
from .runs import NUMBERS, Field, Run, Terms, gather

SIZE = 512
"""Articles a block; the last has fewer. Segments begin where blocks begin."""
_DIGEST = 16
_LENGTH = 4
_VIEWS = 256
"""How many files stay open: what is read of them is shared by all processes."""


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


class Block(NamedTuple):
    """Some successive articles, as the search takes them."""

    about: About
    run: Run

    def vocabulary(self) -> Iterator[tuple[str, Vocabulary]]:
        """Give the words of each stemmer."""
        terms = self.run.terms.all()
        for stemmer, spoken in self.about.spoken.items():
            words = {terms[place] for place in memoryview(spoken.words).cast(NUMBERS)}
            yield stemmer, Vocabulary(words, spoken.forms)


def write_block(path: Path, rows: Iterable[IndexRow]) -> None:
    """Gather some successive articles (no more than `SIZE`) into a file, all or nothing."""
    held = list(rows)
    run = gather(row.tokens for row in held)
    parts = [memoryview(part).tobytes() for part in _parts(run)]
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


def open_block(path: Path) -> Block:
    """Open the file of a block; its packed parts are read as they are looked at."""
    found = path.stat()
    return _opened(path, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=_VIEWS)
def _opened(path: Path, _file: int, _time: int) -> Block:
    with path.open("rb") as file:
        view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    start = _DIGEST + _LENGTH
    header = start + int.from_bytes(view[_DIGEST:start])
    about = msgspec.msgpack.decode(view[start:header], type=About)
    places = pairwise(accumulate(about.sizes, initial=header))
    text, ends, having, *fields = (view[first:end] for first, end in places)
    half = len(Field._fields)
    run = Run(
        articles=len(about.rows),
        terms=Terms(text, ends.cast(NUMBERS)),
        having=having.cast(NUMBERS),
        title=_field(fields[:half]),
        body=_field(fields[half:]),
    )
    return Block(about, run)


def restricted(run: Run, numbers: Collection[int]) -> Run:
    """Leave some of a run's articles, and count these from 0."""
    if len(numbers) == run.articles:
        return run
    places = {number: place for place, number in enumerate(sorted(numbers))}
    title, body = _left(run.title, places), _left(run.body, places)
    return run._replace(articles=len(places), title=title, body=body)


def _field(parts: Sequence[memoryview]) -> Field:
    *numbers, positions = parts
    ends, documents, counts, position_ends = (part.cast(NUMBERS) for part in numbers)
    return Field(ends, documents, counts, position_ends, positions)


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
        position_ends.append(len(positions) // array(PLACES).itemsize)
    return Field(ends, documents, counts, position_ends, bytes(positions))


def _parts(run: Run) -> Sequence[bytes | memoryview | array]:  # type: ignore[type-arg]  # of numbers
    return (*run.terms, run.having, *run.title, *run.body)


def _spoken(rows: Iterable[IndexRow], run: Run) -> dict[str, Spoken]:
    found: dict[str, Vocabulary] = {}
    for row in rows:
        if stemmer := stemmer_of(row.article.language.value):
            known = found.setdefault(stemmer, Vocabulary(set(), {}))
            known.add(row.tokens.title.keys() | row.tokens.body.keys(), row.tokens.forms)
    terms = run.terms.all()
    places = {term: place for place, term in enumerate(terms)}
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
