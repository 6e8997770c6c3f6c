"""The lengths that ranking knows: rounded, and written one sign each."""

from hypothesis import given
from hypothesis import strategies as st

from site_builder.search.lengths import lengths_text, rounded

from .reference_index import four_bits
from .shard_reader import read_lengths


@given(st.integers(0, 3_000_000))
def test_lengths_are_rounded_up_to_four_significant_bits(tokens):
    """Nothing up to 16 changes, nothing grows by more than an eighth."""
    length = rounded(tokens)

    assert four_bits(tokens) == length
    assert tokens <= length <= tokens * 9 / 8


@given(st.lists(st.integers(0, 3_000_000).map(rounded)))
def test_lengths_come_back_from_what_was_written(lengths):
    """One sign each, none of which JSON or HTML writes in another way."""
    written = lengths_text(lengths)

    assert len(lengths) == len(written)
    assert not set(written) & set("\"&'<>\\")
    assert lengths == list(read_lengths(written))
