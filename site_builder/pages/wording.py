"""Values put in words for readers: dates, counts, languages, rights, and what a value rests on.

Everything here is a function of its arguments alone, in English, the language of our own words.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from ..edtf import Dates, Point, parse
from ..model import Article, Assertion, Basis, Record
from ..rights import NOT_EVALUATED, address_of, name_of
from .names import LANGUAGES

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DATE_UNKNOWN = "Date unknown"
NO_PUBLISHER = "[publisher not identified]"
"""Cataloguers' words where the publisher is unknown; Zotero takes them as the publication."""
NO_DATE = "n.d."
_FAR_AWAY = "9999"
"""The year of an embargo whose date could not be read."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, the signs that turn the direction of a line, and what XML cannot hold."""
_SPACES = re.compile("  +")


class When(Record, frozen=True, kw_only=True):
    """A date as a reader sees it."""

    words: str
    """With its precision: `4 November 2023`, `about 2023`, `between 2023 and 2024`, `Date unknown`."""
    machine: str = ""
    """The calendar date where it begins; empty unless there is one."""
    exact: bool = True
    """Whether it is that date and no other: then it may stand in `<time datetime>`."""


class Rights(Record, frozen=True, kw_only=True):
    """A rights statement as a reader sees it."""

    name: str
    address: str = ""
    """Of the statement or licence; empty where the file gives words only."""
    evaluated: bool = True
    """False for "Copyright Not Evaluated": such a page asks search engines to stay away."""


def one_line(text: str) -> str:
    """Turn each run of white space into one space, as a browser shows it; other spaces stay."""
    if not text.isprintable():
        for space in "\t\n\f\r":
            text = text.replace(space, " ")
    return _SPACES.sub(" ", text).strip(" ")


def plain(text: str) -> str:
    """Make text fit for places without markup (a window's title, metadata, a feed, a citation).

    There nothing can hold back a character that turns the direction of all that follows it.
    """
    line = one_line(text)
    return line if line.isprintable() else one_line(_UNSEEN.sub("", line))


def shortened(text: str, limit: int) -> str:
    """Cut a text at a word's end so that it has at most `limit` characters, with an ellipsis if cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > limit // 2 else cut}…".replace(" …", "…")


@lru_cache(maxsize=65_536)
def date_words(value: str) -> When:
    """Put an EDTF date in words, in its own precision; what is no such date stays as it is."""
    if not value:
        return When(words=DATE_UNKNOWN)
    dates = parse(value.partition("T")[0])
    if dates is None or not _exists(dates):
        return When(words=value)
    words = _signed(dates.start)
    if dates.end is not None:
        words = f"between {words} and {_signed(dates.end)}"
    # A year 0000 is no valid date string in HTML.
    machine = "" if dates.start.date.startswith("0000") else dates.start.date
    return When(words=words, machine=machine, exact=dates.exact)


def _exists(dates: Dates) -> bool:
    points = (dates.start, dates.end or dates.start)
    return all(1 <= int(point.date[5:7] or 1) <= len(MONTHS) for point in points)


def _signed(point: Point) -> str:
    """Write one date of an expression: `4 November 2023`, `perhaps about 2023`."""
    year, month, day = (*point.date.split("-"), "", "")[:3]
    parts = (
        "perhaps" if point.uncertain else "",
        "about" if point.approximate else "",
        str(int(day)) if day else "",
        MONTHS[int(month) - 1] if month else "",
        year,
    )
    return " ".join(part for part in parts if part)


def when(date: Assertion) -> When:
    """Put a date in words; a concluded one never stands without the word "probably"."""
    known = date_words(date.value if date.known else "")
    if date.basis is Basis.INFERRED:
        return When(words=f"probably {known.words}", machine=known.machine, exact=False)
    return known


def count(number: int, one: str, many: str = "") -> str:
    """Put a number before what is counted.

    >>> count(1, "article"), count(2083, "article")
    ('1 article', '2,083 articles')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def language_name(tag: str) -> str:
    """Name a language by its BCP 47 tag, or give the tag where we have no name for it."""
    if not tag:
        return "Unknown"
    main, rest = tag.partition("-")[::2]
    name = LANGUAGES.get(main.lower())
    if name is None:
        return "Undetermined" if main.lower() == "und" else tag
    return f"{name} ({tag})" if rest else name


def rights_words(value: str) -> Rights:
    """Name a rights statement or licence by its address; other words stay as they are."""
    if known := address_of(value):
        return Rights(name=name_of(known), address=known, evaluated=known != NOT_EVALUATED)
    return Rights(name=value or "Unknown", address=value if is_web_address(value) else "")


_WITHHELD = {
    "excerpt": "Only the beginning of the text is shown here",
    "none": "The text is not shown here; this page is its record",
}


def held_back(article: Article) -> str:
    """Say how much of a text is not shown, and what holds it back; empty where all is shown."""
    if article.text_level == "full":
        return ""
    why = _why_withheld(article)
    return f"{_WITHHELD[article.text_level]}{why}. The original is kept in the archive."


def _why_withheld(article: Article) -> str:
    match article.withheld_by:
        case "embargo" if article.embargo >= _FAR_AWAY:
            return ": it is under embargo, without a date that can be read"
        case "embargo":
            return f": it is under embargo until {date_words(article.embargo).words}"
        case "front matter":
            return ""
        case place if place.startswith("outlets/"):
            return ", as of all articles of this publisher that do not say otherwise"
        case _:
            return ", as of all articles here that do not say otherwise"


def is_web_address(value: str) -> bool:
    """Whether a value is an http or https address that a link can lead to."""
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def basis_words(assertion: Assertion) -> str:
    """Say what a value rests on."""
    if assertion.basis is Basis.UNKNOWN:
        return _with("looked for and not found", assertion.note)
    if assertion.basis is Basis.SUPPLIED:
        return _with("supplied by the archive", assertion.where, assertion.note)
    place = assertion.where
    if not place and assertion.chars is not None:
        place = "characters {:,} to {:,}".format(*assertion.chars)
    if assertion.basis is Basis.INFERRED:
        return _with("inferred", assertion.note, place)
    return _with("stated in the file", place, assertion.note)


def _with(words: str, *details: str) -> str:
    said = "; ".join(detail for detail in details if detail)
    return f"{words}: {said}" if said else words
