"""The files that have an entry for each article: lengths, records, facet columns.

docs/search-format.md, section 6.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..catalog import date_key
from ..model import Artifact
from .rows import FACETS, IndexRow, StoredRow, facet_values
from .shard_files import shard

BLOCK = 64
"""Rows of a records file. Segments begin where blocks begin."""
SINGLE = frozenset({"language", "outlet"})
"""The facets of which an article has one value at most."""


class Entry(NamedTuple):
    """What the columns say of one article."""

    title_length: int
    body_length: int
    date: int
    facets: dict[str, tuple[str, ...]]


def entry(row: IndexRow) -> Entry:
    """Keep of a row what the columns need."""
    return Entry(
        row.tokens.title_length,
        row.tokens.body_length,
        date_key(row.article),
        facet_values(row.article),
    )


def records_file(rows: Iterable[StoredRow]) -> Artifact:
    """Write what lists of results show, for up to `BLOCK` successive articles."""
    return shard("records", [[row.id, row.title, row.date, row.outlet, row.lead] for row in rows])


def lengths_file(entries: Sequence[Entry]) -> Artifact:
    """Write how many tokens each article of a segment has in title and body."""
    content = {
        "title": [one.title_length for one in entries],
        "body": [one.body_length for one in entries],
    }
    return shard("lengths", content)


def column_files(entries: Sequence[Entry]) -> dict[str, Artifact]:
    """Write the date and the facets of a segment's articles."""
    dates = [0, *(one.date for one in entries)]
    files = {
        "date": shard("columns", {"gaps": [after - before for before, after in pairwise(dates)]})
    }
    for facet in FACETS:
        files[facet] = shard(
            "columns", _facet_column(facet, [one.facets[facet] for one in entries])
        )
    return files


def _facet_column(facet: str, values: Sequence[tuple[str, ...]]) -> dict[str, object]:
    known = sorted({value for one in values for value in one})
    places = {value: place for place, value in enumerate(known)}
    if facet in SINGLE:
        return {"values": known, "rows": [places[one[0]] if one else -1 for one in values]}
    return {"values": known, "rows": [[places[value] for value in one] for one in values]}
