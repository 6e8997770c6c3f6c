"""The search page in a real browser, on a small archive of its own: results, filters, keys, state."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from site_builder.pages.assets import asset_root

from ..shard_reader import Shards


def settled(page, text):
    """Wait until the line above the results says so."""
    expect(page.locator(".status")).to_contain_text(text)


def module_file(url):
    """Give the file of a browser module: sites hold them joined."""
    return asset_root("static") / url.rpartition("/")[2]


def titles(page):
    """Give the titles of the results, in order."""
    return page.locator(".hit-title").all_text_contents()


def test_typing_finds_articles_and_keeps_the_words_in_the_address(search):
    """Results come while typing; the address holds the query; excerpts come from the article's page."""
    page = search()
    page.keyboard.press("/")
    page.keyboard.type('"storm came"')
    settled(page, "9 articles found")
    page.wait_for_selector(".hit-excerpt mark")

    assert "storm came" in page.text_content(".hit-excerpt mark")
    assert page.text_content(".hit-meta") == "Saltmere Echo · July 2016"
    assert page.url.endswith("/search/?q=%22storm+came%22")


def test_a_filter_narrows_and_its_facet_still_counts_the_rest(search):
    """Choosing a year narrows the results; the focus stays on its box; Back undoes it."""
    page = search("?q=%22storm%22")
    settled(page, "9 articles found")
    page.locator("details.facets").evaluate("panel => panel.open = true")
    page.get_by_role("checkbox", name="2016").check()
    settled(page, "1 article found")

    assert page.evaluate("document.activeElement.value") == "2016"
    assert page.url.endswith("&year=2016")
    assert len(page.locator(".facets input[name=year]").all()) > 1

    page.go_back()
    settled(page, "9 articles found")


def test_opening_an_article_and_going_back_finds_the_state_kept(search):
    """Query, filter, order and number of pages are as they were; the result has the focus, in sight."""
    page = search("?q=harbour&sort=date&outlet=The+Quay&page=2")
    settled(page, "13 articles found")
    before = titles(page)
    page.locator(".hit-title a").nth(11).click()
    page.wait_for_selector("h1[data-title]")
    page.go_back()
    settled(page, "13 articles found")
    expect(page.locator(".hit-title a").nth(11)).to_be_focused()
    expect(page.locator(".hit-title a").nth(11)).to_be_in_viewport()

    assert titles(page) == before
    assert (page.input_value(".search [name=q]"), page.input_value("[name=sort]")) == (
        "harbour",
        "date",
    )
    assert page.locator(".facets input:checked").evaluate("box => box.value") == "The Quay"


def test_keys_lead_through_the_results_and_back(search):
    """Arrow keys walk from the box through the links; Escape returns to the box."""
    page = search("?q=harbour")
    settled(page, "articles found")
    page.focus(".search [name=q]")
    walked = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "Escape"):
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.textContent"))

    assert walked == [*titles(page)[:2], titles(page)[0], ""]
    assert page.evaluate("document.activeElement.name") == "q"


def test_more_results_are_added_below_and_the_focus_is_kept(search):
    """The button adds a page without touching the results before; at the end it gives its focus on."""
    page = search("?q=harbour")
    settled(page, "26 articles found")
    expect(page.locator(".hits > li")).to_have_count(10)
    first = titles(page)
    page.click(".more")
    expect(page.locator(".hits > li")).to_have_count(20)
    focused = page.evaluate("document.activeElement.className")
    page.click(".more")
    expect(page.locator(".hits > li")).to_have_count(26)

    assert focused == "more"
    assert titles(page)[:10] == first
    assert page.evaluate("document.activeElement.textContent") == titles(page)[20]


def test_a_family_is_told_and_can_be_put_aside(search):
    """The note names the other forms; its link searches for the very word."""
    page = search("?q=storm")
    settled(page, "26 articles found")
    page.get_by_text("Search only for “storm”").click()
    settled(page, "9 articles found")

    assert page.input_value(".search [name=q]") == '"storm"'
    assert page.locator(".notes p").count() == 0


def test_articles_with_some_of_the_words_stand_below_a_line(search):
    """The line says where they begin, and the numbers go on."""
    page = search("?q=haniyeh+surge")
    settled(page, "1 article with all the words, then 25 with some of them")

    assert page.locator(".divide").is_visible()
    assert page.locator(".hits").nth(0).locator("li").count() == 1
    assert page.locator(".hits").nth(1).get_attribute("start") == "2"


