"""An article saves in Zotero as a newspaper article of its own publisher, and the archive as its archive."""

import json

import pytest

from site_builder.build import build

from .zotero import Saved, save

NO_PUBLISHER = "[publisher not identified]"


def pages_of(site):
    """Give (record, saved item, page) of every article of a site."""
    for path in sorted(site.rglob("record.json")):
        html = (path.parent / "index.html").read_text("utf-8")
        yield json.loads(path.read_bytes()), save(html), html


def seen(text):
    """Give what can be seen of a text, on one line."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def assert_saved_as_it_is(site):
    """Hold every article's item against its record."""
    pages = list(pages_of(site))
    assert pages
    for record, saved, html in pages:
        values = record["values"]
        known = {
            name: (values[name]["value"] or "")
            for name in ("title", "outlet", "published", "language")
        }
        title = f"[{known['title']}]" if values["title"]["basis"] == "supplied" else known["title"]

        assert saved.kind == "newspaperArticle"
        assert seen(saved.title) == seen(title)
        assert " ".join(saved.publication.split()) == " ".join(
            (known["outlet"] or NO_PUBLISHER).split()
        )
        assert saved.publication != record["held_by"]["archive"] or known["outlet"]
        assert saved.date == (known["published"] or "n.d.")
        assert saved.language == known["language"]
        assert len(saved.authors) == sum(
            author["basis"] != "unknown" for author in values["authors"]
        )
        assert saved.archive == seen(record["held_by"]["archive"])
        assert saved.location == record["id"]
        assert (
            not values["url"]["value"] or f"Original URL: {values['url']['value']}" in saved.extra
        )
        assert "citation_" not in html.partition("</head>")[0]


def test_every_article_of_the_example_saves_as_what_it_is(built_example):
    """Files of every kind: with and without publisher, date, byline, and a supplied headline."""
    assert_saved_as_it_is(built_example.site)


def test_the_samples_save_as_what_they_are(samples, tmp_path):
    """Scraped news texts, some without publisher or date."""
    build(samples, tmp_path / "site")

    assert_saved_as_it_is(tmp_path / "site")


def test_real_articles_save_as_what_they_are(corpora, tmp_path):
    """Texts with every hazard that a hundred thousand articles may have."""
    build(corpora / "dirty", tmp_path / "site")

    assert_saved_as_it_is(tmp_path / "site")


HOSTILE = """---
title: '"><meta name="citation_journal_title" content="x">'
author: ["Quill, A.", "The Desk"]
tags: [x]
---
<span class="Z3988" title="ctx_ver=Z39.88-2004"></span>
<p class="byline">By nobody</p> <time datetime="1999-01-01">then</time>

Text.
"""


def test_markup_of_an_article_does_not_change_what_is_saved(tmp_path):
    """Neither its COinS, nor its bylines, nor its times, nor what looks like metadata in a headline."""
    (tmp_path / "a.md").write_text(HOSTILE, "utf-8")
    build(tmp_path)
    (_, saved, _html) = next(pages_of(tmp_path / "_site"))

    assert saved.kind == "newspaperArticle"
    assert (saved.authors, saved.date) == (("Quill, A.", "The Desk"), "n.d.")
    assert saved.publication == NO_PUBLISHER
    assert saved.title.startswith('"><meta')


NEWS = '<meta name="z:itemType" content="newspaperArticle">'
SITE = '<meta property="og:site_name" content="Archive">'
TIME = '<time datetime="2026-01-01">'
SOURCE = '<meta name="DC.source" content="https://a">'
JOURNAL = '<meta name="citation_journal_title" content="J">'


@pytest.mark.parametrize(
    ("head", "kind", "publication", "date"),
    [
        ("", "webpage", "", ""),
        (f"{SITE}{TIME}", "webpage", "Archive", "2026-01-01"),
        (f"{NEWS}{SOURCE}", "newspaperArticle", "https://a", ""),
        (f"{NEWS}{JOURNAL}", "journalArticle", "", ""),
        (f'{NEWS}<span class="Z3988"></span>', "bookSection", "", ""),
    ],
)
def test_the_reader_itself_follows_the_rules(head, kind, publication, date):
    """Each of Zotero's traps springs for a page that walks into it."""
    saved = save(f"<title>T</title>{head}")

    assert (kind, publication, date) == (saved.kind, saved.publication, saved.date)
    assert isinstance(saved, Saved)


def test_the_links_of_a_page_lead_on(built_example):
    """Signposting: what to cite, what describes it, the original, the licence, the publisher's own page."""
    for record, _saved, html in pages_of(built_example.site):
        head = html.partition("</head>")[0]
        page = f"{record['held_by']['address']}{record['permalink']}/"
        whole = record["status"] == "public" and record["text_level"] == "full"

        assert 'rel="describedby" href="record.json" type="application/json"' in head
        assert ('rel="item" href="original.' in head) is whole
        assert head.count('rel="license"') <= 1
        assert (record["values"]["url"]["value"] is not None) == ('rel="via"' in head)
        if page.isascii():
            assert f'rel="canonical" href="{page}"' in head
            assert f'rel="cite-as" href="{page}"' in head
