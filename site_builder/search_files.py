"""The search's part of a build: blocks of articles gathered once, and from them the shards and the index.

A block is kept in a file whose name says what it was gathered from: it is used again for as long as its
articles are what they were. So are the shards of a segment whose blocks have not changed.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from .cache import Cache, read_cache
from .config import Archive
from .crew import Crew
from .derive import Derivations
from .errors import ArchiveError
from .model import Article, Artifact, Kept
from .names import Authority
from .notes import Note, Notes
from .search import blocks as block_files
from .search import lexicon, shards, whoosh_index
from .search.lexicon import LexiconRecord
from .search.rows import IndexRow

FOLDER = "blocks"
INDEX = "whoosh"
"""The Whoosh index's folder inside the cache."""
_SUFFIX = ".block"


class _Begun(NamedTuple):
    """A segment's files: what is noted of them if they are in the site, else what makes them."""

    place: str
    key: str
    files: Note | Callable[[], tuple[list[Artifact], shards.Description]]


class SearchFiles:
    """The blocks of one build, and what is made from them."""

    def __init__(self, desk: Path, archive: Archive, crew: Crew, *, clean: bool = False) -> None:
        """Take the folder of the cache, the settings, who does the work, and whether from nothing."""
        self._clean = clean
        self._desk, self._archive, self._crew = desk, archive, crew
        self._folder = desk / FOLDER
        self._index = desk / INDEX
        self._wanted: tuple[Path, ...] = ()
        self._terms: Callable[[], LexiconRecord] = partial(_lexicon, (), archive.names)
        """Gives the lexicon; not before all blocks are there."""
        self._last: Callable[[], object] | None = None
        """Waits for the only block that is not there yet."""
        self._articles = 0
        self._begun: list[_Begun] = []
        self._finish_index: Callable[[LexiconRecord], None] | None = None

    def gather(
        self,
        articles: Sequence[Article],
        derived: Derivations,
        cache: Cache,
        report: Callable[[int, int], None],
    ) -> None:
        """Gather the blocks that are not there yet, and remove those that are no longer wanted.

        Where that is more than one, the index is begun with them.

        Args:
            articles: All public articles, in the catalogue's order.
            derived: What is known of their derivations.
            cache: Where these are; committed.
            report: Told how many articles are done, and how many there are.

        Raises:
            ArchiveError: a process died of it.
        """
        self._folder.mkdir(exist_ok=True)
        starts = range(0, len(articles), block_files.ARTICLES)
        parts = [articles[at : at + block_files.ARTICLES] for at in starts]
        keys = _keys(articles, derived, cache)
        self._articles = len(articles)
        self._wanted = tuple(
            self._folder / _name(keys[at : at + block_files.ARTICLES]) for at in starts
        )
        missing = [n for n, path in enumerate(self._wanted) if not self._has(path)]
        report(0, len(articles))
        done = len(articles) - sum(len(parts[number]) for number in missing)
        self._terms = partial(_lexicon, self._wanted, self._archive.names)
        work = partial(_gather, str(self._desk))
        tasks = [(self._wanted[number], parts[number]) for number in missing]
        if len(tasks) == 1:  # one changed article, mostly: it can wait until somebody needs it
            last = partial(_gather_last, work, self._terms)
            self._last = self._terms = self._crew.beside(last, tasks[0])
            return
        for number, count in self._crew.each(work, tasks):
            if count is None:
                raise _ended(tasks[number][1])
            done += count
            report(done, len(articles))
        self._begin_index()

    @cached_property
    def blocks(self) -> tuple[Path, ...]:
        """The files of all blocks, gathered; those that are no longer wanted are gone."""
        if self._last:
            self._last()
        self._clear()
        return self._wanted

    @cached_property
    def lexicon(self) -> LexiconRecord:
        """All terms of the archive."""
        return self._terms()

    def begin(self, name: str, notes: Notes) -> None:
        """Begin to make the index, and the files that browsers search, as far as other processes can.

        Args:
            name: What the files are noted under.
            notes: What the site has already.
        """
        self._begin_index()
        parts = shards.segments(self.blocks, self._articles, lambda: self.lexicon)
        for number, segment in enumerate(parts):
            place, key = f"{name}/{number}", segment.key()
            # After a small change there is not much that would have to be held until it is asked for.
            small = self._last is not None
            files = notes.kept(place, key) or shards.begin_segment(
                segment, self._crew, at_once=small
            )
            self._begun.append(_Begun(place, key, files))

    def shards(self, notes: Notes, take: Callable[[Artifact], Kept]) -> tuple[list[Kept], Artifact]:
        """Give the files that were begun, and the manifest of them.

        Args:
            notes: Told what is made.
            take: Has a file wait for the others.
        """
        files: list[Kept] = []
        described: list[shards.Description] = []
        for place, key, one in self._begun:
            if isinstance(one, Note):
                kept, said = one.files, one.said
            else:
                made, description = one()
                kept, said = tuple(map(take, made)), msgspec.msgpack.encode(description)
                notes.made(place, key, kept, said)
            files += kept
            described.append(msgspec.msgpack.decode(said, type=shards.Description))
        return files, shards.manifest(self.blocks, described)

    def finish_index(self) -> None:
        """Bring the Whoosh index up to date."""
        self._begin_index()(self.lexicon)

    def _begin_index(self) -> Callable[[LexiconRecord], None]:
        """Have other processes write what the index does not have yet, if that is not begun already."""
        if self._finish_index is None:
            self._finish_index = whoosh_index.begin_update(self._index, self.blocks, self._crew)
        return self._finish_index

    def _has(self, path: Path) -> bool:
        return not self._clean and block_files.is_whole(path)

    def _clear(self) -> None:
        wanted = {path.name for path in self._wanted}
        for path in self._folder.iterdir():
            if path.name not in wanted:
                with suppress(OSError):  # another process may still look at it
                    path.unlink()


