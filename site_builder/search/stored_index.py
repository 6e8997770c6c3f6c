"""The `Index` that answers from a Whoosh reader and its sidecar: postings from one, numbers from the other.

Whoosh itself is imported in `whoosh_index.py` alone; here its reader is only used.
"""

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import msgspec

from ..derived import PLACES
from .index import Field, Posting
from .lexicon import Lexicon
from .rows import StoredRow
from .sidecar import Sidecar

STORED = "row"
"""The stored field that holds a `StoredRow`."""


class StoredIndex:
    """An open index. Use it in one thread at a time, and only until its reader is closed."""

    def __init__(
        self,
        reader: Any,  # noqa: ANN401 — Whoosh has no types
        known: Sidecar,
        damaged: Callable[[Exception], Exception],
    ) -> None:
        """Take an open Whoosh reader and what is known of it.

        Args:
            reader: of the generation that `known` describes.
            known: the sidecar.
            damaged: makes the error to raise from whatever Whoosh stumbles over in its files.
        """
        self._reader = reader
        self._known = known
        self._damaged = damaged
        self._lexicon = Lexicon(known.lexicon)
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers())

    @property
    def articles(self) -> int:
        """How many documents there are."""
        return len(self._known.ids)

    @property
    def dates(self) -> Sequence[int]:
        """Each document's date as YYYYMMDD, 00 for a part not known, 0 for an undated one."""
        return self._known.dates

    def lengths(self, field: Field) -> Sequence[int]:
        """Give how many tokens each document has in a field."""
        return self._known.title_lengths if field == "title" else self._known.body_lengths

    def tokens(self, field: Field) -> int:
        """Give how many tokens all documents have in a field."""
        return self._totals[field]

    def frequency(self, term: str) -> int:
        """Give how many documents have a term."""
        return self._lexicon.frequency(term)

    def terms(self, beginning: str) -> Sequence[str]:
        """Give the terms that begin so, by code point."""
        return self._lexicon.terms(beginning)

    def family(self, term: str) -> Sequence[str]:
        """Give the terms that a term stands for, itself among them."""
        return self._lexicon.family(term)

    def postings(self, term: str) -> Sequence[Posting]:
        """Give the documents that have a term, by number."""
        if not self.frequency(term):
            return ()
        with self._reading():
            body = self._weights("body", term)
            title = self._weights("title", term)
        return [
            Posting(number, body.get(number, 0), title.get(number, 0))
            for number in sorted(body.keys() | title.keys())
        ]

    def positions(
        self, term: str, field: Field, documents: Collection[int]
    ) -> Mapping[int, Sequence[int]]:
        """Give where a term stands in a field of these documents."""
        found: dict[int, Sequence[int]] = {}
        with self._reading():
            for number, matcher in self._matches(field, term.encode()):
                if number in documents:
                    found[number] = array(PLACES, matcher.value())
        return found

    def values(self, facet: str) -> Mapping[str, Sequence[int]]:
        """Give a facet's values, and which documents have each."""
        if facet not in self._values:
            with self._reading():
                self._values[facet] = self._read_values(facet)
        return self._values[facet]

    def row(self, document: int) -> StoredRow:
        """Give what a list of results shows of a document."""
        with self._reading():
            stored = self._reader.stored_fields(self._known.places[document])[STORED]
            return msgspec.msgpack.decode(stored, type=StoredRow)

    def _weights(self, field: Field, term: str) -> dict[int, int]:
        """Give how often each document has a term in a field."""
        return {
            number: int(matcher.weight()) for number, matcher in self._matches(field, term.encode())
        }

    def _read_values(self, facet: str) -> dict[str, list[int]]:
        values = sorted({value for leaf, _ in self._leaves for value in leaf.lexicon(facet)})
        found = {
            value.decode("utf-8", "surrogatepass"): sorted(
                n for n, _ in self._matches(facet, value)
            )
            for value in values
        }
        return {value: numbers for value, numbers in found.items() if numbers}

    def _matches(self, field: str, text: bytes) -> Iterator[tuple[int, Any]]:
        """Give each article with a term of a field, and Whoosh's matcher standing at its posting."""
        numbers = self._numbers
        for leaf, offset in self._leaves:
            if (field, text) not in leaf:
                continue
            matcher = leaf.postings(field, text)
            while matcher.is_active():
                number = numbers[offset + matcher.id()]
                if number >= 0:
                    yield number, matcher
                matcher.next()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn whatever a damaged file makes Whoosh raise into one error."""
        try:
            yield
        except Exception as error:
            raise self._damaged(error) from error

    @cached_property
    def _numbers(self) -> "array[int]":
        """Give the article's number for each of Whoosh's, -1 for a document that is no longer there."""
        numbers = array("q", [-1]) * self._known.slots
        for number, place in enumerate(self._known.places):
            numbers[place] = number
        return numbers

    @cached_property
    def _totals(self) -> dict[Field, int]:
        return {"title": sum(self._known.title_lengths), "body": sum(self._known.body_lengths)}

    @cached_property
    def _values(self) -> dict[str, Mapping[str, Sequence[int]]]:
        """What has been read of the facets so far."""
        return {}
