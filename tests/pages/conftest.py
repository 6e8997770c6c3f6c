"""A small archive made by hand: one article of every kind that a page has to cope with."""

from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from site_builder import pages
from site_builder.catalog import assemble
from site_builder.config import Archive
from site_builder.derived import Body, Shown
from site_builder.model import Article, Assertion, Basis, Capture, Edit, Reading, Reason
from site_builder.outlet import Outlet

HOSTILE = "</title></script><script>alert(\"1\")</script> & <b>'x'</b> \u202etxet"
"""A headline that tries everything: tags, quotes, the end of a script, a turned direction."""


def stated(value, where="front matter", **more):
    """Make an assertion that the file itself makes; an empty one is unknown."""
    return Assertion(value=value, basis=Basis.STATED, where=where, **more) if value else Assertion()


def inferred(value, note="from the file name"):
    """Make an assertion that a rule concluded."""
    return Assertion(value=value, basis=Basis.INFERRED, note=note)


def new_article(permalink, *, date="", outlet="", authors=(), language="en", **more):
    """Make an article; whatever is not given is unknown, but the title, which is the permalink."""
    suffix = more.pop("suffix", ".md")
    capture = Capture(
        path=more.pop("path", f"articles/{permalink}{suffix}"),
        size=1234,
        sha256="8df2367aeb56" + "0" * 52,
        media_type="text/markdown",
        encoding=stated("utf-8", "valid UTF-8"),
    )
    title = more.pop("title", permalink)
    fields = {
        "title": title if isinstance(title, Assertion) else stated(title),
        "outlet": stated(outlet),
        "published": date if isinstance(date, Assertion) else stated(date),
        "authors": tuple(map(stated, authors)),
        "language": stated(language),
        **more,
    }
    return Article(permalink=permalink, capture=capture, reader="markdown", **fields)


def derived(article, body=None, edits=()):
    """Make what is derived from an article's original, its body one paragraph unless given."""
    text = f"The text of {article.permalink}."
    reading = Reading(article=article, markup="markdown", text=text, edits=tuple(edits))
    body = body or Body(html=f"<p>{text}</p>\n", text=text)
    return Shown(reading=reading, body=body)


class Site(NamedTuple):
    """A site in memory: its pages as text by path, and every path that a build would publish."""

    catalog: Any
    archive: Archive
    texts: dict
    paths: set


def rendered(articles, archive, derivations=None):
    """Give the whole site of some articles."""
    catalog, problems = assemble(articles, archive)
    assert problems == ()
    theme = pages.open_theme(Path(archive.root))
    made = [
        *(
            theme.fill(page) if isinstance(page, pages.Draft) else page
            for page in pages.site_pages(theme, catalog, archive)
        ),
        pages.search_page(theme, archive, b'{"about":"</script>"}'),
    ]
    known = derivations or {}
    for article in catalog.articles:
        around = catalog.around(article.permalink)
        derivation = known.get(article.permalink) or derived(article)
        made.append(pages.article_page(theme, article, derivation, around, archive))
        if article.status != "withdrawn":
            text = derivation.reading.text
            made.append(pages.original_page(theme, article, derivation, text, archive))
    held = {f"{article.permalink}/record.json" for article in catalog.articles}
    held |= {pages.original_path(a) for a in catalog.articles if a.status != "withdrawn"}
    paths = [artifact.path for artifact in made]
    assert len(paths) == len(set(paths))
    texts = {artifact.path: artifact.content.decode() for artifact in made}
    return Site(
        catalog, archive, texts, {*paths, *held, "manifest-sha256.txt", "fixity/checkpoint.txt"}
    )


class Page(HTMLParser):
    """A page taken apart: every start tag with its attributes, and the text of chosen elements."""

    VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr"))

    def __init__(self, text):
        """Take the page's text."""
        super().__init__()
        self.tags = []
        self.data_text = []
        self.heading = ""
        self.scripts = []
        self._open = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        """Note a start tag, and remember what is open."""
        values = dict(attributes)
        self.tags.append((tag, values))
        if tag not in self.VOID:
            self._open.append((tag, values))
        if "data-text" in values:
            self.data_text.append("")

    def handle_startendtag(self, tag, attributes):
        """Note a tag that closes itself, as in SVG."""
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        """Close what is open down to this tag; a block's end ends a line of the text."""
        while self._open and self._open.pop()[0] != tag:
            pass
        inside = any("data-text" in values for _, values in self._open)
        if inside and tag in {"p", "li", "h2"}:
            self.data_text[-1] += "\n"

    def handle_data(self, data):
        """Keep the words of the elements that tests look at."""
        if any("data-text" in values for _, values in self._open):
            self.data_text[-1] += data
        if any("data-title" in values for _, values in self._open):
            self.heading += data
        if self._open and self._open[-1][0] == "script":
            self.scripts.append(data)

    def named(self, name):
        """Give the content of every `<meta>` of a name or property."""
        return [
            values["content"]
            for tag, values in self.tags
            if tag == "meta" and name in {values.get("name"), values.get("property")}
        ]

    def links(self, rel):
        """Give the address of every `<link>` of a relation."""
        return [v["href"] for tag, v in self.tags if tag == "link" and v.get("rel") == rel]


