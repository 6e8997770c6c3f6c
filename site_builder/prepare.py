"""What every command begins with: the archive read, and all of it put in order.

From there on `build` makes the site, `check` looks for faults, and `search` needs the index.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from . import config
from .artifacts import Prepared, Report, silent
from .cache import open_cache, workplace
from .catalog import Catalog, assemble
from .config import Archive
from .crew import Crew
from .derive import derive_all
from .model import Problem
from .reading.withheld import EMBARGO
from .scan import scan
from .search_files import SearchFiles


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


@contextmanager
def prepare(
    root: Path, address: str | None, options: Options, crew: Crew, desk: Path | None = None
) -> Iterator[Prepared]:
    """Scan, derive what is not derived yet, and put it all in order; `desk` is an open workplace."""
    archive = msgspec.structs.replace(config.load(root), as_of=options.as_of)
    if address is not None:
        archive = msgspec.structs.replace(archive, address=config.site_address(address))
    with ExitStack() as stack:
        desk = desk or stack.enter_context(workplace(Path(archive.root)))
        cache = stack.enter_context(open_cache(desk, clean=options.clean))
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
            desk=desk,
            problems=by_place((*scanned.problems, *problems, *clashes, *_no_day(catalog, archive))),
            crew=crew,
            search=SearchFiles(desk, archive, crew, clean=options.clean),
            report=options.report,
        )


def gather(prepared: Prepared) -> None:
    """Have the words of all public articles gathered into blocks."""
    public = [article for article in prepared.catalog.articles if article.status == "public"]
    report = partial(prepared.report, "search")
    prepared.search.gather(public, prepared.derived, prepared.cache, report)


def finish_index(prepared: Prepared) -> None:
    """Bring the Whoosh index up to date with the blocks."""
    prepared.search.finish_index()
    total = len(prepared.catalog.articles)
    prepared.report("index", total, total)


def by_place(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Sort problems by path and line."""
    return tuple(sorted(problems, key=lambda p: (p.path, p.line, p.message)))


def _no_day(catalog: Catalog, archive: Archive) -> Iterator[Problem]:
    """Say that embargoes hold back texts only because nobody says what day it is."""
    held = sum(article.withheld_by == EMBARGO for article in catalog.articles)
    if held and not archive.as_of:
        yield Problem(
            path=config.CONFIG_NAME,
            message=f"{held:,} under embargo stay so: the build does not know what day it is",
            hint="build with --as-of and today's date, like --as-of 2026-01-31",
        )
