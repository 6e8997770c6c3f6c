"""All pages of a small archive: links, escaping, what they may load, determinism."""

import gzip
import posixpath
from hashlib import sha256
from urllib.parse import unquote, urlsplit

import msgspec
import pytest

from site_builder import pages
from site_builder.catalog import assemble
from site_builder.config import Archive
from site_builder.derived import Body
from site_builder.errors import ArchiveError
from site_builder.model import Assertion, Basis
from site_builder.pages.crosslinks import crosslink

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
LOADING = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "prefetch"}


def html_pages(site):
    return {path: text for path, text in site.texts.items() if path.endswith((".html", ".htm"))}


def addresses(page):
    """Give every address that a reader or a browser can follow from a page."""
    for tag, values in page.tags:
        for name in ("href", "src", "action"):
            if name in values and not (tag == "link" and values.get("rel") not in LOADING):
                yield values[name]


def target(path, address):
    """Give the file that an address leads to from a page; 404.html speaks from the base path."""
    if address.startswith("/harbour/"):
        path, address = "", address.removeprefix("/harbour/") or "./"
    joined = posixpath.join(posixpath.dirname(path), unquote(address))
    return posixpath.normpath(f"{joined}index.html" if address.endswith("/") else joined)


def test_every_link_leads_to_a_file_of_the_site(site, make):
    """Whatever a page links to inside the archive is published."""
    missing = [
        (path, address)
        for path, text in html_pages(site).items()
        for address in addresses(make.Page(text))
        for bare in [address.partition("#")[0].partition("?")[0]]
        if bare and not urlsplit(bare).scheme and target(path, bare) not in site.paths
    ]

    assert missing == [("2023/flood/index.html", "nowhere.md")]


def test_no_link_is_absolute_but_on_the_page_for_what_is_missing(site, make):
    """So a site works below any base path, whatever archive.toml says."""
    absolute = {
        path
        for path, text in html_pages(site).items()
        for address in addresses(make.Page(text))
        if address.startswith(("/", "https://archive.example"))
    }

    assert absolute == {"404.html"}


def test_what_is_missing_is_in_no_search_engine(site):
    """404.html asks crawlers to leave it out, and says no canonical address; an overview does not."""
    noindex = '<meta name="robots" content="noindex">'

    assert noindex in site.texts["404.html"]
    assert 'rel="canonical"' not in site.texts["404.html"]
    assert noindex not in site.texts["dates/index.html"]


def test_the_address_changes_nothing_but_metadata(archive, articles, derivations, site, make):
    """Without an address pages say nothing that needs one, and everything else is the same."""
    bare = msgspec.structs.replace(archive, address="")
    other = make.rendered(articles, bare, derivations)
    text = other.texts["2023/flood/index.html"]

    assert "sitemap.xml" not in other.paths
    assert not [path for path, text in other.texts.items() if "archive.example/" in text]
    assert [] == make.Page(text).named("og:url") == make.Page(text).links("canonical")
    assert "Sitemap" not in other.texts["robots.txt"]
    assert site.paths - other.paths == {"sitemap.xml"}


def test_every_page_has_the_content_security_policy(site, make):
    """A browser is told that an archive page loads nothing from anywhere else."""
    policies = {
        values.get("content")
        for text in html_pages(site).values()
        for tag, values in make.Page(text).tags
        if values.get("http-equiv") == "Content-Security-Policy"
    }
    without = [
        path for path, text in html_pages(site).items() if "Content-Security-Policy" not in text
    ]

    assert policies == {POLICY}
    assert without == []


def test_nothing_is_loaded_from_another_host_and_nothing_is_inline(site, make):
    """No page names another host in what a browser loads, nor carries a style or a script that runs."""
    loaded, inline = [], []
    for path, text in html_pages(site).items():
        for tag, values in make.Page(text).tags:
            loads = tag == "link" and values.get("rel") in LOADING
            address = values.get("src") or (values.get("href") if loads else "") or ""
            if address.startswith(("http", "//")):
                loaded.append((path, address))
            runs = (
                tag == "script"
                and "src" not in values
                and values.get("type") not in {"application/json", "application/ld+json"}
            )
            if (
                runs
                or tag == "style"
                or "style" in values
                or any(n.startswith("on") for n in values)
            ):
                inline.append((path, tag))

    assert loaded == []
    assert inline == []


def test_a_hostile_headline_is_only_ever_text(site, make):
    """Tags, quotes and script ends in a headline stay words in every page and feed."""
    page = make.Page(site.texts["hostile/index.html"])

    assert make.HOSTILE == page.heading
    assert not [
        path for path, text in site.texts.items() if "<script>alert" in text or "<b>'x'" in text
    ]
    assert {"module", "application/json", "application/ld+json"} >= {
        values["type"]
        for text in html_pages(site).values()
        for tag, values in make.Page(text).tags
        if tag == "script"
    }


def test_what_is_indexed_is_what_the_page_shows(site, articles, derivations, make):
    """The words of the elements marked data-text are those that the search knows."""
    for article in articles:
        body = (derivations.get(article.permalink) or make.derived(article)).body
        page = make.Page(site.texts[f"{article.permalink}/index.html"])
        shown = [line for block in page.data_text for line in block.split("\n") if line]

        assert pages.indexed_text(article, body).split("\n") == (shown or [""])


