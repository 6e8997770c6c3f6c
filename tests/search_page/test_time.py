"""The chart of results over time: what it shows, and choosing by it."""

import re

import pytest
from playwright.sync_api import expect

BAR = ".histogram g"


@pytest.fixture
def chart(search, page):
    """Open the search page on a desk with a query, and wait for the chart."""

    def go(query="?q=harbour"):
        search(query)
        expect(page.locator(BAR).first).to_be_visible()
        return page

    return go


def bar(page, name):
    """Give a bar by the beginning of its label."""
    return page.locator(f'{BAR}[aria-label^="{name}"]')


def test_the_chart_says_what_the_list_of_years_says(chart):
    """Each year has a bar with its count in words, and the tallest is as tall as the chart."""
    page = chart()
    labels = page.locator(BAR).evaluate_all("all => all.map((one) => one.ariaLabel)")
    listed = page.locator(".facets label:has([name=year])").all_inner_texts()
    heights = page.locator(".histogram .count").evaluate_all(
        "all => all.map(({ height }) => height.baseVal.value)"
    )

    assert labels[:2] == ["2010: 4 articles", "2011: 4 articles"]
    assert sorted(re.findall(r"\d+", label) for label in labels) == sorted(map(str.split, listed))
    assert max(heights) == 100


def test_a_press_chooses_a_year_and_then_a_month(chart):
    """The year is a filter, the month a word of the query; the results are those that the bar counted."""
    page = chart()
    bar(page, "2013").click()
    expect(page.locator(".status")).to_contain_text("4 articles found")
    expect(page.locator(".chart-head")).to_contain_text("Results of 2013 by month")
    month = page.locator(f'{BAR}:not([aria-label$=" 0 articles"])').first
    count = re.search(r"(\d+) article", month.get_attribute("aria-label"))[1]
    month.click()
    expect(page.locator(".status")).to_contain_text(re.compile(f"^{count} article"))

    assert re.fullmatch(r"harbour date:2013-\d\d", page.input_value(".search [name=q]"))
    assert "year=2013" in page.url
    expect(page.locator(f"{BAR}[aria-pressed=true]")).to_have_count(1)
    page.locator(f"{BAR}[aria-pressed=true]").click()
    expect(page.locator(".status")).to_contain_text("4 articles found")

    assert page.input_value(".search [name=q]") == "harbour"


def test_all_years_come_back(chart):
    """A button beside the months leads back; so does the browser's own."""
    page = chart("?q=harbour&year=2013")
    page.get_by_role("button", name="All years").click()
    expect(page.locator(".status")).to_contain_text("26 articles found")
    page.go_back()
    expect(page.locator(".status")).to_contain_text("4 articles found")

    assert "year=2013" in page.url


def test_the_chart_is_worked_by_keys_alone(chart):
    """It is one stop of the Tab key; arrows lead through the bars, Enter chooses, and the focus stays."""
    page = chart()
    assert page.locator(f"{BAR}[tabindex='0']").count() == 1
    page.locator(BAR).first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".status")).to_contain_text("4 articles found")
    expect(page.locator(".chart-head")).to_contain_text("2011")

    assert "year=2011" in page.url
    assert page.evaluate("document.querySelector('.facets').contains(document.activeElement)")


def test_bars_do_not_move(chart, page):
    """Nothing in the chart is animated, whatever the reader prefers."""
    chart()
    moving = page.locator(".histogram, .histogram *").evaluate_all(
        "all => all.flatMap((one) => one.getAnimations()).length"
    )

    assert moving == 0
