"""The stages in order: scan, derive, catalogue, pages and search, publish, index.

articles/ ─scan─> Original ─derive─> Derivation ─assemble─> Catalog
                              (cached, parallel)
Catalog ─┬─ pages ──────┐
         ├─ search ─────┼─> Artifact ─publish─> site
         └─ provenance ─┘
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from . import config, finished
from .artifacts import Prepared, Report, artifacts, last_search, silent
from .cache import CacheDamaged, open_cache, workplace
from .catalog import Catalog, assemble
from .checks import check_articles
from .config import Archive
from .crew import Crew
from .derive import derive_all
from .derived import Body
from .errors import ArchiveError, file_faults
from .model import Article, Problem, Record, Severity
from .notes import Notes
from .output import Published, publish, staging
from .pages.crosslinks import crosslink
from .reading.withheld import EMBARGO
from .recurring import Ends, ends_of, proposals
from .scan import BESIDE, scan
from .search import whoosh_index
from .search.index import Index
from .search_files import SearchFiles

T = TypeVar("T")
_MENDS = 3
"""How often one build meets damage and begins again: each time a file is made anew."""
INDEX = "whoosh"
"""The Whoosh index's folder inside the cache."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to work; only the day changes what is made."""

    jobs: int = 1
    """How many processes share the work."""
    readers: Executor | None = None
    """Who reads articles, if not these processes."""
    clean: bool = False
    """Forget first what earlier builds derived."""
    as_of: str = ""
    """The day (YYYY-MM-DD) that embargoes are held against; empty: none of them is over."""
    report: Report = silent
    shown: Callable[[str], None] | None = None
    """Told the site's base path when all but the search is in place; if that is to come first."""


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
    return _mended(
        lambda: _build(root, out, address, options),
        lambda built, met: msgspec.structs.replace(
            built, problems=_by_place((*built.problems, *met))
        ),
    )


def _mended(work: Callable[[], T], told: Callable[[T, Sequence[Problem]], T]) -> T:
    """Do some work, again where a file of the cache turns out to be damaged, and tell of that."""
    met: list[Problem] = []
    while True:
        try:
            return told(work(), met)
        except CacheDamaged as damage:
            if len(met) == _MENDS:
                raise
            met.append(Problem(path=damage.path, message=damage.message, hint=damage.hint))


def _build(root: Path, out: Path | None, address: str | None, options: Options) -> Built:
    root = root.resolve()
    site = (out or root / config.SITE).resolve()
    asked = finished.asked_for(str(root), str(site), address or "", options.as_of)
    before = finished.listing((root,), without=site)
    if not options.clean and (known := _unchanged_build(root, site, asked, before)):
        return known
    with _prepared(root, address, options) as prepared:
        site = _apart(site, prepared.folder)
        desk = prepared.index.parent
        ahead = _pages_first(prepared, site, options) if options.shown else ()
        _gather(prepared)
        notes = Notes(desk, site, clean=options.clean)
        with staging(site) as stage:
            published = publish(artifacts(prepared, notes, stage), stage)
        notes.write()
        changed = tuple(sorted({*ahead, *published.changed}))
        options.report("publish", 1, 1)
        _update_index(prepared)
        catalog = prepared.catalog
        built = Built(
            archive=prepared.archive,
            site=str(site),
            articles=len(catalog.articles),
            drafts=catalog.drafts,
            undated=len(catalog.undated()),
            without_outlet=len(catalog.of_outlet("")),
            problems=prepared.problems,
            published=msgspec.structs.replace(published, changed=changed),
        )
        made = finished.listing((site, prepared.index))
        told = msgspec.msgpack.encode(_unchanged(built))
        finished.write_note(desk, finished.Note(asked=asked, archive=before, made=made, told=told))
        return built


def _pages_first(prepared: Prepared, site: Path, options: Options) -> tuple[str, ...]:
    """Put all but the search in place, and tell of it; the search stays as it is for the moment.

    Returns:
        The paths that changed: none if the site has no search that can stay.
    """
    notes = Notes(prepared.index.parent, site, clean=options.clean)
    search = last_search(notes, prepared.catalog)
    if not search or options.shown is None:
        return ()
    with staging(site) as stage:
        published = publish(artifacts(prepared, notes, stage, search), stage)
    notes.write()
    options.shown(prepared.archive.base_path)
    return published.changed


def _unchanged_build(root: Path, site: Path, asked: str, before: str) -> Built | None:
    """Give what the last build said, if a build would make just what is there; else None."""
    desk = root / config.CACHE
    note = finished.read_note(desk)
    if note is None or (note.asked, note.archive) != (asked, before):
        return None
    if note.made != finished.listing((site, desk / INDEX)):
        return None
    return msgspec.msgpack.decode(note.told, type=Built)


def _unchanged(built: Built) -> Built:
    """Say of a build what the next one is to say if nothing changes until then."""
    published = msgspec.structs.replace(built.published, changed=())
    return msgspec.structs.replace(built, published=published)


@file_faults()
def inspect(root: Path, options: Options) -> tuple[Problem, ...]:
    """Read an archive without building its site, and say what is wrong with it, by path and line."""
    return _mended(lambda: _inspect(root, options), lambda found, met: _by_place((*found, *met)))


def _inspect(root: Path, options: Options) -> tuple[Problem, ...]:
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
                _gather(prepared)
                _update_index(prepared)
            index = stack.enter_context(whoosh_index.open_index(desk / INDEX))
        yield index


@contextmanager
def _prepared(
    root: Path, address: str | None, options: Options, desk: Path | None = None
) -> Iterator[Prepared]:
    """Scan, derive what is not derived yet, and put it all in order; `desk` is an open workplace."""
    archive = msgspec.structs.replace(config.load(root), as_of=options.as_of)
    if address is not None:
        archive = msgspec.structs.replace(archive, address=config.site_address(address))
    with ExitStack() as stack:
        desk = desk or stack.enter_context(workplace(Path(archive.root)))
        cache = stack.enter_context(open_cache(desk, clean=options.clean))
        crew = stack.enter_context(Crew(options.jobs))
        # Only now: what a build that we waited for has left behind is to be seen.
        scanned = scan(Path(archive.root))
        options.report("scan", 1, 1)
        readers = Crew(options.jobs, options.readers) if options.readers else crew
        derived, problems = derive_all(scanned.originals, cache, archive, readers, options.report)
        cache.keep()
        catalog, clashes = assemble((head.article for _, head in derived.values()), archive)
        options.report("order", 1, 1)
        yield Prepared(
            archive=archive,
            catalog=catalog,
            cache=cache,
            derived=derived,
            index=desk / INDEX,
            problems=_by_place(
                (*scanned.problems, *problems, *clashes, *_no_day(catalog, archive))
            ),
            crew=crew,
            search=SearchFiles(desk, archive, crew, clean=options.clean),
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


def _gather(prepared: Prepared) -> None:
    public = [article for article in prepared.catalog.articles if article.status == "public"]
    report = partial(prepared.report, "search")
    prepared.search.gather(public, prepared.derived, prepared.cache, report)


def _update_index(prepared: Prepared) -> None:
    prepared.search.update_index(prepared.index)
    total = len(prepared.catalog.articles)
    prepared.report("index", total, total)