def test_a_summary_with_which_the_text_begins_is_shown_once(make):
    """Where the file repeats its summary as its first words, an ellipsis at its end or not."""
    article = make.article("a", description=make.stated("The water\nrose …"))
    body = Body(html="<p>The water rose.</p>", text="The water rose.")

    assert pages.indexed_text(article, body) == "The water rose."
    assert pages.indexed_text(article, Body(html="<p>x</p>", text="x")) == "The water rose …\nx"


def test_a_withdrawn_article_leaves_record_and_reason(site):
    """A tombstone has metadata, hash and reason; text, summary, captions and original are gone."""
    text = site.texts["gone/index.html"]

    assert "asked for by the person named" in text
    assert "8df2367aeb56" in text
    assert 'content="noindex"' in text
    assert not [path for path, text in site.texts.items() if "secret" in text]
    assert "original.md" not in text


def test_an_undated_article_has_no_time_element(site):
    """Zotero would take the first one on the page for the date."""
    assert "<time" not in site.texts["supplied/index.html"]
    assert site.texts["2023/flood/index.html"].count("<time") == 1


def test_supplied_headlines_stand_in_brackets_and_inferred_values_are_marked(site):
    """A reader sees what the file does not say itself."""
    inferred = site.texts["jekyll/index.html"]

    assert "<h1 data-title>[Seals]</h1>" in site.texts["supplied/index.html"]
    assert "probably 18 March 2016" in inferred
    assert '<abbr class="mark" title="from the file name">inferred</abbr>' in inferred
    assert "Headline inferred: from the file name" in inferred


def test_an_article_says_its_language_and_direction(site, make):
    """The text's own language and direction, not the page's."""
    article = next(
        values
        for tag, values in make.Page(site.texts["مرفأ/المدينة/index.html"]).tags
        if tag == "article"
    )

    assert article == {"lang": "ar", "dir": "rtl"}


def test_links_between_articles_lead_to_their_pages(site):
    """By path of the file, by old address, and past its own page; what is unknown stays as written."""
    text = site.texts["2023/flood/index.html"]

    assert '<a href="../../2023/bridge/">to bridge.md</a>' in text
    assert '<a href="../../2023/flood/">to /old/flood.html</a>' in text
    assert '<a href="../../jekyll/#h-end">to ../jekyll/#end</a>' in text
    assert '<a href="nowhere.md">to nowhere.md</a>' in text


def test_words_that_look_like_a_link_are_left_alone(make, archive):
    """Only tags are rewritten: the same letters in the text are the article's wording."""
    body = Body(
        html='<p>write href="b.md" <a title="&lt;a href=&quot;b.md&quot;" href="b.md">so</a></p>',
        text='write href="b.md" so',
        links=("b.md",),
    )
    first = make.article("a")
    site = make.rendered((first, make.article("b")), archive, {"a": make.derived(first, body)})

    assert (
        '<p>write href="b.md" <a title="&lt;a href=&quot;b.md&quot;" href="../b/">so</a></p>'
        in site.texts["a/index.html"]
    )


def test_old_addresses_lead_on(site, make):
    """A page at each alias refreshes to the article, links to it, and names it as canonical."""
    page = make.Page(site.texts["old/flood.html"])

    assert ["../2023/flood/"] == [values["href"] for tag, values in page.tags if tag == "a"]
    assert page.links("canonical") == ["https://archive.example/harbour/2023/flood/"]
    assert 'content="0; url=../../../../2023/flood/"' in site.texts["2023/11/04/flood/index.html"]


def test_the_same_archive_gives_the_same_bytes(archive, articles, derivations, site, make):
    """Whatever the order in which articles come in."""
    assert make.rendered(articles[::-1], archive, derivations).texts == site.texts


def test_a_search_page_works_with_the_browser_module(site, make):
    """It has the form, the place, the module and the index's manifest that search-page.js is written for."""
    text = site.texts["search/index.html"]
    tags = make.Page(text).tags
    module, data = (values for tag, values in tags if tag == "script")

    assert "module" == module["type"]
    assert module["src"].startswith("../static/search-page.js?v=")
    assert {"type": "application/json", "data-manifest": None} == data
    assert (
        '<script type="application/json" data-manifest>{"about":"\\u003c/script>"}</script>' in text
    )
    assert [v for _, v in tags if "data-search-app" in v] == [
        {"data-search-app": None, "data-root": "../"}
    ]
    assert [v["role"] for _, v in tags if "data-search" in v] == ["search"]
    assert "noscript" in {tag for tag, _ in tags}


def test_every_page_has_a_way_past_the_header_and_to_the_search(site, make):
    """Skip link, navigation, one search form, one main part, one heading."""
    for path, text in html_pages(site).items():
        if 'http-equiv="refresh"' in text:
            continue
        tags = make.Page(text).tags
        names = [tag for tag, _ in tags]

        assert (path, 1, 1) == (path, names.count("h1"), names.count("main"))
        assert (path, 1) == (path, sum(values.get("role") == "search" for _, values in tags))
        assert ("a", {"class": "skip", "href": "#main"}) in tags


