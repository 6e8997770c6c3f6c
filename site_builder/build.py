"""The stages in order: scan, derive, catalogue, pages and search, publish, index.

articles/ ─scan─> Original ─derive─> Derivation ─assemble─> Catalog
                              (cached, parallel)
Catalog ─┬─ pages ──────┐
         ├─ search ─────┼─> Artifact ─publish─> site
         └─ provenance ─┘
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec

from . import config, pages
from .cache import Cache, open_cache, workplace
from .catalog import Catalog, assemble
from .checks import check_articles
from .config import Archive
from .derive import derive_all
from .derived import Body, Shown
from .errors import ArchiveError, file_faults
from .model import Article, Artifact, Capture, Problem, Record, Severity
from .output import Published, publish
from .pages.crosslinks import crosslink
from .provenance import log, manifest
from .provenance.anchors import published_anchors
from .provenance.record import record
from .reading.decode.again import decoded_again
from .reading.withheld import EMBARGO
from .recurring import Ends, ends_of, proposals
from .scan import BESIDE, scan
from .search import whoosh_index
from .search.index import Index
from .search.rows import IndexRow
from .search.shards import MANIFEST, shards

INDEX = "whoosh"
"""The Whoosh index's folder inside the cache."""

Report: TypeAlias = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Report nothing."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to work; only the day changes what is made."""

    jobs: int = 1
    """How many processes read articles."""
    clean: bool = False
    """Forget first what earlier builds derived."""
    as_of: str = ""
    """The day (YYYY-MM-DD) that embargoes are held against; empty: none of them is over."""
    report: Report = silent


class Built(Record, frozen=True, kw_only=True):
    """What a build made, and what a person should look at."""

    archive: Archive
    site: str
    """The folder of the finished site."""
    articles: int
    drafts: int
    undated: int
    without_outlet: int
    problems: tuple[Problem, ...]
    """By path and line."""
    published: Published

    @property
    def ok(self) -> bool:
        """Whether nothing was left out."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, kw_only=True)
class _Prepared:
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
        return Path(self.archive.root)

    def shown(self, article: Article) -> Shown:
        return self.cache.shown(article.capture.path)


@file_faults()
def build(
    root: Path,
    out: Path | None = None,
    *,
    address: str | None = None,
    options: Options = Options(),
) -> Built:
    """Build the archive in a folder into a site, and its Whoosh index beside it.

    Args:
        root: The archive's folder; nothing in it but `.site-builder/` (and the site) is written.
        out: The site's folder; `_site` in the archive unless given.
        address: Where the site will be published, in place of archive.toml's.
        options: How to work.

    Raises:
        ArchiveError: the settings are faulty, the output folder is somebody else's, an original
            changes meanwhile, or a file cannot be read or written.
    """
    with _prepared(root, address, options) as prepared:
        site = _apart(out or prepared.folder / config.SITE, prepared.folder)
        published = publish(_artifacts(prepared), site)
        _update_index(prepared)
        catalog = prepared.catalog
        return Built(
            archive=prepared.archive,
            site=str(site),
            articles=len(catalog.articles),
            drafts=catalog.drafts,
            undated=len(catalog.undated()),
            without_outlet=len(catalog.of_outlet("")),
            problems=prepared.problems,
            published=published,
        )


@file_faults()
def inspect(root: Path, options: Options) -> tuple[Problem, ...]:
    """Read an archive without building its site, and say what is wrong with it, by path and line."""
    with _prepared(root, None, options) as prepared:
        ends: dict[str, Ends] = {}

        def pairs() -> Iterator[tuple[Article, Body]]:
            for article in prepared.catalog.articles:
                shown = prepared.shown(article)
                ends[article.permalink] = ends_of(shown.reading)
                yield article, shown.body

        found = [*check_articles(pairs(), prepared.catalog, prepared.archive, crosslink)]
        return _by_place((*prepared.problems, *found, *proposals(ends, prepared.catalog)))


@contextmanager
def open_search(root: Path, options: Options) -> Iterator[Index]:
    """Open the archive's Whoosh index; where there is none, or none that can be read, make it first."""
    with file_faults(), ExitStack() as stack:
        desk = stack.enter_context(workplace(Path(config.load(root).root)))
        try:
            index = stack.enter_context(whoosh_index.open_index(desk / INDEX))
        except whoosh_index.IndexMissing:
            with _prepared(root, None, options, desk) as prepared:
                _update_index(prepared)
            index = stack.enter_context(whoosh_index.open_index(desk / INDEX))
        yield index


