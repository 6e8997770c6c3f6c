"""Postings gathered in runs of articles, and the runs of a segment merged in the order of terms.

A run is sorted and packed, so that it can be kept anywhere; its postings are already as the shards
have them (docs/search-format.md, section 6), counted from the run's first article. Merging only has to
set right the first number of each term.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import NamedTuple

from ..model import Tokens

RUN = 1_024
"""Articles a run: segments begin where runs begin."""

_NUMBERS = "I"


class Run(NamedTuple):
    """The postings of some successive articles, term by term."""

    articles: int
    terms: Sequence[str]
    """By code point. Of each term the following lists have an entry."""
    last: Sequence[int]
    """The last article with the term."""
    posting_ends: Sequence[int]
    position_ends: Sequence[int]
    postings: "array[int]"
    """The postings of all terms, one term after the other."""
    positions: "array[int]"


class TermPostings(NamedTuple):
    """What a segment's files say of one term."""

    term: str
    postings: Sequence[int]
    positions: Sequence[int]


class _Term:
    """One term of a run that is being gathered."""

    __slots__ = ("last", "positions", "postings")

    def __init__(self) -> None:
        self.last = -1
        self.postings = array(_NUMBERS)
        self.positions = array(_NUMBERS)


def runs(articles: Iterable[Tokens]) -> Iterator[Run]:
    """Sort the postings of an archive's articles, a run at a time; all but the last are full."""
    coming = iter(articles)
    for first in coming:
        yield gather(chain([first], islice(coming, RUN - 1)))


def gather(articles: Iterable[Tokens]) -> Run:
    """Sort the postings of some successive articles (no more than `RUN`) by term."""
    found: dict[str, _Term] = {}
    count = 0
    for number, tokens in enumerate(articles):
        count = number + 1
        _add(found, number, tokens)
    ordered = sorted(found)
    postings, positions = array(_NUMBERS), array(_NUMBERS)
    posting_ends, position_ends = array(_NUMBERS), array(_NUMBERS)
    for term in ordered:
        postings.extend(found[term].postings)
        positions.extend(found[term].positions)
        posting_ends.append(len(postings))
        position_ends.append(len(positions))
    last = array(_NUMBERS, (found[term].last for term in ordered))
    return Run(count, ordered, last, posting_ends, position_ends, postings, positions)


def merged(runs: Sequence[Run]) -> Iterator[TermPostings]:
    """Give the postings of a segment, term by term, from its runs in order."""
    streams = [_entries(run, number) for number, run in enumerate(runs)]
    bases = [sum(run.articles for run in runs[:number]) for number in range(len(runs))]
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        postings, positions = array(_NUMBERS), array(_NUMBERS)
        before = -1
        for _, number, place in entries:
            run, base = runs[number], bases[number]
            start = len(postings)
            postings.extend(_slice(run.postings, run.posting_ends, place))
            postings[start] += 2 * (base - before - 1)
            positions.extend(_slice(run.positions, run.position_ends, place))
            before = base + run.last[place]
        yield TermPostings(term, postings, positions)


def _entries(run: Run, number: int) -> Iterator[tuple[str, int, int]]:
    return ((term, number, place) for place, term in enumerate(run.terms))


def _slice(numbers: "array[int]", ends: Sequence[int], place: int) -> "array[int]":
    return numbers[ends[place - 1] if place else 0 : ends[place]]


def _add(found: dict[str, _Term], number: int, tokens: Tokens) -> None:
    """Add an article's postings: the short form for a term once in the body and nowhere else."""
    title = tokens.title
    for term, places in tokens.body.items():
        entry = found.get(term)
        if entry is None:
            entry = found[term] = _Term()
        gap = number - entry.last - 1
        entry.last = number
        if len(places) == 1 and term not in title:
            entry.postings.append(2 * gap)
            entry.positions.append(places[0])
        else:
            _add_long(entry, gap, title.get(term, ()), places)
    _add_title_only(found, number, {t: title[t] for t in title if t not in tokens.body})


def _add_title_only(
    found: dict[str, _Term], number: int, title: Mapping[str, Sequence[int]]
) -> None:
    for term, places in title.items():
        entry = found[term] = found.get(term) or _Term()
        gap = number - entry.last - 1
        entry.last = number
        _add_long(entry, gap, places, ())


def _add_long(entry: _Term, gap: int, title: Sequence[int], body: Sequence[int]) -> None:
    entry.postings.extend((2 * gap + 1, len(body), len(title)))
    for places in (title, body):
        before = 0
        for place in places:
            entry.positions.append(place - before)
            before = place
