"""What cannot be read is said in one sentence, beside what could; and it is read once it is there again."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

TOLD = re.compile(r"could not be loaded|search failed|another version")
PHRASE = "%22storm+came%22+surge"
MISSPELT = "%22storm+came%22+surgf"
KINDS = {
    "facets": PHRASE,
    "lexicon": MISSPELT,
    "positions": PHRASE,
    "records": PHRASE,
    "terms": PHRASE,
}
"""What is asked so that a kind of file is read: words that the archive has need no lexicon."""


def cut_off(file):
    """Leave half of a file."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def another_build(file):
    """Put something else where the file was: whole, but not what it should be."""
    file.write_text(json.dumps({"format": 0, "terms": ["zzz"], "rows": 7}), "utf-8")


def files_of(site, kind):
    """Give all files of a kind: `facets.json`, or what stands in the folders named so."""
    files = [file for file in (site / "search").rglob("*.json") if kind in (file.stem, *file.parts)]
    assert files
    return files


WAYS = {"missing": Path.unlink, "cut off": cut_off, "of another build": another_build}


@pytest.fixture
def ask(broken, serve_under, page):
    """Open the broken site's search page with a query; what is thrown there is for developers."""
    page.set_viewport_size({"width": 1280, "height": 900})
    address = serve_under(broken, "/repo/")

    def go(query=PHRASE):
        page.goto(f"{address}search/?q={query}")
        expect(page.locator(".status")).not_to_be_empty()
        return page

    return go


def told(page):
    """Wait for the sentence, and give all such sentences on the page."""
    places = page.locator(".status, .notice")
    expect(places.filter(has_text=TOLD).first).to_be_visible()
    expect(page.locator("[data-search-app]")).to_have_attribute("aria-busy", "false")
    return [text for text in places.all_text_contents() if TOLD.search(text)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_part_that_is_not_as_it_should_be(broken, ask, kind, way):
    """The reader is told, once a place; with the part as it was, Try again answers in full."""
    kept = {file: file.read_bytes() for file in files_of(broken, kind)}
    for file in kept:
        WAYS[way](file)
    page = ask(KINDS[kind])
    sentences = told(page)
    for file, content in kept.items():
        file.write_bytes(content)
    page.locator("[data-again]").first.click()
    expect(page.locator(".status")).to_contain_text("9 articles found")
    expect(page.locator(".facets input").first).to_be_attached()

    expect(page.locator(".notice")).to_have_count(0)

    assert len(sentences) <= 2


@pytest.mark.parametrize(
    ("kind", "query"), [("facets", "surge"), ("lexicon", "surgf"), ("positions", "surge")]
)
def test_what_can_be_answered_is(broken, ask, kind, query):
    """Without dates and outlets, spellings or positions, the words are still found."""
    for file in files_of(broken, kind):
        file.unlink()
    page = ask(f"{query}+surge+harbour")
    if kind != "positions":
        told(page)
    expect(page.locator(".hits > li")).to_have_count(10)

    assert "26 articles" in page.text_content(".status")


@pytest.mark.parametrize("way", ["missing", "cut off", "of another build"])
def test_an_index_without_its_manifest(broken, ask, way):
    """A page that does not hold it cannot begin, and says so; once it is there, a reload searches."""
    page_file = broken / "search" / "index.html"
    held = re.compile(r"<script [^>]*data-manifest>.*?</script>", re.DOTALL)
    page_file.write_text(held.sub("", page_file.read_text("utf-8")), "utf-8")
    manifest = broken / "search" / "manifest.json"
    kept = manifest.read_bytes()
    WAYS[way](manifest)
    page = ask()
    sentences = told(page)
    manifest.write_bytes(kept)
    page.reload()
    expect(page.locator(".status")).to_contain_text("9 articles found")

    assert len(sentences) == 1


def test_without_its_program_the_page_says_so(broken, ask):
    """A worker that cannot be loaded, into a page that cannot load it either, is told and tried again."""
    program = broken / "static" / "worker.js"
    kept = program.read_bytes()
    program.unlink()
    page = ask()
    sentences = told(page)
    program.write_bytes(kept)
    page.reload()
    expect(page.locator(".status")).to_contain_text("9 articles found")

    assert sentences == ["The search program could not be loaded. Reload the page to try again."]


def test_a_search_goes_on_when_the_network_is_back(search, page):
    """Offline is told as such; nobody has to press anything."""
    search()
    page.context.set_offline(True)
    page.fill(".search [name=q]", "harbour")
    expect(page.locator(".notes")).to_contain_text("no connection to the network")
    page.context.set_offline(False)
    expect(page.locator(".status")).to_contain_text("26 articles found")

    assert page.locator("[data-again]").count() == 0


def test_the_focus_is_not_lost_when_trying_again(broken, ask):
    """The button goes; the box has the focus."""
    for file in files_of(broken, "terms"):
        file.unlink()
    page = ask()
    told(page)
    page.locator("[data-again]").first.press("Enter")
    told(page)

    assert page.evaluate("document.activeElement.name") == "q"
