"""How well a document answers: docs/search-format.md, section 5.

BM25F as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), section 3.6: the fields'
occurrences, each put in proportion to the field's length, are weighed and added before they saturate; with
the always positive idf of Lucene. Every operation stands in the order of the page: then scores are equal to
the last bit wherever numbers are IEEE doubles.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from .index import Index, Posting

TITLE_WEIGHT = 3
OTHER_FORM = 0.5
"""What an occurrence of another form than the one asked for counts."""
_PRECISION = 1_048_576
"""2 to the 20th: to a multiple of its inverse the idf is rounded, since `log` may differ in its last bit."""


class Scored(NamedTuple):
    """The documents that have something, and how well they answer."""

    scores: Mapping[int, float]
    rarity: float = 0.0
    """The idf, 0 where nothing is scored."""
    titled: Collection[int] = ()
    """The documents that have it in the title."""


def idf(articles: int, frequency: int) -> float:
    """Give the weight of what `frequency` of all `articles` have: rarer is more."""
    exact = math.log(1 + (articles - frequency + 0.5) / (frequency + 0.5))
    return math.floor(exact * _PRECISION + 0.5) / _PRECISION


def scored(index: Index, postings: Iterable[Posting], *, title_only: bool = False) -> Scored:
    """Score the documents that have something (a group of terms, a phrase) so often.

    Args:
        index: where the postings come from.
        postings: occurrences, one posting a document, each with some.
        title_only: whether only the headline was asked for.
    """
    if title_only:
        postings = [Posting(p.document, 0, p.title) for p in postings if p.title]
    found = list(postings)
    if not found:
        return Scored({})
    rarity = idf(index.articles, len(found))
    title_lengths, body_lengths = index.lengths("title"), index.lengths("body")
    title_average = index.tokens("title") / index.articles
    body_average = index.tokens("body") / index.articles
    scores: dict[int, float] = {}
    for document, body, title in found:
        often = 0.0
        if title:
            often += TITLE_WEIGHT * title / _length(title_lengths[document], title_average)
        if body:
            often += body / _length(body_lengths[document], body_average)
        scores[document] = rarity * (often * 2.2 / (often + 1.2))
    return Scored(scores, rarity, {p.document for p in found if p.title})


def _length(tokens: int, average: float) -> float:
    """Put a field's length in proportion; there are tokens, so the average is not 0."""
    return 0.25 + 0.75 * tokens / average


def totals(found: Sequence[Scored], documents: Collection[int]) -> dict[int, float]:
    """Add up the items that each document has, in the order of the query, and what its title adds.

    The title's addition is the share of the query, by rarity, that the title has, times that part's rarity.
    """
    whole = 0.0
    added = dict.fromkeys(documents, 0.0)
    in_title = dict.fromkeys(documents, 0.0)
    for one in found:
        whole += one.rarity
        for document in added.keys() & one.scores.keys():
            added[document] += one.scores[document]
        for document in in_title.keys() & one.titled:
            in_title[document] += one.rarity
    for document, part in in_title.items():
        if part:
            added[document] += part * part / whole
    return added


def merged(
    whole: Sequence[Sequence[Posting]], half: Sequence[Sequence[Posting]] = ()
) -> list[Posting]:
    """Count several terms as one: occurrences added, document by document, those in `half` by half."""
    if len(whole) == 1 and not half:
        return list(whole[0])
    body: dict[int, float] = {}
    title: dict[int, float] = {}
    for groups, weight in ((whole, 1), (half, OTHER_FORM)):
        for postings in groups:
            for document, in_body, in_title in postings:
                body[document] = body.get(document, 0) + weight * in_body
                title[document] = title.get(document, 0) + weight * in_title
    return [Posting(document, body[document], title[document]) for document in sorted(body)]
