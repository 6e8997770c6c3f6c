"""Saved feeds: entries as articles, known again, hostile ones harmless."""

import pytest

from site_builder.build import build
from site_builder.importing import import_files
from site_builder.provenance.verify import verify
from site_builder.reading import Refused
from site_builder.reading.feeds import entries

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Echo</title><language>en</language>
<item><title>Quay &amp;amp; pier</title><link>https://echo.example/quay</link><guid>e1</guid>
<pubDate>Sat, 04 Nov 2023 09:00:00 GMT</pubDate><dc:creator>Ann Quill</dc:creator><category>quay</category>
<category>works</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>The quay is <b>dry</b>.</p><p>Boats wait.</p>
<script>x()</script>]]></content:encoded>
</item>
<item><title>Tide</title><description>High &lt;i&gt;tide&lt;/i&gt; at noon.</description></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Echo</title>
<entry><title type="html">The &lt;i&gt;quay&lt;/i&gt;</title><id>tag:echo,1</id>
<published>2023-11-04T09:00:00Z</published><updated>2023-11-05T09:00:00Z</updated>
<author><name>Ann Quill</name></author><category term="quay"/>
<link rel="self" href="https://echo.example/self"/><link href="https://echo.example/quay"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The quay is dry.</p></div></content>
</entry></feed>
"""


def rows_of(text):
    return list(entries(text.encode(), "feed.xml"))


def test_an_rss_item_says_what_front_matter_says():
    """Title, day, author, address, tags; the whole text before the short one, which describes it."""
    quay, tide = rows_of(RSS)

    assert quay.values == {
        "title": "Quay & pier",
        "date": "Sat, 04 Nov 2023 09:00:00 GMT",
        "author": ["Ann Quill"],
        "url": "https://echo.example/quay",
        "tags": ["quay", "works"],
        "description": "Short.",
        "text": "<p>The quay is <b>dry</b>.</p><p>Boats wait.</p>\n<script>x()</script>",
        "outlet": "Harbour Echo",
        "language": "en",
    }
    assert (quay.entry, tide.values["text"]) == ("e1", "High <i>tide</i> at noon.")


def test_an_atom_entry_says_the_same():
    """Its own address, not the feed's; XHTML as HTML; markup in a title is none of its words."""
    [quay] = rows_of(ATOM)

    assert quay.values["title"] == "The quay"
    assert quay.values["url"] == "https://echo.example/quay"
    assert (quay.values["author"], quay.values["tags"]) == (["Ann Quill"], ["quay"])
    assert quay.values["modified"] == "2023-11-05T09:00:00Z"
    assert "<p" in quay.values["text"]
    assert "The quay is dry." in quay.values["text"]


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "archive" / "articles").mkdir(parents=True)
    return tmp_path / "archive"


def take(archive, text, name="feed.xml"):
    path = archive.parent / name
    path.write_text(text, "utf-8")
    return import_files([path], archive)


def test_a_feed_is_imported_built_and_verified(archive):
    """The whole way; a later copy of the feed gives only what is new; a changed original is found."""
    first = take(archive, RSS)
    more = "<item><title>New</title><description>New.</description></item>"
    later = take(archive, RSS.replace("<item><title>Tide", f"{more}<item><title>Tide"))
    built = build(archive)
    page = (archive / "_site" / "feed-1" / "index.html").read_text("utf-8")
    before = verify(archive)
    article = archive / "articles" / "feed-1.md"
    changed = article.read_text("utf-8").replace("entry_sha256: ", "entry_sha256: 0")
    article.write_text(changed, "utf-8")

    assert (len(first.added), len(later.added), len(later.known)) == (2, 1, 2)
    assert (built.articles, built.ok) == (3, True)
    assert "The quay is <strong>dry</strong>." in page or "The quay is <b>dry</b>." in page
    assert "x()" not in page
    assert "an entry of the feed feed.xml" in page
    assert before.ok
    assert ["articles/feed-1.md"] == [finding.path for finding in verify(archive).findings]


@pytest.mark.parametrize("text", ["", "<html><body>x</body></html>", "not xml", "<a/>"])
def test_what_is_no_feed_is_refused(text):
    """An XML file of another kind is named, with what can be done."""
    with pytest.raises(Refused, match="not a feed"):
        rows_of(text)


def test_a_hostile_feed_reads_no_file_and_blows_up_nothing(tmp_path):
    """Entities are not resolved: neither those of other files nor those that multiply."""
    (tmp_path / "secret").write_text("secret words")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret"><!ENTITY e0 "ha">{bomb}]>
    <rss><channel><title>T</title><item><title>a &x; b</title>
    <description>c &e11; d</description></item></channel></rss>"""
    [row] = rows_of(text)

    assert "secret" not in str(row.values)
    assert len(str(row.values)) < 1_000


def test_broken_feeds_give_what_can_be_read():
    """A tag that is not closed costs no more than it must."""
    found = rows_of(RSS.replace("</channel></rss>", ""))

    assert ["Quay & pier", "Tide"] == [row.values["title"] for row in found]
