"""Links from one article to another, as their files wrote them, turned into links between their pages.

A file may name another by its path (`../other.md`) or by the address that the other had on its first site
(`/2015/01/other/`). Both lead to the other's page here, whatever base path the site has.
"""

import html
import posixpath
import re
from urllib.parse import unquote

from ..addressbook import AddressBook
from ..config import ARTICLES
from ..derived import Body
from ..model import Article
from .addresses import encoded, page_path, root_of
from .body.links import fragment

_LINK = re.compile(r'(<a(?:\s+[\w-]+="[^"]*")*?\s+href=")([^"]*)(")')
"""A link as nh3 writes it: in text `<` is always `&lt;`, and in values `"` is `&quot;`."""


def with_crosslinks(article: Article, body: Body, book: AddressBook) -> str:
    """Give the body's HTML with its links to other articles leading to their pages."""
    found = {written: crosslink(written, article, book) for written in body.links}
    targets = {written: target for written, target in found.items() if target}
    if not targets:
        return body.html

    def turned(match: re.Match[str]) -> str:
        target = targets.get(html.unescape(match[2]))
        return f"{match[1]}{html.escape(target)}{match[3]}" if target else match[0]

    return _LINK.sub(turned, body.html)


def crosslink(written: str, article: Article, book: AddressBook) -> str:
    """Give the link to the article that a link as written means, or "" if it means none we know."""
    address, _, anchor = written.partition("#")
    path = unquote(address.partition("?")[0])
    permalink = _meant(path, article, book) if path else ""
    if not permalink:
        return ""
    place = fragment(f"#{anchor}") if anchor else ""
    return f"{root_of(page_path(article.permalink))}{encoded(permalink)}/{place}"


def _meant(path: str, article: Article, book: AddressBook) -> str:
    """Find the article meant: by source path, by its page's place, then by its old address."""
    source = article.capture.path
    if path.startswith("/"):
        return _known(path.strip("/"), book) or book.by_path.get(path.strip("/"), "")
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    below = posixpath.normpath(posixpath.join(article.permalink, path))
    inside = beside.removeprefix(f"{ARTICLES}/")
    return book.by_path.get(beside, "") or _known(below, book) or _known(inside, book)


def _known(address: str, book: AddressBook) -> str:
    """Give the permalink of an address, with or without the file name that some sites add."""
    for form in (address, address.removesuffix("/index.html"), posixpath.splitext(address)[0]):
        if form in book.permalinks:
            return form
        if form in book.aliases:
            return book.aliases[form]
    return book.by_path.get(f"{ARTICLES}/{address}", "")
