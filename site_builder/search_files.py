"""The search's part of a build: blocks of articles gathered once, and from them the shards and the index.

A block is kept in a file whose name says what it was gathered from: it is used again for as long as its
articles are what they were. So are the shards of a segment whose blocks have not changed.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path

import msgspec

from .cache import Cache, read_cache
from .config import Archive
from .crew import Crew
from .derive import Derivations
from .errors import ArchiveError
from .model import Article, Artifact, Kept
from .notes import Notes
from .search import blocks as block_files
from .search import lexicon, shards, whoosh_index
from .search.rows import IndexRow

FOLDER = "blocks"
_SUFFIX = ".block"


class SearchFiles:
    """The blocks of one build, and what is made from them."""

    def __init__(self, desk: Path, archive: Archive, crew: Crew, *, clean: bool = False) -> None:
        """Take the folder of the cache, the settings, who does the work, and whether from nothing."""
        self._clean = clean
        self._desk, self._archive, self._crew = desk, archive, crew
        self._folder = desk / FOLDER
        self._blocks: tuple[Path, ...] = ()
        self._articles = 0

    def gather(
        self,
        articles: Sequence[Article],
        derived: Derivations,
        cache: Cache,
        report: Callable[[int, int], None],
    ) -> None:
        """Gather the blocks that are not there yet, and remove those that are no longer wanted.

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
        self._blocks = tuple(
            self._folder / _name(keys[at : at + block_files.ARTICLES]) for at in starts
        )
        missing = [n for n, path in enumerate(self._blocks) if not self._has(path)]
        done = len(articles) - sum(len(parts[number]) for number in missing)
        work = partial(_gather, str(self._desk))
        tasks = [(self._blocks[number], parts[number]) for number in missing]
        for number, count in self._crew.each(work, tasks):
            if count is None:
                first = tasks[number][1][0].capture.path
                message = "the process that gathered the words of this and the next articles was ended, twice"
                hint = "the machine may be short of memory: try with --jobs 1"
                raise ArchiveError(message, path=first, hint=hint)
            done += count
            report(done, len(articles))
        report(done, len(articles))
        self._clear()

    @cached_property
    def lexicon(self) -> lexicon.LexiconRecord:
        """All terms of the archive."""
        blocks = map(block_files.Block, self._blocks)
        return lexicon.gather(blocks, self._archive.names)

    def shards(
        self, name: str, notes: Notes, take: Callable[[Artifact], Kept]
    ) -> tuple[list[Kept], Artifact]:
        """Give the files that browsers search, and the manifest of them.

        Args:
            name: What the files are noted under.
            notes: What the site has already.
            take: Has a file wait for the others.
        """
        files: list[Kept] = []
        described: list[shards.Description] = []
        for number, segment in enumerate(
            shards.segments(self._blocks, self._articles, self.lexicon)
        ):
            key = segment.key()
            note = notes.kept(f"{name}/{number}", key)
            if note is None:
                made, description = shards.write_segment(segment, self._crew)
                kept = tuple(map(take, made))
                notes.made(f"{name}/{number}", key, kept, msgspec.msgpack.encode(description))
            else:
                kept = note.files
                description = msgspec.msgpack.decode(note.said, type=shards.Description)
            files += kept
            described.append(description)
        return files, shards.manifest(self._blocks, described)

    def update_index(self, folder: Path) -> None:
        """Bring the Whoosh index up to date."""
        whoosh_index.update(folder, self._blocks, self.lexicon, self._crew)

    def _has(self, path: Path) -> bool:
        return not self._clean and block_files.is_whole(path)

    def _clear(self) -> None:
        wanted = {path.name for path in self._blocks}
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
