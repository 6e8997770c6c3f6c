"""The files that browsers search: docs/search-format.md, section 6.

The rows are taken one by one. What is kept of them is packed: postings in sorted runs, the records' JSON,
a few numbers for the columns. A segment's files stand in a folder that is named after all of them, so they
are handed on when the last is made; the manifest, which names the folders, comes last of all.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..model import Artifact
from ..names import Authority
from .columns import (
    BLOCK,
    Entry,
    column_files,
    entry,
    lengths_columns,
    lengths_of,
    record_block,
    record_files,
)
from .lexicon import Gathering, LexiconRecord
from .rows import IndexRow, StoredRow, stored_row
from .runs import RUN, Run, merged, runs
from .segments import cuts
from .shard_files import FOLDER, Shard, encoded, folder_name, front_coded, placed, shard
from .term_files import TermFiles, lexicon_files, term_files

FORMAT = 3
MANIFEST = f"{FOLDER}/manifest.json"
FEW = 16_384
"""The lengths of a segment of up to so many articles stand in the manifest."""
_BUILD = 16


class _Segment(NamedTuple):
    """What one segment is made of."""

    entries: Sequence[Entry]
    runs: Sequence[Run]
    records: Sequence[bytes]
    lexicon: LexiconRecord | None
    """Of the whole archive, for its last segment."""


class _Kept:
    """What is kept of rows as they pass by."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.records: list[bytes] = []
        self._shown: list[StoredRow] = []

    def passing(self, rows: Iterable[IndexRow]) -> Iterator[IndexRow]:
        """Hand the rows on, keeping what the columns and records need."""
        for row in rows:
            self.entries.append(entry(row))
            self._shown.append(stored_row(row))
            if len(self._shown) == BLOCK:
                self._close()
            yield row
        if self._shown:
            self._close()

    def _close(self) -> None:
        self.records.append(record_block(self._shown))
        self._shown.clear()


def shards(rows: Iterable[IndexRow], names: Collection[Authority]) -> Iterator[Artifact]:
    """Write the search files of an archive.

    Args:
        rows: the public articles in the catalogue's order; not held.
        names: what the names files declare equal.

    Yields:
        Each file once, the manifest last.
    """
    gathering, kept = Gathering(), _Kept()
    finished = list(runs(row.tokens for row in kept.passing(gathering.passing(rows))))
    described: list[object] = []
    lexicon = gathering.lexicon(names)
    for segment in _segments(kept, finished, lexicon):
        files, description = _written(segment)
        folder = folder_name(files)
        yield from placed(folder, files)
        described.append({**description, "folder": folder})
    yield _manifest(kept.entries, described)


def _segments(kept: _Kept, finished: Sequence[Run], lexicon: LexiconRecord) -> Iterator[_Segment]:
    start, whole = 0, len(kept.entries)
    for count in cuts(whole):
        end = start + count
        yield _Segment(
            kept.entries[start:end],
            finished[start // RUN : -(-end // RUN)],
            kept.records[start // BLOCK : -(-end // BLOCK)],
            lexicon if end == whole else None,
        )
        start = end


def _written(segment: _Segment) -> tuple[list[Shard], dict[str, object]]:
    """Write a segment's files, and say what the manifest says of it beside its folder."""
    lengths = lengths_of(segment.entries)
    described: dict[str, object] = {"articles": len(segment.entries)}
    files = [*record_files(segment.records), *column_files(segment.entries)]
    if len(segment.entries) <= FEW:
        described["lengths"] = lengths_columns(lengths)
    else:
        files.append(shard("lengths", lengths_columns(lengths)))
    lexicon, families = segment.lexicon, None
    if lexicon is not None:
        families = [[lexicon.terms[place] for place in family] for family in lexicon.families]
        described["lexicon"] = _starts(lexicon_files(lexicon), files)
    described["terms"] = _starts(term_files(merged(segment.runs), lengths, families), files)
    return files, described


def _starts(ranges: Iterable[TermFiles], files: list[Shard]) -> str:
    """Collect the files of ranges, and give where each range starts."""
    starts: list[str] = []
    for one in ranges:
        starts.append(one.start)
        files.extend(one.files)
    return front_coded(starts)


def _manifest(entries: Sequence[Entry], segments: Sequence[object]) -> Artifact:
    manifest: dict[str, object] = {
        "format": FORMAT,
        "articles": len(entries),
        "block": BLOCK,
        "tokens": {
            "title": sum(one.title_length for one in entries),
            "body": sum(one.body_length for one in entries),
        },
        "segments": segments,
    }
    manifest["build"] = hashlib.sha256(encoded(manifest)).hexdigest()[:_BUILD]
    return Artifact(path=MANIFEST, content=encoded(manifest))
