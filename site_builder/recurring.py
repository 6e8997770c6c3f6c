"""Lines that stand at the beginning or the end of several texts of one outlet: likely not the article's.

`check` proposes them as cuts for the outlet's file. Nothing is cut by itself: a person pastes what is right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from .catalog import Catalog
from .model import Problem, Reading
from .outlet import Outlet
from .reading.outlets import outlet_file

FEWEST = 3
"""Files of one outlet that a line has to stand in."""
_LOOKED_AT = {"first": 3, "last": 4}
"""Lines at each end of a shown text."""
_TRIED = 12
"""Lines that a proposed cut is tried on: those that other rules cut lie between and count too."""
_LONGEST = 200
_REASONS = {"first": "header", "last": "footer"}
_SIGNS = re.compile(r"[\\.^$*+?{}\[\]|()]")

Ends: TypeAlias = frozenset[tuple[str, str]]
"""Which end (`first` or `last`), and a line that stands there."""


def ends_of(reading: Reading) -> Ends:
    """Give the lines at both ends of a scraped text; of other texts none, as no profile reads them."""
    if reading.markup != "text" or reading.article.status != "public":
        return frozenset()
    lines = [line.strip() for line in reading.text.split("\n") if line.strip()]
    first, last = lines[: _LOOKED_AT["first"]], lines[-_LOOKED_AT["last"] :]
    found = [*(("last", line) for line in last), *(("first", line) for line in first)]
    where = {line: end for end, line in found}  # a short text's line counts once, as its first
    return frozenset(
        (end, line) for line, end in where.items() if len(line) <= _LONGEST and line.isprintable()
    )


def proposals(ends: Mapping[str, Ends], catalog: Catalog) -> Iterator[Problem]:
    """Propose a cut for each line that recurs in an outlet's texts.

    Args:
        ends: Of each article, by its permalink.
        catalog: All articles.
    """
    for outlet in catalog.outlets:
        counts = Counter(
            end
            for article in catalog.of_outlet(outlet.id)
            for end in ends.get(article.permalink, ())
        )
        for (where, line), files in sorted(counts.items()):
            if files >= FEWEST:
                yield _proposal(outlet, where, line, files)


def _proposal(outlet: Outlet, where: str, line: str, files: int) -> Problem:
    return Problem(
        path=outlet_file(outlet),
        message=f"{line!r} stands among the {where} lines of {files:,} of this outlet's texts",
        hint=f"if it is not the articles', write:\n{cut_for(where, line)}",
    )


def cut_for(where: str, line: str) -> str:
    """Write the cut of one line as it stands in an outlet's file."""
    pattern = _SIGNS.sub(lambda sign: f"\\{sign[0]}", line)
    quoted = '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    written = quoted if "'" in pattern else f"'{pattern}'"
    return (
        f'[[cut]]\nwhere = "{where}"\nlines = {_TRIED}\n'
        f'reason = "{_REASONS[where]}"\npattern = {written}'
    )
