"""How well a document answers, by the formulas of docs/search-format.md, section 5."""

from math import floor, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.search.index import Posting
from site_builder.search.scoring import idf, merged, scores

from .reference_index import ReferenceIndex, make_row

ROWS = [
    make_row("a", "Storm", "the storm at sea"),
    make_row("b", "Sea wall", "a wall"),
    make_row("c", "", "storm and storm and storm"),
]


def test_rarer_is_more_and_nothing_is_negative():
    """The idf falls with the number of documents that have a term, and stays above 0."""
    found = [idf(1_000, frequency) for frequency in range(1, 1_001)]

    assert sorted(found, reverse=True) == found
    assert found[-1] >= 0


@given(st.integers(1, 1_000_000), st.data())
@settings(deadline=None)
def test_the_idf_is_a_multiple_of_two_to_the_minus_twenty(articles, data):
    """The rounding takes away the bits in which two logarithms may differ."""
    frequency = data.draw(st.integers(1, articles))
    found = idf(articles, frequency)

    assert floor(found * 2**20) == found * 2**20
    assert log(1 + (articles - frequency + 0.5) / (frequency + 0.5)) == pytest.approx(
        found, abs=2**-20
    )


def test_a_score_adds_title_and_body():
    """Each field has its own length and average; the title weighs twice."""
    index = ReferenceIndex(ROWS)
    rarity = idf(3, 2)
    title = 2 * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / (3 / 3)))
    body = 1 * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 4 / (11 / 3)))
    often = 1 * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 5 / (11 / 3)))

    assert {0: rarity * (title + body), 2: rarity * often} == scores(index, index.postings("storm"))


def test_a_score_in_the_title_alone_counts_titles_alone():
    """With the field given, a document without the term in its title is not one that has it."""
    index = ReferenceIndex(ROWS)
    title = 2 * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 1 / (3 / 3)))

    assert {0: idf(3, 1) * title} == scores(index, index.postings("storm"), title_only=True)


def test_nothing_found_has_no_scores():
    """A term in no title gives nothing to score there."""
    index = ReferenceIndex(ROWS)

    assert {} == scores(index, index.postings("and"), title_only=True)
    assert {} == scores(index, [])


def test_a_group_counts_as_one_term():
    """Occurrences of all its members are added, document by document."""
    assert [Posting(0, 3, 1), Posting(1, 1, 0), Posting(4, 0, 2)] == merged(
        [[Posting(0, 1, 1), Posting(4, 0, 2)], [Posting(0, 2, 0), Posting(1, 1, 0)]]
    )
    assert [] == merged([])
