"""How the articles are cut into segments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.search.segments import SMALLEST, cuts


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (0, []),
        (1, [1]),
        (2_048, [2_048]),
        (2_049, [2_048, 1]),
        (2_559, [2_048, 511]),
        (2_560, [2_560]),
        (10_000, [9_728, 272]),
        (16_384, [16_384]),
        (16_385, [16_384, 1]),
        (100_000, [98_304, 1_696]),
    ],
)
def test_segments_follow_from_the_number_of_articles(articles, expected):
    """The largest multiple of a power of two that is a sixteenth or less, then what remains."""
    assert expected == cuts(articles)


@given(st.integers(0, 1_000_000))
@settings(deadline=None)
def test_segments_hold_every_article_once(articles):
    """At most two segments, none empty, together all articles; the second is small."""
    found = cuts(articles)

    assert articles == sum(found)
    assert len(found) <= 2
    assert all(found)
    assert all(last < max(SMALLEST, articles / 16 + 1) for last in found[1:])


@given(st.integers(0, 300_000))
@settings(deadline=None)
def test_one_more_article_leaves_the_large_segment_alone(articles):
    """Only when the second segment has grown to its full size does the first change."""
    before, after = cuts(articles), cuts(articles + 1)

    assert len(before) < 2 or len(after) < 2 or before[0] == after[0]
