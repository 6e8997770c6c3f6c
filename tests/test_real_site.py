"""The main job on real input: each corpus builds, and a reader can search the site that comes of it."""

import hashlib
import json
import re
import shutil
import unicodedata
from pathlib import Path

import pytest
from lxml import html

from site_builder.build import Options, build
from site_builder.model import Original, Reading, Severity
from site_builder.pages.body import render_body
from site_builder.reading import read
from site_builder.reading.decode.again import decoded_again
from site_builder.scan import scan

from .test_schemas import faults

CORPORA = ("18f", "digitalgov", "rust-blog", "phil-trans", "state-union", "html-cc", "dirty")


COUNT_DIFFERS = """before => {
  const found = document.body.innerText.match(/([\\d,]+) articles? found/);
  return found !== null && found[1] !== before;
}"""


@pytest.fixture(scope="session")
def built(corpora, tmp_path_factory):
    """A function that builds a corpus once and gives what came of it."""
    done = {}

    def build_once(name):
        if name not in done:
            archive = shutil.copytree(corpora / name, tmp_path_factory.mktemp("real") / name)
            done[name] = build(archive, options=Options(jobs=2))
        return done[name]

    return build_once


@pytest.mark.parametrize("name", CORPORA)
def test_every_file_is_an_article_a_draft_or_a_problem(built, name):
    """Nothing is lost in silence: the counts add up, and each refusal says what to do."""
    made = built(name)
    refused = [problem for problem in made.problems if problem.severity is Severity.ERROR]

    assert len(scan(Path(made.archive.root)).originals) == made.articles + made.drafts + len(
        refused
    )
    assert all(problem.path and problem.message and problem.hint for problem in refused)


@pytest.mark.parametrize("name", ["html-cc", "dirty"])
def test_a_second_build_changes_no_byte(built, name):
    """Same input, same bytes, however odd the input."""
    made = built(name)

    assert () == build(Path(made.archive.root), options=Options(jobs=1)).published.changed


@pytest.mark.parametrize("name", CORPORA)
def test_every_record_fits_its_schema(built, name):
    """However odd the input."""
    records = sorted(Path(built(name).site).rglob("record.json"))

    assert [] == [
        (path.parent.name, fault)
        for path in records[::5]
        for fault in faults("record.json", json.loads(path.read_bytes()))
    ]


@pytest.mark.parametrize("name", CORPORA)
def test_the_page_of_an_original_holds_all_of_it(built, name):
    """Its lines without what was put in are the decoded original; without what was cut, the shown text."""
    site = Path(built(name).site)
    for page in sorted(site.rglob("original/index.html"))[::7]:
        record = json.loads((page.parent.parent / "record.json").read_bytes())
        rows = html.fromstring(page.read_text("utf-8")).find_class("source")[0].findall("p")
        decoded = "\n".join(text_of(row, "ins") for row in rows)
        ends = record["edits"]

        assert ends["from"] in {digest(decoded), digest(f"{decoded}\n")}, page
        if ends["ops"] is not None:
            whole = decoded if ends["from"] == digest(decoded) else f"{decoded}\n"
            cut = replayed(whole, ends["ops"])
            assert ends["to"] == digest(cut), page


@pytest.mark.parametrize("name", CORPORA)
def test_the_page_shows_the_replayed_text(built, name):
    """The article's element has the letters of the replayed text, rendered if it is Markdown."""
    made = built(name)
    differing = []
    for path in sorted(Path(made.site).rglob("record.json"))[::5]:
        record = json.loads(path.read_bytes())
        ops = record.get("edits", {}).get("ops")
        if ops is None:
            continue
        text = shown_again(path.parent, record, ops, made.archive)
        element = html.fromstring((path.parent / "index.html").read_text("utf-8")).xpath(
            "//div[@class='text' and @data-text]"
        )
        if letters(text) != letters(element[0].text_content() if element else ""):
            differing.append(record["permalink"])

    assert [] == differing


def shown_again(folder, record, ops, archive):
    """Go the way from the original to what a reader sees once more."""
    (original,) = folder.glob("original.*")
    capture = record["capture"]
    text = decoded_again(
        original.read_bytes(),
        capture["encoding"]["value"],
        byte_order_mark=capture["byte_order_mark"],
    )
    replayed_text = replayed(text, ops)
    markup = record["reading"].get("text_in", "markdown")
    read_as = {"markdown": "markdown", "text": "text"}[markup]
    file = Original(path=capture["path"], address="a.md", reader=read_as)
    article = read(file, b"---\ntitle: T\n---\nx\n", archive).article
    reading = Reading(article=article, markup=markup, text=replayed_text)
    return render_body(reading, Path(archive.root)).text


def letters(text):
    """Give what can be seen of a text, without the space between."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMNPS")


def text_of(row, left_out):
    """Give a line's text without its number, its labels and one kind of change."""
    return "".join(
        text
        for text in row.xpath(
            "./text() | ./del/text() | ./ins/text()",
        )
        if text.getparent().tag != left_out or text.is_tail
    )


def digest(text):
    """Give a text's hash as records have it."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def replayed(text, operations):
    """Go the recorded way from the decoded original to the shown text."""
    for operation in reversed(operations):
        text = text[: operation["start"]] + operation["replacement"] + text[operation["end"] :]
    return text


def test_a_reader_searches_filters_opens_and_comes_back(built, serve_under, page):
    """On a project site under /repo/ the whole way of a reader works, and the way back keeps it."""
    address = serve_under(built("18f").site, "/repo/")
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill('"open source"')
    page.locator(".hits > li mark").first.wait_for()
    total = number_in(page, "articles? found")
    page.get_by_role("checkbox", name=re.compile(r"^2014")).check()
    page.wait_for_url(re.compile(r"year=2014"))
    page.wait_for_function(COUNT_DIFFERS, arg=f"{total:,}")
    fewer = number_in(page, "articles? found")
    titles = page.locator(".hits .hit-title").all_inner_texts()
    page.locator(".hits a").first.click()
    page.locator("h1[data-title]").wait_for()
    opened = page.locator("h1[data-title]").inner_text()
    page.go_back()
    page.locator(".hits > li").first.wait_for()

    assert 0 < fewer < total
    assert opened.split() == titles[0].split()
    assert '"open source"' == page.get_by_role("searchbox").input_value()
    assert titles == page.locator(".hits .hit-title").all_inner_texts()
    assert page.get_by_role("checkbox", name=re.compile(r"^2014")).is_checked()


def number_in(page, words):
    """Give the number that stands before some words on the page."""
    found = re.search(rf"([\d,]+) {words}", page.inner_text("body"))
    return int(found[1].replace(",", ""))
