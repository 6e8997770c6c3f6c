"""The article's own part of a page, as clean HTML.

Trafilatura tells the article from what stands around it; its tree becomes plain HTML here. A page with
nothing around its article is taken whole, and so is one in which no article can be told: an archive
had better show too much than lose words.
"""

import re
from collections.abc import Sequence
from html import unescape

from ...model import Record
from .fields import Tree
from .tree import quiet

WHOLE_PAGE = "whole page"
ARTICLE = "article"
RECALL = "article, with more of the page around it"

_NO_CONTENT = ("script", "style", "template", "head", "noscript", "iframe", "object", "embed")
_CONTROLS = ("button", "input", "select", "textarea", "svg", "canvas")
_AROUND = (
    "//nav|//header|//footer|//aside|//form|//script|//iframe|//menu|//frame|//*[@role or @class]"
)
"""What a page that is an article and nothing else does not have."""
_KEPT_TAGS = """
    a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h1 h2 h3 h4 h5
    h6 hr i img ins kbd li mark ol p pre q s samp small strong sub sup table tbody td tfoot th
    thead time tr u ul var
"""
_KEPT = frozenset(_KEPT_TAGS.split())
_ATTRIBUTES = frozenset({"alt", "cite", "colspan", "datetime", "href", "rowspan", "src", "title"})
_LITTLE = 0.15
"""Share of a page's words below which an extraction has missed the article."""
_AT_THE_EDGES = ("nav", "footer", "header")
_HARDLY_ANY = 20
_FEW_WORDS = 60
"""An extraction with more words than this is believed, however long the page is."""

_FIGURES = "//figure[.//figcaption][not(ancestor::aside or ancestor::nav or ancestor::footer)]"

_TAGS = {"item": "li", "quote": "blockquote", "lb": "br", "graphic": "img", "ref": "a", "row": "tr"}
_MARKED = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}


class Extract(Record, frozen=True, kw_only=True):
    """What is shown of a page."""

    html: str
    how: str
    """`ARTICLE`, `RECALL` or `WHOLE_PAGE`."""
    bare: bool = False
    """The page has nothing around its article, so that taking it whole loses and adds nothing."""


def extract(tree: Tree) -> Extract:
    """Take the article's part out of a page."""
    if not tree.xpath(_AROUND):
        return Extract(html=_whole(tree), how=WHOLE_PAGE, bare=True)
    words = _words_to_find(tree)
    for recall, how in ((False, ARTICLE), (True, RECALL)):
        body = _trafilatura(tree, recall=recall)
        found = _count(" ".join(body.itertext())) if body is not None else 0
        if found > _FEW_WORDS or found > _LITTLE * words:
            return Extract(html=_as_html(body), how=how)
    return Extract(html=_whole(tree), how=WHOLE_PAGE)


def _trafilatura(tree: Tree, *, recall: bool) -> Tree | None:
    """Give trafilatura's tree of the article; None if it finds none."""
    from copy import deepcopy  # noqa: PLC0415 — needed with trafilatura alone

    from lxml import etree  # noqa: PLC0415 — takes long to load: only where a page is read
    from trafilatura import bare_extraction  # noqa: PLC0415 — takes long to load

    page = deepcopy(tree)
    etree.strip_tags(page, "time")  # trafilatura drops the element with its words
    quiet("trafilatura", "htmldate", "justext")
    try:
        document = bare_extraction(
            page,
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_links=True,
            include_tables=True,
            favor_recall=recall,
            with_metadata=False,
        )
    except Exception:  # noqa: BLE001 — whatever trips it, the page is shown whole, and we say so
        return None
    return getattr(document, "body", None)


def _as_html(body: Tree) -> str:
    """Write trafilatura's elements in HTML."""
    for element in body.iter("*"):
        tag = str(element.tag)
        attributes = dict(element.attrib)
        element.attrib.clear()
        element.tag = _html_tag(tag, attributes, "".join(element.itertext()))
        if tag == "ref":
            _set(element, "href", attributes.get("target", ""))
        if tag == "graphic":
            for name in ("src", "alt", "title"):
                _set(element, name, attributes.get(name, ""))
    body.tag = "div"
    return _serialised(body)


def _html_tag(tag: str, attributes: dict[str, str], text: str) -> str:
    rend = attributes.get("rend", "")
    match tag:
        case "head":
            return rend if rend in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h3"
        case "hi":
            return _MARKED.get(rend, "em")
        case "list":
            return "ol" if rend == "ol" else "ul"
        case "cell":
            return "th" if attributes.get("role") == "head" else "td"
        case "code":
            return "pre" if "\n" in text else "code"
    return tag if tag in _KEPT else _TAGS.get(tag, "div")


def _set(element: Tree, name: str, value: str) -> None:
    if value:
        element.set(name, value)


def _whole(tree: Tree) -> str:
    """Give all of a page's words, with the elements that carry meaning."""
    from copy import deepcopy  # noqa: PLC0415 — needed with lxml alone

    from lxml import etree  # noqa: PLC0415 — takes long to load: only where a page is read

    page = deepcopy(tree)
    etree.strip_elements(page, etree.Comment, *_NO_CONTENT, *_CONTROLS, with_tail=False)
    body = page.find("body")
    body = page if body is None else body
    names = {str(element.tag) for element in body.iter("*")} - _KEPT - {"body"}
    etree.strip_tags(body, etree.ProcessingInstruction, *sorted(names))
    for element in body.iter("*"):
        for name in set(element.attrib) - _ATTRIBUTES:
            del element.attrib[name]
    body.tag = "div"
    return _serialised(body)


def _serialised(body: Tree) -> str:
    """Write the inside of an element."""
    from lxml import html  # noqa: PLC0415 — takes long to load: only where a page is read

    body.tail = None
    text: str = html.tostring(body, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("<")].strip()


def captions(tree: Tree, extract: Extract) -> tuple[str, ...]:
    """Give the captions of the article's pictures that its extracted part does not hold already."""
    shown = _plain(re.sub("<[^>]*>", " ", unescape(extract.html)))
    found: list[str] = []
    for figure in tree.xpath(_FIGURES):
        words = _plain(figure.xpath("string(.//figcaption)"))
        pictures = figure.xpath(".//img/@src")
        inside = figure.xpath("boolean(ancestor::article or ancestor::main)")
        if (
            words
            and words not in shown
            and (inside or any(src in extract.html for src in pictures))
        ):
            found.append(words)
    return tuple(dict.fromkeys(found))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _words_to_find(tree: Tree) -> int:
    """Count the words of a page outside its header, menus and footer; all, if hardly any are."""
    inside, everywhere = (
        _count(" ".join(tree.xpath(f"//body//text()[not({_within(names)})]")))
        for names in ((*_NO_CONTENT, *_AT_THE_EDGES), _NO_CONTENT)
    )
    return inside if inside > _HARDLY_ANY else everywhere


def _within(names: Sequence[str]) -> str:
    return " or ".join(f"ancestor::{name}" for name in names)


def _count(words: str) -> int:
    return len(words.split())
