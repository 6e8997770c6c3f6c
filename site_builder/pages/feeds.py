"""What programs read: the Atom feed, the sitemap, robots.txt, and old addresses that lead on.

Nothing here looks at a clock: the feed's dates are those of its articles.
"""

import uuid
from collections.abc import Iterator

from ..catalog import Catalog
from ..config import Archive
from ..model import Article, Artifact, Record
from .addresses import address, alias_path, encoded, page_path, root_of, whole_address
from .corrections import corrected, corrections
from .facts import rights_of
from .theme import Theme
from .views import summary
from .wording import NO_PUBLISHER, date_words, plain, rights_words

_FEED_LENGTH = 30
_SITEMAP_LENGTH = 50_000
"""Addresses in one file at most (sitemaps.org)."""
_NO_DATE = "1970-01-01T00:00:00Z"
"""What an empty feed says of its last change, where Atom asks for a moment."""
_FIRST_DAY = "0000-01-01"
"""What a partial date is filled up with."""
_FULL_DATE = len(_FIRST_DAY)


class Entry(Record, frozen=True, kw_only=True):
    """One article in the feed."""

    id: str
    title: str
    href: str
    updated: str
    """A moment, as Atom (RFC 4287) asks for, of publication or of the last correction: a partial date
    counts as its first day."""
    published: str
    """A moment too; empty unless the day is known."""
    outlet: str
    authors: tuple[str, ...]
    summary: str
    language: str


def feed(theme: Theme, catalog: Catalog, archive: Archive) -> Artifact:
    """Give the Atom feed of the articles that are new, or were corrected last.

    Undated ones have no moment to stand under.
    """
    listed = [article for article in catalog.newest() if _is_listed(article)]
    late = sorted((a for a in listed if corrected(a)), key=_updated, reverse=True)
    either = {a.permalink: a for a in (*listed[:_FEED_LENGTH], *late[:_FEED_LENGTH])}
    last = sorted(either.values(), key=_updated, reverse=True)[:_FEED_LENGTH]
    entries = tuple(_entry(article, archive) for article in last)
    values = {
        "id": archive.address or _urn(archive.title),
        "title": plain(archive.title),
        "subtitle": plain(archive.description),
        "href": archive.address,
        "author": plain(archive.maintainer or archive.title),
        "updated": entries[0].updated if entries else _NO_DATE,
        "entries": entries,
    }
    return theme.page("feed.xml", "feed.xml", values)


def sitemap(theme: Theme, catalog: Catalog, archive: Archive) -> Iterator[Artifact]:
    """Give the sitemap: pages that search engines may list. None while the address is unknown."""
    if not archive.address:
        return
    pages = [f"{archive.address}{page}" for page in ("", "dates/", "outlets/", "tags/", "about/")]
    pages += (f"{archive.address}{address(a)}" for a in catalog.newest() if is_indexed(a, archive))
    if len(pages) <= _SITEMAP_LENGTH:
        yield theme.page("sitemap.xml", "sitemap.xml", {"pages": pages, "maps": ()})
        return
    parts = [pages[at : at + _SITEMAP_LENGTH] for at in range(0, len(pages), _SITEMAP_LENGTH)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield theme.page(name, "sitemap.xml", {"pages": part, "maps": ()})
    maps = [f"{archive.address}{name}" for name in names]
    yield theme.page("sitemap.xml", "sitemap.xml", {"pages": (), "maps": maps})


def host_files(archive: Archive) -> Iterator[Artifact]:
    """Give the files that hosts and crawlers look for."""
    lines = ["User-agent: *", "Allow: /"]
    if archive.address:
        lines.append(f"Sitemap: {archive.address}sitemap.xml")
    yield Artifact(path="robots.txt", content="".join(f"{line}\n" for line in lines).encode())
    # GitHub Pages leaves out names that begin with an underscore unless this file is there.
    yield Artifact(path=".nojekyll", content=b"")
    if archive.domain:
        yield Artifact(path="CNAME", content=f"{archive.domain}\n".encode())


def redirects(theme: Theme, catalog: Catalog, archive: Archive) -> Iterator[Artifact]:
    """Give a page for each old address that leads to where the article is now.

    Where two old addresses want one file (`a` and `a/index.html`), one page serves both.
    """
    taken = {page_path(article.permalink).casefold() for article in catalog.articles}
    for alias in sorted(catalog.aliases):
        path = alias_path(alias)
        if path.casefold() in taken:
            continue
        taken.add(path.casefold())
        target = f"{encoded(catalog.aliases[alias])}/"
        canonical = f"{archive.address}{target}" if archive.address else ""
        values = {"target": f"{root_of(path)}{target}", "canonical": canonical}
        yield theme.page(path, "redirect.html", values)


def is_indexed(article: Article, archive: Archive) -> bool:
    """Whether search engines may list an article: it is public and its rights are evaluated."""
    rights = rights_words(rights_of(article, archive).value)
    return article.status == "public" and rights.evaluated


def _is_listed(article: Article) -> bool:
    return article.status == "public" and bool(date_words(article.published.value).machine)


def _updated(article: Article) -> str:
    """Give the moment of an article's publication here: its date, or that of its last correction."""
    return max(_moment(date_words(article.published.value).machine), _moment(corrected(article)))


def _moment(date: str) -> str:
    return f"{date}{_FIRST_DAY[len(date) :]}T00:00:00Z"


def _entry(article: Article, archive: Archive) -> Entry:
    said = date_words(article.published.value)
    date = said.machine if said.exact else ""
    return Entry(
        id=whole_address(article, archive) or _urn(f"{archive.title}/{article.permalink}"),
        title=plain(article.title.value),
        href=f"{archive.address}{address(article)}",
        updated=_updated(article),
        published=_moment(date) if len(date) == _FULL_DATE else "",
        outlet=plain(article.outlet.value),
        authors=_credited(article),
        summary=_summary(article),
        language=article.language.value,
    )


def _summary(article: Article) -> str:
    told = " ".join(plain(text) for _, text in corrections(article))
    said = summary(article.description)
    return f"Corrected by the archive: {told} {said}".rstrip() if told else said


def _credited(article: Article) -> tuple[str, ...]:
    """Name an entry's authors; without any, a reader would credit the archive, the feed's author."""
    names = tuple(plain(author.value) for author in article.authors if author.known)
    return names or (plain(article.outlet.value) or NO_PUBLISHER,)


def _urn(name: str) -> str:
    """Make a lasting id from a name alone (a version 5 UUID, RFC 9562)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, plain(name)).urn
