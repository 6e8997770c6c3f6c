"""Scraped text: what the rules take out feeds the record, and no word is lost."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_builder.config import Archive
from site_builder.model import Basis, Original, Reason
from site_builder.outlet import Outlet, Rule
from site_builder.reading.decode import decode
from site_builder.reading.edits import apply, cuts
from site_builder.reading.refused import Refused
from site_builder.reading.text import read_text

CASES = re.findall(
    r"^## (.+?)\n\n\.\n(.*?)^\.\n(.*?)^\.$",
    (Path(__file__).parent / "cases" / "text.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)
FIELDS = "title outlet published modified retrieved url language section rights".split()  # noqa: SIM905 — one line


def rule(number, pattern):
    return Rule(
        name=f"coastwatch.{number}@1", where="last", lines=3, pattern=pattern, reason=Reason.FOOTER
    )


ARCHIVE = Archive(
    root="/archive",
    title="Archive",
    outlets=(
        Outlet(
            id="coastwatch",
            name="Coastwatch",
            forms=("COASTWATCH",),
            rules=(rule(1, "Coastwatch, the harbour's own"), rule(2, "Tide tables by .+")),
        ),
    ),
)


def read(text, archive=ARCHIVE):
    """Read a text as a file of the archive; give it decoded, and what it was read as."""
    original = Original(path="articles/low-tide.txt", address="low-tide.txt", reader="text")
    decoded = decode(original, text.encode() if isinstance(text, str) else text)
    return decoded.text, read_text(original, decoded, archive)


def value(assertion):
    mark = {Basis.INFERRED: "~", Basis.SUPPLIED: "+"}.get(assertion.basis, "")
    return f"{mark}{assertion.value}"


def describe(text):
    """Write down what a text is read as."""
    decoded, reading = read(text.replace("·", "\u00a0"))
    article = reading.article
    known = [(name, getattr(article, name)) for name in FIELDS]
    many = [("author", one) for one in article.authors]
    many += [("caption", one) for one in article.captions]
    lines = [f"{name}: {value(one)}" for name, one in (*known, *many) if one.known]
    lines += [f"tag: {tag}" for tag in article.tags]
    for edit in reading.edits:
        words = " ".join(decoded[edit.start : edit.end].split())
        lines += [f"cut {edit.rule} {edit.reason}: {words}"] if words else []
    lines += [f"problem: {problem.message}" for problem in reading.problems]
    marked = [replaced(edit) for edit in reading.edits]
    lines.append(f"text: {apply(decoded, marked)}".replace("\n", "⏎"))
    return "".join(f"{line}\n" for line in lines)


def replaced(edit):
    """The same edit, with the space it puts in made visible."""
    return replace(edit, replacement="␣") if edit.replacement else edit


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_scraped_text(name, text, expected):
    """Each case of cases/text.md reads as documentation and runs as a test."""
    assert name
    assert expected == describe(text)


LINES = """
 date 2021-03-09 Quay Herald - The pier is closed.
