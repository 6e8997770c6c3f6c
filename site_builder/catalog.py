"""All articles in order: collisions, outlets, neighbours, and who is listed where.

The order is that of the search documents (docs/search-format.md, section 2): undated articles first,
then from oldest to newest, those of one date by id descending. An article's place in it is its number.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from .addressbook import AddressBook, Around, address_book
from .config import Archive
from .edtf import beginning, sort_key
from .model import Article, Problem, Severity
from .outlet import Outlet
from .reading.outlets import name_key, names_of
from .reading.permalinks import slugify

RESERVED = frozenset({
    "404", "404.html", "about", "cname", "dates", "feed.xml", "fixity", "index.html",
    "manifest-sha256.txt", "outlets", "rendered-sha256.txt", "robots.txt", "search", "sitemap.xml",
    "static", "tags",
})  # fmt: skip
"""First parts of addresses that belong to the site's own pages."""
_SITEMAP_PART = re.compile(r"sitemap-[0-9]+\.xml")

OWN_FILES = ("index.html", "record.json", "original.", "imported.")
"""How the names of the files begin that stand in an article's own folder."""

ORIGINAL_PAGE = "original"
"""The name of the folder there with the page that shows the original."""


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """The archive's articles, ordered, each with its outlet."""

    articles: tuple[Article, ...]
    """In the order above. Drafts are left out, withdrawn ones kept."""
    outlets: tuple[Outlet, ...]
    """Those that an article names and those that the archive declares, by name."""
    aliases: Mapping[str, str]
    """Old address to the permalink it leads to."""
    drafts: int = 0
    """How many articles were left out because they are drafts."""

    def newest(self) -> tuple[Article, ...]:
        """Give all articles, newest first, undated ones last."""
        return self.articles[::-1]

    def of_outlet(self, outlet_id: str) -> tuple[Article, ...]:
        """Give an outlet's articles, newest first; the id `""` gives those whose outlet is unknown."""
        return self._by_outlet.get(outlet_id, ())

    def of_tag(self, tag: str) -> tuple[Article, ...]:
        """Give the articles with a tag, newest first."""
        return self._by_tag.get(tag, ())

    def of_year(self, year: str) -> tuple[Article, ...]:
        """Give the articles of a year (`"2023"`), newest first, those without a month among them."""
        return self._by_year.get(year, ())

    def of_month(self, month: str) -> tuple[Article, ...]:
        """Give the articles of a month (`"2023-11"`), newest first."""
        return tuple(
            a for a in self.of_year(month[:4]) if beginning(a.published.value)[:7] == month
        )

    def undated(self) -> tuple[Article, ...]:
        """Give the articles without a date."""
        return self._by_year.get("", ())

    def around(self, permalink: str) -> Around:
        """Give the article before (older), the one after (newer), and where all are."""
        place = self._places[permalink]
        older = self.articles[place - 1] if place else None
        newer = self.articles[place + 1] if place + 1 < len(self.articles) else None
        return Around(older, newer, self.book)

    def find(self, permalink: str) -> Article | None:
        """Give the article at an address, or None."""
        place = self._places.get(permalink)
        return None if place is None else self.articles[place]

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years that have articles, newest first."""
        return tuple(sorted((year for year in self._by_year if year), reverse=True))

    @cached_property
    def tags(self) -> Mapping[str, int]:
        """Each tag and how many articles have it, by tag."""
        return {tag: len(self._by_tag[tag]) for tag in sorted(self._by_tag)}

    @cached_property
    def book(self) -> AddressBook:
        """Where the articles are."""
        return address_book(self.articles, self.aliases)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {article.permalink: place for place, article in enumerate(self.articles)}

    @cached_property
    def _by_outlet(self) -> dict[str, tuple[Article, ...]]:
        return _grouped((article.outlet_id, article) for article in self.newest())

    @cached_property
    def _by_tag(self) -> dict[str, tuple[Article, ...]]:
        return _grouped((tag, article) for article in self.newest() for tag in article.tags)

    @cached_property
    def _by_year(self) -> dict[str, tuple[Article, ...]]:
        return _grouped(
            (beginning(article.published.value)[:4], article) for article in self.newest()
        )


def assemble(articles: Iterable[Article], archive: Archive) -> tuple[Catalog, tuple[Problem, ...]]:
    """Put the archive's articles in order and find out which cannot stand together.

    Of two articles that want one address, the first in path order gets it, and the other is named in a
    problem and left out: publishing it elsewhere would make an address that nobody asked for.
    """
    read = sorted(articles, key=lambda article: article.capture.path)
    wanted = [article for article in read if article.status != "draft"]
    kept, problems = _without_collisions(wanted)
    placed, outlets = _with_outlets(kept, archive)
    aliases, alias_problems = _aliases(placed)
    catalog = Catalog(
        articles=tuple(_ordered(placed)),
        outlets=outlets,
        aliases=aliases,
        drafts=len(read) - len(wanted),
    )
    return catalog, (*problems, *alias_problems)


def _grouped(pairs: Iterable[tuple[str, Article]]) -> dict[str, tuple[Article, ...]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for key, article in pairs:
        groups[key].append(article)
    return {key: tuple(group) for key, group in groups.items()}


def _ordered(articles: list[Article]) -> list[Article]:
    by_id = sorted(articles, key=lambda article: article.permalink, reverse=True)
    return sorted(by_id, key=lambda article: sort_key(article.published.value))


def is_reserved(address: str) -> bool:
    """Whether an address belongs to the site's own pages, or lies below one that does."""
    first = _same_address(address).partition("/")[0]
    return first in RESERVED or _SITEMAP_PART.fullmatch(first) is not None


