"""What a page's own metadata says: one table of places, each value with the place it came from.

Fields are taken from explicit metadata alone: Open Graph, schema.org, Dublin Core, microformats, HTML's
own elements, and SingleFile's comment. What has to be guessed from wording is no business of this table.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from ...model import UNKNOWN, Assertion, Basis
from ..dates import read_date
from ..front_matter.values import address_in, language_tag
from .json_ld import article_node, texts

Tree: TypeAlias = Any
"""An lxml element, which has no types of its own."""

Metadata: TypeAlias = dict[str, tuple[Assertion, ...]]
"""Field to its values; fields that a page does not state are absent."""

RULE = "html.metadata@1"
_LOWER = "translate(@{0}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"


class _Place(NamedTuple):
    """One place where a field may stand."""

    field: str
    xpath: str
    where: str


def _property(field: str, *names: str) -> Iterator[_Place]:
    """Places in `<meta property=… content=…>`, and in `name=`, as many sites have it."""
    for name in names:
        test = f"{_LOWER.format('property')}='{name}' or {_LOWER.format('name')}='{name}'"
        yield _Place(field, f"//meta[{test}]/@content", f"meta {name}")


def _item(field: str, name: str) -> Iterator[_Place]:
    """Places marked with microdata."""
    test = f"//*[contains(concat(' ', @itemprop, ' '), ' {name} ')]"
    for end in ("/@content", "/@datetime"):
        yield _Place(field, test + end, f"itemprop {name}")


def _class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


_IN_COMMENTS = "ancestor::*[contains(@id, 'comment') or contains(@class, 'comment')]"

_PLACES: tuple[_Place, ...] = (
    *_property("title", "og:title"),
    _Place("title", "json-ld:headline", "JSON-LD headline"),
    *_property("title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
    *_property("authors", "article:author", "author", "citation_author", "parsely-author"),
    *_property("authors", "sailthru.author", "dc.creator", "dcterms.creator", "dc.creator.author"),
    _Place("authors", "json-ld:author", "JSON-LD author"),
    _Place("authors", "//*[@itemprop='author']//*[@itemprop='name']", "itemprop author"),
    _Place("authors", "//*[@itemprop='author' and not(.//*[@itemprop])]", "itemprop author"),
    _Place(
        "authors",
        f"//a[contains(concat(' ', @rel, ' '), ' author ')][not({_IN_COMMENTS})]",
        "rel author",
    ),
    _Place(
        "authors", f"//*[{_class('vcard')}]//*[{_class('fn')}][not({_IN_COMMENTS})]", "class fn"
    ),
    *_property("published", "article:published_time", "og:article:published_time"),
    _Place("published", "json-ld:datePublished", "JSON-LD datePublished"),
    *_property("published", "citation_publication_date", "parsely-pub-date", "sailthru.date"),
    *_property("published", "dcterms.issued", "dc.date.issued", "datepublished", "pubdate"),
    *_property("published", "publishdate", "publish-date", "date", "dc.date", "dcterms.date"),
    *_property("published", "dcterms.created", "dc.date.created"),
    *_item("published", "datePublished"),
    _Place("published", "//time[@pubdate]/@datetime", "time pubdate"),
    _Place("published", f"//time[{_class('published')}]/@datetime", "time published"),
    _Place("published", f"//time[{_class('dt-published')}]/@datetime", "time dt-published"),
    _Place("published", f"//abbr[{_class('published')}]/@title", "abbr published"),
    _Place("published", f"//time[{_class('entry-date')}]/@datetime", "time entry-date"),
    *_property("modified", "article:modified_time", "og:updated_time"),
    _Place("modified", "json-ld:dateModified", "JSON-LD dateModified"),
    *_property("modified", "dcterms.modified", "dc.date.modified", "last-modified"),
    *_item("modified", "dateModified"),
    *_property("outlet", "og:site_name"),
    _Place("outlet", "json-ld:publisher", "JSON-LD publisher"),
    *_property(
        "outlet", "publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title"
    ),
    _Place("language", "/html/@lang", "html lang"),
    _Place("language", "//meta[@http-equiv='content-language']/@content", "meta content-language"),
    *_property("language", "language", "dc.language", "dcterms.language"),
    _Place("language", "json-ld:inLanguage", "JSON-LD inLanguage"),
    _Place("url", "//link[@rel='canonical']/@href", "link canonical"),
    *_property("url", "og:url"),
    _Place("url", "comment:url", "SingleFile's comment"),
    _Place("url", "comment:saved-from", "the browser's comment"),
    _Place("url", "json-ld:url", "JSON-LD url"),
    _Place("retrieved", "comment:saved-date", "SingleFile's comment"),
    *_property("description", "og:description", "description", "dc.description"),
    _Place("description", "json-ld:description", "JSON-LD description"),
    *_property("tags", "article:tag", "news_keywords", "keywords", "parsely-tags"),
    _Place("tags", "json-ld:keywords", "JSON-LD keywords"),
    _Place("tags", "//a[contains(concat(' ', @rel, ' '), ' tag ')]", "rel tag"),
    *_property("section", "article:section"),
    _Place("section", "json-ld:articleSection", "JSON-LD articleSection"),
    _Place("rights", "//link[@rel='license']/@href", "link license"),
    *_property("rights", "dcterms.rights", "dc.rights", "dcterms.license"),
    _Place("rights", "//a[contains(concat(' ', @rel, ' '), ' license ')]/@href", "rel license"),
)
"""Where each field may stand, the most telling place first."""

_LONGEST_NAME = 80

_COMMENTS = {
    "url": re.compile(r"^\s*url:\s*(\S+)", re.MULTILINE),
    "saved-from": re.compile(r"^\s*saved from url=\(\d+\)(\S+)"),
    "saved-date": re.compile(
        r"^\s*saved date:\s*(?:\w{3} )?(\w{3} \d{1,2} \d{4}|[\d-]+)", re.MULTILINE
    ),
}
"""What SingleFile and the browsers write into a comment at the head of a page they save."""


def metadata(tree: Tree) -> Metadata:
    """Read the fields that a page states; those it does not state are absent."""
    node = article_node(script.text or "" for script in tree.xpath(_JSON_LD))
    comments = [comment.text or "" for comment in tree.xpath("//comment()|/comment()")[:50]]
    found: Metadata = {}
    for place in _PLACES:
        if place.field in found:
            continue
        kind, _, key = place.xpath.partition(":")
        if kind == "json-ld":
            words = texts(node.get(key))
        elif kind == "comment":
            words = [hit[1] for comment in comments for hit in _COMMENTS[key].finditer(comment)]
        else:
            words = [_words(item) for item in tree.xpath(place.xpath)]
        values = tuple(_stated(place, words))
        if values:
            found[place.field] = values
    return found


def first(found: Metadata, field: str) -> Assertion:
    """Give a field's one value, or unknown."""
    return found.get(field, (UNKNOWN,))[0]


