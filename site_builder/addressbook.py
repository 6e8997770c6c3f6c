"""Where articles are: all that a link from one to another is looked up in, small enough to hand around."""

from collections.abc import Mapping
from typing import NamedTuple

from .model import Article, Record


class AddressBook(Record, frozen=True, kw_only=True):
    """Every article's address, by the places it may be called by."""

    by_path: dict[str, str]
    """Source path relative to the archive -> permalink."""
    aliases: dict[str, str]
    """Old address -> the permalink it leads to."""
    permalinks: frozenset[str]


class Around(NamedTuple):
    """What an article's page shows of the others."""

    older: Article | None
    newer: Article | None
    book: AddressBook


def address_book(articles: tuple[Article, ...], aliases: Mapping[str, str]) -> AddressBook:
    """Write down where articles are."""
    return AddressBook(
        by_path={article.capture.path: article.permalink for article in articles},
        aliases=dict(aliases),
        permalinks=frozenset(article.permalink for article in articles),
    )
