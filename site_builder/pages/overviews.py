"""The pages that lead to the lists: front, dates, outlets, tags, about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from ..catalog import Catalog
from ..model import Record
from .addresses import encoded
from .lists import ListPage, coverage, cut, months, page_link, tag_groups
from .views import Anchor, Counted, Row, row
from .wording import one_line

_LATEST = 10
_MOST_OUTLETS = 12
_MOST_YEARS = 24
"""With more years than that, the front page counts by decade, and the months are left to each year's page."""
_BEGINNING = 12
"""Characters of a name that tell where a page of names begins or ends."""
LINES = 200
"""Tags or outlets on one page."""


class Totals(Record, frozen=True, kw_only=True):
    """How much there is, and how much of it is not known."""

    articles: int
    outlets: int
    tags: int
    undated: int
    without_outlet: int
    without_author: int
    withdrawn: int
    held_back: int
    """Public ones of which the text is shown in part or not at all."""
    coverage: str
    """The dates from the first article to the last; empty where no date is known."""


class Front(Record, frozen=True, kw_only=True):
    """What the front page shows beside the archive's own words."""

    latest: tuple[Row, ...]
    outlets: tuple[Counted, ...]
    more_outlets: int
    years: tuple[Counted, ...]


class Year(Record, frozen=True, kw_only=True):
    """One year of the overview by date."""

    year: Counted
    months: tuple[Counted, ...]
    decade: str = ""
    """`1930` on the newest year of the 1930s, where the front page's link leads."""


class OutletLine(Record, frozen=True, kw_only=True):
    """One outlet of the overview."""

    name: Counted
    coverage: str


class Letter(Record, frozen=True, kw_only=True):
    """The tags that begin alike."""

    letter: str
    tags: tuple[Counted, ...]


def totals(catalog: Catalog) -> Totals:
    """Count what an archive has."""
    articles = catalog.articles
    return Totals(
        articles=len(articles),
        outlets=len(catalog.outlets),
        tags=len(catalog.tags),
        undated=len(catalog.undated()),
        without_outlet=len(catalog.of_outlet("")),
        without_author=sum(not any(a.known for a in article.authors) for article in articles),
        withdrawn=sum(article.status == "withdrawn" for article in articles),
        held_back=sum(article.status == "public" and not article.whole for article in articles),
        coverage=coverage(catalog.newest()),
    )


def front(catalog: Catalog) -> Front:
    """Choose what the front page shows: the latest, the largest outlets, the years."""
    outlets = sorted(_outlet_counts(catalog), key=lambda outlet: (-outlet.number, outlet.text))
    dated = [article for article in catalog.newest()[:_LATEST] if article.published.known]
    return Front(
        latest=tuple(row(article) for article in dated or catalog.newest()[:_LATEST]),
        outlets=tuple(outlets[:_MOST_OUTLETS]),
        more_outlets=max(0, len(outlets) - _MOST_OUTLETS),
        years=_years_or_decades(catalog),
    )


def years(catalog: Catalog) -> tuple[Year, ...]:
    """Give the years, newest first; if they are not many, with their months."""
    few = len(catalog.years) <= _MOST_YEARS
    by_decade = groupby(_year_counts(catalog), key=lambda year: f"{year.text[:3]}0")
    return tuple(
        Year(
            year=year,
            months=months(year.text, catalog) if few else (),
            decade="" if place else decade,
        )
        for decade, group in by_decade
        for place, year in enumerate(group)
    )


def outlet_pages(catalog: Catalog) -> Iterator[tuple[ListPage, tuple[OutletLine, ...]]]:
    """Give the outlets by name, with the dates their articles span, page by page."""
    lines = tuple(
        OutletLine(name=counted, coverage=coverage(catalog.of_outlet(outlet.id)))
        for outlet, counted in zip(catalog.outlets, _outlet_counts(catalog), strict=True)
    )
    for page, start in _cut("outlets", [line.name.text for line in lines]):
        yield page, lines[start : start + LINES]


def tag_pages(catalog: Catalog) -> Iterator[tuple[ListPage, tuple[Letter, ...]]]:
    """Give the tags by first letter, page by page; those that share an address are named together."""
    lines = _tag_lines(catalog)
    for page, start in _cut("tags", [line.text for line in lines]):
        by_letter = groupby(lines[start : start + LINES], key=lambda line: line.text[:1].upper())
        yield page, tuple(Letter(letter=letter, tags=tuple(tags)) for letter, tags in by_letter)


def _cut(address: str, names: Sequence[str]) -> Iterator[tuple[ListPage, int]]:
    """Cut names in their order into pages that lead to each other."""
    pages = list(cut(address, len(names), LINES))
    jumps = tuple(
        Anchor(
            text=_span(names[start : start + LINES]),
            address=page_link(address, page.number, page.of),
        )
        for page, start in pages
    )
    for page, start in pages:
        yield msgspec.structs.replace(page, jumps=jumps), start


def _span(names: Sequence[str]) -> str:
    """Say how the first and the last of some names begin."""
    first, last = (one_line(names[place])[:_BEGINNING] for place in (0, -1)) if names else ("", "")
    return first if first == last else f"{first} – {last}"  # noqa: RUF001 — a dash for people


def _tag_lines(catalog: Catalog) -> list[Counted]:
    return sorted(
        (
            Counted(
                text=" / ".join(tags),
                address=f"{encoded(address)}/",
                number=max(catalog.tags[tag] for tag in tags),
            )
            for address, tags in tag_groups(catalog).items()
        ),
        key=lambda line: (line.text.casefold(), line.text),
    )


def _outlet_counts(catalog: Catalog) -> tuple[Counted, ...]:
    return _with_shares(
        Counted(
            text=outlet.name,
            address=f"outlets/{encoded(outlet.id)}/",
            number=len(catalog.of_outlet(outlet.id)),
        )
        for outlet in catalog.outlets
    )


def _year_counts(catalog: Catalog) -> tuple[Counted, ...]:
    return _with_shares(
        Counted(text=year, address=f"dates/{year}/", number=len(catalog.of_year(year)))
        for year in catalog.years
    )


def _years_or_decades(catalog: Catalog) -> tuple[Counted, ...]:
    by_year = _year_counts(catalog)
    if len(by_year) <= _MOST_YEARS:
        return by_year
    numbers: Counter[str] = Counter()
    for year in by_year:
        numbers[year.text[:3]] += year.number
    return _with_shares(
        Counted(text=f"{decade}0s", address=f"dates/#decade-{decade}0", number=numbers[decade])
        for decade in numbers
    )


def _with_shares(lines: Iterable[Counted]) -> tuple[Counted, ...]:
    """Measure each number against the largest, for its bar."""
    known = tuple(lines)
    largest = max((line.number for line in known), default=0) or 1
    return tuple(
        msgspec.structs.replace(line, share=-(-line.number * 100 // largest)) for line in known
    )