_JSON_LD = "//script[@type='application/ld+json']"


def _words(item: Tree) -> str:
    """Give the words of an attribute or of an element."""
    text = item if isinstance(item, str) else item.text_content()
    return " ".join(text.split())


def _stated(place: _Place, words: list[str]) -> Iterator[Assertion]:
    """Make assertions of what stands at a place; each value once, and only what makes sense."""
    seen: set[str] = set()
    for entry in words:
        for part in _parts(place.field, entry):
            value = _VALUES.get(place.field, _plain)(part)
            if value and not _repeats(place.field, value.casefold(), seen):
                seen.add(value.casefold())
                yield Assertion(
                    value=value,
                    basis=Basis.STATED,
                    as_written=part if part != value else "",
                    where=place.where,
                    rule=RULE,
                )


def _repeats(field: str, value: str, seen: set[str]) -> bool:
    """Whether a value says again what came before: `All posts by Jane Doe` behind `Jane Doe`."""
    return value in seen or (field == "authors" and any(name in value for name in seen))


def _parts(field: str, entry: str) -> list[str]:
    if field == "tags":
        return [part.strip() for part in entry.split(",")]
    if field == "authors":
        return [part.strip() for part in re.split(r",? and | & |;", entry)]
    return [entry]


def _plain(words: str) -> str:
    return words.strip()


def _date(words: str) -> str:
    return read_date(words).value


def _name(words: str) -> str:
    """Give a person's or a publisher's name; an address is none."""
    bare = re.sub(r"^(?:by|von|par|por)[: ]\s*", "", words.strip(), flags=re.IGNORECASE)
    return (
        "" if re.match(r"https?://|www\.|/|@", bare) or not re.search(r"[^\W\d_]", bare) else bare
    )


_VALUES: dict[str, Callable[[str], str]] = {
    "authors": _name,
    "published": _date,
    "modified": _date,
    "retrieved": _date,
    "outlet": _name,
    "language": language_tag,
    "url": address_in,
}
