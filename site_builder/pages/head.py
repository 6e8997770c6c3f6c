"""The metadata in the head of an article's page, for reference managers, libraries and search engines.

Dublin Core, PRISM and Zotero's own names make Zotero save a newspaper article with the right publisher;
which names, and what must not be there, was found by trying Zotero's translators: no `author`, no
`citation_journal_title`; the outlet, or words that say it is unknown, as the publication, or else the archive
would be credited; `n.d.` where there is no date. What needs the page's own address is left out while
that is unknown.
"""

import json
from typing import TypeAlias

from ..config import Archive
from ..model import Article, Assertion, Basis, Record
from .addresses import original_name, whole_address
from .wording import NO_DATE, NO_PUBLISHER, Rights, date_words, is_web_address, plain, shortened

_ABSTRACT = 500
"""Characters of a summary that metadata carries at most."""

_Json: TypeAlias = dict[str, object]


class Meta(Record, frozen=True, kw_only=True):
    """One `<meta>`."""

    key: str
    content: str


class HeadLink(Record, frozen=True, kw_only=True):
    """One `<link>`; none of ours makes a browser load anything."""

    rel: str
    href: str
    type: str = ""


class Head(Record, frozen=True, kw_only=True):
    """What stands in a page's `<head>` beyond what every page has."""

    names: tuple[Meta, ...] = ()
    """With `name`."""
    properties: tuple[Meta, ...] = ()
    """With `property`: Open Graph."""
    links: tuple[HeadLink, ...] = ()
    json_ld: str = ""
    """Safe between script tags: it holds no `<`."""


def article_head(article: Article, rights: Rights, archive: Archive, root: str) -> Head:
    """Describe an article for machines. `root` is the way from its page up to the site's root."""
    page = whole_address(article, archive)
    return Head(
        names=_metas((*_library_names(article, rights, page), *_zotero_names(article, archive))),
        properties=_metas(_open_graph(article, archive, page)),
        links=tuple(_links(article, rights, page, root)),
        json_ld=_script_safe(_json_ld(article, rights, archive, page)),
    )


def _metas(pairs: tuple[tuple[str, str], ...]) -> tuple[Meta, ...]:
    return tuple(Meta(key=key, content=content) for key, content in pairs if content)


def _library_names(article: Article, rights: Rights, page: str) -> tuple[tuple[str, str], ...]:
    dated = _value(article.published)
    stated_rights = f"{rights.name}. {rights.address}" if rights.address else rights.name
    return (
        ("DC.title", _title(article)),
        *(("DC.creator", _value(author)) for author in article.authors),
        ("prism.publicationName", _value(article.outlet) or NO_PUBLISHER),
        ("DCTERMS.issued", dated) if dated else ("DC.date", NO_DATE),
        ("DC.source", _value(article.url)),
        ("DC.language", _value(article.language)),
        ("DC.rights", plain(stated_rights)),
        ("DC.identifier", page),
        ("DCTERMS.abstract", _abstract(article)),
    )


def _zotero_names(article: Article, archive: Archive) -> tuple[tuple[str, str], ...]:
    url = _value(article.url)
    extra = [f"Original URL: {url}"] if url else []
    for name, said in (("Headline", article.title), ("Date", article.published)):
        if said.basis is Basis.INFERRED:
            extra.append(f"{name} inferred: {plain(said.note or said.where) or 'by rule'}")
    return (
        ("z:itemType", "newspaperArticle"),
        ("z:archive", plain(archive.title)),
        ("z:archiveLocation", article.record_id),
        ("z:extra", "\n".join(extra)),
    )


def _open_graph(article: Article, archive: Archive, page: str) -> tuple[tuple[str, str], ...]:
    return (
        ("og:type", "article"),
        ("og:title", _title(article)),
        ("og:description", _abstract(article)),
        ("og:url", page),
        ("og:site_name", plain(archive.title)),
    )


def _links(article: Article, rights: Rights, page: str, root: str) -> list[HeadLink]:
    """Give the links of Signposting (signposting.org, level 1) and the original's address."""
    links = [HeadLink(rel=rel, href=page) for rel in ("canonical", "cite-as") if page]
    links.append(HeadLink(rel="describedby", href="record.json", type="application/json"))
    if article.whole:
        # As it is served: the copy of a saved page is published as plain text.
        served = "text/plain" if article.reader == "html" else article.capture.media_type
        links.append(HeadLink(rel="item", href=original_name(article), type=served))
    links.append(HeadLink(rel="collection", href=root))
    if rights.address:
        links.append(HeadLink(rel="license", href=rights.address))
    links.append(HeadLink(rel="type", href="https://schema.org/AboutPage"))
    if is_web_address(article.url.value):
        links.append(HeadLink(rel="via", href=article.url.value))
    return links


def _json_ld(article: Article, rights: Rights, archive: Archive, page: str) -> _Json:
    """Describe our record and the article it is about as two things (schema.org)."""
    keeper = _organization(archive.maintainer or archive.title)
    record: _Json = {
        "@type": ["WebPage", "ArchiveComponent"],
        "@id": f"{page}#record",
        "url": page,
        "name": _title(article),
        "publisher": keeper,
        "holdingArchive": {**keeper, "@type": "ArchiveOrganization"},
        "isPartOf": {"@type": "WebSite", "name": plain(archive.title), "url": archive.address},
        "mainEntity": {"@id": f"{page}#article"},
    }
    described = (_without_unknown(record), _without_unknown(_article_node(article, rights, page)))
    return {"@context": "https://schema.org", "@graph": described}


def _article_node(article: Article, rights: Rights, page: str) -> _Json:
    outlet = _value(article.outlet)
    return {
        "@type": "NewsArticle",
        "@id": f"{page}#article",
        "headline": _title(article),
        "inLanguage": _value(article.language),
        # As a string: the byline does not say whether it names a person or an agency.
        "author": [_value(author) for author in article.authors if author.known],
        "publisher": _organization(outlet) if outlet else "",
        "datePublished": _exact(article.published),
        "dateModified": _exact(article.modified),
        "articleSection": _value(article.section),
        "url": _value(article.url),
        "archivedAt": page,
        "usageInfo": rights.address,
        "isAccessibleForFree": "" if article.whole else False,
        "encoding": _encoding(article),
    }


def _exact(date: Assertion) -> str:
    """Give a date of the calendar; schema.org has no way to say "about" or "between"."""
    value = _value(date)
    return value if date_words(value).exact else ""


def _encoding(article: Article) -> _Json:
    capture = article.capture
    return _without_unknown(
        {
            "@type": "TextObject",
            "contentUrl": original_name(article) if article.whole else "",
            "sha256": capture.sha256,
            "contentSize": f"{capture.size} B",
            "encodingFormat": capture.media_type,
        }
    )


def _organization(name: str) -> _Json:
    return {"@type": "Organization", "name": plain(name)}


def _without_unknown(node: _Json) -> _Json:
    return {
        key: _without_unknown(value) if isinstance(value, dict) else value
        for key, value in node.items()
        if value not in ("", [])
    }


def _script_safe(node: _Json) -> str:
    """Write JSON that no parser of HTML can leave early: nothing in it ends or opens a tag."""
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _title(article: Article) -> str:
    title = plain(article.title.value)
    return f"[{title}]" if article.title.basis is Basis.SUPPLIED else title


def _abstract(article: Article) -> str:
    held = article.status != "withdrawn" and article.description.known
    return shortened(plain(article.description.value), _ABSTRACT) if held else ""


def _value(assertion: Assertion) -> str:
    return plain(assertion.value) if assertion.known else ""
