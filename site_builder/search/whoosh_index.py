"""The Whoosh index: private to the archive's own machine, and disposable.

Whoosh keeps the postings with their positions, the facets' values and what a list of results shows. It is
fed with our own terms and never parses or ranks. Its documents are numbered by the history of the index;
`sidecar.py` holds which article is where. Opening an index runs what its pickles say, so its folder must
be as private as the archive's own files.
"""

import shutil
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ..crew import Crew
from ..errors import ArchiveError
from . import sidecar
from .blocks import Block
from .index import Index
from .lexicon import LexiconRecord
from .rows import FACETS, FIELDS
from .runs import restricted
from .sidecar import Sidecar, whoosh_folder
from .stored_index import STORED, StoredIndex
from .whoosh_terms import TermCodec, TermPool

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 has escapes that newer Pythons warn of
    import whoosh
    from whoosh import fields, formats, index
    from whoosh.writing import SegmentWriter

ENGINE = f"Whoosh {'.'.join(map(str, whoosh.__version__))}"

BATCH = 2_048
"""Articles a segment, at most: that many a process writes at a time."""
_FEW = 512
"""Articles that are not worth another segment."""
WORN = 0.2
"""The share of dead documents over which the index is made anew: merging would cost more."""
SEGMENTS = 30
"""How many segments an index may have beyond those that its size asks for."""

_NAME = "MAIN"


class IndexMissing(ArchiveError):  # noqa: N818 — it says what is the case
    """There is no index here that can be read; `begin_update` makes one."""


