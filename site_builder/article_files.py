"""The files of articles: page, record, the original and its page, pictures. Made in batches, by any process.

A process that makes them is given some articles and a briefing: all that the pages of one build stand on. It
reads what was derived of each article from the cache, and has the files wait in the stage.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from . import pages
from .addressbook import AddressBook, Around
from .cache import Cache, read_cache
from .config import Archive
from .crew import Crew
from .derived import Shown
from .errors import ArchiveError
from .model import Article, Artifact, Capture, Kept, Record
from .output import Stage
from .pages.crosslinks import crosslink
from .provenance.record import record
from .reading.decode.again import decoded_again

BATCH = 32
"""Articles handed to a process at a time."""
BRIEFING = "briefing.msgpack"


class Wanted(NamedTuple):
    """An article whose files are to be made, with those beside it."""

    article: Article
    older: Article | None
    newer: Article | None


class Made(Record, frozen=True, kw_only=True):
    """An article's files, just made."""

    files: tuple[Kept, ...]
    fixity: tuple[str, ...]
    """The paths of those that fixity is promised of."""
    links: dict[str, str]
    """Each link to the inside as written, and where it led."""
    sources: tuple[str, ...]
    """Other files of the archive that went into them, relative to the archive."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """All that the files of articles are made with, but for what was derived of each."""

    archive: Archive
    book: AddressBook
    theme: pages.Theme
    stage: Stage


class _Briefing(Record, frozen=True, kw_only=True):
    """A bench without its templates, as it is handed to other processes."""

    archive: Archive
    book: AddressBook
    stage: tuple[str, str]


def make_files(
    bench: Bench, cache: Cache, desk: Path, wanted: Sequence[Wanted], crew: Crew
) -> Iterator[tuple[int, Made]]:
    """Make the files of some articles.

    Args:
        bench: What they are made with.
        cache: What was derived of them; committed.
        desk: The folder that the cache is in.
        wanted: The articles.
        crew: Who makes them.

    Yields:
        What was made of each, with its place among those wanted, in no order.

    Raises:
        ArchiveError: a template is faulty, an original has changed, a process died.
    """
    starts = range(0, len(wanted), BATCH)
    batches = [wanted[at : at + BATCH] for at in starts]
    work = partial(_batch, bench, cache)
    if crew.shares(len(batches)):
        work = partial(_briefed, str(desk), _brief(bench, desk))
    for number, made in crew.each(work, batches):
        if made is None:
            raise _ended([one.article for one in batches[number]])
        yield from enumerate(made, start=starts[number])


def _batch(bench: Bench, cache: Cache, wanted: Iterable[Wanted]) -> list[Made]:
    return [_made(bench, one, cache.shown(one.article.capture.path)) for one in wanted]


def _brief(bench: Bench, desk: Path) -> str:
    """Leave the briefing where the processes find it, and give its digest."""
    stage = (str(bench.stage.site), str(bench.stage.waiting))
    briefing = _Briefing(archive=bench.archive, book=bench.book, stage=stage)
    content = msgspec.msgpack.encode(briefing)
    (desk / BRIEFING).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _briefed(desk: str, digest: str, wanted: Iterable[Wanted]) -> list[Made]:
    with read_cache(Path(desk)) as cache:
        return _batch(_bench(desk, digest), cache, wanted)


@lru_cache(maxsize=1)
def _bench(desk: str, _digest: str) -> Bench:
    """Read a briefing once for all batches of a build."""
    content = Path(desk, BRIEFING).read_bytes()
    known = msgspec.msgpack.decode(content, type=_Briefing)
    site, waiting = map(Path, known.stage)
    return Bench(
        archive=known.archive,
        book=known.book,
        theme=pages.open_theme(Path(known.archive.root)),
        stage=Stage(site, waiting),
    )


def _ended(articles: Sequence[Article]) -> ArchiveError:
    first, last = articles[0].capture.path, articles[-1].capture.path
    among = first if len(articles) == 1 else f"{first} to {last}"
    message = f"the process that made the pages of {among} was ended from outside, twice"
    return ArchiveError(message, hint="the machine may be short of memory: try with --jobs 1")


def _made(bench: Bench, wanted: Wanted, shown: Shown) -> Made:
    """Make all files of one article."""
    article = wanted.article
    holdings = tuple(_holdings(article, shown, bench.archive))
    files = (*holdings, *_pages(bench, wanted, shown, holdings), *_pictures(bench, article, shown))
    kept = (shown.imported.original,) if shown.imported else ()
    return Made(
        files=tuple(map(bench.stage.take, files)),
        fixity=tuple(holding.path for holding in holdings),
        links={one: crosslink(one, article, bench.book) for one in shown.body.links},
        sources=(*(file.source for file in shown.body.files), *kept),
    )


def _holdings(article: Article, shown: Shown, archive: Archive) -> Iterator[Artifact]:
    """Give what fixity is promised of: an article's record, and the original's bytes."""
    # The catalogue's article knows its outlet; the one that was read does not yet.
    reading = msgspec.structs.replace(shown.reading, article=article)
    content = record(article, reading, archive, shown.imported)
    yield Artifact(path=f"{article.permalink}/record.json", content=content)
    if article.whole:
        original = _unchanged(f"{archive.root}/{article.capture.path}", article.capture.sha256)
        yield Artifact(path=pages.original_path(article), content=original)
    kept = shown.imported
    if kept is not None and kept.alone and article.whole:
        content = _unchanged(f"{archive.root}/{kept.original}", kept.sha256)
        yield Artifact(path=f"{article.permalink}/{pages.imported_name(kept)}", content=content)


def _pages(
    bench: Bench, wanted: Wanted, shown: Shown, holdings: Iterable[Artifact]
) -> Iterator[Artifact]:
    """Make an article's page, and its original's."""
    article, older, newer = wanted
    around = Around(older, newer, bench.book)
    yield pages.article_page(bench.theme, article, shown, around, bench.archive)
    for holding in holdings:
        if holding.path == pages.original_path(article):
            text = _text(holding.content, article.capture)
            yield pages.original_page(bench.theme, article, shown, text, bench.archive)


def _pictures(bench: Bench, article: Article, shown: Shown) -> Iterator[Artifact]:
    """Give the files beside the article that its page needs."""
    for file in shown.body.files:
        content = Path(bench.archive.root, file.source).read_bytes()
        yield Artifact(path=f"{article.permalink}/{file.path}", content=content)


def _text(content: bytes, capture: Capture) -> str:
    mark = capture.byte_order_mark
    return decoded_again(content, capture.encoding.value, byte_order_mark=mark)


def _unchanged(path: str, sha256: str) -> bytes:
    """Read an original again, and make sure that it is the one that the page was made from."""
    content = Path(path).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        message = "this file changed while the site was built"
        raise ArchiveError(message, path=path, hint="build again")
    return content
