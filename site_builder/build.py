"""The stages in order: scan, derive, catalogue, pages and search with the index beside them, publish.

articles/ ─scan─> Original ─derive─> Derivation ─assemble─> Catalog
                              (cached, parallel)
Catalog ─┬─ pages ──────┐
         ├─ search ─────┼─> Artifact ─publish─> site
         └─ provenance ─┘
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from . import config, finished
from .artifacts import Prepared, artifacts, last_search
from .cache import mended, workplace
from .checks import check_articles
from .config import Archive
from .crew import Crew
from .derived import Body
from .errors import ArchiveError, file_faults
from .garbage import looked_for_seldom
from .looks import files_listing, listing, relisted
from .model import Article, Kept, Problem, Record, Severity
from .notes import Notes
from .output import Published, publish, staging
from .pages.crosslinks import crosslink
from .prepare import Options, by_place, finish_index, gather, prepare
from .recurring import Ends, ends_of, proposals
from .scan import BESIDE
from .search import whoosh_index
from .search.index import Index
from .search_files import INDEX

__all__ = ["Built", "Options", "build", "inspect", "open_search"]

_PLAIN = Options()
_MANY = 5_000
"""Files of a site from which on a change is sooner made by two processes than by one."""


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
@looked_for_seldom()
def build(
    root: Path,
    out: Path | None = None,
    *,
    address: str | None = None,
    options: Options = _PLAIN,
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
    return mended(
        lambda: _build(root, out, address, options),
        lambda built, met: msgspec.structs.replace(
            built, problems=by_place((*built.problems, *met))
        ),
    )


def _build(root: Path, out: Path | None, address: str | None, options: Options) -> Built:
    root = root.resolve()
    site = (out or root / config.SITE).resolve()
    state = _state(root, site, address, options)
    note = None if options.clean else finished.read_note(root / config.CACHE)
    if note is not None and note.state == state and note.site == files_listing(site):
        return msgspec.msgpack.decode(note.told, type=Built)
    with Crew(options.jobs) as crew:
        if note is not None and note.files > _MANY:
            crew.start()
        listed = crew.beside(files_listing, site)
        with prepare(root, address, options, crew) as prepared:
            site = _apart(site, prepared.folder)
            desk = prepared.desk
            last = finished.read_note(desk)  # again: we may have waited for another build
            notes = Notes(
                desk, site, clean=options.clean, untouched=partial(_as_left, last, listed)
            )
            ahead = _pages_first(prepared, notes, site, options.shown) if options.shown else None
            gather(prepared)
            published = _publish(prepared, notes, site)
            options.report("publish", 1, 1)
            finish_index(prepared)
            steps = [step for step in (ahead, published) if step is not None]
            built = _built(prepared, site, steps)
            note = finished.Note(
                state=msgspec.structs.replace(state, index=files_listing(desk / INDEX)),
                site=_listed_now(listed(), steps),
                files=published.files,
                told=msgspec.msgpack.encode(_unchanged(built)),
            )
            finished.write_note(desk, note)
            return built


def _state(root: Path, site: Path, address: str | None, options: Options) -> finished.State:
    """Say what there is before a build, and what is asked for."""
    return finished.State(
        asked=finished.asked_for(str(root), str(site), address or "", options.as_of),
        archive=listing(root, without=site),
        index=files_listing(root / config.CACHE / INDEX),
    )


def _as_left(last: finished.Note | None, listed: Callable[[], int]) -> bool:
    """Whether the site is as the last build left it."""
    return last is not None and last.site == listed()


def _listed_now(listed: int, steps: Sequence[Published]) -> int:
    """Say what the site's listing is by now: only what was changed is looked at again."""
    return relisted(listed, sum(one.before for one in steps), sum(one.after for one in steps))


def _publish(
    prepared: Prepared, notes: Notes, site: Path, search: Sequence[Kept] = ()
) -> Published:
    """Make the site, with the search that is given, or else with its own; and note what was made."""
    with staging(site) as stage:
        published = publish(artifacts(prepared, notes, stage, search), stage)
    notes.write()
    return published


def _pages_first(
    prepared: Prepared, notes: Notes, site: Path, shown: Callable[[str], None]
) -> Published | None:
    """Put all but the search in place, and tell of it; the search stays as it is for the moment.

    Returns:
        What was done: nothing if the site has no search that can stay.
    """
    search = last_search(notes, prepared.catalog)
    if not search:
        return None
    published = _publish(prepared, notes, site, search)
    shown(prepared.archive.base_path)
    return published


def _built(prepared: Prepared, site: Path, steps: Sequence[Published]) -> Built:
    """Say what was made, in one step or in two."""
    catalog = prepared.catalog
    changed = {path for step in steps for path in step.changed}
    return Built(
        archive=prepared.archive,
        site=str(site),
        articles=len(catalog.articles),
        drafts=catalog.drafts,
        undated=len(catalog.undated()),
        without_outlet=len(catalog.of_outlet("")),
        problems=prepared.problems,
        published=msgspec.structs.replace(steps[-1], changed=tuple(sorted(changed))),
    )


def _unchanged(built: Built) -> Built:
    """Say of a build what the next one is to say if nothing changes until then."""
    published = msgspec.structs.replace(built.published, changed=())
    return msgspec.structs.replace(built, published=published)


@file_faults()
@looked_for_seldom()
def inspect(root: Path, options: Options) -> tuple[Problem, ...]:
    """Read an archive without building its site, and say what is wrong with it, by path and line."""
    return mended(lambda: _inspect(root, options), lambda found, met: by_place((*found, *met)))


def _inspect(root: Path, options: Options) -> tuple[Problem, ...]:
    with Crew(options.jobs) as crew, prepare(root, None, options, crew) as prepared:
        ends: dict[str, Ends] = {}

        def pairs() -> Iterator[tuple[Article, Body]]:
            for article in prepared.catalog.articles:
                shown = prepared.shown(article)
                ends[article.permalink] = ends_of(shown.reading)
                yield article, shown.body

        found = [*check_articles(pairs(), prepared.catalog, prepared.archive, crosslink)]
        return by_place((*prepared.problems, *found, *proposals(ends, prepared.catalog)))


@contextmanager
def open_search(root: Path, options: Options) -> Iterator[Index]:
    """Open the archive's Whoosh index; where there is none, or none that can be read, make it first."""
    with file_faults(), ExitStack() as stack:
        desk = stack.enter_context(workplace(Path(config.load(root).root)))
        try:
            index = stack.enter_context(whoosh_index.open_index(desk / INDEX))
        except whoosh_index.IndexMissing:
            crew = stack.enter_context(Crew(options.jobs))
            with prepare(root, None, options, crew, desk) as prepared:
                gather(prepared)
                finish_index(prepared)
            index = stack.enter_context(whoosh_index.open_index(desk / INDEX))
        yield index


def _apart(site: Path, root: Path) -> Path:
    """Make sure that the site's folder is none of those that the archive keeps its own files in."""
    own = (root / name for name in (*BESIDE, config.ARTICLES, config.CACHE))
    if any(site.resolve().is_relative_to(folder) for folder in own):
        message = "the archive keeps files of its own in this folder"
        hint = "choose another folder for the site with -o"
        raise ArchiveError(message, path=str(site), hint=hint)
    return site