News / Harbour
Home > Harbour > Piers
Pier closes for repairs
By Jane Doe and Ann de Witt
Published: 4 November 2023
Source: https://example.org/pier
The pier on Tuesday. (Photo by J. Doe)
Photo credit: Jane Doe
The board met.The board left."So it goes."Nobody spoke.
Coastwatch, the harbour's own
Quay Herald's website can also be accessed at the following alternate addresses:
© 2021 Quay Herald. All rights reserved.
Subscribe to our letter
---
title: Pier
""".strip("\n").split("\n")


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40)
TEXTS = st.lists(st.one_of(st.sampled_from([*LINES, ""]), WORDS), max_size=12)


@given(TEXTS)
def test_no_word_is_lost(lines):
    """Every word of the decoded text is in the text that is shown, or in a span that was cut."""
    text = "\n".join(("The harbour.", *lines))
    decoded, reading = read(text)
    kept = re.findall(r"\w+", reading.text)
    cut = [
        word
        for start, end in cuts(reading.edits)
        for word in re.findall(r"\w+", decoded[start:end])
    ]

    assert sorted(re.findall(r"\w+", decoded)) == sorted(kept + cut)


@given(TEXTS)
def test_the_shown_text_is_the_original_and_its_edits(lines):
    """Anybody who has the decoded original and the edits has the text that is shown."""
    text = "\n".join(("The harbour.", *lines))
    decoded, reading = read(text)

    assert reading.text == apply(decoded, reading.edits)


def test_a_value_says_where_its_words_stand():
    """The span of a stated value holds its words as the file has them."""
    decoded, reading = read(
        "Home > Islands\n\nPier  closes\n\nBy Jane Doe\n\nThe pier is closed.\n"
    )
    article = reading.article
    spans = [(one.as_written or one.value, one.chars) for one in (article.title, *article.authors)]

    assert ["Pier  closes", "Jane Doe"] == [decoded[slice(*chars)] for _, chars in spans]
    assert ["Pier  closes", "Jane Doe"] == [words for words, _ in spans]


def test_a_long_text_on_one_line_is_read_in_time():
    """Two million characters without a line end take no more than a glance at each sentence."""
    sentence = 'The board met on Tuesday."It took ten minutes," it said.'
    _, reading = read(sentence * 20_000)

    assert 40_000 - 1 == sum(edit.replacement == " " for edit in reading.edits)


def test_sample_000(samples):
    """A date and an outlet run into the first line; twelve sentences are glued; there is no headline."""
    _, reading = read((samples / "000_724000455150d886.txt").read_bytes())
    article = reading.article
    rules = [edit.rule for edit in reading.edits]

    assert ("2023-11-04", "Islam Times") == (article.published.value, article.outlet.value)
    assert (Basis.STATED, Basis.STATED) == (article.published.basis, article.outlet.basis)
    assert ((6, 16), (17, 28)) == (article.published.chars, article.outlet.chars)
    assert ("title.first-line@1", Basis.SUPPLIED) == (article.title.rule, article.title.basis)
    assert ["header.date-outlet@1", *["repair.glued-sentence@1"] * 12] == rules
    assert (0, 31) == (reading.edits[0].start, reading.edits[0].end)


def test_sample_001(samples):
    """Breadcrumb, headline, caption and footer; the outlet is only in the footer, the date nowhere."""
    _, reading = read((samples / "001_b406558f1fa1081e.txt").read_bytes())
    article = reading.article

    assert ("Palestine", Basis.STATED) == (article.section.value, article.title.basis)
    assert ("Press TV", Basis.INFERRED) == (article.outlet.value, article.outlet.basis)
    assert not article.published.known
    assert [(104, 339)] == [caption.chars for caption in article.captions]
    assert ["navigation", "header", "caption", "footer", "footer"] == [
        edit.reason for edit in reading.edits
    ]


def test_sample_003(samples):
    """A date runs into the first line; a sentence that was cut off stays as it is."""
    decoded, reading = read((samples / "003_383f91712ea6f599.txt").read_bytes())
    article = reading.article

    assert ("2023-12-20", Basis.STATED) == (article.published.value, article.published.basis)
    assert (Basis.SUPPLIED, Basis.UNKNOWN) == (article.title.basis, article.outlet.basis)
    assert [(0, 17)] == [(edit.start, edit.end) for edit in reading.edits]
    assert decoded[17:] == reading.text


def test_every_real_text_is_read(corpora):
    """Speeches and hostile files: each is read or refused, and no word is lost."""
    lost = []
    for path in sorted(corpora.rglob("*.txt")):
        try:
            decoded, reading = read(path.read_bytes())
        except Refused:
            continue
        shown = " ".join(
            [reading.text, *(decoded[start:end] for start, end in cuts(reading.edits))]
        )
        if set(re.findall(r"\w+", decoded)) - set(re.findall(r"\w+", shown)):
            lost.append(path)

    assert [] == lost
