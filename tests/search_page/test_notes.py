"""What the reader is told that the words stood for, in little room, with a way to have it otherwise."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def site(tmp_path_factory):
    """An archive of its own: families, a word that is misspelt in one article, a name in two forms."""
    from site_builder.build import build  # noqa: PLC0415 — most tests need not wait for all of it

    root = tmp_path_factory.mktemp("notes")
    for number in range(60):
        text = "They opened the harbour, and the opening of walls went on; one wall is open."
        (root / f"note-{number}.md").write_text(
            f"---\ntitle: Note {number}\n---\n{text}\n", "utf-8"
        )
    (root / "odd.md").write_text("---\ntitle: Odd\n---\nThe harbuor was closed.\n", "utf-8")
    build(root)
    return root / "_site"


def test_several_families_take_one_line(search, page):
    """The line names other forms; opened, it says which word they are of, each with a way out."""
    search("?q=open+wall")
    notes = page.locator(".notes")
    expect(notes.locator("summary")).to_contain_text("Also searched: ")
    folded = notes.bounding_box()["height"]
    notes.locator("summary").click()
    notes.get_by_role("link", name="Search only for “open”").click()
    expect(page.locator(".search [name=q]")).to_have_value('"open" wall')

    assert folded < 40


def test_one_family_is_told_without_folding(search, page):
    """There is nothing to unfold where one line says it all."""
    search("?q=wall")
    expect(page.locator(".notes")).to_contain_text("“wall” also finds walls.")

    assert page.locator(".notes details").count() == 0


def test_a_word_that_is_not_here_is_replaced_and_can_be_insisted_on(search, page):
    """The reader is told what was searched instead, and may ask for the very word all the same."""
    search("?q=walll")
    notes = page.locator(".notes")
    expect(notes).to_contain_text("Nothing here has “walll”; searched “wall”")
    notes.get_by_role("link", name="Search only for “walll”").click()
    expect(page.locator(".status")).to_contain_text("No article found")

    assert page.input_value(".search [name=q]") == '"walll"'


def test_a_common_word_is_offered_for_a_rare_one(search, page):
    """What was asked is answered; the offer is followed by a press, and the focus stays in the box."""
    search("?q=harbuor")
    expect(page.locator(".status")).to_contain_text("1 article found")
    page.get_by_role("link", name="Did you mean “harbour”?").click()
    expect(page.locator(".status")).to_contain_text("60 articles found")

    assert page.input_value(".search [name=q]") == "harbour"
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_word_like_none_is_told(search, page):
    """Nothing is done in silence."""
    search("?q=zeppelin")

    expect(page.locator(".notes")).to_contain_text("Nothing here has “zeppelin” or a word like it.")
