"""The Whoosh index: private to the archive's own machine, disposable, and the only importer of Whoosh.

Whoosh keeps the postings with their positions, the facets' values and what a list of results shows. It is
fed with our own terms and never parses or ranks. Its documents are numbered by the history of the index;
`sidecar.py` holds which article is where. Opening an index runs what its pickles say, so its folder must
be as private as the archive's own files.
"""

import hashlib
import shutil
import warnings
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec

from ..edtf import sort_key
from ..errors import ArchiveError
from ..names import Authority
from . import sidecar
from .index import Index
from .lengths import rounded
from .lexicon import Gathering, LexiconRecord
from .rows import FACETS, FIELDS, IndexRow, facet_values, stored_row
from .sidecar import Sidecar, whoosh_folder
from .stored_index import PLACES, STORED, StoredIndex

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 has escapes that newer Pythons warn of
    import whoosh
    from whoosh import fields, formats, index
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage

ENGINE = f"Whoosh {'.'.join(map(str, whoosh.__version__))}"

BATCH = 4_000
"""Articles a commit: a segment's postings are sorted in memory."""
MEMORY = 512
"""Megabytes (a high estimate of Whoosh's) from which postings are sorted on disk, which costs far more."""
WORN = 0.2
"""The share of dead documents over which the index is made anew: merging would cost more."""
SEGMENTS = 30
"""How many segments an index may have beyond those that its size asks for."""

_NAME = "MAIN"
_LOCK = "UPDATE"


class IndexMissing(ArchiveError):  # noqa: N818 — it says what is the case
    """There is no index here that can be read; `update` makes one."""


class PlacesFormat(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """What stands in a posting: the places of a term, packed."""

    posting_size = -1


class TermField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field fed with terms and their places, as `Tokens` has them."""

    def __init__(self) -> None:
        """Make a field that stores nothing beside its postings."""
        super().__init__(PlacesFormat(), analyzer=None)

    def index(
        self, value: Mapping[str, list[int]], **_options: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give an article's postings: term, how often (twice, as Whoosh wants it), places."""
        for term, places in value.items():
            count = len(places)
            yield term.encode(), count, float(count), array(PLACES, places).tobytes()


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


def update(folder: Path, rows: Iterable[IndexRow], names: Collection[Authority]) -> None:
    """Bring the index in a folder to what the rows say, by as little as has changed.

    An index that is missing, damaged, half-written or of another version is made anew, and so is one
    that is worn. The rows are taken one by one, in the catalogue's order, and not held.

    Raises:
        ArchiveError: another process is writing this index.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        gathering = Gathering()
        with _begin(folder) as writing:
            for row in gathering.passing(rows):
                writing.take(row)
        sidecar.write(folder, writing.described(gathering.lexicon(names)))


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


class _Writing:
    """One update: what is kept of the index, what is added, and where each article stands."""

    def __init__(self, folder: Path, known: Sidecar | None) -> None:
        """Open the index that is known, or begin one in an empty folder."""
        self._folder = folder
        self._held = _held(known) if known else {}
        self._slots = known.slots if known else 0
        self._segments = known.segments if known else 0
        self._index = _open(folder) if known else _create(folder)
        self._writer: Any = None
        self._added = 0
        self._taken: list[_Taken] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Delete the articles that did not come again, and commit; after an error leave it unfinished."""
        try:
            if kind is None:
                for _key, place in self._held.values():
                    self._open_writer().delete_document(place)
                self._commit()
        finally:
            self._give_up()

    def take(self, row: IndexRow) -> None:
        """Have an article in the index, as it is in this row."""
        key = _key(row)
        held = self._held.get(row.article.permalink)
        if held is not None and held[0] == key:
            place = self._held.pop(row.article.permalink)[1]
        else:
            place = self._add(row)
        tokens = row.tokens
        self._taken.append(
            _Taken(
                row.article.permalink,
                key,
                place,
                rounded(tokens.title_length),
                rounded(tokens.body_length),
                sort_key(row.article.published.value),
            )
        )

    def described(self, lexicon: LexiconRecord) -> Sidecar:
        """Give the sidecar of the index as it is now, with the lexicon of all articles taken."""
        taken = self._taken
        return Sidecar(
            made_by=sidecar.maker(ENGINE),
            files=sidecar.files(self._folder),
            slots=self._slots,
            segments=self._segments,
            ids=[one.id for one in taken],
            keys=[one.key for one in taken],
            places=[one.place for one in taken],
            title_lengths=[one.title_length for one in taken],
            body_lengths=[one.body_length for one in taken],
            dates=[one.date for one in taken],
            lexicon=lexicon,
        )

    def _add(self, row: IndexRow) -> int:
        values = facet_values(row.article)
        stored = msgspec.msgpack.encode(stored_row(row))
        tokens = row.tokens
        self._open_writer().add_document(
            title=tokens.title, body=tokens.body, **values, **{STORED: stored}
        )
        self._slots += 1
        self._added += 1
        if self._added == BATCH:
            self._commit()
        return self._slots - 1

    def _open_writer(self) -> Any:  # noqa: ANN401 — Whoosh has no types
        """Give the writer; from the first change on the index counts as unfinished."""
        if self._writer is None:
            sidecar.remove(self._folder)
            # Statistics for Whoosh's own ranking are not wanted: they cost a lookup a posting.
            codec = W3Codec()
            codec.length_stats = False
            self._writer = self._index.writer(limitmb=MEMORY, codec=codec)
        return self._writer

    def _commit(self) -> None:
        if self._writer is not None:
            self._writer.commit(merge=False)
            self._segments += bool(self._added)
            self._writer, self._added = None, 0

    def _give_up(self) -> None:
        """After an error let go of Whoosh's temporary files and of its lock, which it may forget."""
        if self._writer is not None:
            with suppress(Exception):
                self._writer.cancel()
            with suppress(Exception):
                self._writer.writelock.release()


class _Taken(NamedTuple):
    id: str
    key: bytes
    place: int
    title_length: int
    body_length: int
    date: int


def _held(known: Sidecar) -> dict[str, tuple[bytes, int]]:
    """Give for each article's id the digest of what the index has of it, and its place."""
    return dict(zip(known.ids, zip(known.keys, known.places, strict=True), strict=True))


def _key(row: IndexRow) -> bytes:
    """Give a digest of all that the index has of an article."""
    content = (stored_row(row), facet_values(row.article), row.tokens)
    return hashlib.blake2b(msgspec.msgpack.encode(content), digest_size=16).digest()


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


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other processes from writing the index for as long as the block lasts."""
    lock = FileStorage(str(folder)).lock(_LOCK)
    if not lock.acquire(blocking=False):
        raise ArchiveError(
            "another process is writing the search index",
            path=str(folder),
            hint="wait until it has finished, or end it",
        )
    try:
        yield
    finally:
        lock.release()
