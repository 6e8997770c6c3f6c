"""Markdown files: what is known of an article, its text, and what was cut."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config import Archive
from site_builder.model import UNKNOWN, Basis, Original
from site_builder.outlet import Outlet
from site_builder.reading import Refused, read
from site_builder.reading.decode import decode
from site_builder.reading.edits import apply

CASES = re.findall(
    r"^## (.+?)\n\n\.\n(.*?)^\.\n(.*?)^\.$",
    (Path(__file__).parent / "cases" / "markdown.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
ARCHIVE = Archive(root="/archive", title="An archive")
VALUES = (
    "title",
    "outlet",
    "published",
    "retrieved",
    "modified",
    "url",
    "language",
    "section",
    "description",
    "rights",
)


def reading_of(address, text, archive=ARCHIVE):
    original = Original(path=f"articles/{address}", address=address, reader="markdown")
    return read(original, text.encode(), archive)


def shown(name, assertion):
    """Write down one value with what it rests on."""
    written = f" from {assertion.as_written!r}" if assertion.as_written else ""
    note = f"; {assertion.note}" if assertion.note else ""
    return f"{name}: {assertion.value}{written} ({assertion.basis}, {assertion.where}{note})"


def describe(given_text):
    """Write down what a file becomes."""
    address, _, text = given_text.partition("\n")
    reading = reading_of(address, text)
    article = reading.article
    lines = [f"permalink: {article.permalink}"]
    values = [(name, getattr(article, name)) for name in VALUES]
    lines += [shown(name, value) for name, value in values if value != UNKNOWN]
    lines += [shown("author", author) for author in article.authors]
    for name in ("tags", "aliases", "status_reason"):
        lines += [f"{name}: {getattr(article, name)}"] if getattr(article, name) else []
    lines += [f"status: {article.status}"] if article.status != "public" else []
    lines += [f"extra: {key} = {value!r}" for key, value in article.extra.items()]
    lines += [
        f"cut: {edit.start}-{edit.end} {edit.reason} {edit.feeds}".rstrip()
        for edit in reading.edits
    ]
    lines.append(f"text: {reading.text}".replace("\n", "⏎"))
    lines += [f"{problem.path}:{problem.line}: {problem.message}" for problem in reading.problems]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(("name", "given_text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_file(name, given_text, expected):
    """Each case of cases/markdown.md reads as documentation and runs as a test."""
    assert name
    assert expected == describe(given_text)


@pytest.mark.parametrize("given_text", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_places_hold_the_words(given_text):
    """A value with a place stands there as written, in the decoded original."""
    address, _, text = given_text.partition("\n")
    article = reading_of(address, text).article
    values = [getattr(article, name) for name in VALUES if name != "language"]
    placed = [value for value in (*values, *article.authors) if value.chars]

    assert [value.as_written or value.value for value in placed] == [
        text[slice(*value.chars)] for value in placed
    ]


def test_a_byte_order_mark_and_crlf_change_nothing():
    """A file from a Windows editor reads as any other."""
    text = "---\ntitle: The harbour\ndate: 2020-01-02\n---\nThe text.\n"
    plain = reading_of("a.md", text)
    windows = reading_of("a.md", "\ufeff" + text.replace("\n", "\r\n"))

    assert plain.text == windows.text
    assert plain.edits == windows.edits
    assert plain.article.title == windows.article.title
    assert ("crlf", True) == (
        windows.article.capture.line_ends,
        windows.article.capture.byte_order_mark,
    )


def test_a_language_nobody_stated_is_the_outlets_then_the_texts_then_the_archives():
    """The archive's language is for texts that do not clearly show another; its region is kept."""
    outlet = Outlet(id="gazette", name="Harbour Gazette", forms=("The Gazette",), language="fr")
    german = Archive(root="/archive", title="An archive", language="de", outlets=(outlet,))
    british = Archive(root="/archive", title="An archive", language="en-GB")
    text = (
        "The harbour was closed, and nobody came to the pier because of the storm and the rain.\n"
    )
    readings = {
        "outlet": reading_of("a.md", f"---\noutlet: the gazette\n---\n{text}", german),
        "stated": reading_of("a.md", f"---\nlang: la\n---\n{text}", german),
        "text": reading_of("a.md", text, german),
        "archive": reading_of("a.md", "Ahoy.\n", german),
        "region": reading_of("a.md", text, british),
        "arabic": reading_of(
            "a.md", "أغلقت المدينة الميناء بعد العاصفة الكبيرة في المساء.\n", german
        ),
    }
    found = {name: reading.article.language for name, reading in readings.items()}

    assert {
        "outlet": ("fr", Basis.SUPPLIED),
        "stated": ("la", Basis.STATED),
        "text": ("en", Basis.INFERRED),
        "archive": ("de", Basis.SUPPLIED),
        "region": ("en-GB", Basis.SUPPLIED),
        "arabic": ("ar", Basis.INFERRED),
    } == {name: (language.value, language.basis) for name, language in found.items()}


