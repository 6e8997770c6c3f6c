"""How postings get into Whoosh: a term at a time, from runs that are sorted already.

Whoosh's own way is a posting at a time, sorted by Whoosh, which takes longer. The files are the same.
Only `whoosh_index.py` and this module import Whoosh.
"""

import warnings
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from ..derived import PLACES
from .rows import FIELDS
from .runs import Run, merged_field

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 has escapes that newer Pythons warn of
    from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter

_A_BLOCK = 128
"""Postings a block of Whoosh's."""
_TINY = 8
"""Blocks of fewer postings grow when they are compressed."""
_SIZE = array(PLACES).itemsize


class TermPostings(NamedTuple):
    """One term of a field as Whoosh keeps it."""

    text: bytes
    documents: Sequence[int]
    counts: Sequence[int]
    values: Sequence[bytes]
    """What stands in each posting."""


class TermCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's codec, but for how it is fed."""

    length_stats = False
    """Statistics for Whoosh's own ranking are not wanted: they cost a lookup a posting."""

    def __init__(self) -> None:
        """Compress as lightly as zlib can: a hundredth more to keep, a tenth less to do."""
        super().__init__(compression=1)

    def field_writer(self, storage: Any, segment: Any) -> Any:  # noqa: ANN401 — Whoosh has no types
        """Give what writes the postings of a segment."""
        return _FieldWriter(self, storage, segment)


class TermPool:
    """Takes the place of what sorts a segment's postings: those of the texts come sorted, from runs."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.runs: list[Run[bytes]] = []
        """The postings of title and body of the segment's articles."""
        self._values: list[tuple[str, bytes, int]] = []

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting of another field, as Whoosh hands it on."""
        self._values.append(item[:3])

    def iter_postings(self) -> Iterator[tuple[str, Iterable[TermPostings]]]:
        """Give each field with its terms, both sorted."""
        values = groupby(sorted(self._values), key=itemgetter(0))
        found: dict[str, Iterable[TermPostings]] = {
            field: list(_value_terms(items)) for field, items in values
        }
        for field in sorted({*found, *FIELDS}):
            yield field, _text_terms(self.runs, field) if field in FIELDS else found[field]

    def cleanup(self) -> None:
        """Leave nothing behind."""
        self._values.clear()


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]  # Whoosh has no types
    """Writes whole terms."""

    def add_postings(self, schema: Any, _lengths: Any, items: Any) -> None:  # noqa: ANN401 — as above
        for field, terms in items:
            self.start_field(field, schema[field])
            for term in terms:
                self.start_term(term.text)
                self._add_blocks(term)
                self.finish_term()
            self.finish_field()

    def _add_blocks(self, term: TermPostings) -> None:
        """Fill the postings' writer a block at a time; the last one it writes itself."""
        writer = self._postwriter
        for at in range(0, len(term.documents), _A_BLOCK):
            if at:
                writer._write_block()  # noqa: SLF001 — adding one by one is what takes long
            end = at + _A_BLOCK
            counts = term.counts[at:end]
            writer._ids = array("I", term.documents[at:end])  # noqa: SLF001
            writer._weights = array("f", counts)  # noqa: SLF001
            writer._values = list(term.values[at:end])  # noqa: SLF001
            writer._maxweight = max(counts)  # noqa: SLF001
            writer._compression = 0 if len(counts) < _TINY else self._codec._compression  # noqa: SLF001


def _text_terms(runs: Sequence[Run[bytes]], field: str) -> Iterator[TermPostings]:
    for term, found in merged_field(runs, [getattr(run, field) for run in runs]):
        packed = b"".join(found.where)
        ends = accumulate((count * _SIZE for count in found.counts), initial=0)
        values = [packed[start:end] for start, end in pairwise(ends)]
        text = term.encode("utf-8", "surrogatepass")
        yield TermPostings(text, found.documents, found.counts, values)


def _value_terms(items: Iterable[tuple[str, bytes, int]]) -> Iterator[TermPostings]:
    for text, postings in groupby(items, key=itemgetter(1)):
        documents = [document for _, _, document in postings]
        nothing = [1] * len(documents)
        yield TermPostings(text, documents, nothing, [b""] * len(documents))
