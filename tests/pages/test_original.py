"""The page of an article's original: all of it, each change marked, each line led to its words."""

import html
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.model import Edit, Reason
from site_builder.pages.original import Piece, lines, pieces_of


@st.composite
def edited(draw):
    """Make a text with a list of edits."""
    text = draw(st.text(alphabet="ab \n", max_size=30))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        put = " " if start == end else ""
        reason = Reason.REPAIR_SPACE if put else Reason.HEADER
        edits.append(Edit(start=start, end=end, replacement=put, rule="r@1", reason=reason))
    return text, edits


@given(edited())
def test_nothing_of_an_original_is_lost_on_its_page(given):
    """All pieces but those put in are the text again; all but those cut are the shown text, in lines too."""
    text, edits = given
    pieces = list(pieces_of(text, edits))
    shown = text
    for edit in reversed(edits):
        shown = shown[: edit.start] + edit.replacement + shown[edit.end :]
    in_lines = "\n".join(
        "".join(piece.text for piece in line if piece.kind != "put") for line in lines(pieces)
    )

    assert text == "".join(piece.text for piece in pieces if piece.kind != "put")
    assert shown == "".join(p.text for p in pieces if p.kind != "cut").replace("␣", " ")
    assert text.removesuffix("\n") == in_lines or text == in_lines


def test_a_change_over_several_lines_is_labelled_once():
    """Its later lines are marked, and say nothing again."""
    found = list(lines([Piece("a\nb", "cut", "header line", "r@1"), Piece("c\n")]))

    assert [
        (Piece("a", "cut", "header line", "r@1"),),
        (Piece("b", "cut"), Piece("c")),
    ] == found


def made(archive, name, content):
    """Build an archive of one file, and give its page of the original."""
    (archive / "articles").mkdir(exist_ok=True)
    (archive / "articles" / name).write_text(content, "utf-8")
    built = build(archive)
    return (Path(built.site) / name.partition(".")[0] / "original" / "index.html").read_text(
        "utf-8"
    )


def test_the_page_shows_what_was_set_aside_and_leads_to_the_words(tmp_path):
    """Front matter is struck through with its reason; a line's number finds its words in the article."""
    page = made(
        tmp_path, "a.md", "---\ntitle: Quay\n---\n\nThe *old* quay fell into the sea - at night.\n"
    )

    assert "<del>title: Quay</del>" in page
    assert "front matter block" in page
    assert '<a href="../#:~:text=quay%20fell%20into%20the%20sea">5</a>' in page


def test_what_stands_in_an_original_stays_text(tmp_path):
    """Markup of a hostile file is shown, never read."""
    page = made(tmp_path, "a.txt", "Quay\n\n<script>alert(1)</script> and &amp; </p>\n")

    assert "<script>alert" not in page
    assert "<script>alert(1)</script> and &amp; </p>" in html.unescape(page)


def test_a_saved_page_is_shown_as_text_with_no_marks(tmp_path):
    """No list of changes describes how an article was picked out of it."""
    saved = "<html><body><article><h1>Quay</h1><p>The quay fell.</p></article></body></html>"
    page = made(tmp_path, "a.html", saved)

    assert "picked out of it by a program" in page
    assert "&lt;h1&gt;Quay&lt;/h1&gt;" in page


def test_a_withdrawn_article_has_no_page_of_its_original(tmp_path):
    """Its text appears nowhere."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text(
        "---\nstatus: withdrawn\n---\nSecret quay.\n", "utf-8"
    )
    built = build(tmp_path)

    assert not (Path(built.site) / "a" / "original").exists()


def test_an_article_at_the_address_of_an_original_is_refused(tmp_path):
    """One address cannot hold both; its file is named, and the other article stays."""
    (tmp_path / "articles" / "quay").mkdir(parents=True)
    (tmp_path / "articles" / "quay.md").write_text("# Quay\n\nThe quay.\n", "utf-8")
    (tmp_path / "articles" / "quay" / "original.md").write_text("# Other\n\nOther.\n", "utf-8")
    built = build(tmp_path)

    assert ["articles/quay/original.md"] == [problem.path for problem in built.problems]
    assert (Path(built.site) / "quay" / "original" / "index.html").is_file()


def test_the_article_leads_to_its_original(tmp_path):
    """From the line under the headline, and from its provenance."""
    made(
        tmp_path, "a.txt", "Quay\n\ndate 2023-11-04 Harbour Times - The quay fell.It rose again.\n"
    )
    page = next(tmp_path.rglob("a/index.html")).read_text("utf-8")

    assert 2 <= len(re.findall(r'href="original/"', page))
