"""What a site consists of: every file but the list of them, from an archive that is read and in order."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec

from . import pages
from .cache import Cache
from .catalog import Catalog
from .config import Archive
from .derived import Shown
from .errors import ArchiveError
from .model import Article, Artifact, Capture, Kept, Problem
from .page_notes import Made, PageNotes, page_keys
from .pages.crosslinks import crosslink
from .provenance import log, manifest
from .provenance.anchors import published_anchors
from .provenance.record import record
from .reading.decode.again import decoded_again
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
    report: Report

    @property
    def folder(self) -> Path:
        """The archive's."""
        return Path(self.archive.root)

    def shown(self, article: Article) -> Shown:
        """Give what an article's page is made from."""
        return self.cache.shown(article.capture.path)


def artifacts(prepared: Prepared, notes: PageNotes) -> Iterator[Artifact | Kept]:
    """Give every file of the site but the list of them, which publishing adds.

    Args:
        prepared: The archive.
        notes: Which articles' files the site has already as they should be; told of those that are made.
    """
    catalog, archive = prepared.catalog, prepared.archive
    theme = pages.open_theme(prepared.folder)
    yield from pages.site_pages(theme, catalog, archive)
    fixity: dict[str, str] = {}
    leaves: list[tuple[str, bytes]] = []
    keys = page_keys(catalog, prepared.cache)
    for number, article in enumerate(catalog.articles, start=1):
        key = keys[article.permalink]
        note = notes.kept(article, key, catalog)
        if note is None:
            made = _made(theme, article, prepared)
            note = notes.made(article, key, made)
            yield from made.files
        else:
            yield from note.files
        digests = {file.path: file.sha256 for file in note.files if file.path in note.fixity}
        fixity |= digests
        leaves.append(log.leaf(article.permalink, digests))
        prepared.report("pages", number, len(catalog.articles))
    yield Artifact(path=manifest.FILE_NAME, content=manifest.make(fixity))
    yield from log.log(_origin(archive), leaves)
    yield from published_anchors(prepared.folder)
    for artifact in shards(rows(prepared, "search"), archive.names):
        yield artifact
        if artifact.path == MANIFEST:
            yield pages.search_page(theme, archive, artifact.content)
    prepared.report("shards", 1, 1)


def _made(theme: pages.Theme, article: Article, prepared: Prepared) -> Made:
    """Make all files of one article."""
    catalog, archive, shown = prepared.catalog, prepared.archive, prepared.shown(article)
    holdings = tuple(_holdings(article, shown, archive))
    files = [pages.article_page(theme, article, shown, catalog, archive), *holdings]
    for holding in holdings:
        if holding.path == pages.original_path(article):
            text = _text(holding.content, article.capture)
            files.append(pages.original_page(theme, article, shown, text, archive))
    for file in shown.body.files:
        content = (prepared.folder / file.source).read_bytes()
        files.append(Artifact(path=f"{article.permalink}/{file.path}", content=content))
    kept = (shown.imported.original,) if shown.imported else ()
    return Made(
        files=tuple(files),
        fixity=tuple(holding.path for holding in holdings),
        links={one: crosslink(one, article, catalog) for one in shown.body.links},
        sources=(*(file.source for file in shown.body.files), *kept),
    )


def _holdings(article: Article, shown: Shown, archive: Archive) -> Iterator[Artifact]:
    """Give what fixity is promised of: an article's record, and the original's bytes."""
    # The catalogue's article knows its outlet; the one that was read does not yet.
    reading = msgspec.structs.replace(shown.reading, article=article)
    content = record(article, reading, archive, shown.imported)
    yield Artifact(path=f"{article.permalink}/record.json", content=content)
    if article.whole:
        original = _unchanged(Path(archive.root) / article.capture.path, article.capture.sha256)
        yield Artifact(path=pages.original_path(article), content=original)
    kept = shown.imported
    if kept is not None and kept.alone and article.whole:
        content = _unchanged(Path(archive.root) / kept.original, kept.sha256)
        yield Artifact(path=f"{article.permalink}/{pages.imported_name(kept)}", content=content)


def _origin(archive: Archive) -> str:
    """Say whose tree it is: the address without its scheme, as a checkpoint's origin is written."""
    address = archive.address.partition("://")[2].rstrip("/")
    return address or " ".join(archive.title.split()) or "archive"


def _text(content: bytes, capture: Capture) -> str:
    mark = capture.byte_order_mark
    return decoded_again(content, capture.encoding.value, byte_order_mark=mark)


def _unchanged(path: Path, sha256: str) -> bytes:
    """Read an original again, and make sure that it is the one that the page was made from."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        message = "this file changed while the site was built"
        raise ArchiveError(message, path=str(path), hint="build again")
    return content


def rows(prepared: Prepared, stage: str) -> Iterator[IndexRow]:
    """Give what the search knows of each public article, in the catalogue's order, reported as a stage."""
    articles = prepared.catalog.articles
    for number, article in enumerate(articles, start=1):
        if article.status == "public":
            words = prepared.cache.words(article.capture.path)
            yield IndexRow(article=article, tokens=words.tokens, lead=words.lead)
        prepared.report(stage, number, len(articles))