def test_a_huge_title_is_kept():
    """A title has no limit of its own."""
    title = "word " * 4000
    article = reading_of("a.md", f"---\ntitle: {title}\n---\n").article

    assert title.strip() == article.title.value


def test_an_address_that_cannot_be_is_refused():
    """A file without a safe address is left out, with a hint."""
    with pytest.raises(Refused) as refused:
        reading_of("🎉.md", "Text\n")

    assert "articles/🎉.md" == refused.value.problem.path
    assert refused.value.problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "# " + "#" * 200_000,
        "# a" + " " * 200_000 + "b",
        "x" + "\n" * 200_000 + "---\n",
        "**a:** b\n" * 20_000,
        "+++\na = 1\n# b" + " " * 200_000 + "\n+++\n",
        "---\na: b: c\nkey" + " " * 200_000 + "x\n---\n",
        "**Author(s):** " + "a b," * 50_000 + "\n**Year:** 1\n\n---\n",
        "[a" * 100_000,
        "```\n" * 50_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_long_runs_are_read_in_one_go(text):
    """The cost of a hostile file grows with its length: a square of it would never end here."""
    assert reading_of("a.md", text).article.title.value


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "---\n", "+++\n", "{\n", "}\n", "...\n", "# Heading\n", "Heading\n===\n", "Words\n---\n",
            "title: A\n", 'title = "A"\n', '"title": "A",\n', "date: 2020-01-02\n", "date: ?\n",
            "tags: [a, b\n", "- item\n", "\t- tab\n", "**Year:** 1672\n", "**Author(s):** A B, C D\n",
            "status: withdrawn\n", "aliases: [/, a//b]\n", "slug: ../x\n", "\n", "```\n", "<!--\n", "-->\n",
            "&a [*a]\n", "!!python/name:os.system x\n", "{{ x }}\n", "text\n", "[[[[\n",
            "\x00\n", "\ud7ff\u2028\n",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(FRAGMENTS | st.text())
def test_any_text_is_read_or_refused(text):
    """Whatever stands in a file, its text is the decoded original after the edits."""
    original = Original(path="articles/a.md", address="a.md", reader="markdown")
    try:
        reading = read(original, text.encode("utf-8", "replace"), ARCHIVE)
    except Refused:
        return
    decoded = decode(original, text.encode("utf-8", "replace"))
    withdrawn = reading.article.status == "withdrawn"

    assert reading.text == ("" if withdrawn else apply(decoded.text, reading.edits))
    assert reading.article.title.value
    assert all(problem.hint for problem in reading.problems)


@given(st.binary())
def test_any_bytes_are_read_or_refused(content):
    """No bytes make reading fail in any other way than by a refusal with a hint."""
    original = Original(path="articles/a.md", address="a.md", reader="markdown")
    try:
        outcome = read(original, content, ARCHIVE).article.title.value
    except Refused as refused:
        outcome = refused.problem.hint

    assert outcome
