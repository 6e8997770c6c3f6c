"""What a person changes in an imported article is shown as edited by hand, with the difference."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.importing import import_files
from site_builder.importing.differences import difference
from site_builder.provenance.replay import Unsound, read_record, replay
from site_builder.provenance.verify import verify
from site_builder.reading.edits import apply

TEXT = """date 2023-11-04 Harbour Times - The quay is dry.Boats wait at the pier.

Nobody knows why - the board is silent.
"""
PAGE = (
    "<!doctype html><title>Tide</title><article><h1>Tide</h1><p>High tide at noon, the harbour says. "
    "It will be back at six, and the boats that lie at the pier will have to wait until then.</p>"
    "<p>Boats wait for it at the quay, and nobody knows why the board is silent about it.</p></article>"
)
TABLE = "title,date,text\nQuay,2023-11-04,The quay is dry.\nPier,2023-11-05,The pier is wet.\n"


@given(st.text(alphabet="ab \n.", max_size=60), st.text(alphabet="ab \n.", max_size=60))
def test_the_difference_of_two_texts_leads_from_one_to_the_other(before, after):
    """Replayed as any edits are; and between equal texts there is none."""
    edits = difference(before, after)

    assert after == apply(before, edits)
    assert (before == after) == (edits == ())


def test_a_changed_word_is_told_as_a_word():
    """Not its line, and not its text."""
    before = "The quay is dry.\nBoats wait.\n"
    [edit] = difference(before, "The quay is wet.\nBoats wait.\n")

    assert (before[edit.start : edit.end], edit.replacement) == ("dry", "wet")


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "archive" / "articles").mkdir(parents=True)
    return tmp_path / "archive"


def take(archive, name, content):
    path = archive.parent / name
    path.write_text(content, "utf-8")
    return archive / import_files([path], archive).added[0].article


def published(archive, article):
    """Build, and give an article's record, its page and the page of its original."""
    build(archive)
    folder = archive / "_site" / article.stem
    pages = [(folder / name).read_text("utf-8") for name in ("index.html", "original/index.html")]
    return json.loads((folder / "record.json").read_bytes()), *pages


@pytest.mark.parametrize(
    ("name", "content"), [("quay.txt", TEXT), ("tide.html", PAGE), ("t.csv", TABLE)]
)
def test_what_nobody_has_touched_is_not_edited(archive, name, content):
    """The file is as import wrote it: there is nothing to tell, in any kind."""
    article = take(archive, name, content)
    record, page, original = published(archive, article)

    assert "by_hand" not in record["import"]
    assert "Edited by hand" not in page + original
    assert verify(archive).ok


@pytest.mark.parametrize(
    ("name", "content", "old", "new"),
    [
        ("quay.txt", TEXT, "Boats wait", "Ships lie"),
        ("tide.html", PAGE, "noon", "midnight"),
        ("t.csv", TABLE, "dry", "wet"),
    ],
)
def test_a_change_by_hand_is_shown_where_it_was_made(archive, name, content, old, new):
    """On the page of the original, in the record, and counted on the article's page."""
    article = take(archive, name, content)
    text = article.read_text("utf-8")
    assert old in text
    article.write_text(text.replace(old, new), "utf-8")
    record, page, original = published(archive, article)
    by_hand = record["import"]["by_hand"]

    assert by_hand["exact"]
    assert new.split() == [op["replacement"] for op in by_hand["ops"]]
    assert {op["reason"] for op in by_hand["ops"]} == {"curator"}
    assert "Edited by hand since it was taken in" in page
    assert 'id="by-hand"' in original
    assert f"<del>{old.split()[0]}</del>" in original
    assert verify(archive).ok


def test_a_value_changed_by_hand_is_named(archive):
    """With what it was; a value that was confirmed only is not changed."""
    article = take(archive, "quay.txt", TEXT)
    text = article.read_text("utf-8").replace("Harbour Times", "Harbour Echo")
    article.write_text(text, "utf-8")
    record, page, _ = published(archive, article)

    assert ["publisher, which was \u201cHarbour Times\u201d"] == record["import"]["by_hand"][
        "values"
    ]
    assert "publisher, which was" in page


def test_the_bytes_it_was_taken_in_from_are_beside_the_page(archive):
    """A reader gets the file itself; a table, which holds other articles, is not published."""
    text, page, row = (
        take(archive, name, content)
        for name, content in (("quay.txt", TEXT), ("tide.html", PAGE), ("t.csv", TABLE))
    )
    build(archive)
    site = archive / "_site"

    assert (site / text.stem / "imported.txt").read_text("utf-8") == TEXT
    assert (site / page.stem / "imported.html.txt").read_text("utf-8") == PAGE
    assert not list((site / row.stem).glob("imported*"))
    assert verify(archive).ok


def test_another_file_beside_the_page_is_found(archive):
    """The record names the hash of what it was taken in from."""
    article = take(archive, "quay.txt", TEXT)
    build(archive)
    (archive / "_site" / article.stem / "imported.txt").write_text("other", "utf-8")

    assert [f.path for f in verify(archive).findings] == [f"_site/{article.stem}/imported.txt"]


def test_a_record_that_tells_of_another_edit_is_found(archive):
    """What was edited by hand ends in the text that the file beside the record has."""
    article = take(archive, "quay.txt", TEXT)
    article.write_text(article.read_text("utf-8").replace("Boats", "Ships"), "utf-8")
    build(archive)
    path = archive / "_site" / article.stem / "record.json"
    record = json.loads(path.read_bytes())
    record["import"]["by_hand"]["to"] = f"sha256:{'0' * 64}"
    path.write_text(json.dumps(record), "utf-8")
    found = read_record(path.read_bytes())

    with pytest.raises(Unsound, match="edited by hand"):
        replay(found, (path.parent / "original.md").read_bytes())


def test_an_import_by_another_version_is_told_as_less_sure(archive):
    """Where today's program writes another text than the file says was written, not all may be by hand."""
    article = take(archive, "quay.txt", TEXT)
    lines = article.read_text("utf-8").splitlines(keepends=True)
    other = [
        f"imported_text_sha256: {'0' * 64}\n" if line.startswith("imported_text") else line
        for line in lines
    ]
    article.write_text("".join(other).replace("Boats", "Ships"), "utf-8")
    record, _, original = published(archive, article)

    assert not record["import"]["by_hand"]["exact"]
    assert "another version of the program" in original


def test_withheld_text_is_not_told_as_a_difference_either(archive):
    """Neither the old nor the new words of what is held back are published."""
    article = take(archive, "quay.txt", TEXT)
    text = article.read_text("utf-8").replace("Boats", "Zeppelins")
    article.write_text(text.replace("---\n", "---\ntext_level: none\n", 1), "utf-8")
    build(archive)
    contents = [path.read_bytes() for path in (archive / "_site").rglob("*") if path.is_file()]

    assert not any(word in content for content in contents for word in (b"Zeppelins", b"Boats"))
