"""An article's text becomes HTML in which nothing runs and nothing loads, and no word is lost."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.derived import Body, LocalFile
from site_builder.model import Article, Assertion, Basis, Capture, Reading
from site_builder.pages.body import render_body
from site_builder.pages.body.sanitise import sanitise
from site_builder.pages.body.tags import TAG, attributes_of
from site_builder.pages.body.visible import visible_text

CASES = (Path(__file__).parent / "cases" / "body.md").read_text("utf-8")
CASE = re.compile(r"^(\w+): (.+)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.$", re.MULTILINE)
NO_ROOT = Path("/nonexistent")
UNSAFE_ADDRESS = re.compile(r"(?i)(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:")

PIECES = """
<a href=x> <a> </a> <b> </b> <p> </p> <table> <tr> <td> </table> <svg> </svg> <math> <mtext>
<style> </style> <script> </script> <iframe/src=//x> </iframe> <select> <option> <object> <form>
</form> <noscript> </noscript> <textarea> <title> <template> <img/src=http://e/x/onerror=a> <h1>
<h3/id=q> </h1> <div> </div> word <!-- --> <plaintext> <xmp> <video> <source/src=/q> <li> <ul>
<dd> <br> &#13; &nbsp; <ruby><rt> <caption> <button> <nobr> <details> <summary> <listing>
<body/onload=x> # > - ` [a](javascript:x) ![](//e/y) ![](data:image/png;base64,AA) <mglyph>
<p/style=x> <image/src=//k> <input/type=image/src=//k> <base/href=//k>
[b](../../../../etc/passwd) &lt;script&gt; [a]:
"""


def reading(text, markup="markdown", url=""):
    """A reading made by hand, of the article that the cases speak of."""
    capture = Capture(
        path="articles/flood/1931.md",
        size=0,
        sha256="",
        media_type="text/markdown",
        encoding=Assertion(value="utf-8", basis=Basis.STATED),
    )
    address = Assertion(value=url, basis=Basis.STATED if url else Basis.UNKNOWN)
    article = Article(
        permalink="flood/1931", capture=capture, reader=markup, title=Assertion(), url=address
    )
    return Reading(article=article, markup=markup, text=text)


def described(body):
    """A body as the cases write it."""
    lines = [body.html.rstrip("\n")]
    lines += [f"file: {file.source} -> {file.path}" for file in body.files]
    lines += [f"link: {link}" for link in body.links]
    lines += [f"problem: {problem.line}: {problem.message}" for problem in body.problems]
    return "\n".join(lines) + "\n"


@pytest.fixture
def archive(tmp_path):
    """The archive that the cases speak of."""
    folder = tmp_path / "articles" / "flood"
    folder.mkdir(parents=True)
    (tmp_path / "static").mkdir()
    for name in ("boat.jpg", "plan.pdf", "drawing.svg", "../../static/boat.jpg"):
        (folder / name).write_bytes(b"not looked at")
    return tmp_path


@pytest.mark.parametrize(
    ("markup", "text", "expected"),
    [pytest.param(markup, text, out, id=name) for markup, name, text, out in CASE.findall(CASES)],
)
def test_readable_cases(archive, markup, text, expected):
    """Each case of cases/body.md reads as documentation and runs as a test."""
    (archive / "articles/flood/1931.md").write_text(text, "utf-8")
    body = render_body(reading(text, markup, "https://town.example/1931/"), archive)

    assert expected == described(body)


def test_every_case_of_the_file_is_read():
    """A case with a slip in its form is not passed over."""
    assert len(re.findall(r"^(?:markdown|text|html): ", CASES, re.MULTILINE)) == len(
        CASE.findall(CASES)
    )


def test_a_text_that_is_empty_gives_an_empty_body():
    """A withdrawn article has no text, and that is no fault."""
    assert Body(html="", text="") == render_body(reading(" \n"), NO_ROOT)


def assert_safe(html):
    """Nothing in the HTML runs, and nothing in it loads from elsewhere."""
    assert "<" not in TAG.sub("", html)
    for _, name, written in TAG.findall(html):
        assert name not in {"script", "style", "iframe", "object", "embed", "form", "svg", "base"}
        attributes = attributes_of(written)
        assert not [key for key in attributes if key.startswith("on") or key == "style"]
        assert not UNSAFE_ADDRESS.match(attributes.get("href", ""))
        assert not re.match(r"[a-z]+:|//", attributes.get("src", ""))


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=25),
    st.sampled_from((" ", "")),
    st.sampled_from(("html", "markdown")),
)
def test_no_markup_gets_through_that_runs_or_loads(pieces, glue, markup):
    """Whatever pieces of HTML and Markdown are put together, the page is safe and stays as it is."""
    body = render_body(reading(glue.join(pieces), markup), NO_ROOT)

    assert_safe(body.html)
    assert body.html == sanitise(body.html)
    assert body.text == visible_text(body.html)


@given(st.text(), st.sampled_from(("html", "markdown", "text")))
def test_any_text_is_rendered(text, markup):
    """No text at all makes rendering fail, and what comes out is safe."""
    assert_safe(render_body(reading(text, markup), NO_ROOT).html)


@given(st.text())
def test_every_word_of_plain_text_is_kept(text):
    """Plain text loses no word, and its words stay in order."""
    body = render_body(reading(text, "text"), NO_ROOT)

    assert re.findall(r"\w+", text) == re.findall(r"\w+", body.text)


@given(st.text("ab \n*_`>-#[]()!|~&;<\\", max_size=60))
def test_marks_alone_never_change_the_order_of_letters(text):
    """Markdown made of letters and marks shows its letters in order, unless it makes tags of them."""
    letters = "".join(re.findall("[ab]", re.sub(r"<.*|\[.*|&.*", "", text, flags=re.DOTALL)))
    body = render_body(reading(text.split("<")[0].split("[")[0].split("&")[0]), NO_ROOT)
    code_words = re.compile(r"^ {0,3}(`{3,}|~{3,}).*$", re.MULTILINE)

    assert code_words.search(text) or letters == "".join(re.findall("[ab]", body.text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 3000 + "deep", id="quotes"),
        pytest.param("".join(f"{'  ' * n}- item\n" for n in range(300)), id="lists"),
        pytest.param("[a]: " + "x" * 20_000 + "\n\n" + "[a] " * 2000, id="definitions"),
        pytest.param("<div>" * 3000 + "deep", id="elements"),
    ],
)
def test_what_cannot_be_rendered_is_shown_as_it_is_written(text):
    """A text that would cost too much keeps its words, and its keeper is told."""
    body = render_body(reading(text), NO_ROOT)

    assert [True] == ["plain paragraphs" in problem.message for problem in body.problems]
    assert set(re.findall(r"\w+", text)) == set(re.findall(r"\w+", body.text))


@pytest.mark.parametrize(
    "text",
    [
        "*a **a " * 10_000,
        "[" * 20_000,
        "![" * 10_000,
        "[a](" * 10_000,
        "`a" * 10_000,
        "<" * 20_000,
        "# A\n" * 20_000,
        "<noscript" * 20_000,
    ],
    ids=["stars", "brackets", "images", "links", "code", "tags", "headings", "unclosed"],
)
def test_marks_that_lead_nowhere_take_little_time(text):
    """Time grows with the length of a text, not with its square."""
    begun = time.process_time()
    render_body(reading(text), NO_ROOT)

    assert time.process_time() - begun < 5


def test_html_shown_as_it_is_written_is_shown_without_its_tags():
    """Text of HTML that nests too deep keeps its words, not its tags."""
    body = render_body(reading("<b><i>" * 500 + "Low &amp; high", "html"), NO_ROOT)

    assert "Low & high" == body.text


@pytest.mark.parametrize(
    "address",
    [
        "../../../../../../etc/passwd.png",
        "%2e%2e/%2e%2e/%2e%2e/secret.png",
        "..\\..\\secret.png",
        "/../secret.png",
        "file:///secret.png",
        "a%00.png",
        "linked.png",
        "masked.png",
        ".hidden.png",
        "folder.png",
        "/_site/flood/old.png",
    ],
)
def test_no_file_outside_or_hidden_is_taken(tmp_path, address):
    """A picture's address never leads out of the archive, nor to what is no picture of it."""
    root = tmp_path / "archive"
    folder = root / "articles" / "flood"
    (folder / "folder.png").mkdir(parents=True)
    (root / "_site" / "flood").mkdir(parents=True)
    hidden = (folder / ".hidden.png", root / "notes.txt", root / "_site" / "flood" / "old.png")
    for secret in (tmp_path / "secret.png", *hidden):
        secret.write_bytes(b"secret")
    (folder / "linked.png").symlink_to(tmp_path / "secret.png")
    (folder / "masked.png").symlink_to(root / "notes.txt")
    body = render_body(reading(f'<img src="{address}" alt="words">', "html"), root)

    assert ((), "Image: words") == (body.files, body.text)
    assert 1 == len(body.problems)


