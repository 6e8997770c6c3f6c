"""Any date as people write it -> EDTF: a year, a year and month, or a day.

The day is kept as written, whatever zone stands beside it: it is the day that the publisher printed.
Nothing is guessed: 02/01/2020 may be January or February, so it is no date until a person says which.

Format: EDTF (ISO 8601-2:2019): the calendar dates and intervals of level 0, and the signs `?`, `~` and `%` of
level 1 behind them, where a person has written them so.
"""

import calendar
import re
from functools import lru_cache

from ..edtf import Dates, parse
from ..model import Record

_YEAR = r"(?P<year>[0-9]{4})"
_CLOCK = r"""
    \d{1,2}(?: [:h]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)? \s*(?:[ap]\.?m\b\.?)?  # 9:00:00.123 pm
      | \s?[ap]\.?m\b\.?)                                               # 9 pm
    \s*(?:Z\b | (?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?)?                # Z, -4, -0400, +05:45
"""
_TIME = re.compile(
    rf"[T\s,]*(?:at\s+)?{_CLOCK}(?:\s*\(?[A-Z]{{1,5}}\)?|\[[A-Z]+/[A-Z_]+\])?",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""A time behind a day, with the zone's name at its end."""
_TIME_AMONG_WORDS = re.compile(rf"(?<!\d){_CLOCK}", re.VERBOSE | re.IGNORECASE | re.ASCII)
_NUMERIC = tuple(
    re.compile(pattern, re.ASCII | re.DOTALL)
    for pattern in (
        rf"{_YEAR}(?P<rest>)",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?P<rest>)",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?P<rest>(?:[T\s].*)?)",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?:T\d{{4,6}}(?:Z|[+-]\d{{4}})?)?(?P<rest>)",
        rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日)?(?P<rest>)",
    )
)
"""Year first: the order is certain. What follows a day may be a time."""

_YEAR_LAST = re.compile(
    rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2{_YEAR}(?P<rest>(?:[T\s,].*)?)", re.ASCII | re.DOTALL
)
_ABOUT = re.compile(r"(?:circa|about|around|ca\.?|c\.)\s*(?=\w)(.+)", re.IGNORECASE | re.DOTALL)
_NO_DATE = re.compile(r"0000(?:[-/.]00){0,2}(?:[T\s].*)?", re.DOTALL)
_BEFORE_CHRIST = re.compile(
    r"-[0-9]{4}(?:-[0-9]{2}){0,2}|.*[0-9]\s*b\.?\s?c\.?(?:\s?e\.?)?", re.IGNORECASE | re.DOTALL
)

