"""Checks: what a publisher must know of an archive that builds: what is missing, doubtful or broken.

Nothing here stops a build. What does (faulty settings, clashing addresses, unreadable files) is found by the
stages themselves, and `check` shows it together with these.
"""

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import unquote

from .addressbook import AddressBook
from .catalog import ORIGINAL_PAGE, OWN_FILES, Catalog, is_reserved
from .config import CONFIG_NAME, Archive
from .derived import Body
from .model import Article, Problem
from .outlet import Outlet
from .reading.outlets import name_key, names_of, outlet_file
from .rights import NOT_EVALUATED, address_of

Crosslink: TypeAlias = Callable[[str, Article, AddressBook], str]
"""Finds the article that a link as written means; `""` if it means none. Pages has the rule."""

_SHOWN_RIGHTS = 60
_SHOWN = 3
"""How many addresses one problem names."""
_WANTED: Mapping[str, tuple[str, Callable[[Article], bool]]] = {
    "date": ("date of publication", lambda article: article.published.known),
    "outlet": ("outlet", lambda article: article.outlet.known),
}
"""Front matter key to what it is called, and whether an article has it."""


def check_articles(
    pairs: Iterable[tuple[Article, Body]],
    catalog: Catalog,
    archive: Archive,
    crosslink: Crosslink,
) -> Iterator[Problem]:
    """Say what a publisher should look at, by path.

    Args:
        pairs: Each article of the catalogue with its body, in any order.
        catalog: All of them.
        archive: The settings.
        crosslink: How pages finds the article that a link means.
    """
    broken = (_broken_links(article, body, catalog, archive, crosslink) for article, body in pairs)
    problems = [
        *_settings(catalog, archive),
        *_rights(catalog),
        *_missing_everywhere(catalog),
        *_missing_here(catalog),
        *_outlets_that_look_alike(catalog, archive),
        *_names_claimed_twice(archive),
        *(problem for found in broken for problem in found),
    ]
    yield from sorted(problems, key=lambda problem: (problem.path, problem.line, problem.message))


def _settings(catalog: Catalog, archive: Archive) -> Iterator[Problem]:
    """Say what archive.toml leaves open although it matters to readers."""
    if not archive.address:
        yield Problem(
            path=CONFIG_NAME,
            message="the site's address is not known, so it has no sitemap and no citable addresses",
            hint='write address = "https://name.github.io/archive/", or build with --base-url',
        )
    if not archive.contact:
        yield Problem(
            path=CONFIG_NAME,
            message="readers are not told where to write about errors, rights or harm",
            hint="write contact = with a mail or web address",
        )
    if archive.rights and not address_of(archive.rights):
        yield _unlisted_rights(CONFIG_NAME, archive.rights)
    unsaid = sum(article.rights.value in {"", NOT_EVALUATED} for article in catalog.articles)
    if archive.rights == NOT_EVALUATED and unsaid:
        yield Problem(
            path=CONFIG_NAME,
            message=f"for {_counted(unsaid)} nobody has said what readers may do with the text",
            hint="write rights = with an address from rightsstatements.org or creativecommons.org",
        )


def _rights(catalog: Catalog) -> Iterator[Problem]:
    """Name the rights that are on neither list; they are shown as they are written."""
    for article in catalog.articles:
        if article.rights.known and not address_of(article.rights.value):
            yield _unlisted_rights(article.capture.path, article.rights.value)


def _unlisted_rights(path: str, value: str) -> Problem:
    return Problem(
        path=path,
        message=f"rights: {value[:_SHOWN_RIGHTS]!r} is no statement or licence that programs know",
        hint="write one of rightsstatements.org or creativecommons.org, like InC or CC BY 4.0",
    )


def _missing_everywhere(catalog: Catalog) -> Iterator[Problem]:
    """Say once what no article has at all: that is how the archive is, not a slip in each file."""
    articles = _readable(catalog)
    for key in _absent_keys(catalog):
        name, _ = _WANTED[key]
        yield Problem(
            path=CONFIG_NAME,
            message=f"none of the {_counted(len(articles))} has a known {name}",
            hint=f"write `{key}:` in their front matter; readers see it as unknown",
        )


