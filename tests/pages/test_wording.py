"""Values in words: dates, languages, rights, bases, changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Assertion, Basis, Edit, Reason
from site_builder.pages.evidence import evidence, reason_words
from site_builder.pages.wording import (
    basis_words,
    date_words,
    language_name,
    plain,
    rights_words,
    shortened,
    when,
)


@pytest.mark.parametrize(
    ("value", "words", "machine"),
    [
        ("2023-11-04", "4 November 2023", "2023-11-04"),
        ("2023-11", "November 2023", "2023-11"),
        ("2023", "2023", "2023"),
        ("", "Date unknown", ""),
        ("2023-11-04T09:30:00+01:00", "4 November 2023", "2023-11-04"),
        ("2023-13", "2023-13", ""),
        ("spring", "spring", ""),
        ("0000", "0000", ""),
    ],
)
def test_a_date_is_shown_in_its_own_precision(value, words, machine):
    """What is no calendar date is shown as it is, and no browser is told that it is one."""
    found = date_words(value)

    assert (words, machine) == (found.words, found.machine)


def test_an_inferred_date_is_probable():
    """It never stands without that word."""
    date = Assertion(value="2016", basis=Basis.INFERRED)

    assert when(date).words == "probably 2016"
    assert when(Assertion()).words == "Date unknown"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("EN-gb", "English (EN-gb)"),
        ("und", "Undetermined"),
        ("tlh", "tlh"),
        ("", "Unknown"),
    ],
)
def test_a_language_has_its_name_or_its_tag(tag, name):
    """Nothing is made up for a tag that we have no name for."""
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("value", "name", "evaluated"),
    [
        ("http://rightsstatements.org/vocab/CNE/1.0/", "Copyright Not Evaluated", False),
        ("https://rightsstatements.org/page/InC/1.0/?language=en", "In Copyright", True),
        (
            "https://creativecommons.org/licenses/by-sa/4.0/",
            "Creative Commons Attribution-ShareAlike 4.0",
            True,
        ),
        (
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "Creative Commons CC0 Public Domain Dedication 1.0",
            True,
        ),
        ("https://other.example/terms", "https://other.example/terms", True),
        ("All rights reserved", "All rights reserved", True),
    ],
)
def test_rights_have_their_names(value, name, evaluated):
    """Statements and licences by address; words as the file has them."""
    found = rights_words(value)

    assert (name, evaluated) == (found.name, found.evaluated)


@pytest.mark.parametrize(
    ("assertion", "words"),
    [
        (
            Assertion(value="x", basis=Basis.STATED, where="front matter: date"),
            "stated in the file: front matter: date",
        ),
        (
            Assertion(value="x", basis=Basis.STATED, chars=(6, 1600)),
            "stated in the file: characters 6 to 1,600",
        ),
        (
            Assertion(value="x", basis=Basis.INFERRED, note="from the footer"),
            "inferred: from the footer",
        ),
        (
            Assertion(value="x", basis=Basis.SUPPLIED, where="archive.toml"),
            "supplied by the archive: archive.toml",
        ),
        (Assertion(), "looked for and not found"),
    ],
)
def test_a_basis_is_said_in_words(assertion, words):
    """With the place or the reason, as far as the record has it."""
    assert basis_words(assertion) == words


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text, limit):
    """It is the text itself, or a beginning of it with an ellipsis."""
    short = shortened(text, limit)

    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(st.text(alphabet=st.characters()))
def test_plain_text_can_be_written_anywhere(text):
    """It has an encoding, one line, and nothing that turns its direction; and plain is plain."""
    found = plain(text)

    assert found == found.encode().decode()
    assert "\u202e" not in found
    assert found == plain(found)


def test_changes_are_counted_by_reason(make):
    """What was set aside first, then what was put in."""
    spaces = [
        Edit(start=n, end=n, replacement=" ", rule="r@1", reason=Reason.REPAIR_SPACE)
        for n in range(100, 200)
    ]
    edits = (
        Edit(start=0, end=9, rule="h@1", reason=Reason.HEADER, feeds="published"),
        Edit(start=10, end=20, rule="c@1", reason=Reason.CAPTION, feeds="captions"),
        *spaces,
    )
    found = evidence(make.article("a"), edits, Assertion())

    assert (
        found.summary == "1 header line and 1 picture caption set aside; 100 missing spaces put in"
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(make, reason):
    """A new reason cannot be forgotten here."""
    edit = Edit(start=1, end=2, rule="r@1", reason=reason)

    assert evidence(make.article("a"), (edit,), Assertion()).summary
    assert reason_words(reason)


def test_what_every_reader_expects_is_no_notice(make):
    """The headline stands above the text and front matter nowhere: neither is told below the headline."""
    edits = (
        Edit(start=0, end=9, rule="f@1", reason=Reason.FRONT_MATTER),
        Edit(start=10, end=20, rule="t@1", reason=Reason.HEADER, feeds="title"),
    )
    found = evidence(make.article("a"), edits, Assertion())

    assert found.notice == ""
    assert found.summary == "1 header line and 1 front matter block set aside"
