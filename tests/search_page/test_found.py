"""An article opened from a search: its words are marked there, and a bar leads through them."""

import pytest
from playwright.sync_api import expect

FRAGMENT = "#found=storm,painted;harbour;nothing_of_note"


@pytest.fixture
def article(site, serve_under, page):
    """Open an article with some words in its address, and give the page."""

    def go(fragment=FRAGMENT, path="note-06/"):
        page.goto(f"{serve_under(site, '/repo/')}{path}{fragment}")
        return page

    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield go
    assert page.faults == []


def marks(page):
    """Give the words marked on the page."""
    return page.locator("main mark").all_text_contents()


def test_a_result_opens_with_its_words_marked_and_its_address_clean(search):
    """What the result's link was copied as, and what the address bar says, is the article's own address."""
    page = search('?q=surge+"nothing+else"')
    link = page.locator(".hit-title a").first
    copied = link.evaluate("link => link.href")
    link.click()
    expect(page.locator(".found-bar")).to_contain_text("2 places found")

    assert marks(page) == ["surge", "Nothing else"]
    assert page.url == copied
    assert "#" not in copied


def test_a_result_opened_in_a_new_tab_has_its_words_marked_too(search):
    """The middle button takes the same way."""
    page = search("?q=surge")
    with page.context.expect_page() as opened:
        page.locator(".hit-title a").first.click(button="middle")

    expect(opened.value.locator("main mark")).to_have_text(["surge"])


def test_words_are_marked_as_the_search_knows_them(article):
    """Across the border of an element, as a phrase, and in the title; the text stays as it was."""
    page = article("")
    before = page.inner_text("article")
    page = article()
    page.reload()
    expect(page.locator(".found-bar")).to_be_visible()

    assert marks(page).count("Nothing of note") == 20
    assert [mark for mark in marks(page) if not mark.startswith("Nothing")] == [
        "Harbour",
        "storm",
        "harbour",
        "Har",
        "bour",
    ]
    assert page.inner_text("article") == before


def test_keys_lead_from_place_to_place_and_round(article):
    """Next and Previous go on from the ends; the bar says where one is, and the focus stays on it."""
    page = article("#found=storm;surge")
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 of 2")
    expect(page.locator("mark.here")).to_have_text("storm")
    expect(page.locator("mark.here")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 of 2")
    page.get_by_role("button", name="Previous").press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 of 2")

    assert page.locator("mark.here").text_content() == "surge"
    assert page.evaluate("document.activeElement.textContent") == "Previous"


def test_marks_and_bar_can_be_taken_away_for_good(article):
    """Escape in the bar ends it; the focus goes to the headline; a reload does not bring it back."""
    page = article()
    page.get_by_role("button", name="Next").press("Escape")
    expect(page.locator(".found-bar")).to_have_count(0)
    focused = page.evaluate("document.activeElement.tagName")
    page.reload()
    page.wait_for_load_state("networkidle")

    assert (marks(page), focused) == ([], "H1")


def test_marks_stay_when_the_page_is_loaded_again(article):
    """The words are kept with the reader's step, not in the address."""
    page = article("#found=storm")
    expect(page.locator(".found-bar")).to_be_visible()
    page.reload()
    expect(page.locator(".found-bar")).to_be_visible()

    assert marks(page) == ["storm"]


def test_an_article_opened_otherwise_loads_a_few_lines_alone(article, page):
    """What marks is fetched only when there is something to mark."""
    asked = []
    page.on(
        "request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2])
    )
    article("#provenance")
    page.wait_for_load_state("networkidle")

    assert [name for name in asked if name.endswith(".js")] == ["article.js"]
    assert page.url.endswith("#provenance")


@pytest.mark.parametrize(
    "fragment", ["#found=", "#found=%E0%A4;;_", "#found=<img src=x>", "#found=zzz"]
)
def test_an_address_that_no_search_wrote_shows_no_bar(article, fragment):
    """Whatever stands there makes neither marks nor markup nor a fault."""
    page = article(fragment)
    page.wait_for_load_state("networkidle")

    assert (marks(page), page.locator(".found-bar, main img").count()) == ([], 0)


def test_motion_is_left_out_when_it_is_not_wanted(article, page):
    """With reduced motion the page is at the place at once."""
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 400, "height": 300})
    article("#found=surge").get_by_role("button", name="Next").click()

    assert page.locator("mark.here").evaluate(
        "mark => mark.getBoundingClientRect().top < innerHeight"
    )
