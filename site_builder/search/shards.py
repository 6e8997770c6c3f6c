"""The files that browsers search: docs/search-format.md, section 6.

They are made from blocks (`blocks.py`), a segment at a time, its terms in slices that any process can write.
A segment's files stand in a folder that is named after all of them; the manifest, which names the folders,
comes last of all. What a segment's files are made from has a digest, so that they need not be made again
while it stays.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..crew import Crew
from ..errors import ArchiveError
from ..model import Artifact, Record
from .blocks import ARTICLES, Block
from .columns import ROWS, column_files, lengths_columns, lengths_of, record_files
from .lexicon import LexiconRecord
from .postings import Lengths
from .runs import merged
from .segments import cuts
from .shard_files import FOLDER, Shard, encoded, folder_name, front_coded, numbered, placed, shard
from .term_files import Range, Span, lexicon_ranges, term_ranges

FORMAT = 3
MANIFEST = f"{FOLDER}/manifest.json"
FEW = 16_384
"""The lengths of a segment of up to so many articles stand in the manifest."""
SLICE = 8_192
"""How many terms of a segment are written in one go: files begin where slices begin."""
_BUILD = 16
_ALONE = 2
"""A segment of so few blocks is written by one process: sooner than another one starts."""


class Description(Record, frozen=True, kw_only=True):
    """What the manifest says of a segment."""

    articles: int
    folder: str
    terms: str
    """Where the ranges of its terms start."""
    lexicon: str | None = None
    """Where those of the archive's terms start; in its last segment."""
    lengths: dict[str, str] | None = None
    """Of a small segment."""


class Segment(NamedTuple):
    """What one segment is made of."""

    blocks: tuple[Path, ...]
    lexicon: LexiconRecord | None
    """Of the whole archive, for its last segment."""

    def key(self) -> str:
        """Digest all that the segment's files are made from; a block's name says what is in it."""
        lexicon = msgspec.msgpack.encode(self.lexicon)
        names = " ".join(block.name for block in self.blocks)
        return hashlib.sha256(f"{FORMAT} {names} ".encode() + lexicon).hexdigest()


class Slice(NamedTuple):
    """What is written in one go."""

    span: Span
    families: tuple[tuple[str, ...], ...] | None
    """As in `term_ranges`."""


