"""Postings gathered in runs of articles, and the runs of a segment merged in the order of terms.

A run is sorted and packed. Its articles are counted from its first; merging counts them from the segment's.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

from ..derived import PLACES, Tokens

NUMBERS: Final = "I"
"""How a run's numbers are packed."""
SIZE = array(PLACES).itemsize
"""Bytes of a packed number."""

Numbers: TypeAlias = "array[int]"

_Gathered: TypeAlias = dict[str, tuple[list[int], list[bytes]]]
"""Of each term the articles that have it, and its packed places in each."""

_NOWHERE: tuple[list[int], list[bytes]] = ([], [])


W = TypeVar("W", bytes, str)
"""How a term's places are written: packed as `PLACES`, or as bits (`postings.positions_codes`)."""


class Occurrences(NamedTuple, Generic[W]):
    """Where one term stands in one field."""

    documents: list[int]
    """The articles that have it there, rising."""
    counts: list[int]
    """How often each has it."""
    where: list[W]
    """Its places in each, in pieces that follow each other."""


class TermPostings(NamedTuple, Generic[W]):
    """Where one term stands in a segment."""

    term: str
    title: Occurrences[W]
    body: Occurrences[W]


class Field(NamedTuple, Generic[W]):
    """The occurrences of a run's terms in one field, term after term."""

    ends: Numbers
    """Where each term begins in the next two lists, and where the last one ends."""
    documents: Numbers
    counts: Numbers
    where_ends: Numbers
    """The same for `where`."""
    where: W


class Run(NamedTuple, Generic[W]):
    """The postings of some successive articles."""

    articles: int
    terms: Sequence[str]
    """By code point."""
    having: Numbers
    """In how many articles each term is, in title or body."""
    title: Field[W]
    body: Field[W]


def gather(articles: Iterable[Tokens]) -> Run[bytes]:
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


def restricted(run: Run[bytes], numbers: Collection[int]) -> Run[bytes]:
    """Leave some of a run's articles, and count these from 0."""
    if len(numbers) == run.articles:
        return run
    places = {number: place for place, number in enumerate(sorted(numbers))}
    title, body = _left(run.title, places), _left(run.body, places)
    return run._replace(articles=len(places), title=title, body=body)


def _left(field: Field[bytes], places: Mapping[int, int]) -> Field[bytes]:
    ends, where_ends = array(NUMBERS, [0]), array(NUMBERS, [0])
    documents, counts, where = array(NUMBERS), array(NUMBERS), bytearray()
    for place, (start, end) in enumerate(pairwise(field.ends)):
        at = field.where_ends[place]
        for number, count in zip(field.documents[start:end], field.counts[start:end], strict=True):
            if number in places:
                documents.append(places[number])
                counts.append(count)
                where += field.where[at : at + count * SIZE]
            at += count * SIZE
        ends.append(len(documents))
        where_ends.append(len(where))
    return Field(ends, documents, counts, where_ends, bytes(where))


def merged(runs: Sequence[Run[W]]) -> Iterator[TermPostings[W]]:
    """Give the postings of a segment, term by term, from its runs in order; or of some of its terms."""
    streams = [_entries(run, number, range(len(run.terms))) for number, run in enumerate(runs)]
    bases = _bases(runs)
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        one: TermPostings[W] = TermPostings(term, _nowhere(), _nowhere())
        for _, number, place in entries:
            _append(one.title, runs[number].title, place, bases[number])
            _append(one.body, runs[number].body, place, bases[number])
        yield one


def merged_field(
    runs: Sequence[Run[W]], fields: Sequence[Field[W]]
) -> Iterator[tuple[str, Occurrences[W]]]:
    """Give the postings of one field of a segment, term by term: those that the field has.

    Args:
        runs: The segment's.
        fields: Of each run that field.
    """
    streams = [_entries(runs[number], number, _held(field)) for number, field in enumerate(fields)]
    bases = _bases(runs)
    for term, entries in groupby(merge(*streams), key=itemgetter(0)):
        found: Occurrences[W] = _nowhere()
        for _, number, place in entries:
            _append(found, fields[number], place, bases[number])
        yield term, found


def _add(found: _Gathered, number: int, terms: Mapping[str, bytes]) -> None:
    for term, places in terms.items():
        documents, all_places = found[term]
        documents.append(number)
        all_places.append(places)


def _field(found: _Gathered, terms: Sequence[str]) -> Field[bytes]:
    entries = [found.get(term, _NOWHERE) for term in terms]
    places = list(chain.from_iterable(those for _, those in entries))
    sizes = [len(one) for one in places]
    ends = array(NUMBERS, accumulate((len(those) for those, _ in entries), initial=0))
    sums = list(accumulate(sizes, initial=0))
    return Field(
        ends=ends,
        documents=array(NUMBERS, chain.from_iterable(those for those, _ in entries)),
        counts=array(NUMBERS, [size // SIZE for size in sizes]),
        where_ends=array(NUMBERS, [sums[end] for end in ends]),
        where=b"".join(places),
    )


def _nowhere() -> Occurrences[W]:
    return Occurrences([], [], [])


def _append(whole: Occurrences[W], field: Field[W], place: int, base: int) -> None:
    """Add what a run has of a term, the run's articles being counted from `base`."""
    start, end = field.ends[place], field.ends[place + 1]
    if start == end:
        return
    whole.documents.extend([base + number for number in field.documents[start:end]])
    whole.counts.extend(field.counts[start:end])
    whole.where.append(field.where[field.where_ends[place] : field.where_ends[place + 1]])


def _entries(run: Run[W], number: int, places: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    terms = run.terms
    return ((terms[place], number, place) for place in places)


def _held(field: Field[W]) -> list[int]:
    """Give the places of the terms that a field has."""
    return [place for place, (start, end) in enumerate(pairwise(field.ends)) if start != end]


def _bases(runs: Iterable[Run[W]]) -> list[int]:
    """Give the number that each run's first article has in the segment."""
    return [0, *accumulate(run.articles for run in runs)]
