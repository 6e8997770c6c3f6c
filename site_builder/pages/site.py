"""Every page of the site that is not an article's own, and the files beside them."""

from collections.abc import Iterator, Mapping

from ..catalog import Catalog
from ..config import Archive
from ..model import Artifact, Record
from ..outlet import Outlet
from .addresses import encoded
from .feeds import feed, host_files, redirects, sitemap
from .lists import Listing, ListPage, coverage, list_pages, listings
from .notes import note_html
from .overviews import Totals, front, outlet_pages, tag_pages, totals, years
from .theme import Draft, Theme
from .views import Anchor, Counted, Row, row, shell
from .wording import is_web_address, plain, rights_words, shortened

_DESCRIPTION = 300
"""Characters of a page's description for search engines at most."""


class OutletView(Record, frozen=True, kw_only=True):
    """An outlet at the head of its list."""

    note_html: str
    coverage: str
    forms: tuple[str, ...]
    url: str


class ListView(Record, frozen=True, kw_only=True):
    """What stands above the rows of a list."""

    heading: str
    trail: tuple[Anchor, ...]
    number: int
    """Articles in the whole list."""
    parts: tuple[Counted, ...]
    outlet: OutletView | None


def site_pages(theme: Theme, catalog: Catalog, archive: Archive) -> Iterator[Artifact | Draft]:
    """Give the site but for its articles and the search page: overviews, lists, feed, static files.

    The pages of lists are many, and most builds change few of them: they come as drafts.

    Raises:
        ArchiveError: a template is faulty.
    """
    counted = totals(catalog)
    yield from _overviews(theme, catalog, archive, counted)
    rows = {article.permalink: row(article) for article in catalog.articles}
    for listing in listings(catalog):
        yield from _list(listing, rows, archive)
    yield feed(theme, catalog, archive)
    yield from sitemap(theme, catalog, archive)
    yield from host_files(archive)
    yield from redirects(theme, catalog, archive)
    yield from theme.assets.files()


def search_page(theme: Theme, archive: Archive, manifest: bytes) -> Artifact:
    """Make the page that searches.

    Args:
        theme: From `open_theme`.
        archive: The settings.
        manifest: The JSON that names the files of the search of this very build.

    Raises:
        ArchiveError: a template is faulty.
    """
    safe = manifest.decode().replace("<", "\\u003c")  # so that nothing in it ends the script
    values = {**frame(archive, "search/", "Search", "search"), "manifest": safe}
    return theme.page("search/index.html", "search.html", values)


def frame(archive: Archive, path: str, name: str = "", here: str = "") -> dict[str, object]:
    """Give what every page's template needs.

    Args:
        archive: Whose page it is.
        path: The page's address from the site's root, for the canonical link.
        name: What the page is called; the archive's title follows it.
        here: Which entry of the navigation it is.
    """
    title = plain(archive.title)
    return {
        "archive": shell(archive),
        "window_title": f"{plain(name)} — {title}" if name else title,
        "description": shortened(plain(archive.description), _DESCRIPTION),
        "canonical": f"{archive.address}{path}" if archive.address else "",
        "indexed": True,
        "here": here,
    }


def _overviews(
    theme: Theme, catalog: Catalog, archive: Archive, counted: Totals
) -> Iterator[Artifact | Draft]:
    own = {**frame(archive, "", here="front"), "totals": counted, "front": front(catalog)}
    yield theme.page("index.html", "front.html", own)
    pages: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("dates", "Articles by date", {"totals": counted, "years": years(catalog)}),
        ("about", "About this archive", _about(archive, counted)),
    )
    for name, heading, values in pages:
        shared = frame(archive, f"{name}/", heading, name)
        yield theme.page(f"{name}/index.html", f"{name}.html", {**shared, **values})
    for page, outlets in outlet_pages(catalog):
        yield _names(page, "Outlets", "outlets", {"totals": counted, "outlets": outlets}, archive)
    for page, letters in tag_pages(catalog):
        yield _names(page, "Tags", "tags", {"letters": letters}, archive)
    # It may be shown at any address, so its links cannot be relative.
    lost = {"root": archive.base_path, "indexed": False, "canonical": ""}
    yield theme.page("404.html", "404.html", {**frame(archive, "", "No such page"), **lost})


def _names(
    page: ListPage, heading: str, name: str, values: Mapping[str, object], archive: Archive
) -> Draft:
    """Make one page of a list of names."""
    shared = _paged(page, heading, name, archive)
    return Draft(page.path, f"{name}.html", {**shared, **values})


def _paged(page: ListPage, heading: str, here: str, archive: Archive) -> dict[str, object]:
    """Give what the template of a list's page needs beside the list."""
    name = " — ".join((heading, *([f"page {page.number}"] if page.number > 1 else [])))
    address = encoded(page.path.removesuffix("index.html"))
    return {**frame(archive, address, name, here), "page": page}


TAKEDOWN = (
    "Whoever owns the rights in a text, or is named or harmed in one, can ask for it to be corrected,"
    " shortened or withdrawn. A withdrawn article keeps its address, its record and the reason; its text goes"
    " from every page, from the search and from the downloads."
)
"""What the about page says unless the archive says it otherwise."""


def _about(archive: Archive, counted: Totals) -> dict[str, object]:
    return {
        "totals": counted,
        "about_html": note_html(archive.about, archive),
        "rights": rights_words(archive.rights),
        "records": rights_words(archive.metadata_licence) if archive.metadata_licence else None,
        "language_html": note_html(archive.language_statement, archive),
        "basis_html": note_html(archive.publish_basis, archive),
        "takedown_html": note_html(archive.takedown or TAKEDOWN, archive),
    }


def _list(listing: Listing, rows: Mapping[str, Row], archive: Archive) -> Iterator[Draft]:
    view = ListView(
        heading=listing.heading,
        trail=listing.trail,
        number=len(listing.articles),
        parts=listing.parts,
        outlet=_outlet_view(listing.outlet, listing, archive) if listing.outlet else None,
    )
    here = listing.trail[0].address.rstrip("/")
    for page in list_pages(listing, rows):
        values = {**_paged(page, listing.heading, here, archive), "listing": view}
        yield Draft(page.path, "list.html", values)


def _outlet_view(outlet: Outlet, listing: Listing, archive: Archive) -> OutletView:
    return OutletView(
        note_html=note_html(outlet.note, archive),
        coverage=coverage(listing.articles),
        forms=outlet.forms,
        url=outlet.url if is_web_address(outlet.url) else "",
    )
