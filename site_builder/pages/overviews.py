"""The pages that lead to the lists: front, dates, outlets, tags, about."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

import msgspec

from ..catalog import Catalog
from ..model import Record
from .addresses import encoded
from .lists import coverage, months, tag_groups
from .views import Counted, Row, row

_LATEST = 10
_MOST_OUTLETS = 12
_MOST_YEARS = 24
"""With more years than that, the front page counts by decade."""


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
    """Give the years, newest first, with their months."""
    by_decade = groupby(_year_counts(catalog), key=lambda year: f"{year.text[:3]}0")
    return tuple(
        Year(year=year, months=months(year.text, catalog), decade="" if place else decade)
        for decade, group in by_decade
        for place, year in enumerate(group)
    )


def outlet_lines(catalog: Catalog) -> tuple[OutletLine, ...]:
    """Give the outlets by name, with the dates their articles span."""
    return tuple(
        OutletLine(name=counted, coverage=coverage(catalog.of_outlet(outlet.id)))
        for outlet, counted in zip(catalog.outlets, _outlet_counts(catalog), strict=True)
    )


def letters(catalog: Catalog) -> tuple[Letter, ...]:
    """Give the tags by first letter; those that share a page are named together."""
    lines = sorted(
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
    by_letter = groupby(lines, key=lambda line: line.text[:1].upper())
    return tuple(Letter(letter=letter, tags=tuple(tags)) for letter, tags in by_letter)


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
