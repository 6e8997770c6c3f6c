"""Plain-text citations of an article and of the archive's copy of it.

After the Chicago Manual of Style (17th edition, notes, 14.191), the MLA Handbook (9th edition, 5.31) and the
APA Publication Manual (7th edition, 10.1), with one difference: names stand as printed, never turned
round, because a program cannot tell family names. What is not stated stands in [brackets], as
cataloguers write it. The reader fills in the day of reading.
"""

from ..config import Archive
from ..edtf import Point, parse
from ..model import Article, Assertion, Basis, Record
from .addresses import whole_address
from .wording import MONTHS, NO_DATE, NO_PUBLISHER, date_words, plain

_SHORT_MONTHS = (
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)
_MOST_NAMES = 3
_ENDS = (".", "?", "!", "…")
_INNER_QUOTES = str.maketrans({"“": "\u2018", "”": "\u2019", '"': "'"})
_CHICAGO_DATES = ("{year}", "{month} {year}", "{month} {day}, {year}")
"""A date known to the year, to the month, to the day; so in the other two."""
_MLA_DATES = ("{year}", "{month} {year}", "{day} {month} {year}")
_APA_DATES = ("{year}", "{year}, {month}", "{year}, {month} {day}")


class Citation(Record, frozen=True, kw_only=True):
    """One way to cite an article."""

    style: str
    text: str


class _Parts(Record, frozen=True, kw_only=True):
    """What all styles are put together from; an empty part is unknown and left out."""

    names: tuple[str, ...]
    title: str
    supplied: bool
    outlet: str
    published: Assertion
    url: str
    copy: str


def citations(article: Article, archive: Archive) -> tuple[Citation, ...]:
    """Cite an article in each style we know."""
    parts = _parts(article, archive)
    return (
        Citation(style="Chicago", text=_chicago(parts)),
        Citation(style="MLA", text=_mla(parts)),
        Citation(style="APA", text=_apa(parts)),
    )


def _parts(article: Article, archive: Archive) -> _Parts:
    page = whole_address(article, archive)
    held = (plain(archive.title), f"record {article.record_id}", page)
    title = plain(article.title.value)
    supplied = article.title.basis is Basis.SUPPLIED
    return _Parts(
        names=tuple(plain(author.value) for author in article.authors if author.known),
        title=f"[{title}]" if supplied else title,
        supplied=supplied,
        outlet=plain(article.outlet.value) or NO_PUBLISHER,
        published=article.published,
        url=plain(article.url.value),
        copy=", ".join(part for part in held if part),
    )


def _chicago(parts: _Parts) -> str:
    date = _date(parts.published, _CHICAGO_DATES, MONTHS)
    said = (_names(parts.names, "and"), f"{_quoted(parts, ',')} {parts.outlet}", date, parts.url)
    return f"{_sentence(*said)} Archived copy: {parts.copy} (accessed [date])."


def _mla(parts: _Parts) -> str:
    date = _date(parts.published, _MLA_DATES, _SHORT_MONTHS)
    head = (_stopped(_names(parts.names, "and")), _quoted(parts, "."))
    body = (_sentence(parts.outlet, date, parts.url), f"{parts.copy}. Accessed [date].")
    return " ".join(part for part in (*head, *body) if part)


def _apa(parts: _Parts) -> str:
    date = f"({_date(parts.published, _APA_DATES, MONTHS)})."
    names, title = _stopped(_names(parts.names, "&")), _stopped(parts.title)
    head = (names, date, title) if names else (title, date)
    tail = (_stopped(parts.outlet), parts.url, f"Archived copy: {parts.copy}. Retrieved [date].")
    return " ".join(part for part in (*head, *tail) if part)


def _date(date: Assertion, forms: tuple[str, str, str], months: tuple[str, ...]) -> str:
    """Write a date in a style's form for its precision; in brackets, questioned, if concluded."""
    value = plain(date.value if date.known else "")
    dates = parse(value)
    if dates is None or not date_words(value).machine:
        return plain(date.value) or NO_DATE
    points = (dates.start, *((dates.end,) if dates.end else ()))
    words = " to ".join(_point(point, forms, months) for point in points)
    doubtful = date.basis is Basis.INFERRED or any(point.uncertain for point in points)
    return f"[{words}?]" if doubtful else words


def _point(point: Point, forms: tuple[str, str, str], months: tuple[str, ...]) -> str:
    year, month, day, *_ = (*point.date.split("-"), "", "")
    form = forms[point.date.count("-")]
    name = months[int(month) - 1] if month else ""
    words = form.format(year=year, month=name, day=day.lstrip("0"))
    return f"ca. {words}" if point.approximate else words


def _names(names: tuple[str, ...], last: str) -> str:
    if len(names) > _MOST_NAMES:
        return f"{names[0]} et al."
    *first, end = names or ("",)
    comma = "," if len(first) > 1 else ""
    return f"{', '.join(first)}{comma} {last} {end}" if first else end


def _quoted(parts: _Parts, sign: str) -> str:
    """Put the title in quotation marks, the sign inside; a supplied title has its brackets instead."""
    if parts.supplied:
        return f"{parts.title}{sign}"
    title = parts.title.translate(_INNER_QUOTES)
    return f"“{title}{'' if parts.title.endswith(_ENDS) else sign}”"


def _stopped(text: str) -> str:
    return text if not text or text.endswith(_ENDS) else f"{text}."


def _sentence(*parts: str) -> str:
    return _stopped(", ".join(part for part in parts if part))