def _keys(articles: Sequence[Article], derived: Derivations, cache: Cache) -> list[bytes]:
    """Give for each article a digest of what the search has of it."""
    keys: list[bytes] = []
    for article in articles:
        path = article.capture.path
        key, head = derived[path]
        # What looked for a file in vain may have other words under the same key.
        words = b"" if head.settled else msgspec.msgpack.encode(cache.words(path))
        keys.append(sha256(key.encode() + msgspec.msgpack.encode(article) + words).digest())
    return keys


def _name(keys: Sequence[bytes]) -> str:
    return f"{sha256(b''.join(keys)).hexdigest()[:32]}{_SUFFIX}"


def _gather(desk: str, task: tuple[Path, Sequence[Article]]) -> int:
    """Gather one block; done in any process."""
    path, articles = task
    with read_cache(Path(desk)) as cache:
        found = ((article, cache.words(article.capture.path)) for article in articles)
        rows = (IndexRow(article=one, tokens=words.tokens, lead=words.lead) for one, words in found)
        block_files.write_block(path, rows)
    return len(articles)


def _ended(articles: Sequence[Article]) -> ArchiveError:
    message = "the process that gathered the words of this and the next articles was ended, twice"
    hint = "the machine may be short of memory: try with --jobs 1"
    return ArchiveError(message, path=articles[0].capture.path, hint=hint)


def _gather_last(
    gather: Callable[[tuple[Path, Sequence[Article]]], int],
    terms: Callable[[], LexiconRecord],
    task: tuple[Path, Sequence[Article]],
) -> LexiconRecord:
    """Gather the one block that is missing, and then the lexicon of all."""
    gather(task)
    return terms()


def _lexicon(blocks: Sequence[Path], names: Sequence[Authority]) -> LexiconRecord:
    return lexicon.gather(map(block_files.Block, blocks), names)
