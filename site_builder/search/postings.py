"""What is written of one term's postings and positions: docs/search-format.md, section 6."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ..derived import PLACES
from .codes import below, counts, gamma, gap_writer, gaps, rising
from .runs import NUMBERS, Field, TermPostings

_NO_TITLE = gamma(1)


class Lengths(NamedTuple):
    """How many tokens each article of a segment has."""

    title: Sequence[int]
    body: Sequence[int]


def postings_code(one: TermPostings[str], articles: int) -> str:
    """Write which of a segment's articles have a term, and how often, as bits."""
    title, body = one.title, one.body
    if not title.documents:
        where = rising(gaps(body.documents), articles)
        many = counts([count - 1 for count in body.counts])
        return f"{gamma(len(body.documents))}{where}{_NO_TITLE}{many}"
    documents = sorted({*title.documents, *body.documents})
    in_title, in_body = set(title.documents), dict(zip(body.documents, body.counts, strict=True))
    bodies = [in_body.get(number, 0) - (number not in in_title) for number in documents]
    return "".join(
        (
            gamma(len(documents)),
            rising(gaps(documents), articles),
            gamma(len(title.documents) + 1),
            rising(
                gaps(bisect_left(documents, number) for number in title.documents), len(documents)
            ),
            *map(gamma, title.counts),
            counts(bodies),
        )
    )


def positions_code(one: TermPostings[str]) -> str:
    """Give where a term stands in each of its articles, as bits: in all titles, then in all texts."""
    return "".join((*one.title.where, *one.body.where))


def coded(field: Field[bytes], lengths: Sequence[int]) -> Field[str]:
    """Write the places of a run's terms as bits. They depend on the articles alone, not on their segment.

    Args:
        field: Title or body.
        lengths: How many tokens each of the run's articles has there.
    """
    codes = [*_codes(field, lengths)]
    ends = array(NUMBERS, accumulate(map(len, codes), initial=0))
    return Field(field.ends, field.documents, field.counts, ends, "".join(codes))


def _codes(field: Field[bytes], lengths: Sequence[int]) -> Iterator[str]:
    for (first, last), (start, end) in zip(
        pairwise(field.ends), pairwise(field.where_ends), strict=True
    ):
        places = array(PLACES, field.where[start:end])
        yield _lists(field.documents[first:last], field.counts[first:last], places, lengths)


def _lists(
    documents: Sequence[int],
    each: Sequence[int],
    places: Sequence[int],
    lengths: Sequence[int],
) -> str:
    """Do what `rising` does, list after list, in one loop: this is most of an index."""
    at = 0
    codes: list[str] = []
    for document, count in zip(documents, each, strict=True):
        limit = lengths[document]
        if count == 1:
            short, first, others = below(limit)
            place = places[at]
            codes.append(first(place) if place < short else others(place + short))
        elif count < limit:
            write, next_ = gap_writer(count, limit), 0
            for place in places[at : at + count]:
                codes.append(write(place - next_))
                next_ = place + 1
        at += count
    return "".join(codes)
