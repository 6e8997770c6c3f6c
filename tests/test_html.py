"""Saved pages: the article's own part is shown, and each value names its place in the page."""

import json
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config import Archive
from site_builder.model import Basis, Original
from site_builder.outlet import Outlet
from site_builder.reading.decode import decode
from site_builder.reading.html import read_html
from site_builder.reading.html.tree import words_as_html
from site_builder.reading.refused import Refused

ARCHIVE = Archive(
    root="/archive",
    title="Archive",
    outlets=(Outlet(id="herald", name="Quay Herald", url="https://www.herald.example/"),),
)
PARAGRAPHS = (
    "The harbour board has closed the north pier for repairs that are to take until the end of May.",
    "“It took us ten minutes to decide, and it will take ten weeks to do,” said the chair of the board.",
    "Boats for the islands leave from the fish quay until then, at the hours that are posted there.",
)


def page(head="", body=""):
    """A page with an article, and with what sites put around one."""
    article = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    before = "<header><a href=/>Quay Herald</a><nav><a href=/a>Ports</a></nav></header>"
    after = "<footer><p>All the news that floats</p></footer>"
    inner = f"<article>{body}{article}</article>"
    return (
        f"<!DOCTYPE html><html><head>{head}</head>"
        f"<body>{before}<main>{inner}</main>{after}</body></html>"
    )


def read(content):
    """Read a page as a file of the archive."""
    original = Original(path="articles/pier.html", address="pier.html", reader="html")
    data = content if isinstance(content, bytes) else content.encode()
    return read_html(original, decode(original, data), ARCHIVE)


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def meta(name, content, key="property"):
    return f'<meta {key}="{name}" content="{content}">'


