"""How the articles are cut into segments."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.search.segments import cuts


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        (0, []),
        (1, [1]),
        (1_023, [1_023]),
        (1_024, [1_024]),
        (1_025, [1_024, 1]),
        (10_000, [8_192, 1_024, 784]),
        (65_536, [65_536]),
        (100_000, [65_536, 32_768, 1_024, 672]),
        (200_000, [196_608, 3_072, 320]),
    ],
)
def test_segments_follow_from_the_number_of_articles(articles, expected):
    """The largest multiple of each size that fits, and last what remains."""
    assert expected == cuts(articles)


@given(st.integers(0, 1_000_000))
@settings(deadline=None)
def test_segments_hold_every_article_once(articles):
    """At most four segments, none empty, together all articles."""
    found = cuts(articles)

    assert articles == sum(found)
    assert len(found) <= 4
    assert all(found)


@given(st.integers(0, 300_000))
@settings(deadline=None)
def test_one_more_article_leaves_the_large_segments_alone(articles):
    """Only when the last segment has grown to a whole size does another one change."""
    before, after = cuts(articles), cuts(articles + 1)
    small = bool((articles + 1) % 1_024)

    assert not small or before[: len(after) - 1] == after[:-1]
