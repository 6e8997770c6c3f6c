"""Dates as EDTF writes them (ISO 8601-2:2019), as far as an archive of articles needs them.

Level 0: a year, a month or a day (`2023`, `2023-11`, `2023-11-04`), and the interval from one to another
(`2023-11-04/2023-11-06`). Level 1: `?` uncertain, `~` approximate, `%` both, behind a date.
"""

import re
from functools import lru_cache

from .model import Record

_POINT = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)([?~%]?)")


class Point(Record, frozen=True):
    """One date of an EDTF expression."""

    date: str
    """`2023`, `2023-11` or `2023-11-04`."""
    sign: str = ""
    """`?`, `~`, `%` or empty."""

    @property
    def uncertain(self) -> bool:
        """Whether it may be another date altogether."""
        return self.sign in {"?", "%"}

    @property
    def approximate(self) -> bool:
        """Whether it is only near the date."""
        return self.sign in {"~", "%"}


class Dates(Record, frozen=True):
    """An EDTF expression, taken apart."""

    start: Point
    end: Point | None = None
    """Of an interval."""

    @property
    def exact(self) -> bool:
        """Whether it is one date of the calendar, and sure."""
        return self.end is None and not self.start.sign


@lru_cache(maxsize=65_536)
def parse(value: str) -> Dates | None:
    """Take an expression apart; None if it is no such expression. Months and days are not looked at.

    >>> parse("2023-11~/2024")
    Dates(Point('2023-11', '~'), Point('2024', ''))
    """
    start, slash, end = value.partition("/")
    found = [_POINT.fullmatch(part) for part in ((start, end) if slash else (start,))]
    points = [Point(point[1], point[2]) for point in found if point is not None]
    return Dates(*points) if len(points) == len(found) else None


def beginning(value: str) -> str:
    """Give the calendar date that an expression is sorted and filed by: where it begins, unsigned.

    >>> beginning("2023-11~/2024")
    '2023-11'
    """
    dates = parse(value)
    return dates.start.date if dates else ""


def sort_key(value: str) -> int:
    """Give a date as YYYYMMDD, 00 for a part not known, 0 for none; an interval counts as its beginning."""
    year, month, day, *_ = (*beginning(value).split("-"), "0", "0", "0")
    return int(year or 0) * 10_000 + int(month) * 100 + int(day)
