"""The files that have an entry for each article: lengths, records, facets, authors.

docs/search-format.md, section 6.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..edtf import sort_key
from .codes import gamma, gaps, packed, rising
from .lengths import lengths_text, rounded
from .postings import Lengths
from .rows import FACETS, IndexRow, StoredRow, facet_values
from .shard_files import Shard, numbered, shard

ROWS = 8
"""Articles in a file of records."""
LEAD_LENGTH = 100
"""How much of a lead the records hold, in code points: it is shown until the article's own page has come."""
_ALONE = "author"
"""The facet that is only asked for by name, in a file of its own."""


class Entry(NamedTuple):
    """What the columns say of one article."""

    title_length: int
    """Rounded, as the next."""
    body_length: int
    date: int
    facets: dict[str, tuple[str, ...]]


def entry(row: IndexRow) -> Entry:
    """Keep of a row what the columns need."""
    return Entry(
        rounded(row.tokens.title_length),
        rounded(row.tokens.body_length),
        sort_key(row.article.published.value),
        facet_values(row.article),
    )


def record_files(rows: Sequence[StoredRow]) -> Iterator[Shard]:
    """Write what lists of results show of a segment's articles."""
    for number, at in enumerate(range(0, len(rows), ROWS)):
        content = [
            [row.id, row.title, row.date, row.outlet, row.lead[:LEAD_LENGTH]]
            for row in rows[at : at + ROWS]
        ]
        yield shard(numbered("records", number), content)


def lengths_of(entries: Sequence[Entry]) -> Lengths:
    """Give how long title and body of each article of a segment are, rounded."""
    return Lengths([one.title_length for one in entries], [one.body_length for one in entries])


def lengths_columns(lengths: Lengths) -> dict[str, str]:
    """Write them as the manifest has them, or a file."""
    return {"title": lengths_text(lengths.title), "body": lengths_text(lengths.body)}


def column_files(entries: Sequence[Entry]) -> Iterator[Shard]:
    """Write the dates and the facets of a segment's articles."""
    dates = [0, *(one.date for one in entries)]
    columns = {name: _column([one.facets[name] for one in entries]) for name in FACETS}
    yield shard("authors", {_ALONE: columns.pop(_ALONE)})
    yield shard("facets", {"date": [new - old for old, new in pairwise(dates)], **columns})


def _column(values: Sequence[tuple[str, ...]]) -> dict[str, object]:
    having: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(values):
        for value in one:
            having[value].append(number)
    known = sorted(having)
    lists = (having[value] for value in known)
    pieces = (gamma(len(rows)) + rising(gaps(rows), len(values)) for rows in lists)
    return {"values": known, "articles": packed(pieces)}
