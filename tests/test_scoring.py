"""How well a document answers, by the formulas of docs/search-format.md, section 5."""

from math import floor, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.search.index import Posting
from site_builder.search.scoring import Scored, idf, merged, scored, totals

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


def saturated(rarity, often):
    """BM25's saturation, of occurrences in proportion to length."""
    return rarity * (often * 2.2 / (often + 1.2))


def test_a_score_weighs_title_and_body_together():
    """Each field has its own length and average; the title weighs thrice; then they saturate as one."""
    index = ReferenceIndex(ROWS)
    title = 3 * 1 / (0.25 + 0.75 * 1 / (3 / 3))
    body = 1 / (0.25 + 0.75 * 4 / (11 / 3))
    often = 3 / (0.25 + 0.75 * 5 / (11 / 3))
    found = scored(index, index.postings("storm"))

    assert {0: saturated(idf(3, 2), title + body), 2: saturated(idf(3, 2), often)} == found.scores
    assert (idf(3, 2), {0}) == (found.rarity, found.titled)


def test_a_score_in_the_title_alone_counts_titles_alone():
    """With the field given, a document without the term in its title is not one that has it."""
    index = ReferenceIndex(ROWS)
    title = 3 * 1 / (0.25 + 0.75 * 1 / (3 / 3))

    assert {0: saturated(idf(3, 1), title)} == (
        scored(index, index.postings("storm"), title_only=True).scores
    )


def test_nothing_found_has_no_scores():
    """A term in no title gives nothing to score there, and weighs nothing in the query."""
    index = ReferenceIndex(ROWS)

    assert Scored({}) == scored(index, index.postings("and"), title_only=True)
    assert Scored({}) == scored(index, [])


def test_a_title_adds_its_share_of_the_query():
    """The rarity of what the title has, times its part of the rarity of the whole query."""
    found = [Scored({1: 0.5, 2: 0.25}, 3.0, {1}), Scored({1: 1.0}, 1.0, {1}), Scored({2: 1.0}, 2.0)]

    assert {1: 1.5 + 4.0 * 4.0 / 6.0, 2: 1.25} == totals(found, [1, 2])
    assert {3: 0.0} == totals(found, [3])
    assert {3: 0.0} == totals([], [3])


def test_a_group_counts_as_one_term():
    """Occurrences of all its members are added, document by document."""
    assert [Posting(0, 3, 1), Posting(1, 1, 0), Posting(4, 0, 2)] == merged(
        [[Posting(0, 1, 1), Posting(4, 0, 2)], [Posting(0, 2, 0), Posting(1, 1, 0)]]
    )
    assert [] == merged([])


def test_other_forms_count_half():
    """Their occurrences are added by half to those of the word that was asked for."""
    assert [Posting(0, 2.0, 0.5), Posting(1, 0.5, 0.0)] == merged(
        [[Posting(0, 1, 0)]], [[Posting(0, 2, 1), Posting(1, 1, 0)]]
    )
