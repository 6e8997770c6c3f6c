"""The files that browsers search: docs/search-format.md, section 6.

The rows are taken one by one. What is kept of them is packed: postings in sorted runs, a few numbers for
the columns. Files are named after their content and handed on as soon as they are finished; the manifest,
which names them all, comes last.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from ..model import Artifact, Authority
from .columns import BLOCK, Entry, column_files, entry, lengths_file, records_file
from .lexicon import Gathering
from .rows import IndexRow, StoredRow, stored_row
from .runs import RUN, Run, merged, runs
from .segments import cuts
from .shard_files import FOLDER, encoded, listed
from .term_files import lexicon_files, term_files

FORMAT = 1
MANIFEST = f"{FOLDER}/manifest.json"
_BUILD = 16


def shards(rows: Iterable[IndexRow], names: Collection[Authority]) -> Iterator[Artifact]:
    """Write the search files of an archive.

    Args:
        rows: the public articles in the catalogue's order; not held.
        names: what the names files declare equal.

    Yields:
        Each file once, the manifest last.
    """
    sent: set[str] = set()
    for file in _files(rows, names):
        if file.path not in sent:  # two columns may be equal, and then are one file
            sent.add(file.path)
            yield file


def _files(rows: Iterable[IndexRow], names: Collection[Authority]) -> Iterator[Artifact]:
    gathering, kept = Gathering(), _Kept()
    finished: list[Run] = []
    records: list[str] = []
    for run in runs(row.tokens for row in kept.passing(gathering.passing(rows))):
        finished.append(run)
        for file in kept.records():
            records.append(listed(file))
            yield file
    segments: list[object] = []
    start = 0
    for count in cuts(len(kept.entries)):
        segment = _Segment(
            kept.entries[start : start + count],
            finished[start // RUN : -(-(start + count) // RUN)],
            records[start // BLOCK : -(-(start + count) // BLOCK)],
        )
        yield from segment.files()
        segments.append(segment.described)
        start += count
    lexicon: list[tuple[str, str]] = []
    for first, file in lexicon_files(gathering.lexicon(names)):
        lexicon.append((first, listed(file)))
        yield file
    yield _manifest(kept.entries, lexicon, segments)


def _manifest(entries: Sequence[Entry], lexicon: object, segments: object) -> Artifact:
    manifest: dict[str, object] = {
        "format": FORMAT,
        "articles": len(entries),
        "tokens": {
            "title": sum(one.title_length for one in entries),
            "body": sum(one.body_length for one in entries),
        },
        "lexicon": lexicon,
        "segments": segments,
    }
    manifest["build"] = hashlib.sha256(encoded(manifest)).hexdigest()[:_BUILD]
    return Artifact(path=MANIFEST, content=encoded(manifest))


class _Kept:
    """What is kept of rows as they pass by."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._shown: list[StoredRow] = []

    def passing(self, rows: Iterable[IndexRow]) -> Iterator[IndexRow]:
        """Hand the rows on, keeping what the columns and records need."""
        for row in rows:
            self.entries.append(entry(row))
            self._shown.append(stored_row(row))
            yield row

    def records(self) -> Iterator[Artifact]:
        """Write the records of the rows that passed since the last time: whole blocks, or the last rows."""
        shown, self._shown = self._shown, []
        for start in range(0, len(shown), BLOCK):
            yield records_file(shown[start : start + BLOCK])


class _Segment:
    """One segment, and what the manifest says of it once its files are written."""

    def __init__(self, entries: list[Entry], own: list[Run], records: list[str]) -> None:
        self._entries = entries
        self._runs = own
        self.described: dict[str, object] = {
            "articles": len(entries),
            "records": records,
            "block": BLOCK,
        }

    def files(self) -> Iterator[Artifact]:
        """Write the segment's files, but for its records."""
        terms: list[tuple[str, str, str]] = []
        for first, postings, positions in term_files(merged(self._runs)):
            terms.append((first, listed(postings), listed(positions)))
            yield postings
            yield positions
        lengths, columns = lengths_file(self._entries), column_files(self._entries)
        yield lengths
        yield from columns.values()
        self.described["terms"] = terms
        self.described["lengths"] = listed(lengths)
        self.described["columns"] = {name: listed(file) for name, file in columns.items()}
