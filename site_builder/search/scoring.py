"""How well a document answers: docs/search-format.md, section 5.

BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), per field and summed, with
the always positive idf of Lucene. Every operation stands in the order of the page: then scores are equal to
the last bit wherever numbers are IEEE doubles.
"""

import math
from collections.abc import Iterable, Sequence

from .index import Index, Posting

TITLE_WEIGHT = 2
BODY_WEIGHT = 1
K1 = 1.2
B = 0.75
_PRECISION = 1_048_576
"""2 to the 20th: to a multiple of its inverse the idf is rounded, since `log` may differ in its last bit."""


def idf(articles: int, frequency: int) -> float:
    """Give the weight of what `frequency` of all `articles` have: rarer is more."""
    exact = math.log(1 + (articles - frequency + 0.5) / (frequency + 0.5))
    return math.floor(exact * _PRECISION + 0.5) / _PRECISION


def scores(
    index: Index, postings: Iterable[Posting], *, title_only: bool = False
) -> dict[int, float]:
    """Score the documents that have something (a group of terms, a phrase) so often.

    Args:
        index: where the postings come from.
        postings: occurrences, one posting a document, each with at least one.
        title_only: whether only the headline was asked for.
    """
    if title_only:
        postings = [Posting(p.document, 0, p.title) for p in postings if p.title]
    found = list(postings)
    if not found:
        return {}
    rarity = idf(index.articles, len(found))
    title_lengths, body_lengths = index.lengths("title"), index.lengths("body")
    title_average = index.tokens("title") / index.articles
    body_average = index.tokens("body") / index.articles
    return {
        document: rarity
        * (
            (_part(TITLE_WEIGHT, title, title_lengths[document], title_average) if title else 0)
            + (_part(BODY_WEIGHT, body, body_lengths[document], body_average) if body else 0)
        )
        for document, body, title in found
    }


def _part(weight: int, occurrences: int, length: int, average: float) -> float:
    """Give what the occurrences in one field add; there is one, so no average is 0."""
    return weight * occurrences * 2.2 / (occurrences + K1 * (0.25 + B * length / average))


def merged(groups: Sequence[Sequence[Posting]]) -> list[Posting]:
    """Count several terms as one: occurrences added, document by document."""
    if len(groups) == 1:
        return list(groups[0])
    body: dict[int, int] = {}
    title: dict[int, int] = {}
    for postings in groups:
        for document, in_body, in_title in postings:
            body[document] = body.get(document, 0) + in_body
            title[document] = title.get(document, 0) + in_title
    return [Posting(document, body[document], title[document]) for document in sorted(body)]
