"""Lists of articles, newest first, cut into pages: by year, by month, by outlet, by tag, undated."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from ..catalog import Catalog
from ..model import Article, Record
from ..outlet import Outlet
from .addresses import encoded, page_path, tag_address
from .views import Anchor, Counted, Row
from .wording import DATE_UNKNOWN, MONTHS, When, date_words, one_line

PAGE_LENGTH = 50
"""Articles on one page of a list."""

_DATES = Anchor(text="Articles by date", address="dates/")
_OUTLETS = Anchor(text="Outlets", address="outlets/")
_TAGS = Anchor(text="Tags", address="tags/")


class Listing(Record, frozen=True, kw_only=True):
    """One list, whole."""

    address: str
    """No slash at either end, as on disk."""
    heading: str
    trail: tuple[Anchor, ...]
    """The lists that this one is a part of."""
    articles: tuple[Article, ...]
    parts: tuple[Counted, ...] = ()
    """Shorter lists inside this one: a year's months."""
    outlet: Outlet | None = None
    """Whose list it is, where it is an outlet's."""


class ListPage(Record, frozen=True, kw_only=True):
    """One page of a list."""

    path: str
    number: int
    of: int
    before: str
    """Address of the page before, from the site's root; empty on the first."""
    after: str
    rows: tuple[Row, ...] = ()
    jumps: tuple[Anchor, ...] = ()
    """All pages of a list in alphabetical order, by what they begin and end with."""


def listings(catalog: Catalog) -> Iterator[Listing]:
    """Give every list of an archive."""
    yield from _by_date(catalog)
    for outlet in catalog.outlets:
        yield Listing(
            address=f"outlets/{outlet.id}",
            heading=one_line(outlet.name),
            trail=(_OUTLETS,),
            articles=catalog.of_outlet(outlet.id),
            outlet=outlet,
        )
    for address, tags in tag_groups(catalog).items():
        yield Listing(
            address=address,
            heading=tags[0],
            trail=(_TAGS,),
            articles=_with_any(tags, catalog),
        )


def list_pages(listing: Listing, rows: Mapping[str, Row]) -> Iterator[ListPage]:
    """Cut a list into its pages; a list without articles has one page all the same.

    Args:
        listing: The list.
        rows: Each article's row, by permalink: most articles are in several lists.
    """
    for page, start in cut(listing.address, len(listing.articles), PAGE_LENGTH):
        articles = listing.articles[start : start + PAGE_LENGTH]
        own = tuple(rows[article.permalink] for article in articles)
        yield msgspec.structs.replace(page, rows=own)


def cut(address: str, length: int, page_length: int) -> Iterator[tuple[ListPage, int]]:
    """Cut a list of some length into pages, still empty, each with the place of its first line."""
    total = max(1, -(-length // page_length))
    for number in range(1, total + 1):
        page = ListPage(
            path=page_path(_numbered(address, number)),
            number=number,
            of=total,
            before=page_link(address, number - 1, total),
            after=page_link(address, number + 1, total),
        )
        yield page, (number - 1) * page_length


def page_link(address: str, number: int, total: int) -> str:
    """Give the address of a list's page, from the site's root; empty if it has none of that number."""
    return f"{encoded(_numbered(address, number))}/" if 1 <= number <= total else ""


def months(year: str, catalog: Catalog) -> tuple[Counted, ...]:
    """Count a year's articles by month, January first; those without a month are not among them."""
    counts = Counter(
        date_words(article.published.value).machine[5:7]
        for article in catalog.of_year(year)
        if date_words(article.published.value).machine[5:7]
    )
    return tuple(
        Counted(text=MONTHS[int(month) - 1], address=f"dates/{year}/{month}/", number=counts[month])
        for month in sorted(counts)
    )


def tag_groups(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Give each tag page's address with its tags, the commonest first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for tag in sorted(catalog.tags, key=lambda tag: (-catalog.tags[tag], tag)):
        groups[tag_address(tag)].append(tag)
    return {address: tuple(groups[address]) for address in sorted(groups)}


def coverage(articles: tuple[Article, ...]) -> str:
    """Say which dates articles (newest first) span: `3 May 1931 to 2024`; "" where none is known."""
    dated: list[When] = [
        date_words(article.published.value) for article in articles if article.published.value
    ]
    if not dated:
        return ""
    first, last = dated[-1].words, dated[0].words
    return first if first == last else f"{first} to {last}"


def _by_date(catalog: Catalog) -> Iterator[Listing]:
    for year in catalog.years:
        articles, parts = catalog.of_year(year), months(year, catalog)
        yield Listing(
            address=f"dates/{year}",
            heading=year,
            trail=(_DATES,),
            articles=articles,
            parts=parts,
        )
        for part in parts:
            month = part.address.removeprefix("dates/").rstrip("/")
            yield Listing(
                address=f"dates/{month}",
                heading=f"{part.text} {year}",
                trail=(_DATES, Anchor(text=year, address=f"dates/{year}/")),
                articles=catalog.of_month(month.replace("/", "-")),
            )
    yield Listing(
        address="dates/undated",
        heading=DATE_UNKNOWN,
        trail=(_DATES,),
        articles=catalog.undated(),
    )


def _with_any(tags: tuple[str, ...], catalog: Catalog) -> tuple[Article, ...]:
    """Give the articles that have one of some tags, each once, newest first."""
    if len(tags) == 1:
        return catalog.of_tag(tags[0])
    wanted = {article.permalink for tag in tags for article in catalog.of_tag(tag)}
    return tuple(article for article in catalog.newest() if article.permalink in wanted)


def _numbered(address: str, number: int) -> str:
    return address if number == 1 else f"{address}/page/{number}"