def test_the_archives_own_files_stand_in_front_of_ours(make, tmp_path):
    """Templates and static files of the same name; ours can be built on as `shipped/`."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "static" / "fonts").mkdir(parents=True)
    (tmp_path / "static" / "site.css").write_text("body { color: red }")
    (tmp_path / "static" / "fonts" / "a.woff2").write_bytes(b"x")
    (tmp_path / "static" / ".hidden").write_bytes(b"x")
    own = '{% extends "shipped/404.html" %}{% block main %}<h1>Gone fishing</h1>{% endblock %}'
    (tmp_path / "templates" / "404.html").write_text(own)
    texts = make.rendered((), Archive(root=str(tmp_path), title="T")).texts

    assert texts["static/site.css"] == "body { color: red }"
    assert (
        f"static/site.css?v={sha256(b'body { color: red }').hexdigest()[:8]}" in texts["404.html"]
    )
    assert texts["static/fonts/a.woff2"] == "x"
    assert "static/.hidden" not in texts
    assert "Gone fishing" in texts["404.html"]
    assert "Skip to the text" in texts["404.html"]


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("<p>\n{% if %}</p>", 2),
        ("<p>\n\n{{ nothing.there }}</p>", 3),
        ("{{ archive.title.nothing() }}", 1),
        ("{{ 1 / 0 }}", 1),
    ],
)
def test_a_fault_in_a_template_is_located(tmp_path, fault, line):
    """The error names the file as the keeper knows it, the line, and what to do."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "about.html").write_text(fault)
    archive = Archive(root=str(tmp_path), title="T")
    catalog, _ = assemble((), archive)
    with pytest.raises(ArchiveError) as caught:
        list(pages.site_pages(pages.open_theme(tmp_path), catalog, archive))

    assert (caught.value.path, caught.value.line) == ("templates/about.html", line)
    assert caught.value.hint


def test_an_empty_archive_is_a_site_too(make, tmp_path):
    """Every overview stands, and says that there is nothing yet."""
    site = make.rendered((), Archive(root=str(tmp_path), title="T"))

    assert {"index.html", "dates/index.html", "tags/index.html", "feed.xml"} <= site.paths
    assert "No articles." in site.texts["dates/undated/index.html"]


def test_text_that_is_no_unicode_harms_nothing(make, archive):
    """Lone surrogates and control characters from hostile files end as characters that can be written."""
    odd = "a\ud800\x00\x1b\uffffb"
    article = make.article("odd", title=odd, date="2020", tags=(odd,), description=make.stated(odd))
    texts = make.rendered((article,), archive).texts

    assert "\x1b" not in texts["feed.xml"]
    assert "<title>ab</title>" in texts["feed.xml"]
    assert Assertion(value=odd, basis=Basis.STATED, where="front matter") == article.title


def test_an_article_page_is_small_beside_its_text(site):
    """All that stands around an article's text is at most 4 KB when compressed."""
    size = len(gzip.compress(site.texts["2023/flood/index.html"].encode(), 9))

    assert size <= 4096


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("b.md", "../../p/b/"),
        ("./b.md?x=1#part-2", "../../p/b/#h-part-2"),
        ("../q/c.md", "../../q/c/"),
        ("/articles/q/c.md", "../../q/c/"),
        ("/q/c", "../../q/c/"),
        ("/q/c.html", "../../q/c/"),
        ("/q/c/index.html", "../../q/c/"),
        ("../b/", "../../p/b/"),
        ("b", "../../p/b/"),
        ("%62.md", "../../p/b/"),
        ("/2015/01/old/", "../../q/c/"),
        ("../../../../etc/passwd", ""),
        ("d.md", ""),
        ("?only=query", ""),
    ],
)
def test_a_link_finds_the_article_it_means(make, archive, written, expected):
    """By path beside the file or below the archive, by page, by old address; never by guessing."""
    here = make.article("p/a")
    old = make.article("q/c", aliases=("2015/01/old",))
    catalog, _ = assemble((here, make.article("p/b"), old), archive)

    assert crosslink(written, here, catalog.book) == expected


def test_a_lead_is_the_beginning_of_the_text():
    """One line, whole words, at most 160 characters."""
    text = "The water\nrose. " + "And rose " * 40
    found = pages.lead(text)

    assert found.startswith("The water rose. And rose And")
    assert found.endswith(("And…", "rose…"))
    assert len(found) <= 160
    assert pages.lead("Short.\n") == "Short."


def test_a_static_link_out_of_the_archive_is_not_followed(make, tmp_path):
    """What lies elsewhere on the keeper's disk is never published."""
    (tmp_path / "secret.txt").write_text("secret")
    root = tmp_path / "archive"
    (root / "static").mkdir(parents=True)
    (root / "static" / "leak.txt").symlink_to(tmp_path / "secret.txt")
    site = make.rendered((), Archive(root=str(root), title="T"))

    assert "static/leak.txt" not in site.paths
