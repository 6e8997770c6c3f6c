"""What is written of one term's postings and positions: docs/search-format.md, section 6."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from .codes import below, counts, gamma, gap_writer, gaps, rising
from .runs import Occurrences, TermPostings

_NO_TITLE = gamma(1)


class Lengths(NamedTuple):
    """How many tokens each article of a segment has."""

    title: Sequence[int]
    body: Sequence[int]


def postings_code(one: TermPostings, articles: int) -> str:
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


def positions_code(one: TermPostings, lengths: Lengths) -> str:
    """Write where a term stands in each of its articles, as bits: in all titles, then in all texts."""
    title = _lists(one.title, lengths.title) if one.title.documents else ""
    return title + _lists(one.body, lengths.body)


def _lists(found: Occurrences, lengths: Sequence[int]) -> str:
    """Do what `rising` does, list after list, in one loop: this is most of an index."""
    positions, at = found.positions, 0
    codes: list[str] = []
    for document, count in zip(found.documents, found.counts, strict=True):
        limit = lengths[document]
        if count == 1:
            short, first, others = below(limit)
            position = positions[at]
            codes.append(first(position) if position < short else others(position + short))
        elif count < limit:
            write, next_ = gap_writer(count, limit), 0
            for position in positions[at : at + count]:
                codes.append(write(position - next_))
                next_ = position + 1
        at += count
    return "".join(codes)
