"""Files that hold many articles: the rows of a table, the entries of a feed."""

from collections.abc import Iterator

from ..model import Problem
from .feeds import FEEDS, entries
from .tables import TABLES, Row, rows

PARTED = (*TABLES, *FEEDS)
"""What such a file's name ends in (in any case)."""


def parts(content: bytes, text: str, path: str, suffix: str) -> Iterator[Row | Problem]:
    """Give the parts of a file.

    Args:
        content: Its bytes; a feed says itself how it is encoded.
        text: The decoded file, its line ends LF.
        path: For problems.
        suffix: One of `PARTED`.

    Raises:
        Refused: it is no feed, or its table has no header of use.
    """
    return entries(content, path) if suffix in FEEDS else rows(text, path, suffix)
