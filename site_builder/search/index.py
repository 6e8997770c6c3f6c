"""What a search needs to know of an archive, whoever keeps it.

`whoosh_index.py` answers from Whoosh; the tests have an index in memory that answers from rows. Matching
and scoring see only this. Documents are numbered in the catalogue's order (docs/search-format.md,
section 2), and only articles that are there now count: a deleted one is in no number given here.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias

from .rows import StoredRow

Field: TypeAlias = Literal["title", "body"]


class Posting(NamedTuple):
    """How often one document has a term."""

    document: int
    body: float
    """Occurrences in the text; in a group of terms, those of some may count half."""
    title: float
    """Occurrences in the headline."""


class Index(Protocol):
    """An archive, as the search sees it."""

    @property
    def articles(self) -> int:
        """How many documents there are."""

    @property
    def dates(self) -> Sequence[int]:
        """Each document's date as YYYYMMDD, 00 for a part not known, 0 for an undated one."""

    def lengths(self, field: Field) -> Sequence[int]:
        """Give how many tokens each document has in a field."""

    def tokens(self, field: Field) -> int:
        """Give how many tokens all documents have in a field."""

    def frequency(self, term: str) -> int:
        """Give how many documents have a term in title or body; 0 if the archive does not have it."""

    def postings(self, term: str) -> Sequence[Posting]:
        """Give the documents that have a term, by number."""

    def positions(
        self, term: str, field: Field, documents: Collection[int]
    ) -> Mapping[int, Sequence[int]]:
        """Give where a term stands in a field of these documents, rising; only those that have it there."""

    def terms(self, beginning: str) -> Sequence[str]:
        """Give the archive's terms that begin so, by code point."""

    def family(self, term: str) -> Sequence[str]:
        """Give the terms that a term stands for, itself among them, by code point."""

    def values(self, facet: str) -> Mapping[str, Sequence[int]]:
        """Give the values of one of `rows.FACETS`, and which documents have each, by number."""

    def row(self, document: int) -> StoredRow:
        """Give what a list of results shows of a document."""
