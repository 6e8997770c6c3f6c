"""The documents that answer a query, in order: docs/search-format.md, section 4, the joining of items."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from .expansion import Note
from .index import Index
from .matching import common, match
from .query import Date, Exact, Facet, Node, Not, Word
from .scoring import Scored, totals

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
    scores: Mapping[int, float]
    counts: dict[str, dict[str, int]]
    """Facet to value to number of documents, counted with the filters of all facets but its own."""
    notes: tuple[Note, ...]


def answer(
    index: Index, items: Sequence[Node], filters: Mapping[str, Collection[str]], *, by_date: bool
) -> Answer:
    """Find and order the documents that have a query's items and the values chosen beside it."""
    chosen = {facet: values for facet, values in filters.items() if values}
    groups = {facet: _groups(index, facet) for facet in FACETS}
    known = _Known(index)
    found = known.matches(items)
    first = common(found) if found else set(range(index.articles)) if chosen else set()
    shown = _allowed(first, groups, chosen)
    scores = totals(found, first)
    second: set[int] = set()
    if len(shown) < ENOUGH:
        pieces = loosened(items)
        found = known.matches(pieces)
        second = _some(pieces, found) - first
        scores |= totals(found, second)
    return Answer(
        first=_ordered(shown, scores, by_date=by_date),
        second=_ordered(_allowed(second, groups, chosen), scores, by_date=by_date),
        scores=scores,
        counts=_counts(first | second, groups, chosen),
        notes=tuple(known.notes),
    )


class _Known:
    """What the nodes of one query come to, each matched once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[Node, Scored] = {}
        self.notes: dict[Note, None] = {}
        """In the order of the query, each once."""

    def matches(self, nodes: Iterable[Node]) -> list[Scored]:
        """Give each node's documents."""
        return [self._match(node) for node in nodes]

    def _match(self, node: Node) -> Scored:
        if node not in self._found:
            self._found[node] = match(
                self._index, node, lambda note: self.notes.update({note: None})
            )
        return self._found[node]


def loosened(items: Iterable[Node]) -> list[Node]:
    """Take the words that only stood together (`well-known`, a run of an unspaced script) one by one."""
    pieces: list[Node] = []
    for item in items:
        if isinstance(item, Exact) and not item.quoted:
            pieces += [Word(word=term, field=item.field) for term in item.exact]
        else:
            pieces.append(item)
    return pieces


def _some(pieces: Sequence[Node], found: Sequence[Scored]) -> set[int]:
    """Give the documents with every strict piece and some loose one, if more than one is loose."""
    loose = [one for piece, one in zip(pieces, found, strict=True) if not _is_strict(piece)]
    strict = [one for piece, one in zip(pieces, found, strict=True) if _is_strict(piece)]
    if len(loose) < 2:  # noqa: PLR2004 — one alone is not given up
        return set()
    some = set().union(*(one.scores for one in loose))
    return some & common(strict) if strict else some


def _is_strict(piece: Node) -> bool:
    return isinstance(piece, Facet | Date | Not) or (isinstance(piece, Exact) and piece.quoted)


def _ordered(documents: set[int], scores: Mapping[int, float], *, by_date: bool) -> list[int]:
    newest_first = sorted(documents, reverse=True)
    if by_date:
        return newest_first
    return sorted(newest_first, key=lambda document: -scores[document])


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