def test_the_final_pass_needs_no_other_to_be_safe():
    """Whatever the rules in between let through, no link that runs anything is left."""
    for scheme in ("javascript", "data", "vbscript", "file", "blob"):
        html = sanitise(f'<a href="{scheme}:alert(1)" onclick="x">a</a><img src="{scheme}:x">')

        assert scheme not in html
        assert "onclick" not in html


def test_names_beside_the_page_are_fit_and_distinct(archive):
    """Names differ without regard to case, need little encoding, and leave `original.*` alone."""
    folder = archive / "articles" / "flood"
    for name in ("a b#c.png", "original.png", "Boat.JPG"):
        (folder / name).write_bytes(b"")
    text = "![](boat.jpg) ![](Boat.JPG) ![](<a b%23c.png>) ![](original.png)"
    body = render_body(reading(text), archive)

    assert (
        LocalFile(source="articles/flood/boat.jpg", path="boat.jpg"),
        LocalFile(source="articles/flood/Boat.JPG", path="Boat-2.jpg"),
        LocalFile(source="articles/flood/a b#c.png", path="a-b-c.png"),
        LocalFile(source="articles/flood/original.png", path="original-2.png"),
    ) == body.files


def test_problems_name_the_line_of_the_original(archive):
    """The line is that of the file, front matter and all."""
    text = "One.\n\n![Quay](quay%20side.png)\n"
    (archive / "articles/flood/1931.md").write_text(f"---\ntitle: Flood\n---\n{text}", "utf-8")

    assert [6] == [problem.line for problem in render_body(reading(text), archive).problems]


def test_specification(corpora):
    """Every example of CommonMark is rendered, safe, stable, and its words are those of its HTML."""
    examples = json.loads((corpora / "commonmark" / "spec-examples.json").read_text("utf-8"))
    for example in examples:
        body = render_body(reading(example["markdown"]), NO_ROOT)
        assert_safe(body.html)
        assert body.html == sanitise(body.html)
        assert body.text == visible_text(body.html)

    assert 600 < len(examples)