def segments(
    blocks: Sequence[Path], articles: int, lexicon: Callable[[], LexiconRecord]
) -> Iterator[Segment]:
    """Cut an archive's blocks into segments; the lexicon is asked for when it is the last one's turn."""
    start = 0
    for count in cuts(articles):
        end = start + count
        part = tuple(blocks[start // ARTICLES : -(-end // ARTICLES)])
        yield Segment(part, lexicon() if end == articles else None)
        start = end


def begin_segment(
    segment: Segment, crew: Crew, *, at_once: bool = False
) -> Callable[[], tuple[list[Artifact], Description]]:
    """Begin to make a segment's files: a small one's terms are written while its maker does other things.

    Args:
        segment: What they are made from.
        crew: Who writes terms.
        at_once: Whether a large one's are too: what is written is held until it is asked for.

    Returns:
        What gives the files, and what the manifest says of the segment.
            ArchiveError: a process died of it.
    """
    if len(segment.blocks) > _ALONE:
        if not at_once:
            return lambda: _finished(segment, _written(segment, crew))
        crew.start()
        work = _slice_work(segment)
        slices = [crew.beside(work, one) for one in _slices(segment)]
        return lambda: _finished(segment, chain.from_iterable(one() for one in slices))
    terms = crew.beside(_write_terms, segment)
    return lambda: _finished(segment, terms())


def _finished(segment: Segment, terms: Iterable[Range]) -> tuple[list[Artifact], Description]:
    """Make the rest of a segment's files, and put all in their places."""
    files, lengths = _by_article(segment)
    few = len(lengths.body) <= FEW
    if not few:
        files.append(shard("lengths", lengths_columns(lengths)))
    lexicon = None
    if segment.lexicon is not None:
        lexicon = _numbered(lexicon_ranges(segment.lexicon), ("lexicon",), files)
    starts = _numbered(terms, ("terms", "positions"), files)
    folder = folder_name(files)
    described = Description(
        articles=len(lengths.body),
        folder=folder,
        terms=starts,
        lexicon=lexicon,
        lengths=lengths_columns(lengths) if few else None,
    )
    return list(placed(folder, files)), described


def manifest(blocks: Iterable[Path], described: Sequence[Description]) -> Artifact:
    """Make the file that names all others."""
    lengths = lengths_of([entry for path in blocks for entry in Block(path).entries()])
    content: dict[str, object] = {
        "format": FORMAT,
        "articles": len(lengths.body),
        "block": ROWS,
        "tokens": {"title": sum(lengths.title), "body": sum(lengths.body)},
        "segments": described,
    }
    content["build"] = hashlib.sha256(encoded(content)).hexdigest()[:_BUILD]
    return Artifact(path=MANIFEST, content=encoded(content))


def _by_article(segment: Segment) -> tuple[list[Shard], Lengths]:
    """Make the files with an entry an article; what they are made from is let go of with that."""
    entries = [entry for path in segment.blocks for entry in Block(path).entries()]
    rows = [row for path in segment.blocks for row in Block(path).rows()]
    return [*record_files(rows), *column_files(entries)], lengths_of(entries)


def _numbered(ranges: Iterable[Range], kinds: Sequence[str], files: list[Shard]) -> str:
    """Number the files of ranges, and give where each range starts."""
    starts: list[str] = []
    for number, one in enumerate(ranges):
        starts.append(one.start)
        for kind, content in zip(kinds, one.contents, strict=True):
            files.append(Shard(f"{numbered(kind, number)}.json", content))
    return front_coded(starts)


def _written(segment: Segment, crew: Crew) -> Iterator[Range]:
    """Have the segment's terms written, a slice at a time."""
    slices = list(_slices(segment))
    found = dict(crew.each(_slice_work(segment), slices))
    for number in range(len(slices)):
        ranges = found[number]
        if ranges is None:
            message = "a process that wrote the search's files was ended from outside, twice"
            hint = "the machine may be short of memory: try with --jobs 1"
            raise ArchiveError(message, hint=hint)
        yield from ranges


def _write_terms(segment: Segment) -> list[Range]:
    """Write all of the segment's terms; done in any process."""
    return [*chain.from_iterable(map(_slice_work(segment), _slices(segment)))]


def _slice_work(segment: Segment) -> Callable[[Slice], list[Range]]:
    """Give what writes a slice; it can be handed to any process."""
    return partial(_write_slice, segment.blocks)


def _slices(segment: Segment) -> Iterator[Slice]:
    """Cut a segment's terms after every so many; one slice there always is."""
    terms = sorted(set().union(*(Block(path).terms()[0] for path in segment.blocks)))
    cut = range(SLICE, len(terms), SLICE)
    firsts = ["", *(terms[place] for place in cut)]
    before = ["", *(terms[place - 1] for place in cut)]
    families = _families(segment.lexicon, firsts)
    for place, span in enumerate(map(Span, firsts, [*firsts[1:], ""], before)):
        yield Slice(span, None if families is None else tuple(families[place]))


def _families(
    lexicon: LexiconRecord | None, firsts: Sequence[str]
) -> list[list[tuple[str, ...]]] | None:
    """Give for each slice the families with a member in it."""
    if lexicon is None:
        return None
    found: list[list[tuple[str, ...]]] = [[] for _ in firsts]
    for family in lexicon.families:
        members = tuple(lexicon.terms[place] for place in family)
        for place in sorted({bisect_right(firsts, member) - 1 for member in members}):
            found[place].append(members)
    return found


def _write_slice(blocks: Sequence[Path], part: Slice) -> list[Range]:
    runs = [Block(path).coded_run(part.span.first, part.span.end) for path in blocks]
    articles = sum(run.articles for run in runs)
    return list(term_ranges(merged(runs), articles, part.families, part.span))
