"""Numbers as bits, read back by what docs/search-format.md prints."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from site_builder.search.analysis import terms
from site_builder.search.codes import below, counts, gamma, gaps, packed, rising
from site_builder.search.shard_files import family_line, front_coded

from .shard_reader import Bits, members, read_terms

LIMITS = st.integers(1, 70_000)


@given(st.lists(st.integers(1, 2**40)))
def test_gamma_codes_are_read_back(numbers):
    """Any numbers, one after the other."""
    bits = Bits(packed(map(gamma, numbers)))

    assert numbers == [bits.gamma() for _ in numbers]


@given(LIMITS, st.data())
def test_numbers_below_a_limit_are_read_back(limit, data):
    """Each of them, in no more bits than the limit needs."""
    number = data.draw(st.integers(0, limit - 1))
    short, first, others = below(limit)
    code = first(number) if number < short else others(number + short)

    assert number == Bits(packed([code])).below(limit)
    assert len(code) <= (limit - 1).bit_length()


@given(st.lists(st.integers(0, 5_000)))
def test_counts_are_read_back(numbers):
    """Whatever they are, none at all among them."""
    assert numbers == Bits(packed([counts(numbers)])).counts(len(numbers))


@given(LIMITS, st.data())
def test_rising_numbers_are_read_back(limit, data):
    """One, some or all of the numbers below a limit."""
    numbers = sorted(data.draw(st.sets(st.integers(0, limit - 1), min_size=1, max_size=50)))
    bits = Bits(packed([rising(gaps(numbers), limit), gamma(7)]))

    assert numbers == bits.rising(len(numbers), limit)
    assert 7 == bits.gamma()


def test_all_numbers_below_a_limit_take_no_bits():
    """A word that every article has costs nothing to say so."""
    assert "" == rising(gaps(range(9)), 9)


def test_bits_are_filled_up_with_zeros():
    """To a whole byte, the first bit highest."""
    assert ["", "gA==", "AIA="] == [packed(bits) for bits in ([], ["1"], ["0" * 8, "1"])]
    assert bytes([0b10100000]) == base64.b64decode(packed(["10", "1"]))


@given(st.lists(st.text(st.characters(exclude_categories=["Lu", "Cs"]), min_size=1)))
def test_sorted_terms_are_read_back(words):
    """Also those with characters that JavaScript counts as two."""
    sorted_terms = sorted(word for word in set(words) if " " not in word)

    assert sorted_terms == list(read_terms(front_coded(sorted_terms)))


def test_what_javascript_counts_as_two_is_never_shared():
    """So the shared part is as long there as here."""
    assert "A\U00020000\u4e00A\U00020000\u4e01" == front_coded(
        ["\U00020000\u4e00", "\U00020000\u4e01"]
    )


@given(st.sets(st.text("aest", min_size=1), min_size=2))
def test_families_are_read_back(words):
    """What all share stands once."""
    family = tuple(sorted(words))

    assert family == members(family_line(family))


def test_no_term_holds_a_capital():
    """Capitals of A to Z part the terms in a file: analysis leaves none."""
    whole = " ".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))

    assert not [term for term in terms(whole) if any("A" <= letter <= "Z" for letter in term)]
