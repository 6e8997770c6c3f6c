"""Dates of the search: what a query may write, and the days a date may mean.

A date with parts unknown means a span of days. Days are numbers YYYYMMDD, compared as such; the last day
of any month counts as its 31st, which changes no comparison.
"""

import re
from typing import NamedTuple

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2


class Days(NamedTuple):
    """A span of days, YYYYMMDD, both ends within."""

    first: int
    last: int


def is_date(text: str) -> bool:
    """Whether a text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` with a real month and day, from year 0001."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    return year > 0 and 1 <= month <= len(_MONTH_DAYS) and 1 <= day <= _month_days(year, month)


def days_of(date: str) -> Days:
    """Give the days that a date of a query means."""
    year, month, day = (int(part) for part in (date + "-00-00").split("-")[:3])
    return days(year * 10_000 + month * 100 + day)


def days(number: int) -> Days:
    """Give the days that a date YYYYMMDD may mean, with 00 for a part not known; it must have a year."""
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    if not month:
        return Days(year * 10_000 + 101, year * 10_000 + 1231)
    if not day:
        return Days(number + 1, number + 31)
    return Days(number, number)


def _month_days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap and month == _FEBRUARY else _MONTH_DAYS[month - 1]