class PlacesFormat(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """What stands in a posting: the places of a term, packed."""

    posting_size = -1


class TermField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose postings come from runs: Whoosh is given nothing of it with an article."""

    def __init__(self) -> None:
        """Make a field that stores nothing beside its postings."""
        super().__init__(PlacesFormat(), analyzer=None)


class ValueField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of whole values: each is one term, however it is written."""

    def __init__(self) -> None:
        """Make a field that only says which article has which value."""
        super().__init__(formats.Existence(), analyzer=None)

    def index(
        self, value: Sequence[str], **_options: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give an article's values."""
        for one in value:
            yield one.encode("utf-8", "surrogatepass"), 1, 1.0, b""


def begin_update(
    folder: Path, blocks: Sequence[Path], crew: Crew
) -> Callable[[LexiconRecord], None]:
    """Begin to bring the index in a folder to what the blocks say, by as little as has changed.

    The crew writes segments of what is new while the caller goes on. Until the update is finished the index
    is as it was. One that is missing, damaged, half-written or of another version is made anew, and so is
    one that is worn. Nobody else may write it meanwhile: who builds holds the archive's `cache.workplace`.

    Args:
        folder: The index's.
        blocks: The files of the archive's blocks, in order.
        crew: Who writes the segments.

    Returns:
        What finishes the update, given the lexicon of all blocks.
    """
    folder.mkdir(parents=True, exist_ok=True)
    writing = _begin(folder)
    members = list(_members(blocks))
    writing.bring_to(members, crew)

    def finish(lexicon: LexiconRecord) -> None:
        writing.commit()
        sidecar.write(folder, writing.described(members, blocks, lexicon))

    return finish


@contextmanager
def open_index(folder: Path) -> Iterator[Index]:
    """Open the index in a folder for reading: one thread at a time, for as long as the block lasts.

    Raises:
        IndexMissing: there is none, or none that can be read; also while reading, when damage is met.
    """

    def damaged(error: Exception) -> IndexMissing:
        sidecar.remove(folder)
        return IndexMissing(
            f"the search index is damaged ({type(error).__name__})",
            path=str(folder),
            hint="run the same again: the index is made anew",
        )

    known = sidecar.read(folder, ENGINE)
    if known is None:
        raise IndexMissing(
            "there is no search index of this version",
            path=str(folder),
            hint="make one with: site-builder build",
        )
    try:
        reader = _open(folder).reader()
    except Exception as error:
        raise damaged(error) from error
    try:
        yield StoredIndex(reader, known, damaged)
    finally:
        reader.close()


class Member(NamedTuple):
    """An article: where it stands in the blocks, and what it is known by."""

    block: Path
    number: int
    id: str
    key: bytes


class _Writing:
    """One update: what is kept of the index, what is added, and where each article stands."""

    def __init__(self, folder: Path, known: Sidecar | None) -> None:
        """Open the index that is known, or begin one in an empty folder."""
        self._folder = folder
        self._held = _held(known) if known else {}
        self._slots = known.slots if known else 0
        self._segments = known.segments if known else 0
        self._index = _open(folder) if known else _create(folder)
        self._places: list[int] = []
        self._written: list[Callable[[], Any]] = []

    def bring_to(self, members: Sequence[Member], crew: Crew) -> None:
        """Begin to have these articles in the index and no others: the crew writes those that are new."""
        new: list[Member] = []
        for member in members:
            key, place = self._held.get(member.id, (b"", -1))
            if key == member.key:
                del self._held[member.id]
                self._places.append(place)
            else:
                self._places.append(self._slots + len(new))
                new.append(member)
        size = min(BATCH, max(_FEW, -(-len(new) // crew.jobs)))
        batches = [new[at : at + size] for at in range(0, len(new), size)]
        self._written = [crew.beside(partial(_write_segment, self._folder), one) for one in batches]
        self._slots += len(new)

    def commit(self) -> None:
        """Have Whoosh know of the new segments, in their order, and forget what did not come again."""
        written = [segment() for segment in self._written]
        if not written and not self._held:
            return
        sidecar.remove(self._folder)  # from the first change on the index counts as unfinished
        writer = self._index.writer(codec=TermCodec())
        try:
            for _key, place in self._held.values():
                writer.delete_document(place)
            writer.commit(mergetype=lambda _writer, segments: [*segments, *written])
        except BaseException:
            # Let go of Whoosh's temporary files and of its lock, which it may forget.
            with suppress(Exception):
                writer.cancel()
            with suppress(Exception):
                writer.writelock.release()
            raise
        self._segments += len(written)

    def described(
        self, members: Sequence[Member], blocks: Iterable[Path], lexicon: LexiconRecord
    ) -> Sidecar:
        """Give the sidecar of the index as it is now."""
        entries = [entry for path in blocks for entry in Block(path).entries()]
        return Sidecar(
            made_by=sidecar.maker(ENGINE),
            files=sidecar.files(self._folder),
            slots=self._slots,
            segments=self._segments,
            ids=[member.id for member in members],
            keys=[member.key for member in members],
            places=self._places,
            title_lengths=[entry.title_length for entry in entries],
            body_lengths=[entry.body_length for entry in entries],
            dates=[entry.date for entry in entries],
            lexicon=lexicon,
        )


def _write_segment(folder: Path, members: Sequence[Member]) -> Any:  # noqa: ANN401 — Whoosh has no types
    """Write a segment of some articles beside those that are there; the index does not know it yet."""
    writer = SegmentWriter(_open(folder), _lk=False, codec=TermCodec())
    writer.pool = pool = TermPool()
    for path, own in groupby(members, key=itemgetter(0)):
        block = Block(path)
        numbers, rows, entries = [member.number for member in own], block.rows(), block.entries()
        pool.runs.append(restricted(block.run(), numbers))
        for number in numbers:
            stored = msgspec.msgpack.encode(rows[number])
            writer.add_document(**entries[number].facets, **{STORED: stored})
    return writer._finalize_segment()  # noqa: SLF001 — as Whoosh's own writer of several segments does


def _members(blocks: Iterable[Path]) -> Iterator[Member]:
    """Give each article's place in the blocks."""
    for block in blocks:
        pairs = zip(Block(block).ids(), Block(block).keys(), strict=True)
        for number, (id_, key) in enumerate(pairs):
            yield Member(block, number, id_, key)


def _held(known: Sidecar) -> dict[str, tuple[bytes, int]]:
    """Give for each article's id the digest of what the index has of it, and its place."""
    return dict(zip(known.ids, zip(known.keys, known.places, strict=True), strict=True))


def _begin(folder: Path) -> _Writing:
    """Go on with the index in a folder if that is worth it, else delete it and begin anew."""
    known = sidecar.read(folder, ENGINE)
    if known is not None and not _is_worn(known):
        with suppress(Exception):  # whatever Whoosh stumbles over, a new index mends it
            return _Writing(folder, known)
    sidecar.remove(folder)
    if whoosh_folder(folder).exists():
        shutil.rmtree(whoosh_folder(folder))
    whoosh_folder(folder).mkdir()
    return _Writing(folder, None)


def _open(folder: Path) -> Any:  # noqa: ANN401 — Whoosh has no types
    return index.open_dir(str(whoosh_folder(folder)), _NAME)


def _create(folder: Path) -> Any:  # noqa: ANN401 — Whoosh has no types
    columns = {name: TermField() for name in FIELDS} | {name: ValueField() for name in FACETS}
    schema = fields.Schema(**columns, **{STORED: fields.STORED()})
    return index.create_in(str(whoosh_folder(folder)), schema, _NAME)


def _is_worn(known: Sidecar) -> bool:
    dead = known.slots - len(known.ids)
    return dead > WORN * known.slots or known.segments > SEGMENTS + known.slots // BATCH
