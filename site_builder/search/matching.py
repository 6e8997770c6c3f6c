"""Which documents each node of a query gives, and with what score: docs/search-format.md, section 4."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce

from .analysis import terms
from .dates import days, days_of
from .expansion import Note, fuzzy_terms, prefix_terms, word_group
from .index import Field, Index, Posting
from .query import All, Any, Date, Exact, Facet, Fuzzy, Node, Not, Prefix, Word
from .scoring import Scored, merged, scored


def match(index: Index, node: Node, note: Callable[[Note], None]) -> Scored:
    """Give a node's documents with their scores; `note` is told what a word stood for."""
    match node:
        case Facet() | Date():
            return Scored(dict.fromkeys(_filtered(index, node), 0.0))
        case Not(node=inner):
            without = match(index, inner, note).scores
            return Scored(
                {number: 0.0 for number in range(index.articles) if number not in without}
            )
        case Any(nodes=nodes):
            return Scored(_sums([match(index, inner, note) for inner in nodes]))
        case All(nodes=nodes):
            inners = [match(index, inner, note) for inner in nodes]
            everywhere = common(inners)
            return Scored({d: score for d, score in _sums(inners).items() if d in everywhere})
        case _:
            return scored(index, _postings(index, node, note), title_only=bool(node.field))


def _postings(
    index: Index, node: Word | Exact | Prefix | Fuzzy, note: Callable[[Note], None]
) -> list[Posting]:
    """Give the occurrences of what a node searches the text for."""
    match node:
        case Word(word=word):
            own, others = word_group(index, word, note)
            return merged(
                [index.postings(term) for term in own], [index.postings(term) for term in others]
            )
        case Exact(exact=phrase):
            return _phrase(index, phrase)
        case Prefix(prefix=beginning):
            found = prefix_terms(index, beginning)
        case Fuzzy(fuzzy=word):
            found = fuzzy_terms(index, word)
    return merged([index.postings(term) for term in found])


def _filtered(index: Index, node: Facet | Date) -> Iterable[int]:
    if isinstance(node, Facet):
        return _with_value(index, node.facet, node.value)
    return _dated(index, node.date, node.value)


def common(found: Sequence[Scored]) -> set[int]:
    """Give the documents that all of these have (there is at least one of these)."""
    first, *others = (one.scores for one in found)
    return reduce(lambda kept, other: kept & other.keys(), others, set(first))


def _sums(found: Iterable[Scored]) -> dict[int, float]:
    """Give the documents that any of these has, with the scores added in their order."""
    added: dict[int, float] = {}
    for one in found:
        for document, score in one.scores.items():
            added[document] = added.get(document, 0.0) + score
    return added


def _phrase(index: Index, phrase: Sequence[str]) -> list[Posting]:
    """Count the places where terms follow each other in one field; one term is a phrase too."""
    postings = {term: index.postings(term) for term in dict.fromkeys(phrase)}
    if len(phrase) == 1:
        return list(postings[phrase[0]])
    candidates = set.intersection(*({p.document for p in found} for found in postings.values()))
    body = _occurrences(index, phrase, "body", candidates)
    title = _occurrences(index, phrase, "title", candidates)
    return [
        Posting(document, body.get(document, 0), title.get(document, 0))
        for document in sorted(body.keys() | title.keys())
    ]


def _occurrences(
    index: Index, phrase: Sequence[str], field: Field, candidates: set[int]
) -> dict[int, int]:
    """Count in each document how often the terms stand at consecutive places of a field."""
    places = {term: index.positions(term, field, candidates) for term in dict.fromkeys(phrase)}
    counts: dict[int, int] = {}
    for document, starts in places[phrase[0]].items():
        standing = set(starts)
        for offset, term in enumerate(phrase[1:], start=1):
            standing &= {place - offset for place in places[term].get(document, ())}
        if standing:
            counts[document] = len(standing)
    return counts


def _with_value(index: Index, facet: str, wanted: str) -> set[int]:
    """Give the documents of which a value holds the wanted one's terms at consecutive places."""
    fits = _is_language if facet == "language" else _holds
    return {
        document
        for value, documents in index.values(facet).items()
        if fits(value, wanted)
        for document in documents
    }


def _holds(value: str, wanted: str) -> bool:
    inside, sought = terms(value), terms(wanted)
    return any(
        inside[start : start + len(sought)] == sought
        for start in range(len(inside) - len(sought) + 1)
    )


def _is_language(value: str, wanted: str) -> bool:
    return f"{value.lower()}-".startswith(f"{wanted.lower()}-")


def _dated(index: Index, relation: str, date: str) -> Iterable[int]:
    """Give the dated documents whose whole span of days stands in a relation to a date."""
    wanted = days_of(date)
    for number, value in enumerate(index.dates):
        if not value:
            continue
        first, last = days(value)
        if (
            (relation == "date" and wanted.first <= first and last <= wanted.last)
            or (relation == "after" and first >= wanted.first)
            or (relation == "before" and last < wanted.first)
        ):
            yield number
