"""What a site consists of: every file but the list of them, from an archive that is read and in order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from . import pages
from .article_files import Bench, make_files
from .cache import Cache
from .catalog import Catalog
from .config import Archive
from .crew import Crew
from .derived import Shown
from .model import Article, Artifact, Kept, Problem
from .output import Stage
from .page_notes import PageNote, PageNotes, page_keys
from .provenance import log, manifest
from .provenance.anchors import published_anchors
from .search.rows import IndexRow
from .search.shards import MANIFEST, shards

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
    index: Path
    """The Whoosh index's folder."""
    problems: tuple[Problem, ...]
    crew: Crew
    report: Report

    @property
    def folder(self) -> Path:
        """The archive's."""
        return Path(self.archive.root)

    def shown(self, article: Article) -> Shown:
        """Give what an article's page is made from."""
        return self.cache.shown(article.capture.path)


def artifacts(prepared: Prepared, notes: PageNotes, stage: Stage) -> Iterator[Artifact | Kept]:
    """Give every file of the site but the list of them, which publishing adds.

    Args:
        prepared: The archive.
        notes: Which articles' files the site has already as they should be; told of those that are made.
        stage: Where articles' files wait.
    """
    catalog, archive = prepared.catalog, prepared.archive
    theme = pages.open_theme(prepared.folder)
    yield from pages.site_pages(theme, catalog, archive)
    bench = Bench(archive=archive, catalog=catalog, theme=theme, stage=stage)
    fixity: dict[str, str] = {}
    leaves: list[tuple[str, bytes]] = []
    for article, note in zip(catalog.articles, _notes(prepared, notes, bench), strict=True):
        yield from note.files
        digests = {file.path: file.sha256 for file in note.files if file.path in note.fixity}
        fixity |= digests
        leaves.append(log.leaf(article.permalink, digests))
    yield Artifact(path=manifest.FILE_NAME, content=manifest.make(fixity))
    yield from log.log(_origin(archive), leaves)
    yield from published_anchors(prepared.folder)
    for artifact in shards(rows(prepared, "search"), archive.names):
        yield artifact
        if artifact.path == MANIFEST:
            yield pages.search_page(theme, archive, artifact.content)
    prepared.report("shards", 1, 1)


def _notes(prepared: Prepared, notes: PageNotes, bench: Bench) -> list[PageNote]:
    """Give the note of each article's files, having made those that the site does not have."""
    articles = prepared.catalog.articles
    keys = page_keys(prepared.catalog, prepared.cache)
    found = [notes.kept(one, keys[one.permalink], prepared.catalog) for one in articles]
    wanted = [number for number, note in enumerate(found) if note is None]
    done = len(articles) - len(wanted)
    made = make_files(bench, prepared.cache, prepared.index.parent, wanted, prepared.crew)
    for number, files in made:
        article = articles[number]
        found[number] = notes.made(article, keys[article.permalink], files)
        done += 1
        prepared.report("pages", done, len(articles))
    return [note for note in found if note is not None]


def _origin(archive: Archive) -> str:
    """Say whose tree it is: the address without its scheme, as a checkpoint's origin is written."""
    address = archive.address.partition("://")[2].rstrip("/")
    return address or " ".join(archive.title.split()) or "archive"


def rows(prepared: Prepared, stage: str) -> Iterator[IndexRow]:
    """Give what the search knows of each public article, in the catalogue's order, reported as a stage."""
    articles = prepared.catalog.articles
    for number, article in enumerate(articles, start=1):
        if article.status == "public":
            words = prepared.cache.words(article.capture.path)
            yield IndexRow(article=article, tokens=words.tokens, lead=words.lead)
        prepared.report(stage, number, len(articles))
