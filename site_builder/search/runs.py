"""Postings gathered in runs of articles, and the runs of a segment merged in the order of terms.

A run is sorted and packed, so that many of them fit into memory. Its articles are counted from its first one;
merging counts them from the segment's.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import accumulate, chain, groupby, islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from ..derived import Tokens

RUN = 512
"""Articles a run: segments begin where runs begin."""

_SMALL = "H"
_MOST = 2 ** (8 * array(_SMALL).itemsize) - 1
"""The largest number that fits into `_SMALL`; only very long articles have places beyond it."""
_NUMBERS = "I"

_Gathered: TypeAlias = dict[str, tuple[list[int], list[Sequence[int]]]]
"""Of each term the articles that have it, and its places in each."""


_NOWHERE: tuple[list[int], list[Sequence[int]]] = ([], [])


class Occurrences(NamedTuple):
    """Where one term stands in one field."""

    documents: list[int]
    """The articles that have it there, rising."""
    counts: list[int]
    """How often each has it."""
    positions: list[int]
    """Its places in each, one article after the other."""


class TermPostings(NamedTuple):
    """Where one term stands in a segment."""

    term: str
    title: Occurrences
    body: Occurrences


class Field(NamedTuple):
    """The occurrences of a run's terms in one field, term after term."""

    ends: Sequence[int]
    """Where each term begins in the next two lists, and where the last one ends."""
    documents: "array[int]"
    counts: "array[int]"
    position_ends: Sequence[int]
    """The same for `positions`."""
    positions: "array[int]"


class Run(NamedTuple):
    """The postings of some successive articles."""

    articles: int
    terms: Sequence[str]
    """By code point."""
    title: Field
    body: Field


def runs(articles: Iterable[Tokens]) -> Iterator[Run]:
    """Sort the postings of an archive's articles, a run at a time; all but the last are full."""
    coming = iter(articles)
    for first in coming:
        yield gather(chain([first], islice(coming, RUN - 1)))


def gather(articles: Iterable[Tokens]) -> Run:
    """Sort the postings of some successive articles (no more than `RUN`) by term."""
    title: _Gathered = defaultdict(lambda: ([], []))
    body: _Gathered = defaultdict(lambda: ([], []))
    count = 0
    for number, tokens in enumerate(articles):
        count = number + 1
        _add(title, number, tokens.title)
        _add(body, number, tokens.body)
    # Interned: the runs of an archive share the text of their terms.
    terms = [sys.intern(term) for term in sorted(title.keys() | body.keys())]
    return Run(count, terms, _field(title, terms), _field(body, terms))


def merged(runs: Sequence[Run]) -> Iterator[TermPostings]:
    """Give the postings of a segment, term by term, from its runs in order."""
    streams = [_entries(run, number) for number, run in enumerate(runs)]
    bases = [0, *accumulate(run.articles for run in runs)]
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        one = TermPostings(term, _nowhere(), _nowhere())
        for _, number, place in entries:
            _append(one.title, runs[number].title, place, bases[number])
            _append(one.body, runs[number].body, place, bases[number])
        yield one


def _add(found: _Gathered, number: int, terms: Mapping[str, Sequence[int]]) -> None:
    for term, places in terms.items():
        documents, all_places = found[term]
        documents.append(number)
        all_places.append(places)


def _field(found: _Gathered, terms: Sequence[str]) -> Field:
    entries = [found.get(term, _NOWHERE) for term in terms]
    places = list(chain.from_iterable(those for _, those in entries))
    counts = _packed(list(map(len, places)))
    ends = array(_NUMBERS, accumulate((len(those) for those, _ in entries), initial=0))
    sums = list(accumulate(counts, initial=0))
    return Field(
        ends=ends,
        documents=_packed(list(chain.from_iterable(those for those, _ in entries))),
        counts=counts,
        position_ends=array(_NUMBERS, [sums[end] for end in ends]),
        positions=_packed(list(chain.from_iterable(places))),
    )


def _packed(numbers: list[int]) -> "array[int]":
    return array(_SMALL if max(numbers, default=0) <= _MOST else _NUMBERS, numbers)


def _nowhere() -> Occurrences:
    return Occurrences([], [], [])


def _append(whole: Occurrences, field: Field, place: int, base: int) -> None:
    """Add what a run has of a term, the run's articles being counted from `base`."""
    start, end = field.ends[place], field.ends[place + 1]
    if start == end:
        return
    whole.documents.extend([base + number for number in field.documents[start:end]])
    whole.counts.extend(field.counts[start:end])
    positions = slice(field.position_ends[place], field.position_ends[place + 1])
    whole.positions.extend(field.positions[positions])


def _entries(run: Run, number: int) -> Iterator[tuple[str, int, int]]:
    return ((term, number, place) for place, term in enumerate(run.terms))