@contextmanager
def _prepared(
    root: Path, address: str | None, options: Options, desk: Path | None = None
) -> Iterator[_Prepared]:
    """Scan, derive what is not derived yet, and put it all in order; `desk` is an open workplace."""
    archive = msgspec.structs.replace(config.load(root), as_of=options.as_of)
    if address is not None:
        archive = msgspec.structs.replace(archive, address=config.site_address(address))
    with ExitStack() as stack:
        desk = desk or stack.enter_context(workplace(Path(archive.root)))
        cache = stack.enter_context(open_cache(desk, clean=options.clean))
        # Only now: what a build that we waited for has left behind is to be seen.
        scanned = scan(Path(archive.root))
        heads, problems = derive_all(
            scanned.originals, cache, archive, options.jobs, options.report
        )
        catalog, clashes = assemble((head.article for head in heads), archive)
        yield _Prepared(
            archive=archive,
            catalog=catalog,
            cache=cache,
            index=desk / INDEX,
            problems=_by_place(
                (*scanned.problems, *problems, *clashes, *_no_day(catalog, archive))
            ),
            report=options.report,
        )


def _no_day(catalog: Catalog, archive: Archive) -> Iterator[Problem]:
    """Say that embargoes hold back texts only because nobody says what day it is."""
    held = sum(article.withheld_by == EMBARGO for article in catalog.articles)
    if held and not archive.as_of:
        yield Problem(
            path=config.CONFIG_NAME,
            message=f"{held:,} under embargo stay so: the build does not know what day it is",
            hint="build with --as-of and today's date, like --as-of 2026-01-31",
        )


def _apart(site: Path, root: Path) -> Path:
    """Make sure that the site's folder is none of those that the archive keeps its own files in."""
    own = (root / name for name in (*BESIDE, config.ARTICLES, config.CACHE))
    if any(site.resolve().is_relative_to(folder) for folder in own):
        message = "the archive keeps files of its own in this folder"
        hint = "choose another folder for the site with -o"
        raise ArchiveError(message, path=str(site), hint=hint)
    return site


def _by_place(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.path, p.line, p.message)))


def _update_index(prepared: _Prepared) -> None:
    rows = _rows(prepared, "index")
    whoosh_index.update(prepared.index, rows, prepared.archive.names)


def _artifacts(prepared: _Prepared) -> Iterator[Artifact]:
    """Give every file of the site but the list of them, which publishing adds."""
    catalog, archive = prepared.catalog, prepared.archive
    theme = pages.open_theme(prepared.folder)
    yield from pages.site_pages(theme, catalog, archive)
    fixity: dict[str, str] = {}
    leaves: list[tuple[str, bytes]] = []
    for number, article in enumerate(catalog.articles, start=1):
        shown = prepared.shown(article)
        yield pages.article_page(theme, article, shown, catalog, archive)
        digests: dict[str, str] = {}
        for holding in _holdings(article, shown, archive):
            digests[holding.path] = hashlib.sha256(holding.content).hexdigest()
            yield holding
            if holding.path == pages.original_path(article):
                text = _text(holding.content, article.capture)
                yield pages.original_page(theme, article, shown, text, archive)
        fixity |= digests
        leaves.append(log.leaf(article.permalink, digests))
        for file in shown.body.files:
            content = (prepared.folder / file.source).read_bytes()
            yield Artifact(path=f"{article.permalink}/{file.path}", content=content)
        prepared.report("pages", number, len(catalog.articles))
    yield Artifact(path=manifest.FILE_NAME, content=manifest.make(fixity))
    yield from log.log(_origin(archive), leaves)
    yield from published_anchors(prepared.folder)
    for artifact in shards(_rows(prepared, "search"), archive.names):
        yield artifact
        if artifact.path == MANIFEST:
            yield pages.search_page(theme, archive, artifact.content)


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
    return archive.address.partition("://")[2].rstrip("/") or " ".join(archive.title.split())


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


def _rows(prepared: _Prepared, stage: str) -> Iterator[IndexRow]:
    """Give what the search knows of each public article, in the catalogue's order."""
    articles = prepared.catalog.articles
    for number, article in enumerate(articles, start=1):
        if article.status == "public":
            words = prepared.cache.words(article.capture.path)
            yield IndexRow(article=article, tokens=words.tokens, lead=words.lead)
        prepared.report(stage, number, len(articles))
