"""A saved feed (RSS 0.9 to 2.0, Atom: RFC 4287) -> its entries, as rows with front matter's keys.

The text is that of `content:encoded` or `content`, else of `description` or `summary`, as HTML. The feed's
own title is the publisher of its entries. Each entry is known again by the hash of its canonical form (C14N
1.0), so the same entry in a later copy of the feed is the same article.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeAlias

from ..model import Problem, Severity
from .refused import Refused
from .tables import Row, Value

FEEDS = (".rss", ".atom", ".xml")
_Element: TypeAlias = Any
"""lxml has no types of its own."""
_ENTRIES = ("item", "entry")
_DATES = ("pubDate", "published", "issued", "date")


def entries(content: bytes, path: str) -> Iterator[Row | Problem]:
    """Give the entries of a feed.

    Args:
        content: The feed's bytes.
        path: For problems.

    Raises:
        Refused: this is no feed.
    """
    root = _parsed(content, path)
    outlet = _words(_first(_channel(root), "title"))
    language = _words(_first(_channel(root), "language")) or root.get(
        "{http://www.w3.org/XML/1998/namespace}lang", ""
    )
    found = [element for element in root.iter() if _name(element) in _ENTRIES]
    for number, element in enumerate(found, start=1):
        values = {**_values(element), "outlet": outlet, "language": language}
        said = {key: value for key, value in values.items() if value}
        line = element.sourceline or 1
        name = _words(_first(element, "guid", "id")) or str(said.get("url", f"entry {number}"))
        yield Row(
            number=number, lines=(line, line), digest=_digest(element), entry=name, values=said
        )


def _parsed(content: bytes, path: str) -> _Element:
    from lxml import etree  # noqa: PLC0415 — takes long to load: only where a feed is read

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or _name(root) not in {"rss", "feed", "RDF"}:
        problem = Problem(
            path=path,
            message="this is not a feed (RSS or Atom)",
            hint="save a web page as .html, a table as .csv or .jsonl",
            severity=Severity.ERROR,
        )
        raise Refused(problem)
    return root


def _values(entry: _Element) -> dict[str, Value]:
    """Give what an entry says, by front matter's keys; what it does not say is empty."""
    full = _first(entry, "encoded", "content")
    short = _first(entry, "description", "summary")
    text = full if full is not None else short
    return {
        "title": _words(_first(entry, "title")),
        "date": _words(_first(entry, *_DATES)),
        "modified": _words(_first(entry, "updated", "modified")),
        "author": _names(entry),
        "url": _link(entry),
        "tags": [term for term in map(_term, _all(entry, "category")) if term],
        "description": _words(short) if full is not None else "",
        "text": _markup(text),
    }


def _channel(root: _Element) -> _Element:
    channel = _first(root, "channel")
    return root if channel is None else channel


def _names(entry: _Element) -> list[str]:
    """Give the authors: Atom has their name in an element of its own."""
    named = [_first(author, "name") for author in _all(entry, "author")]
    plain = [author for author in _all(entry, "creator", "author") if not len(author)]
    return [name for name in map(_words, [*named, *plain]) if name]


def _link(entry: _Element) -> str:
    links = _all(entry, "link")
    chosen = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    if chosen is None:
        return ""
    address: str = chosen.get("href") or _words(chosen)
    return address.strip()


def _term(category: _Element) -> str:
    term: str = category.get("term") or _words(category)
    return term


def _markup(element: _Element | None) -> str:
    """Give an element's content as HTML: escaped, as elements, or as plain text."""
    if element is None:
        return ""
    from lxml import etree  # noqa: PLC0415 — see above

    inner = [etree.tostring(child, encoding="unicode", method="html") for child in element]
    text = (element.text or "") + "".join(inner)
    if element.get("type") == "text":
        return text.replace("&", "&amp;").replace("<", "&lt;")
    return text.strip()


def _words(element: _Element | None) -> str:
    """Give the words of an element, without markup that stands in it escaped."""
    if element is None:
        return ""
    text = " ".join("".join(element.itertext()).split())
    if "<" not in text and "&" not in text:
        return text
    from lxml import html  # noqa: PLC0415 — see above

    return " ".join(html.fragment_fromstring(text, create_parent=True).text_content().split())


def _digest(entry: _Element) -> str:
    from lxml import etree  # noqa: PLC0415 — see above

    try:
        canonical = etree.tostring(entry, method="c14n", with_tail=False)
    except etree.C14NError:  # it holds an entity, which is not resolved
        canonical = etree.tostring(entry, with_tail=False)
    return sha256(canonical).hexdigest()


def _first(element: _Element, *names: str) -> _Element | None:
    """Give the first child of the first of these names that there is one of."""
    return next((child for name in names for child in element if _name(child) == name), None)


def _all(element: _Element, *names: str) -> list[_Element]:
    return [child for child in element if _name(child) in names]


def _name(element: _Element) -> str:
    """Give an element's name without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
