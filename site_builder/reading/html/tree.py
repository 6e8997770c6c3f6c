"""A page's text -> an lxml tree, whatever the page is like."""

import logging
import re
from contextlib import suppress
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from .fields import Tree

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
_UNFIT = re.compile("[\0-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no tree can hold; decoding has reported it."""
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "template", "title", "noscript", "textarea", "head"))
_IN_HEAD = frozenset(("base", "link", "meta", "noscript", "script", "style", "template", "title"))
_EMPTY = "<html><body></body></html>"


def parse(page: str) -> tuple[Tree, bool]:
    """Parse a page as browsers do, broken or not.

    Returns:
        The tree, and whether it is whole: lxml leaves out what is nested more than 255 levels deep.
    """
    from lxml import etree, html  # noqa: PLC0415 — takes long to load: only where a page is read

    parser = html.HTMLParser(remove_pis=True)
    text = _UNFIT.sub("\ufffd", _XML_DECLARATION.sub("", page).replace("\f", " "))
    try:
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return html.document_fromstring(_EMPTY), False
    _empty_head(tree)
    _resolve_links(tree)
    return tree, not any("depth" in entry.message for entry in parser.error_log)


def _empty_head(tree: Tree) -> None:
    """Move into the body what libxml2, which knows no HTML 5, takes for a part of the head."""
    for head in tree.xpath("/html/head")[:1]:
        elements = (child for child in head if isinstance(child.tag, str))
        strays = [child for child in elements if child.tag not in _IN_HEAD]
        if not strays:
            continue
        body = head.find("../body")
        if body is None:
            body = tree.makeelement("body")
            head.addnext(body)
        following = list(head)[head.index(strays[0]) :]
        body[:0] = following


def _resolve_links(tree: Tree) -> None:
    """Make links absolute where the page says what they are relative to; else they stay relative."""
    base = next(iter(tree.xpath("//base/@href")), "").strip()
    if not _ABSOLUTE.match(base):
        return
    for name in ("href", "src"):
        for element in tree.xpath(f"//a[@{name}]|//img[@{name}]"):
            with suppress(ValueError):
                element.set(name, urljoin(base, element.get(name).strip()))


def quiet(*libraries: str) -> None:
    """Keep a library's own remarks about a page off the screen: problems are said by our records."""
    for name in libraries:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def words_as_html(page: str) -> str:
    """Give all the words of a page that lxml cannot hold, as paragraphs."""
    reader = _Words()
    reader.feed(page)
    reader.close()
    blocks = re.split(r"\n\s*", "".join(reader.pieces))
    return "\n".join(f"<p>{escape(block.strip())}</p>" for block in blocks if block.strip())


class _Words(HTMLParser):
    """Collects the words between the tags; a list of open elements is all it keeps, so depth is free."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unseen += tag in _UNSEEN
        self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)
