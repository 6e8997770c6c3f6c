"""Postings gathered in runs of articles, and the runs of a segment merged in the order of terms.

A run is sorted and packed. Its articles are counted from its first; merging counts them from the segment's.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from ..derived import PLACES, Tokens

NUMBERS: Final = "I"
"""How a run's numbers are packed."""
SIZE = array(PLACES).itemsize
"""Bytes of a packed number."""

Numbers: TypeAlias = "array[int]"

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
    positions: bytes
    """Packed as `PLACES`."""

    def places(self, first: int, end: int) -> bytes:
        """Give some of the positions."""
        return self.positions[first * SIZE : end * SIZE]


class Run(NamedTuple):
    """The postings of some successive articles."""

    articles: int
    terms: Sequence[str]
    """By code point."""
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
        terms=terms,
        having=array(NUMBERS, [having[term] for term in terms]),
        title=_field(title, terms),
        body=_field(body, terms),
    )


def merged(runs: Sequence[Run]) -> Iterator[TermPostings]:
    """Give the postings of a segment, term by term, from its runs in order; or of some of its terms."""
    streams = [_entries(run, number, range(len(run.terms))) for number, run in enumerate(runs)]
    bases = _bases(runs)
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        one = TermPostings(term, _nowhere(), _nowhere())
        for _, number, place in entries:
            _append(one.title, runs[number].title, place, bases[number])
            _append(one.body, runs[number].body, place, bases[number])
        yield one


def merged_field(runs: Sequence[Run], fields: Sequence[Field]) -> Iterator[tuple[str, Occurrences]]:
    """Give the postings of one field of a segment, term by term: those that the field has.

    Args:
        runs: The segment's.
        fields: Of each run that field.
    """
    streams = [_entries(runs[number], number, _held(field)) for number, field in enumerate(fields)]
    bases = _bases(runs)
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        found = _nowhere()
        for _, number, place in entries:
            _append(found, fields[number], place, bases[number])
        yield term, found


def _add(found: _Gathered, number: int, terms: Mapping[str, bytes]) -> None:
    for term, places in terms.items():
        documents, all_places = found[term]
        documents.append(number)
        all_places.append(places)


def _field(found: _Gathered, terms: Sequence[str]) -> Field:
    entries = [found.get(term, _NOWHERE) for term in terms]
    places = list(chain.from_iterable(those for _, those in entries))
    counts = [len(one) // SIZE for one in places]
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


def _entries(run: Run, number: int, places: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    terms = run.terms
    return ((terms[place], number, place) for place in places)


def _held(field: Field) -> list[int]:
    """Give the places of the terms that a field has."""
    return [place for place, (start, end) in enumerate(pairwise(field.ends)) if start != end]


def _bases(runs: Iterable[Run]) -> list[int]:
    """Give the number that each run's first article has in the segment."""
    return [0, *accumulate(run.articles for run in runs)]