@pytest.fixture(scope="session")
def make():
    """The functions that tests make articles and sites with."""
    return SimpleNamespace(
        HOSTILE=HOSTILE,
        Page=Page,
        article=new_article,
        derived=derived,
        inferred=inferred,
        rendered=rendered,
        stated=stated,
    )


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """An archive with an address below a base path, and outlets with notes."""
    return Archive(
        root=str(tmp_path_factory.mktemp("archive")),
        title="Harbour <Press> Archive",
        description="What the papers of a harbour town wrote.",
        about="Kept by *volunteers*.",
        address="https://archive.example/harbour/",
        domain="archive.example",
        maintainer="Local History Society",
        contact="archive@example.org",
        repository="https://git.example/harbour",
        outlets=(
            Outlet(
                id="gazette",
                name="Harbour Gazette",
                forms=("The Gazette",),
                note="A **weekly**.",
                url="https://gazette.example/",
            ),
            Outlet(id="silent", name="The Silent Paper"),
        ),
    )


@pytest.fixture(scope="session")
def articles():
    """Articles of every kind, oldest last."""
    return (
        new_article(
            "2023/flood",
            title="Flood “swallows” lower town",
            date="2023-11-04",
            outlet="Harbour Gazette",
            authors=("Ann Doe", "Bo Roe"),
            url=stated("https://gazette.example/flood?a=1&b=2"),
            retrieved=stated("2023-12"),
            modified=stated("2023-11-05"),
            section=stated("News"),
            description=stated("The quay stood under water."),
            rights=stated("https://creativecommons.org/licenses/by/4.0/"),
            tags=("Flood & tide", "flood & tide", "Harbour"),
            captions=(stated("The quay at nine. (Photo: A. Doe)"),),
            aliases=("old/flood.html", "2023/11/04/flood"),
        ),
        new_article("2023/bridge", date="2023-11", outlet="Harbour Gazette", tags=("Harbour",)),
        new_article("2023/year-only", date="2023", outlet="Coast Radio"),
        new_article("jekyll", date=inferred("2016-03-18"), title=inferred("Storm opens gap")),
        new_article("hostile", date="2022-02-02", title=HOSTILE, tags=(HOSTILE,)),
        new_article("supplied", title=Assertion(value="Seals", basis=Basis.SUPPLIED)),
        new_article(
            "مرفأ/المدينة",
            date="2021-05-01",
            language="ar",
            title="عودة العبّارة الليلية",
            outlet="إذاعة الساحل",
        ),
        new_article(
            "gone",
            date="2020-01-01",
            outlet="Harbour Gazette",
            status="withdrawn",
            status_reason="asked for by the person named",
            description=stated("A secret summary."),
            captions=(stated("A secret caption."),),
            url=stated("https://gazette.example/gone"),
        ),
    )


@pytest.fixture(scope="session")
def derivations(articles):
    """What is derived from those that have more than one plain paragraph."""
    flood, gone = articles[0], articles[-1]
    links = ("bridge.md", "/old/flood.html", "../jekyll/#end", "nowhere.md")
    anchors = "".join(f'<p><a href="{link}">to {link}</a></p>' for link in links)
    body = Body(
        html=f"<p>The water rose &amp; fell.</p>\n{anchors}",
        text="The water rose & fell.\n" + "\n".join(f"to {link}" for link in links),
        links=links,
    )
    edits = (
        Edit(start=0, end=31, rule="header.date-outlet@1", reason=Reason.HEADER, feeds="published"),
        Edit(start=90, end=90, replacement=" ", rule="r@1", reason=Reason.REPAIR_SPACE),
        Edit(start=99, end=99, replacement=" ", rule="r@1", reason=Reason.REPAIR_SPACE),
    )
    return {
        flood.permalink: derived(flood, body, edits),
        gone.permalink: derived(gone, Body(html="<p>secret text</p>", text="secret text")),
    }


@pytest.fixture(scope="session")
def site(archive, articles, derivations):
    """The site of that archive."""
    return rendered(articles, archive, derivations)