def ld(**node):
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("field", "expected", "where", "head"),
    [
        ("title", "Pier closes", "meta og:title", meta("og:title", "Pier closes")),
        ("title", "Pier closes", "JSON-LD headline",
         ld(**{"@type": "NewsArticle"}, headline="Pier closes")),
        ("published", "2021-03-09", "meta article:published_time",
         meta("article:published_time", "2021-03-09T10:00:00+01:00")),
        ("published", "2021-03-09", "JSON-LD datePublished",
         ld(**{"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "datePublished": "2021-03-09"}]})),
        ("published", "2021", "meta dc.date", meta("DC.date", "2021", "name")),
        ("published", "2021-03-09", "meta date", meta("Date", "9 March 2021", "name")),
        ("modified", "2021-03-10", "meta article:modified_time",
         meta("article:modified_time", "2021-03-10")),
        ("outlet", "Quay Herald", "meta og:site_name", meta("og:site_name", "Quay Herald")),
        ("outlet", "Quay Herald", "JSON-LD publisher",
         ld(**{"@type": "BlogPosting"}, publisher={"name": "Quay Herald"})),
        ("url", "https://herald.example/pier", "link canonical",
         '<link rel=canonical href="https://herald.example/pier">'),
        ("url", "https://herald.example/pier", "meta og:url", meta("og:url", "https://herald.example/pier")),
        ("description", "Repairs until May", "meta description",
         meta("description", "Repairs until May", "name")),
        ("section", "Ports", "meta article:section", meta("article:section", "Ports")),
        ("rights", "https://creativecommons.org/licenses/by/4.0/", "link license",
         "<link rel=license href='https://creativecommons.org/licenses/by/4.0/'>"),
        ("language", "en-GB", "meta content-language",
         '<meta http-equiv="content-language" content="en_GB">'),
    ],
)  # fmt: skip
def test_a_value_names_its_place(field, expected, where, head):
    """What a page's metadata states is stated, with the place it stands in."""
    found = getattr(read(page(head)).article, field)

    assert (expected, Basis.STATED, where) == (found.value, found.basis, found.where)


@pytest.mark.parametrize(
    ("expected", "where", "head", "body"),
    [
        (["Jane Doe"], "meta author", meta("author", "Jane Doe", "name"), ""),
        (["Jane Doe", "Ann Lee"], "meta author", meta("author", "By Jane Doe and Ann Lee", "name"), ""),
        (["Jane Doe"], "JSON-LD author", meta("article:author", "https://social.example/jane")
         + ld(**{"@type": "Article"}, author=[{"name": "Jane Doe"}]), ""),
        (["Jane Doe"], "rel author", "", "<a rel=author href=/jane>Jane Doe</a>"),
    ],
)  # fmt: skip
def test_authors_are_names(expected, where, head, body):
    """A byline gives its names, and an address is not one."""
    authors = read(page(head, body)).article.authors

    assert (expected, {where}) == ([a.value for a in authors], {a.where for a in authors})


def test_a_commenter_is_no_author():
    """Names below the article are those of its readers."""
    body = "<div class=comments><cite class='fn vcard'><span class=fn>Bob</span></cite></div>"
    authors = read(page("", body)).article.authors

    assert "Bob" not in [author.value for author in authors]


def test_a_page_saved_by_singlefile_says_when_and_from_where():
    """The comment that SingleFile writes gives the address and the day it was saved."""
    comment = """<!--
 Page saved with SingleFile
 url: https://herald.example/pier
 saved date: Tue Mar 09 2021 10:00:00 GMT+0000 (Coordinated Universal Time)
-->"""
    article = read(page().replace("<head>", f"{comment}<head>", 1)).article

    assert ("https://herald.example/pier", "2021-03-09") == (
        article.url.value,
        article.retrieved.value,
    )
    assert "SingleFile's comment" == article.retrieved.where
    assert not article.published.known


@pytest.mark.parametrize(
    ("expected", "head", "body"),
    [
        ("Pier closes", "<title>Pier closes | Quay Herald</title>", "<h1>Pier closes</h1>"),
        ("North pier closes", "<title>Quay Herald » North pier closes</title>",
         "<h1>Quay Herald</h1><h2>North pier closes</h2>"),
        ("Pier closes - at last", "<title>Pier closes - at last</title>", ""),
        ("Pier closes", meta("og:title", "Pier closes | Quay Herald")
         + meta("og:site_name", "Quay Herald"), ""),
        ("Pier closes", meta("og:title", "Quay Herald") + meta("og:site_name", "Quay Herald")
         + "<title>Pier closes | Quay Herald</title>", "<h1>Pier closes</h1>"),
        ("Pier closes", "", "<h1>Pier closes</h1>"),
    ],
)  # fmt: skip
def test_a_title_is_without_the_sites_name(expected, head, body):
    """The site's name goes where a heading or the metadata shows that it is one; else it stays."""
    assert expected == read(page(head, body)).article.title.value


@pytest.mark.parametrize("inside", ["article", "main", "section", "p", "div"])
def test_a_page_may_leave_out_its_outer_tags(inside):
    """HTML 5 asks for neither html, head nor body: no word of such a page is lost."""
    reading = read(
        f"<!doctype html><meta charset=utf-8><title>T</title><{inside}>The pier is closed.</{inside}>More."
    )

    assert "The pier is closed." in reading.text
    assert "More." in reading.text


def test_a_page_without_a_title_is_called_by_its_first_words():
    """The archive supplies it, and the note says how."""
    title = read("<p>The pier is closed.</p>").article.title

    assert ("The pier is closed.", Basis.SUPPLIED) == (title.value, title.basis)
    assert "the page states no title: these are its first words" == title.note


def test_a_date_in_the_wording_is_inferred():
    """What is only found in the text is never stated, and the note says who found it."""
    published = read(page("", "<p class=date>Published on 9 March 2021</p>")).article.published

    assert ("2021-03-09", Basis.INFERRED) == (published.value, published.basis)
    assert "htmldate" in published.note


def test_an_undated_page_has_no_date():
    """No clock and no year in passing makes a date."""
    assert not read(page("<title>Pier closes</title>")).article.published.known


def test_the_outlet_is_concluded_from_the_address_of_a_declared_one():
    """The keeper's file gives the outlet's host."""
    outlet = read(page('<link rel=canonical href="https://herald.example/pier">')).article.outlet

    assert ("Quay Herald", Basis.INFERRED) == (outlet.value, outlet.basis)


def test_the_article_is_told_from_what_stands_around_it():
    """The paragraphs are shown in their order, the site's own lines are not, and no edit is claimed."""
    reading = read(page())

    assert " ".join(PARAGRAPHS) == words(reading.text)
    assert ((), ()) == (reading.edits, reading.problems)


def test_form_is_kept():
    """Lists keep their numbers, code its lines, tables their cells, and pictures their own address."""
    body = (
        "<h2>What is shut</h2><ol><li>The pier</li></ol><ul><li>The <b>bar</b></li></ul>"
        "<blockquote><p>Not before time, and not a day too soon either.</p></blockquote>"
        '<p>H<sub>2</sub>O, <i>salt</i>, <a href="../tide.html">tides</a><br>and more of it here.</p>'
        '<img src="pier_files/pier.jpg" alt="The pier"><table><tr><th>Day</th><td>Tide</td></tr></table>'
    )
    text = read(page("", body)).text

    for piece in (
        "<h2>What is shut</h2>", "<ol><li>The pier</li></ol>", "<strong>bar</strong>", "<blockquote>",
        "<sub>2</sub>", "<em>salt</em>", '<a href="../tide.html">', "<br>",
        '<img src="pier_files/pier.jpg" alt="The pier">', "<th>Day</th>", "<td>Tide</td>",
    ):  # fmt: skip
        assert piece in text


def test_the_words_of_a_time_are_kept():
    """The day that stands in a sentence is part of the sentence."""
    body = '<p>The pier was closed on <time datetime="2021-03-09">Tuesday</time> by the harbour board.</p>'

    assert "was closed on Tuesday by" in words(read(page("", body)).text)


def test_the_headline_is_not_shown_twice():
    """The heading that is the title is left to the title."""
    reading = read(page("<title>Pier closes</title>", "<h1>Pier closes</h1>"))

    assert "Pier closes" == reading.article.title.value
    assert "Pier closes" not in reading.text


def test_captions_are_kept_apart():
    """A picture's caption is a caption, whether the picture is held or not."""
    figure = "<figure><img src=pier.jpg><figcaption>The pier. Photo: J. Doe</figcaption></figure>"

    assert ["The pier. Photo: J. Doe"] == [
        caption.value for caption in read(page("", figure)).article.captions
    ]


def test_a_page_that_is_all_article_is_taken_whole():
    """Nothing stands around it, so nothing is left out and nothing need be said."""
    reading = read("<title>Note</title><p>One<p>Two <b>three</b><dl><dt>Four<dd>five</dl>")

    assert ("One Two three Four five", ()) == (words(reading.text), reading.problems)


def test_an_article_in_an_odd_place_is_found_and_said_so():
    """Where little is clearly the article, more is taken, and a person is asked to look."""
    article = "".join(f"<div>{words}</div>" for words in PARAGRAPHS)
    reading = read(f"<header>Pier</header><footer>{article}</footer>")

    assert " ".join(PARAGRAPHS) in words(reading.text)
    assert ["little of this page was clearly"] == [p.message[:31] for p in reading.problems]


def test_a_page_that_trips_the_extraction_is_shown_whole(monkeypatch):
    """An archive had better show too much than lose words, and says that it does."""
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: 1 / 0)
    reading = read(page())

    assert f"Quay Herald Ports {' '.join(PARAGRAPHS)}" in words(reading.text)
    assert ["the article could not be told"] == [p.message[:29] for p in reading.problems]


def test_a_page_nested_too_deep_keeps_its_words():
    """What the parser would drop without a word is read in another way, and we say so."""
    reading = read("<p>top</p>" + "<div>" * 3000 + "the deepest words" + "</div>" * 3000)

    assert "top the deepest words" == words(reading.text)
    assert ["this page is nested too deep"] == [p.message[:28] for p in reading.problems]


def test_nothing_that_runs_is_part_of_a_text():
    """Scripts, styles and handlers are no words."""
    reading = read("<p onclick=x()>The pier<script>x()</script><style>p{}</style> is closed.</p>")

    assert "<p>The pier is closed.</p>" == reading.text


def test_a_page_without_words_is_said_to_have_none():
    """A frameset has no article, and its reader is told."""
    reading = read(
        "<html><head><title>F</title></head><frameset><frame src=a.html></frameset></html>"
    )

    assert ["this page holds no words"] == [problem.message for problem in reading.problems]


def test_a_templates_wrong_language_is_reported():
    """The page's word stands, and a person is asked to look."""
    arabic = "<p>افتتحت البلدية الجسر الجديد صباح اليوم بعد أن تأخر العمل فيه سنتين كاملتين.</p>"
    reading = read(f"<html lang=en><title>Bridge</title>{arabic}")

    assert ("en", Basis.STATED) == (reading.article.language.value, reading.article.language.basis)
    assert ["the page says its language is en, but its words look like ar"] == [
        problem.message for problem in reading.problems
    ]


def test_a_page_says_what_its_links_are_relative_to():
    """With a base, links and pictures are remote; without one they lie beside the page."""
    body = '<p><a href="tide.html">tides</a> <img src="pier.png"></p>'

    assert (
        'href="https://herald.example/a/tide.html"'
        in read(f'<base href="https://herald.example/a/">{body}').text
    )
    assert 'src="pier.png"' in read(body).text


@pytest.mark.parametrize(
    "script", ["{", "[" * 20_000, '{"@type": "Article", "author": 7}', "null", '"x"']
)
def test_broken_json_ld_is_passed_over(script):
    """A page whose JSON-LD cannot be read is read all the same."""
    head = f'<script type="application/ld+json">{script}</script>{meta("og:title", "Pier")}'

    assert "Pier" == read(page(head)).article.title.value


def test_the_libraries_keep_silent(caplog):
    """What they remark about a page is no message of ours."""
    with caplog.at_level(logging.DEBUG):
        read(page().replace("<article>", "<div>"))

    assert [] == [record for record in caplog.records if record.levelno >= logging.WARNING]


PIECES = """
<p> </p> <div> </div> <article> </article> <nav> <h1>Pier</h1> <table> <tr> <td> <b> </b> <script>
</script> <figure> <figcaption> <img/src=a> <!-- --> <title> <base/href=https://[> <html/lang=x>
<meta/property=og:title/content=x> <time> &amp; &#1; &#xffff; &#xd800; word pier. <svg> <body> <?xml
"""


@given(
    st.lists(
        st.one_of(st.sampled_from(PIECES.split()), st.text(max_size=8)), min_size=1, max_size=30
    )
)
def test_any_page_is_read(pieces):
    """Whatever a page is made of, it is read or refused; it has a title, and its text is a text."""
    try:
        reading = read(" ".join(["pier", *pieces]).encode("utf-8", "replace"))
    except Refused:
        return

    assert reading.article.title.value


@given(st.lists(st.sampled_from(["<div>", "</div>", "<p>", "one ", "two ", "&lt;"]), max_size=30))
def test_no_word_is_lost_where_the_parser_gives_up(pieces):
    """The last way of reading keeps every word between the tags."""
    html = "".join(pieces)
    expected = re.findall(r"one|two", html)

    assert expected == re.findall(r"one|two", words_as_html(html))


def test_real_pages_are_read_at_least_as_well_as_by_trafilatura_alone(corpora):
    """On 31 saved pages: title, author, date, and passages that are and are not of the article."""
    score = dict.fromkeys(("with", "without", "title", "date", "author"), 0)
    for line in (corpora / "html-cc" / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        reading = read((corpora / "html-cc" / "pages" / gold["file"]).read_bytes())
        article, text = reading.article, " ".join(re.sub(r"<[^>]*>", "", reading.text).split())
        names = "; ".join(author.value for author in article.authors)
        score["with"] += sum(" ".join(part.split()) in text for part in gold["with"])
        score["without"] += sum(part not in text for part in gold["without"])
        score["title"] += article.title.value == gold.get("title")
        score["date"] += article.published.value == gold.get("date")
        score["author"] += names.casefold() == gold.get("author", "-").casefold()

    floor = {"with": 89, "without": 88, "title": 26, "date": 27, "author": 12}
    assert {} == {name: value for name, value in score.items() if value < floor[name]}