def test_an_answer_is_announced_once_it_has_settled(search):
    """The live region says the count, not the list, and not each keystroke's."""
    page = search()
    page.evaluate(
        """window.said = [];
        new MutationObserver(() => said.push(document.querySelector('[role=status]').textContent))
          .observe(document.querySelector('[role=status]'), {childList: true});"""
    )
    page.locator(".search [name=q]").press_sequentially("surge 12", delay=60)
    page.wait_for_function("() => window.said.length")
    page.wait_for_timeout(800)

    assert page.evaluate("said.length") == 1
    assert "with all the words" in page.evaluate("said[0]")
    assert page.get_attribute("[data-search-app]", "aria-busy") == "false"


def test_nothing_asked_shows_a_hint_and_how_much_there_is(search):
    """An empty box lists nothing."""
    page = search()
    page.focus(".search [name=q]")
    page.fill(".search [name=q]", "storm")
    settled(page, "26 articles found")
    page.fill(".search [name=q]", "")
    settled(page, "26 articles can be searched")

    assert titles(page) == []
    assert not page.locator(".facets").is_visible()


def test_a_part_that_cannot_be_loaded_is_named_and_the_rest_is_shown(search):
    """A missing lexicon costs what stands for a word, not the answer; a missing page costs an excerpt."""
    search().route(re.compile(r"/lexicon/|/note-"), lambda route: route.abort())
    page = search("?q=surge+nothing+harbxur")
    settled(page, "26 articles")

    assert "/lexicon/0/0.json). Reload" in page.text_content(".notes .notice")
    assert page.text_content(".hit-excerpt").startswith("Nothing of note was said.")


def test_a_broken_part_is_told_too(search):
    """An index that makes no sense ends in a sentence, not in silence."""
    search().route(re.compile(r"/terms/"), lambda route: route.fulfill(json={"terms": []}))
    page = search("?q=surge")
    settled(page, "Nothing found in the part of the index")

    assert page.get_attribute("[data-search-app]", "aria-busy") == "false"
    assert "/terms/0/0.json). Reload" in page.text_content(".notes .notice")


def test_a_slow_answer_does_not_overtake_a_later_one(search):
    """What was asked last stands, even if what was asked before comes in afterwards."""
    held = []
    page = search()
    page.focus(".search [name=q]")
    page.route("**/terms/**", lambda route: held.append(route))  # noqa: PLW0108 — Playwright marks the function
    page.fill(".search [name=q]", "surge")
    page.wait_for_timeout(600)
    page.fill(".search [name=q]", "")
    settled(page, "can be searched")
    for route in held:
        route.continue_()
    page.wait_for_timeout(600)

    assert held
    assert titles(page) == []


def test_markup_in_an_article_stays_text(search):
    """A title and a query that look like HTML make no element."""
    page = search("?q=%3Cimg+src%3Dx%3E+harbour")
    settled(page, "articles")

    assert page.locator("[data-search-app] img").count() == 0


def test_a_page_holds_exactly_the_words_that_were_indexed(site, search):
    """The text taken out of an article's page has as many terms as the index counted."""
    found = Shards.of(site)
    ids = [record[0] for record in found.records()]
    indexed = Counter(
        doc for rows in found.postings().values() for doc, (_, body) in rows.items() for _ in body
    )
    page = search()
    page.route("**/modules/*", lambda route: route.fulfill(path=module_file(route.request.url)))
    counted = page.evaluate(
        """async (ids) => {
          const { pageText } = await import('../modules/page-text.js');
          const { terms } = await import('../modules/analysis.js');
          const pages = ids.map((id) => fetch(`../${id}/`).then((answer) => answer.text()));
          return (await Promise.all(pages)).map((html) => terms(pageText(html)).length);
        }""",
        ids,
    )

    assert counted == [indexed[doc] for doc in range(len(ids))]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_page(search, width):
    """Results, notes and facets fit on a phone and on a desk."""
    page = search("?q=storm+haniyeh")
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("details.facets").evaluate("panel => panel.open = true")
    settled(page, "with all the words")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_only_the_site_itself_is_asked_for_anything(site, serve_under, page):
    """A search makes no request to another host."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    address = serve_under(site, "/repo/")
    page.goto(f"{address}search/?q=harbour")
    page.wait_for_selector(".hits > li")

    assert [url for url in asked if not url.startswith(address.removesuffix("repo/"))] == []
    assert len(asked) > 1
