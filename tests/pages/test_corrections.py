"""What the archive has put right: on the page, in the record, in the feed; and how readers tell of errors."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from lxml import etree, html

from site_builder.build import build
from site_builder.pages.corrections import report_address

ARTICLE = """---
title: Quay <falls>
date: 2001-02-03
{corrections}
---
The quay fell.
"""
LISTED = """corrections:
  - date: 2024-03-01
    text: The publisher was given as <b>Gazette</b>.
  - "2024-05: A caption was put back."
  - The author's name was misspelt."""


@pytest.fixture
def built(tmp_path):
    """Build an archive of one article with these lines in its front matter."""

    def go(lines):
        (tmp_path / "articles").mkdir()
        text = ARTICLE.format(corrections=lines)
        (tmp_path / "articles" / "quay.md").write_text(text, "utf-8")
        made = build(tmp_path)
        return made, Path(made.site)

    return go


def test_corrections_stand_on_the_page_in_the_record_and_in_the_feed(built):
    """With their days, as text; the feed brings a corrected article up again."""
    made, site = built(LISTED)
    page = html.fromstring((site / "quay" / "index.html").read_text("utf-8"))
    items = page.xpath("//section[h2='Corrected by the archive']//li")
    record = json.loads((site / "quay" / "record.json").read_bytes())
    feed = etree.parse(site / "feed.xml").getroot()
    entry = feed.find("{*}entry")

    assert made.problems == ()
    assert [item.text_content() for item in items] == [
        "1 March 2024: The publisher was given as <b>Gazette</b>.",
        "May 2024: A caption was put back.",
        "The author's name was misspelt.",
    ]
    assert record["corrections"][0] == {
        "text": "The publisher was given as <b>Gazette</b>.",
        "date": "2024-03-01",
    }
    assert "corrections" not in record.get("extra", {})
    assert entry.findtext("{*}updated") == "2024-05-01T00:00:00Z"
    assert entry.findtext("{*}published") == "2001-02-03T00:00:00Z"
    assert "A caption was put back." in entry.findtext("{*}summary")


@pytest.mark.parametrize(
    "lines", ["corrections: 2024-03-01", "corrections: [{date: spring, text: a}]"]
)
def test_what_is_no_correction_is_said_and_kept(built, lines):
    """The line is named, and the words stay in the record."""
    made, site = built(lines)
    record = json.loads((site / "quay" / "record.json").read_bytes())

    assert [(problem.path, problem.line) for problem in made.problems] == [("articles/quay.md", 4)]
    assert "corrections" in record["extra"]


@pytest.mark.parametrize(
    ("repository", "contact", "begins"),
    [
        ("https://github.com/a/b.git", "k@example.org", "https://github.com/a/b/issues/new?title="),
        ("https://gitlab.com/a/b/", "", "https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D="),
        ("https://git.example.org/a/b", "k@example.org", "mailto:k@example.org?subject="),
        ("", "https://example.org/contact", "https://example.org/contact"),
        ("", "at the desk", ""),
        ("javascript://github.com/a", "", ""),
    ],
)
def test_an_error_is_reported_where_the_archive_can_be_reached(
    make, archive, repository, contact, begins
):
    """The repository comes before the mail address; no link without either."""
    own = msgspec.structs.replace(archive, repository=repository, contact=contact)
    found = report_address(make.article("a"), own)

    assert found.startswith(begins)
    assert bool(found) == bool(begins)


def test_a_report_names_the_article(make, archive):
    """Its headline, its address and its record, whatever signs stand in them."""
    own = msgspec.structs.replace(archive, contact="k@example.org")
    article = make.article("a", title="50% & + ?\n“sank”")
    filled = parse_qs(urlsplit(report_address(article, own)).query)

    assert filled["subject"] == ["Error in “50% & + ? “sank””"]
    assert filled["body"][0].startswith(
        f"https://archive.example/harbour/a/\r\nRecord {article.record_id}"
    )
