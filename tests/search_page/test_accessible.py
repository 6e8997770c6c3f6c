"""The pages with axe-core, which looks for what shuts people out; and what it cannot see."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

REASON = (
    "axe-core is no part of the project: `npm install axe-core`, and name its axe.min.js in AXE"
)
WIDTHS = (320, 390, 1280)

STATES = {
    "empty": ("", "can be searched|Type words"),
    "results": ("?q=storm+haniyeh", "with all the words"),
    "filtered": ("?q=harbour&year=2016", "articles? found"),
    "none": ("?q=zeppelin", "No article found"),
    "replaced": ("?q=harbuor", "found"),
}
PAGES = ("", "dates/", "dates/2016/", "outlets/", "tags/", "about/", "404.html", "note-06/")


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, which AXE names."""
    path = Path(os.environ.get("AXE") or "/nonexistent")
    if not path.is_file():
        if os.environ.get("CI"):
            pytest.fail(f"{REASON} (in CI it must not be skipped)")
        pytest.skip(REASON)
    return path.read_text("utf-8")


def faults(page, axe):
    """Give what axe finds on a page: rule and element."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.wait_for_timeout(300)
    page.evaluate(axe)
    found = page.evaluate(
        """async () => {
          const rules = { 'target-size': { enabled: true } };
          const { violations } = await axe.run(document, { rules });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        }"""
    )
    assert page.evaluate("typeof axe.version") == "string"
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_the_search_page(search, page, axe, state, scheme):
    """In each state, by day and by night, with the facets open."""
    query, told = STATES[state]
    page.emulate_media(color_scheme=scheme)
    search(query)
    expect(page.locator(".status")).to_contain_text(re.compile(told))
    if state not in ("empty", "none"):
        expect(page.locator(".facets input").first).to_be_attached()

    assert faults(page, axe) == []


@pytest.mark.parametrize("offline", [False, True])
def test_axe_finds_nothing_when_the_search_fails(search, page, axe, offline):
    """Neither where a file is missing nor where there is no network."""
    search()
    page.context.set_offline(offline)
    if not offline:
        page.route("**/terms/**", lambda route: route.abort())
    page.fill(".search [name=q]", "harbour")
    expect(page.locator("[data-again]")).to_be_visible()

    assert faults(page, axe) == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_the_other_pages(site, serve_under, page, axe, path):
    """Front, lists, overviews and an article."""
    page.goto(f"{serve_under(site)}{path}")

    assert faults(page, axe) == []


def test_axe_finds_nothing_on_an_article_with_marks(site, serve_under, page, axe):
    """The bar is a place of its own, and its words can be read."""
    page.goto(f"{serve_under(site, '/repo/')}note-06/#found=storm;harbour")
    page.get_by_role("button", name="Next").click()

    assert faults(page, axe) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_of_the_page(search, page, width):
    """Results, notes, facets and chart fit on a phone, on a desk, and at twice their size on 640 pixels."""
    page.set_viewport_size({"width": width, "height": 800})
    search("?q=storm+haniyeh+surge*")
    page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true })")
    expect(page.locator(".facets input").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_pressed_is_large_enough(search, page):
    """Links, boxes and buttons of the search page are 24 pixels high at least, or stand in a line of text."""
    search("?q=storm+haniyeh")
    expect(page.locator(".facets input").first).to_be_visible()
    small = page.locator("main :is(button, select, label, summary, .hit-title a)").evaluate_all(
        """all => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
          .map((one) => one.outerHTML)"""
    )

    assert small == []


def test_marks_and_bars_are_seen_in_forced_colours(search, page):
    """Where the reader's own colours are in force, bars have one and marks stand out."""
    page.emulate_media(forced_colors="active")
    search("?q=harbour")
    expect(page.locator(".histogram .count").first).to_be_visible()
    ground, bar, mark = page.evaluate(
        """[['body', 'backgroundColor'], ['.count', 'fill'], ['mark', 'backgroundColor']]
          .map(([name, key]) => getComputedStyle(document.querySelector(name))[key])"""
    )

    assert ground not in (bar, mark)


def test_one_announcement_for_a_question_however_often_it_is_asked_to_draw(search, page):
    """Results, then facets, then excerpts come in; only the count is said, once."""
    search()
    page.evaluate(
        """window.said = [];
        for (const region of document.querySelectorAll('[role=status], [aria-live]')) {
          new MutationObserver(() => said.push(region.textContent))
            .observe(region, {childList: true, characterData: true, subtree: true});
        }"""
    )
    page.fill(".search [name=q]", "harbour storm")
    expect(page.locator(".facets input").first).to_be_attached()
    page.wait_for_timeout(900)

    assert len(page.evaluate("said")) == 1
