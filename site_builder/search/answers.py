"""The documents that answer a query, in order: docs/search-format.md, section 4, the joining of items."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from .expansion import Note
from .index import Index
from .matching import Found, common, match
from .query import Date, Exact, Facet, Node, Not

ENOUGH = 10
"""With fewer documents that have every item, those that have some follow."""
FACETS = ("outlet", "language", "tag", "year")
"""What a reader can choose beside the query."""

Groups = Mapping[str, Mapping[str, Collection[int]]]
"""Facet to value to documents."""


class Answer(NamedTuple):
    """Which documents answer, in two parts."""

    first: list[int]
    """Those that have every item."""
    second: list[int]
    """Those that have every strict item and some loose one, where the first part is short."""
    scores: Found
    counts: dict[str, dict[str, int]]
    """Facet to value to number of documents, counted with the filters of all facets but its own."""
    notes: tuple[Note, ...]


def answer(
    index: Index, items: Sequence[Node], filters: Mapping[str, Collection[str]], *, by_date: bool
) -> Answer:
    """Find and order the documents that have a query's items and the values chosen beside it."""
    chosen = {facet: values for facet, values in filters.items() if values}
    notes: list[Note] = []
    known = {item: match(index, item, notes.append) for item in dict.fromkeys(items)}
    found = [known[item] for item in items]
    groups = {facet: _groups(index, facet) for facet in FACETS}
    first = common(found) if found else set(range(index.articles)) if chosen else set()
    loose = [one for item, one in zip(items, found, strict=True) if not _is_strict(item)]
    shown = _allowed(first, groups, chosen)
    second: set[int] = set()
    if len(shown) < ENOUGH and len(loose) > 1:
        strict = [one for item, one in zip(items, found, strict=True) if _is_strict(item)]
        some: set[int] = set().union(*loose)
        second = (some & common(strict) if strict else some) - first
    totals = _totals(found, first | second)
    return Answer(
        first=_ordered(shown, totals, by_date=by_date),
        second=_ordered(_allowed(second, groups, chosen), totals, by_date=by_date),
        scores=totals,
        counts=_counts(first | second, groups, chosen),
        notes=tuple(dict.fromkeys(notes)),
    )


def _is_strict(item: Node) -> bool:
    return isinstance(item, Facet | Date | Not) or (isinstance(item, Exact) and item.quoted)


def _totals(found: Sequence[Found], documents: set[int]) -> dict[int, float]:
    """Add up the items that a document has, in the order of the query."""
    totals = dict.fromkeys(documents, 0.0)
    for one in found:
        for document in documents & one.keys():
            totals[document] += one[document]
    return totals


def _ordered(documents: set[int], totals: Found, *, by_date: bool) -> list[int]:
    newest_first = sorted(documents, reverse=True)
    if by_date:
        return newest_first
    return sorted(newest_first, key=lambda document: -totals[document])


def _groups(index: Index, facet: str) -> Mapping[str, Collection[int]]:
    """Give each value's documents; `""` stands for an unknown outlet or language, or no year."""
    if facet == "year":
        years: dict[str, list[int]] = {}
        for document, date in enumerate(index.dates):
            years.setdefault(f"{date // 10_000:04}" if date else "", []).append(document)
        return years
    values = index.values(facet)
    if facet == "tag":
        return values
    unknown = set(range(index.articles)).difference(*values.values())
    return {**values, "": unknown} if unknown else values


def _allowed(
    documents: set[int], groups: Groups, chosen: Mapping[str, Collection[str]]
) -> set[int]:
    """Take away the documents that have none of the chosen values of some facet."""
    for facet in sorted(chosen):
        wanted: set[int] = set().union(*(groups[facet].get(value, ()) for value in chosen[facet]))
        documents = documents & wanted
    return documents


def _counts(
    documents: set[int], groups: Groups, chosen: Mapping[str, Collection[str]]
) -> dict[str, dict[str, int]]:
    """Count each facet's values among the documents that the other facets' filters leave."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        others = {name: values for name, values in chosen.items() if name != facet}
        left = _allowed(documents, groups, others)
        counted = {value: len(left.intersection(groups[facet][value])) for value in groups[facet]}
        most_first = sorted(counted, key=lambda value: (-counted[value], value))
        counts[facet] = {value: counted[value] for value in most_first if counted[value]}
    return counts
