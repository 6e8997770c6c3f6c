"""Postings gathered in runs of articles, and the runs of a segment merged in the order of terms.

A run is sorted and packed: its parts may as well be arrays in memory as views of a file. Its articles are
counted from its first one; merging counts them from the segment's.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import accumulate, chain, groupby
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from ..derived import PLACES, Tokens

NUMBERS: Final = "I"
"""How a run's numbers are packed."""
_SIZE = array(PLACES).itemsize

Numbers: TypeAlias = "array[int] | memoryview[int]"

_Gathered: TypeAlias = dict[str, tuple[list[int], list[bytes]]]
"""Of each term the articles that have it, and its packed places in each."""

_NOWHERE: tuple[list[int], list[bytes]] = ([], [])


class Occurrences(NamedTuple):
    """Where one term stands in one field."""

    documents: list[int]
    """The articles that have it there, rising."""
    counts: list[int]
    """How often each has it."""
    positions: "array[int]"
    """Its places in each, one article after the other."""


class TermPostings(NamedTuple):
    """Where one term stands in a segment."""

    term: str
    title: Occurrences
    body: Occurrences


class Field(NamedTuple):
    """The occurrences of a run's terms in one field, term after term."""

    ends: Numbers
    """Where each term begins in the next two lists, and where the last one ends."""
    documents: Numbers
    counts: Numbers
    position_ends: Numbers
    """The same for `positions`, in numbers."""
    positions: bytes | memoryview
    """Packed as `PLACES`."""

    def places(self, first: int, end: int) -> bytes | memoryview:
        """Give some of the positions."""
        return self.positions[first * _SIZE : end * _SIZE]


class Terms(NamedTuple):
    """The terms of a run by code point, in one text: none holds a line feed."""

    text: bytes | memoryview
    """UTF-8, a line feed behind each."""
    ends: Numbers
    """Where each begins in it, and where the last one ends."""

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.ends) - 1

    def all(self) -> list[str]:
        """Give all of them."""
        return self.between(0, self.number)

    def at(self, place: int) -> str:
        """Give one of them."""
        return str(self.text[self.ends[place] : self.ends[place + 1] - 1], "utf-8", "surrogatepass")

    def place(self, term: str) -> int:
        """Give the place of the first term that does not stand before this one."""
        return bisect_left(range(self.number), term, key=self.at)

    def between(self, first: int, end: int) -> list[str]:
        """Give some of them."""
        text = str(self.text[self.ends[first] : self.ends[end]], "utf-8", "surrogatepass")
        return text.split("\n")[:-1]


class Run(NamedTuple):
    """The postings of some successive articles."""

    articles: int
    terms: Terms
    having: Numbers
    """In how many articles each term is, in title or body."""
    title: Field
    body: Field


def gather(articles: Iterable[Tokens]) -> Run:
    """Sort the postings of some successive articles by term."""
    title: _Gathered = defaultdict(lambda: ([], []))
    body: _Gathered = defaultdict(lambda: ([], []))
    having: dict[str, int] = defaultdict(int)
    count = 0
    for number, tokens in enumerate(articles):
        count = number + 1
        _add(title, number, tokens.title)
        _add(body, number, tokens.body)
        for term in tokens.title.keys() - tokens.body.keys():
            having[term] += 1
    for term, (documents, _) in body.items():
        having[term] += len(documents)
    terms = sorted(having)
    return Run(
        articles=count,
        terms=_terms(terms),
        having=array(NUMBERS, [having[term] for term in terms]),
        title=_field(title, terms),
        body=_field(body, terms),
    )


def merged(runs: Sequence[Run], first: str = "", end: str = "") -> Iterator[TermPostings]:
    """Give the postings of a segment, term by term, from its runs in order.

    Args:
        runs: those of the segment.
        first: the term to begin with.
        end: the term to end before; none where it is empty.
    """
    streams = [_entries(run, number, first, end) for number, run in enumerate(runs)]
    bases = [0, *accumulate(run.articles for run in runs)]
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        one = TermPostings(term, _nowhere(), _nowhere())
        for _, number, place in entries:
            _append(one.title, runs[number].title, place, bases[number])
            _append(one.body, runs[number].body, place, bases[number])
        yield one


def _add(found: _Gathered, number: int, terms: Mapping[str, bytes]) -> None:
    for term, places in terms.items():
        documents, all_places = found[term]
        documents.append(number)
        all_places.append(places)


def _terms(terms: Sequence[str]) -> Terms:
    lines = [f"{term}\n".encode("utf-8", "surrogatepass") for term in terms]
    return Terms(b"".join(lines), array(NUMBERS, accumulate(map(len, lines), initial=0)))


def _field(found: _Gathered, terms: Sequence[str]) -> Field:
    entries = [found.get(term, _NOWHERE) for term in terms]
    places = list(chain.from_iterable(those for _, those in entries))
    counts = [len(one) // _SIZE for one in places]
    ends = array(NUMBERS, accumulate((len(those) for those, _ in entries), initial=0))
    sums = list(accumulate(counts, initial=0))
    return Field(
        ends=ends,
        documents=array(NUMBERS, chain.from_iterable(those for those, _ in entries)),
        counts=array(NUMBERS, counts),
        position_ends=array(NUMBERS, [sums[end] for end in ends]),
        positions=b"".join(places),
    )


def _nowhere() -> Occurrences:
    return Occurrences([], [], array(PLACES))


def _append(whole: Occurrences, field: Field, place: int, base: int) -> None:
    """Add what a run has of a term, the run's articles being counted from `base`."""
    start, end = field.ends[place], field.ends[place + 1]
    if start == end:
        return
    whole.documents.extend([base + number for number in field.documents[start:end]])
    whole.counts.extend(field.counts[start:end])
    whole.positions.frombytes(
        field.places(field.position_ends[place], field.position_ends[place + 1])
    )


def _entries(run: Run, number: int, first: str, end: str) -> Iterator[tuple[str, int, int]]:
    begin = run.terms.place(first) if first else 0
    stop = run.terms.place(end) if end else run.terms.number
    terms = run.terms.between(begin, stop)
    return ((term, number, place) for place, term in enumerate(terms, start=begin))