_MONTHS = (
    "january jan januar jänner janvier enero gennaio janeiro januari",
    "february feb februar février fevrier febrero febbraio fevereiro februari",
    "march mar märz mars marzo março maart mrz",
    "april apr avril abril aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout agosto augustus",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro",
)
_MONTH_NUMBER = {name: n for n, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAYS = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun"
    " montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonnabend sonntag so"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " lunes martes miércoles jueves viernes sábado domingo"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_PASSED_OVER = frozenset(
    f"{_WEEKDAYS} the of de del di le el den der am at st nd rd th er º ª ° , . - / [ ]"
    " utc gmt z est edt cst cdt mst mdt pst pdt cet cest bst ist".split()
)
"""What stands in a written date beside its day, month and year."""
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+(?:-[^\W\d_]+)?|\S")
_YEAR_DIGITS = 4
_MAX_LENGTH = 80
"""Longer than any date: a sentence."""
_LAST_MONTH = 12


class Dated(Record, frozen=True, kw_only=True):
    """What a written date comes to."""

    value: str = ""
    """EDTF: `2023`, `2023-11-04`, `2023-11~`, `2023/2024`; empty if no date can be concluded."""
    fault: str = ""
    """What is wrong with it, as the end of a sentence that begins with the date as written."""


@lru_cache(maxsize=4096)
def read_date(written: str, order: str = "") -> Dated:
    """Read one date; what is no date, or not one date for certain, has no value and a fault.

    With an `order`, day-month-year or month-day-year, it is certain which of two numbers is the day.

    An empty text, and the zeros that stand for "no date", have neither.

    >>> read_date("Thursday, 2nd of Jan. 2020, 14:30 EST").value
    '2020-01-02'
    >>> read_date("02/01/2020").fault
    'may be 2020-01-02 or 2020-02-01'
    """
    text = written.strip()
    if not text or _NO_DATE.fullmatch(text):
        return Dated()
    if len(text) > _MAX_LENGTH:
        return Dated(fault="is too long for a date")
    if _BEFORE_CHRIST.fullmatch(text):
        return Dated(fault="is before the year 1, which cannot be put in order here")
    if about := _ABOUT.fullmatch(text):
        near = _plain(about[1], order)
        return Dated(value=f"{near.value}~") if near.value else near
    dates = parse(text)
    return _expression(dates) if dates and not dates.exact else _plain(text, order)


def _plain(text: str, order: str) -> Dated:
    """Read a date as anybody writes it."""
    for pattern in _NUMERIC:
        found = pattern.fullmatch(text)
        if found and _is_time(found["rest"]):
            parts = found.groupdict()
            return _checked(*(int(parts.get(name) or 0) for name in ("year", "month", "day")))
    found = _YEAR_LAST.fullmatch(text)
    if found and _is_time(found["rest"]):
        return _year_last(int(found["year"]), int(found[1]), int(found[3]), order)
    return _in_words(text)


def _expression(dates: Dates) -> Dated:
    """Check an EDTF expression: its dates must exist, and an interval must not end before it begins."""
    points = [point for point in (dates.start, dates.end) if point is not None]
    parts = [[int(part) for part in (point.date + "-0-0").split("-")[:3]] for point in points]
    checked = [_checked(*numbers) for numbers in parts]
    if fault := next((one for one in checked if one.fault), None):
        return fault
    if checked[-1].value < checked[0].value[: len(checked[-1].value)]:
        return Dated(fault="ends before it begins")
    signed = (one.value + point.sign for one, point in zip(checked, points, strict=True))
    return Dated(value="/".join(signed))


def _is_time(rest: str) -> bool:
    """Whether what follows a day is nothing, or a time of day."""
    return not rest or _TIME.fullmatch(rest) is not None


def _checked(year: int, month: int, day: int) -> Dated:
    """Write a date whose parts are known; a part of zero is not known."""
    if not year:
        return Dated(fault="has no year")
    if not month:
        return Dated(fault="has no month") if day else Dated(value=f"{year:04}")
    if month > _LAST_MONTH:
        return Dated(fault=f"does not exist: there is no month {month}")
    days = calendar.monthrange(year, month)[1]
    if day > days:
        name = _MONTHS[month - 1].split()[0].title()
        return Dated(fault=f"does not exist: {name} {year} has {days} days")
    return Dated(value=f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}")


def _year_last(year: int, first: int, second: int, order: str) -> Dated:
    """Read a date like 13/02/2020: good if only one order of day and month makes a date, or is known."""
    orders = (_checked(year, second, first), _checked(year, first, second))
    if order:
        return orders[order != "day-month-year"]
    values = sorted({order.value for order in orders if len(order.value) == len("2020-01-02")})
    if not values:
        return orders[0] if orders[0].fault else Dated(fault="is not a date")
    if len(values) > 1:
        return Dated(fault=f"may be {values[0]} or {values[1]}")
    return Dated(value=values[0])


def _in_words(text: str) -> Dated:
    """Read a date that names its month; every other word must be one that dates are written with."""
    months: list[int] = []
    numbers: list[str] = []
    for piece in _PIECE.findall(_TIME_AMONG_WORDS.sub(" ", text).lower()):
        if piece.isdecimal():
            numbers.append(piece)
        elif piece in _MONTH_NUMBER:
            months.append(_MONTH_NUMBER[piece])
        elif piece not in _PASSED_OVER:
            return Dated(fault="is not a date")
    years = [number for number in numbers if len(number) == _YEAR_DIGITS]
    days = [number for number in numbers if len(number) < _YEAR_DIGITS - 1]
    if len(months) != 1 or len(years) != 1 or len(years) + len(days) != len(numbers):
        return Dated(fault="is not a date")
    if len(days) > 1 or int(days[0] if days else "1") == 0:
        return Dated(fault="is not a date")
    return _checked(int(years[0]), months[0], int(days[0]) if days else 0)
