"""Finding articles: words, queries, ranking, the index and the files that browsers read.

`search` answers a query from anything that is an `Index`; what it promises is written down in
docs/search-format.md, and `static/engine.js` gives the same answers from the shards.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from urllib.parse import quote

from ..model import Record
from .answers import FACETS, answer
from .expansion import Kind, Note
from .index import Index
from .query import parse

__all__ = ["FACETS", "Hit", "Index", "Kind", "Note", "Results", "search"]

NO_FILTERS: Mapping[str, Collection[str]] = MappingProxyType({})
SORTS = ("relevance", "date")


class Hit(Record, frozen=True, kw_only=True, omit_defaults=False):
    """One article that answers a query."""

    id: str
    """Its permalink, no slash at either end."""
    url: str
    """Its page's address, relative to the site's root, percent-encoded."""
    title: str
    date: str
    """EDTF, or empty."""
    outlet: str
    """As shown, or empty."""
    score: float


class Results(Record, frozen=True, kw_only=True, omit_defaults=False):
    """What a query found."""

    query: str
    total: int
    """How many articles answer in all."""
    complete: int
    """How many of them, the first ones, have everything that was asked."""
    hits: tuple[Hit, ...]
    """The part that was asked for."""
    facets: dict[str, dict[str, int]]
    """Outlet, language, tag and year: how many articles have each value, most first; `""` is
    unknown or undated."""
    notes: tuple[Note, ...]
    """What words of the query stood for, if not for themselves alone."""


def search(
    index: Index,
    query: str,
    *,
    limit: int = 10,
    offset: int = 0,
    filters: Mapping[str, Collection[str]] = NO_FILTERS,
    sort: str = "relevance",
) -> Results:
    """Answer a query.

    Args:
        index: the archive.
        query: as a reader types it; no text is an error.
        limit: how many hits to give at most.
        offset: how many of the first hits to leave out.
        filters: for any of `FACETS` the values of which an article must have one.
        sort: `relevance`, or `date` for newest first.

    Raises:
        ValueError: there is no such facet or sort order.
    """
    if unknown := [name for name in (*filters, sort) if name not in {*FACETS, *SORTS}]:
        message = f"neither a facet nor a sort order: {unknown[0]!r}"
        raise ValueError(message)
    found = answer(index, parse(query), filters, by_date=sort == "date")
    documents = [*found.first, *found.second]
    return Results(
        query=query,
        total=len(documents),
        complete=len(found.first),
        hits=tuple(
            _hit(index, document, found.scores[document])
            for document in documents[offset : offset + limit]
        ),
        facets=found.counts,
        notes=found.notes,
    )


def _hit(index: Index, document: int, score: float) -> Hit:
    row = index.row(document)
    return Hit(
        id=row.id,
        url=f"{quote(row.id)}/",
        title=row.title,
        date=row.date,
        outlet=row.outlet,
        score=score,
    )
