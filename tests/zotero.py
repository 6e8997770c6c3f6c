"""What Zotero saves of a page, by the rules that its translators were found to follow.

Written from notes on its `Embedded Metadata`, `RDF` and `COinS` translators, not from our templates:

- a COinS span (`class="Z3988"`) runs before all else, and its few fields replace the others;
- `citation_*` tags make a journal article; `citation_journal_title` does so whatever `z:itemType` says;
- without `z:itemType` a page is a web page; JSON-LD and unAPI are not read;
- the publication is `prism.publicationName`, else `DC.source`, else `og:site_name`;
- the date is `DCTERMS.issued`, else `DC.date`, else the first `<time>` of the page;
- authors are `DC.creator`s, else `<meta name="author">`, else whatever has "byline" in its class.
"""

from collections import defaultdict
from html.parser import HTMLParser
from typing import NamedTuple

DEFAULTS = {"publication": ("prism.publicationname", "dc.source", "og:site_name")}


class Saved(NamedTuple):
    """An item as it stands in the library afterwards."""

    kind: str
    title: str
    authors: tuple
    publication: str
    date: str
    language: str
    rights: str
    abstract: str
    archive: str
    location: str
    extra: str


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.metas, self.title, self.times = defaultdict(list), "", []
        self.coins, self.bylines, self._reading = False, [], None

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        classes = values.get("class", "")
        self.coins |= "Z3988" in classes.split()
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.metas[name.lower()].append(values.get("content", ""))
        if tag == "time":
            self.times.append(values.get("datetime", ""))
        self._reading = tag if tag == "title" or "byline" in classes.lower() else None

    def handle_data(self, data):
        if self._reading == "title":
            self.title += data
        elif self._reading:
            self.bylines.append(data.strip())

    def handle_endtag(self, _tag):
        self._reading = None


def save(html):
    """Give what pressing Zotero's button on a page saves."""
    page = _Page()
    page.feed(html)
    metas = page.metas

    def first(*names):
        return next((metas[name][0] for name in names if metas.get(name)), "")

    if page.coins:
        return Saved("bookSection", page.title, (), "", "", "", "", "", "", "", "")
    highwire = [name for name in metas if name.startswith("citation_")]
    kind = first("z:itemtype") or ("journalArticle" if highwire else "webpage")
    if "citation_journal_title" in metas:
        kind = "journalArticle"
    return Saved(
        kind=kind,
        title=first("dc.title", "og:title") or page.title,
        authors=tuple(metas.get("dc.creator") or metas.get("author") or page.bylines),
        publication=first("prism.publicationname", "dc.source", "og:site_name"),
        date=first("citation_publication_date", "dcterms.issued", "dc.date")
        or "".join(page.times[:1]),
        language=first("dc.language"),
        rights=first("dc.rights"),
        abstract=first("dcterms.abstract", "og:description"),
        archive=first("z:archive"),
        location=first("z:archivelocation"),
        extra=first("z:extra"),
    )
