"""Import: take files into an archive: keep their bytes, write an article from each.

- `sources.py`: which files are meant, and of which kind
- `tables.py`, `feeds.py`: a table's rows and a feed's entries; `rows.py`: one of them as a Reading
- `captures.py`: the pages of WARC and WACZ files
- `document.py`: a Reading as a Markdown file
- `desk.py`: takes a file in; `shelf.py`: where things are kept and what there is already
- `acquisitions.py`: how often the same bytes came, and from where
- here: all of it in turn, and what is told of it

    originals/8d/8df2367a….html     the bytes, verbatim, named by their SHA-256
    articles/harbour.md             what was read from them, for people to correct
    .gitattributes                  originals/** -text, so that git changes no line end

What a file says decides words, never places: an article's name is made of letters, digits and hyphens, and
nothing is written over. The same bytes make one article; that they came again is noted in it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from .. import config
from ..config import Archive
from ..errors import ArchiveError
from ..model import UNKNOWN, Assertion, Basis, Problem, Record
from ..reading.outlets import outlet_file
from .desk import Desk
from .outcome import Added, Known, Outcome
from .sources import sources


class Imported(Record, frozen=True, kw_only=True):
    """What came of an import, each part in the order in which the files were taken."""

    added: tuple[Added, ...] = ()
    known: tuple[Known, ...] = ()
    problems: tuple[Problem, ...] = ()


Report: TypeAlias = Callable[[int, int], None]


def _unseen(done: int, total: int) -> None:
    """Report to nobody."""


def import_files(
    paths: Iterable[Path], archive_root: Path, outlet_id: str = "", report: Report = _unseen
) -> Imported:
    """Take files, and all files in folders, into an archive.

    Args:
        paths: Files and folders.
        archive_root: The archive's folder.
        outlet_id: The outlet that published those files which do not say; its file must be there.
        report: Is told how many articles and refusals there are, and how many at least there will be.

    Raises:
        ArchiveError: there is no such archive or outlet, or the archive cannot be read or written.
    """
    archive = config.load(archive_root)
    outlet = _supplied(archive, outlet_id)
    try:
        desk = Desk(archive, outlet)
        found = list(sources(paths, desk.shelf.root, desk.shelf.articles))
        outcomes: list[Outcome] = []
        for number, item in enumerate(found, start=1):
            for outcome in [item] if isinstance(item, Problem) else desk.take(item):
                outcomes.append(outcome)
                report(len(outcomes), len(outcomes) + len(found) - number)
    except OSError as error:
        raise ArchiveError(
            f"the archive cannot be read or written: {error.strerror}",
            path=str(error.filename or ""),
            hint="give yourself the right to write there, and import again: nothing is taken in twice",
        ) from error
    refused = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    return Imported(
        added=tuple(outcome for outcome in outcomes if isinstance(outcome, Added)),
        known=tuple(outcome for outcome in outcomes if isinstance(outcome, Known)),
        problems=(*refused, *desk.problems),
    )


def _supplied(archive: Archive, outlet_id: str) -> Assertion:
    """Give the outlet that the person who imports names; unknown if they name none."""
    if not outlet_id:
        return UNKNOWN
    for outlet in archive.outlets:
        if outlet.id == outlet_id:
            return Assertion(value=outlet.name, basis=Basis.SUPPLIED, where=outlet_file(outlet))
    known = ", ".join(outlet.id for outlet in archive.outlets) or "none yet"
    raise ArchiveError(
        f"there is no outlet with the id {outlet_id!r}",
        hint=f"write a file {config.OUTLETS}/ID.toml with its name; the ids are: {known}",
    )
