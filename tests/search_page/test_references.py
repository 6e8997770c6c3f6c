"""References that readers take along: with the day of reading, from an article and from a list of results."""

import json
from pathlib import Path

import bibtexparser
import pytest
import rispy
from playwright.sync_api import expect


@pytest.fixture
def article(site, serve_under, page):
    """Open an article on a day in winter."""
    page.clock.set_fixed_time("2024-02-03T12:00:00")
    page.goto(f"{serve_under(site, '/repo/')}note-06/")
    return page


def saved(page, press):
    """Press a button, and give the text of the file that it saves."""
    with page.expect_download() as download:
        press.click()
    return Path(download.value.path()).read_text("utf-8"), download.value.suggested_filename


def test_the_day_of_reading_is_put_in(article):
    """In each form's own way; nothing is left to fill in."""
    text = article.locator("#cite").inner_text()

    assert "accessed February 3, 2024" in text
    assert "Accessed 3 Feb. 2024." in text
    assert "Retrieved February 3, 2024." in text
    assert "[date]" not in text


def test_references_of_one_article_are_saved_as_files_that_others_read(article):
    """RIS, CSL-JSON and BibTeX, each with the day of reading."""
    article.get_by_text("For reference managers").click()
    save = "#cite [data-cite={}] + button + button"
    ris, name = saved(article, article.locator(save.format("ris")))
    csl, _ = saved(article, article.locator(save.format("csl")))
    bibtex, _ = saved(article, article.locator(save.format("bibtex")))

    assert name.endswith(".ris")
    assert rispy.loads(ris)[0]["access_date"] == "2024/02/03/"
    assert json.loads(csl)[0]["accessed"] == {"date-parts": [[2024, 2, 3]]}
    (entry,) = bibtexparser.parse_string(bibtex).entries
    assert entry.fields_dict["urldate"].value == "2024-02-03"


def test_a_reference_is_copied(article):
    """The button says so."""
    article.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown = article.locator("[data-cite=MLA]").inner_text()
    button = article.locator("[data-cite=MLA] + button")
    button.click()
    expect(button).to_have_text("Done")

    assert shown == article.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("RIS", lambda text: len(rispy.loads(text))),
        ("CSL-JSON", lambda text: len(json.loads(text))),
        ("BibTeX", lambda text: len(bibtexparser.parse_string(text).entries)),
    ],
)
def test_references_of_the_results_shown_come_in_one_file(search, name, read):
    """As many as there are results on the page."""
    page = search("?q=storm")
    expect(page.locator(".hit-title")).to_have_count(10)
    shown = page.locator(".hit-title").count()
    text, _ = saved(page, page.locator(".references button", has_text=name))

    assert shown == read(text)


def test_references_that_cannot_be_fetched_are_said(search):
    """The results stay."""
    page = search("?q=storm")
    page.wait_for_selector(".hit-excerpt mark")
    page.context.set_offline(True)
    page.route("**/note-*/", lambda route: route.abort())
    page.locator(".references button", has_text="RIS").click()
    expect(page.locator(".status")).to_contain_text("could not be fetched")

    assert page.locator(".hit-title").count() > 5