def is_file(alias: str) -> bool:
    """Whether an old address names a file; any other names a folder, whose page leads on."""
    return alias.lower().endswith((".html", ".htm"))


def _same_address(permalink: str) -> str:
    """Fold what file systems and people take for one address: case and composition."""
    return unicodedata.normalize("NFC", permalink).casefold()


def _without_collisions(articles: list[Article]) -> tuple[list[Article], list[Problem]]:
    """Leave out articles whose address is taken, by the site or by an earlier article."""
    kept: list[Article] = []
    problems: list[Problem] = []
    taken: dict[str, Article] = {}
    wanted = {_same_address(article.permalink) for article in articles}
    for article in articles:
        address = _same_address(article.permalink)
        fault = _fault(article, address, taken, wanted)
        if fault is None:
            taken[address] = article
            kept.append(article)
        else:
            problems.append(fault)
    return kept, problems


def _fault(
    article: Article, address: str, taken: Mapping[str, Article], wanted: Container[str]
) -> Problem | None:
    other = taken.get(address)
    if other is not None:
        differs = "" if other.permalink == article.permalink else " but for capitals"
        return _refusal(
            article,
            f"its address {article.permalink!r} is the same{differs} as that of {other.capture.path}",
            "rename one of the two files, or give one a `slug:` of its own",
        )
    if is_reserved(address) or _is_beside_a_page(address, wanted):
        return _refusal(
            article,
            f"its address {article.permalink!r} belongs to a page or file of the site itself",
            "move or rename the file, or give it a `slug:` of its own",
        )
    return None


def _is_beside_a_page(address: str, pages: Container[str]) -> bool:
    """Whether an address is one of the files in an article's own folder, or lies below one."""
    steps = address.split("/")
    folder, _, name = address.rpartition("/")
    return (name == ORIGINAL_PAGE and folder in pages) or any(
        steps[depth].startswith(OWN_FILES) and "/".join(steps[:depth]) in pages
        for depth in range(1, len(steps))
    )


def _refusal(article: Article, message: str, hint: str) -> Problem:
    return Problem(
        path=article.capture.path, line=1, message=message, hint=hint, severity=Severity.ERROR
    )


def _with_outlets(
    articles: list[Article], archive: Archive
) -> tuple[list[Article], tuple[Outlet, ...]]:
    """Give each article its outlet's id and name; the name as written stays in the assertion."""
    known: dict[str, Outlet] = {}
    for outlet in archive.outlets:
        for name in names_of(outlet):
            known.setdefault(name_key(name), outlet)
    found = Counter(a.outlet.value for a in articles if name_key(a.outlet.value) not in known)
    del found[""]
    for outlet in _undeclared(found, {outlet.id for outlet in archive.outlets}):
        known[name_key(outlet.name)] = outlet
    placed = [_placed(article, known) for article in articles]
    by_id = {outlet.id: outlet for outlet in (*archive.outlets, *known.values())}
    return placed, tuple(sorted(by_id.values(), key=lambda o: (name_key(o.name), o.id)))


def _placed(article: Article, known: Mapping[str, Outlet]) -> Article:
    written = article.outlet.value
    if not written:
        return article
    outlet = known[name_key(written)]
    named = article.outlet
    if written != outlet.name:
        named = msgspec.structs.replace(
            named, value=outlet.name, as_written=named.as_written or written
        )
    return msgspec.structs.replace(article, outlet=named, outlet_id=outlet.id)


def _undeclared(found: Mapping[str, int], taken: set[str]) -> Iterator[Outlet]:
    """Make an outlet of each name that no file declares; its commonest spelling is its name."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in sorted(found, key=lambda name: (-found[name], name)):
        spellings[name_key(name)].append(name)
    used = {"index.html", *(identifier.casefold() for identifier in taken)}
    for key in sorted(spellings):
        name = spellings[key][0]
        identifier = base = slugify(name).casefold() or "outlet"
        number = 2
        while identifier in used:
            identifier = f"{base}-{number}"
            number += 1
        used.add(identifier)
        yield Outlet(id=identifier, name=name)


def _aliases(articles: list[Article]) -> tuple[dict[str, str], list[Problem]]:
    """Collect old addresses; one that is taken already is named and passed over."""
    places = _Places(articles)
    aliases: dict[str, str] = {}
    problems: list[Problem] = []
    for article in articles:
        own = _same_address(article.permalink)
        for alias in article.aliases:
            if _same_address(alias) in {own, f"{own}/index.html"}:
                continue
            if places.take(alias):
                aliases[alias] = article.permalink
                continue
            message = f"the alias {alias!r} is the address of another page"
            problems.append(
                Problem(path=article.capture.path, message=message, hint="remove the alias")
            )
    return aliases, problems


class _Places:
    """What stands where in the site: no place is given away twice, and no file is a folder."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.pages = frozenset(_same_address(article.permalink) for article in articles)
        self.taken = set(self.pages)
        self.folders = {folder for address in self.pages for folder in _folders(address)}
        self.files: set[str] = set()

    def take(self, alias: str) -> bool:
        """Give a place to an old address, unless it is another page's."""
        address = _same_address(alias)
        if address in self.taken or is_reserved(alias) or _is_beside_a_page(address, self.pages):
            return False
        folders = _folders(address)
        if (is_file(alias) and address in self.folders) or not self.files.isdisjoint(folders):
            return False
        self.taken.add(address)
        self.folders.update(folders)
        self.files.update({address} if is_file(alias) else ())
        return True


def _folders(address: str) -> list[str]:
    """Give the addresses that one lies below."""
    steps = address.split("/")
    return ["/".join(steps[:depth]) for depth in range(1, len(steps))]
