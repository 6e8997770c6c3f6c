"""What a site consists of: every file but the list of them, from an archive that is read and in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import msgspec

from . import pages
from .article_files import Bench, Wanted, make_files
from .cache import Cache
from .catalog import Catalog
from .config import Archive
from .crew import Crew
from .derive import Derivations
from .derived import Shown
from .model import Article, Artifact, Kept, Problem
from .notes import Notes
from .output import Stage
from .page_notes import PageFiles, PageNotes, page_keys
from .provenance import log, manifest
from .provenance.anchors import published_anchors
from .search_files import SearchFiles

Report: TypeAlias = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An archive that is read: what every later stage stands on."""

    archive: Archive
    catalog: Catalog
    cache: Cache
    derived: Derivations
    desk: Path
    """The folder of the cache, ours for as long as this lasts."""
    problems: tuple[Problem, ...]
    crew: Crew
    search: SearchFiles
    report: Report

    @property
    def folder(self) -> Path:
        """The archive's."""
        return Path(self.archive.root)

    def shown(self, article: Article) -> Shown:
        """Give what an article's page is made from."""
        return self.cache.shown(article.capture.path)


SEARCH = "search"
"""Under this name, and names below it, the files of the search are noted."""
_FOUND = f"{SEARCH}/found"
"""Under this, which articles it finds."""


def artifacts(
    prepared: Prepared, notes: Notes, stage: Stage, search: Iterable[Kept] = ()
) -> Iterator[Artifact | Kept]:
    """Give every file of the site but the list of them, which publishing adds.

    Args:
        prepared: The archive.
        notes: What the site has already as it should be; told of what is made.
        stage: Where files wait.
        search: The files of the search, where they are to stay as they are.
    """
    catalog, archive = prepared.catalog, prepared.archive
    theme = pages.open_theme(prepared.folder)
    known = PageNotes(notes, catalog, archive, stage.site)
    for page in pages.site_pages(theme, catalog, archive):
        if isinstance(page, pages.Draft):
            yield from _filled(page, theme, known, stage)
        else:
            yield page
    if not search:
        prepared.report("pages", 0, len(catalog.articles))
        prepared.search.begin(SEARCH, notes)
        prepared.report("search", len(catalog.articles), len(catalog.articles))
    bench = Bench(archive=archive, book=catalog.book, theme=theme, stage=stage)
    fixity: dict[str, str] = {}
    leaves: list[tuple[str, bytes]] = []
    for article, own in zip(catalog.articles, _articles(prepared, known, bench), strict=True):
        yield from own.files
        digests = {file.path: file.sha256 for file in own.files if file.path in own.fixity}
        fixity |= digests
        leaves.append(log.leaf(article.permalink, digests))
    yield Artifact(path=manifest.FILE_NAME, content=manifest.make(fixity))
    yield from log.log(_origin(archive), leaves)
    yield from published_anchors(prepared.folder)
    yield from search or _search(prepared, notes, known, bench)


def _search(prepared: Prepared, notes: Notes, known: PageNotes, bench: Bench) -> Iterator[Kept]:
    """Give the files of the search, and the page that searches."""
    take = bench.stage.take
    files, manifest = prepared.search.shards(notes, take)
    yield from files
    key = sha256(manifest.content).hexdigest()
    if not (kept := known.kept_pages(SEARCH, key)):
        page = pages.search_page(bench.theme, prepared.archive, manifest.content)
        kept = known.made_pages(SEARCH, key, take(manifest), take(page))
    yield from kept
    notes.made(_FOUND, "", (), msgspec.msgpack.encode(_found(prepared.catalog)))
    prepared.report("shards", 1, 1)


def last_search(notes: Notes, catalog: Catalog) -> tuple[Kept, ...]:
    """Give the files of the last build's search, if it can stay for a moment: see `build.Options.shown`.

    It cannot if it finds an article that is gone by now, or of which less may be shown.
    """
    note = notes.kept(_FOUND, "")
    before = set(msgspec.msgpack.decode(note.said, type=list[str])) if note else {""}
    return notes.as_they_are(SEARCH) if before <= set(_found(catalog)) else ()


def _found(catalog: Catalog) -> list[str]:
    public = (article for article in catalog.articles if article.status == "public")
    return [f"{article.permalink} {article.text_level}" for article in public]


def _filled(
    draft: pages.Draft, theme: pages.Theme, known: PageNotes, stage: Stage
) -> tuple[Kept, ...]:
    """Fill a page, unless the site has it as it would be."""
    key = draft.digest()
    kept = known.kept_pages(draft.path, key)
    return kept or known.made_pages(draft.path, key, stage.take(theme.fill(draft)))


def _articles(prepared: Prepared, known: PageNotes, bench: Bench) -> list[PageFiles]:
    """Give the files of each article, having made those that the site does not have."""
    articles = prepared.catalog.articles
    keys = page_keys(prepared.catalog, prepared.derived)
    found = [known.kept(one, keys[one.permalink]) for one in articles]
    numbers = [number for number, files in enumerate(found) if files is None]
    wanted = [_wanted(articles[number], prepared.catalog) for number in numbers]
    done = len(articles) - len(wanted)
    for place, made in make_files(bench, prepared.cache, prepared.desk, wanted, prepared.crew):
        article = wanted[place].article
        found[numbers[place]] = known.made(article, keys[article.permalink], made)
        done += 1
        prepared.report("pages", done, len(articles))
    return [files for files in found if files is not None]


def _wanted(article: Article, catalog: Catalog) -> Wanted:
    older, newer, _ = catalog.around(article.permalink)
    return Wanted(article, older, newer)


def _origin(archive: Archive) -> str:
    """Say whose tree it is: the address without its scheme, as a checkpoint's origin is written."""
    address = archive.address.partition("://")[2].rstrip("/")
    return address or " ".join(archive.title.split()) or "archive"