def _missing_here(catalog: Catalog) -> Iterator[Problem]:
    """Say of each article what it lacks and others have."""
    absent = _absent_keys(catalog)
    wanted = {key: want for key, want in _WANTED.items() if key not in absent}
    for article in _readable(catalog):
        keys = [key for key, (_, has) in wanted.items() if not has(article)]
        if keys:
            yield Problem(
                path=article.capture.path,
                message=f"no {' and no '.join(wanted[key][0] for key in keys)} is known",
                hint=f"write {' and '.join(f'`{key}:`' for key in keys)} in its front matter",
            )


def _absent_keys(catalog: Catalog) -> list[str]:
    """Give what not one article has, if there are articles enough to tell."""
    articles = _readable(catalog)
    if len(articles) <= 1:
        return []
    return [key for key, (_, has) in _WANTED.items() if not any(map(has, articles))]


def _readable(catalog: Catalog) -> list[Article]:
    return [article for article in catalog.articles if article.status == "public"]


def _outlets_that_look_alike(catalog: Catalog, archive: Archive) -> Iterator[Problem]:
    """Find outlets whose names differ by spaces, signs, accents or an article only."""
    groups: dict[str, list[Outlet]] = defaultdict(list)
    for outlet in catalog.outlets:
        for key in sorted({_loose(name) for name in names_of(outlet)}):
            groups[key].append(outlet)
    declared = {outlet.id for outlet in archive.outlets}
    seen: set[str] = set()
    for key in sorted(groups):
        first, *others = sorted(groups[key], key=lambda o: (o.id not in declared, o.id))
        for other in others:
            if key and other.id not in declared and other.id not in seen:
                seen.add(other.id)
                yield _alike(first, other, catalog)


def _names_claimed_twice(archive: Archive) -> Iterator[Problem]:
    """Say which names two outlets' files both claim: articles can have only one of them."""
    claims: dict[str, list[Outlet]] = {}
    for outlet in archive.outlets:
        for key in sorted({name_key(name) for name in names_of(outlet)}):
            claims.setdefault(key, []).append(outlet)
    for key, (first, *others) in sorted(claims.items()):
        for other in others:
            yield Problem(
                path=outlet_file(other),
                message=f"the name {key!r} is claimed by {outlet_file(first)} too, which gets its articles",
                hint="take the name out of one of the two files",
            )


def _alike(outlet: Outlet, other: Outlet, catalog: Catalog) -> Problem:
    return Problem(
        path=min(article.capture.path for article in catalog.of_outlet(other.id)),
        message=f"the outlet {other.name!r} may be {outlet.name!r}; they are listed as two",
        hint=f"if so, write forms = [{_quoted(other.name)}] in {outlet_file(outlet)}",
    )


def _quoted(name: str) -> str:
    """Write a name as a TOML string."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _loose(name: str) -> str:
    """Fold a name to its letters and digits: `The Presse-TV` and `presse tv` are alike."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if c.isalnum() or c.isspace())
    return "".join(letters.removeprefix("the ").split())


def _broken_links(
    article: Article, body: Body, catalog: Catalog, archive: Archive, crosslink: Crosslink
) -> Iterator[Problem]:
    """Find links into the archive that lead to no article, no page of the site and no file."""
    if article.status != "public":
        return
    broken = [
        link
        for link in body.links
        if not crosslink(link, article, catalog.book)
        and not _own_page(link, article, catalog, archive)
    ]
    if broken:
        shown = ", ".join(broken[:_SHOWN])
        more = f" and {len(broken) - _SHOWN} more" if len(broken) > _SHOWN else ""
        yield Problem(
            path=article.capture.path,
            message=f"links to nothing in this archive: {shown}{more}",
            hint="correct the address, or write it in full if the page is elsewhere",
        )


def _own_page(link: str, article: Article, catalog: Catalog, archive: Archive) -> bool:
    """Whether a link leads to a page that the site has beside its articles, or to an article's files."""
    path = unquote(link.partition("#")[0].partition("?")[0])
    if path.startswith("/"):
        if not path.startswith(archive.base_path):
            return False
        place = posixpath.normpath(path.removeprefix(archive.base_path) or ".")
    else:
        place = posixpath.normpath(posixpath.join(article.permalink, path))
    folder, _, name = place.rpartition("/")
    its_own = name.startswith(OWN_FILES) or name == ORIGINAL_PAGE
    beside_an_article = its_own and catalog.find(folder) is not None
    return place == "." or is_reserved(place) or beside_an_article


def _counted(articles: int) -> str:
    return f"{articles:,} article{'' if articles == 1 else 's'}"
