"""From text to terms: readable cases, the cases both languages share, and what must always hold."""

import json
import re
import unicodedata
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.derived import PLACES
from site_builder.search import analysis
from site_builder.search.analysis import fold, forms, is_unspaced, terms
from site_builder.search.tokens import tokens

CASES = Path(__file__).parent / "cases"
READABLE = re.findall(
    r"(?m)^(.+)\n\.\n(.*)\n\.\n(.*)\n\.$", (CASES / "analysis.md").read_text("utf-8")
)
SHARED = json.loads((CASES / "analysis.json").read_text("utf-8"))

ENGLISH = st.text("aAbs'\u2019`\u00b4 _-\u00e9\u201c\u201d\u2026\n", max_size=40)
"""What the quick path for plain texts must treat as the full one does."""


@pytest.mark.parametrize(
    ("text", "expected"), [c[1:] for c in READABLE], ids=[c[0] for c in READABLE]
)
def test_readable_cases(text, expected):
    """Each case in analysis.md reads as documentation and runs as a test."""
    assert expected.split(" ") == terms(text)


@pytest.mark.parametrize("case", SHARED, ids=range(len(SHARED)))
def test_shared_cases(case):
    """Both languages pass the cases of analysis.json."""
    assert case["terms"] == terms(case["text"])


@given(ENGLISH)
@settings(max_examples=200, deadline=None)
def test_plain_texts_take_a_shorter_way_to_the_same_terms(text):
    """A word of another script beside a text changes nothing in the text's own terms."""
    assert [*terms(text), "я"] == terms(f"{text} я")


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_term_is_its_own_only_term(text):
    """A term typed as a query finds itself."""
    found = terms(text)

    assert found == [own for term in found for own in terms(term)]


@given(
    st.text(
        "ab\u00e9\u00df\u017f\u03c2I\u0130\u0131\u0142\ufb01\u00b2\u03a9 \u0149\u0451\u0301\u0345",
        max_size=20,
    )
)
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing(text):
    """What is folded stays as it is."""
    assert fold(text) == fold(fold(text))


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_letter_or_digit_is_lost(text):
    """A text has terms exactly when something is left of it that is a letter, a mark or a digit."""
    left = [c for c in fold(text) if unicodedata.category(c)[0] in "LMN"]

    assert bool(left) == bool(terms(text))


def test_every_letter_mark_and_digit_makes_a_term():
    """Tokens are runs of the general categories L, M and N, whatever `re` thinks of a character."""
    pattern = analysis._patterns().tokens  # noqa: SLF001 — the class of characters is the rule
    wrong = [
        hex(code)
        for code in range(0x110000)
        if (unicodedata.category(chr(code))[0] in "LMN" and code != ord("_"))
        != bool(pattern.fullmatch(chr(code)))
    ]

    assert [] == wrong


def test_long_tokens_are_cut():
    """A token over 64 code points is cut to its first 64, counted in code points."""
    assert ["x" * 64, "я" * 64, "𐐨" * 64] == terms(f"{'x' * 99} {'я' * 65} {'𐐨' * 70}")


def test_scripts_without_spaces_are_told_apart():
    """Pairs and lone characters of such scripts are known as such."""
    assert [True, True, True, False, False] == [
        is_unspaced(term) for term in ("海堤", "海", "ส", "sea", "море")
    ]


def test_positions_count_every_token():
    """Title and body are counted from 0, each for itself, nothing left out."""
    found = tokens("The sea, the sea!", "A wall\nby the sea")

    def unpacked(places):
        return {term: array(PLACES, packed).tolist() for term, packed in places.items()}

    assert {"the": [0, 2], "sea": [1, 3]} == unpacked(found.title)
    assert {"a": [0], "wall": [1], "by": [2], "the": [3], "sea": [4]} == unpacked(found.body)
    assert (4, 5) == (found.title_length, found.body_length)


def test_forms_tell_how_terms_were_written():
    """Only terms that folding changed are named, with the unfolded word beside its equal without marks."""
    found = forms("Schön, SCHON und \u0130zmir; la re\u0301gion; 海堤é wall")

    assert {"schon": ["schon", "schön"], "region": ["région"]} == {
        term: found[term] for term in ("schon", "region")
    }
    assert {"schon", "region", "海堤e"} == found.keys()
    assert {"schon": ["schön"]} == tokens("", "schön 海堤é").forms


@given(st.text() | ENGLISH)
@settings(deadline=None)
def test_every_form_folds_to_its_term(text):
    """Whatever stands in the text, a form is a way to write the term it is listed under."""
    wrong = [
        (term, form)
        for term, written in tokens("", text).forms.items()
        for form in written
        if terms(form) != [term]
    ]

    assert [] == wrong
