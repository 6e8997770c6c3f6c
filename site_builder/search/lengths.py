"""How long a field is, as far as ranking needs to know: docs/search-format.md, section 5.

Every search needs the lengths of all articles: in a large archive they are most of what a
first search fetches. Four bits are within an eighth of the exact number; Lucene keeps as many
(`SmallFloat.intToByte4`).
"""

from collections.abc import Sequence

_BITS = 4
_HALF = 1 << (_BITS - 1)
_EXACT = 1 << _BITS
_UNFIT = "\"&'<>\\"
"""What would be written longer in JSON, or in JSON inside HTML."""
_SIGNS = "".join(sign for sign in map(chr, range(0x21, 0x7F)) if sign not in _UNFIT)
_BEYOND = 0xA1


def rounded(tokens: int) -> int:
    """Round a number of tokens up to four significant bits.

    >>> [rounded(tokens) for tokens in (0, 7, 16, 17, 500, 513)]
    [0, 7, 16, 18, 512, 576]
    """
    beyond = max(0, tokens.bit_length() - _BITS)
    return -(-tokens >> beyond) << beyond


def lengths_text(lengths: Sequence[int]) -> str:
    """Write rounded lengths, one sign each.

    >>> lengths_text([0, 7, 16, 18, 512])
    '!+45_'
    """
    return "".join(_sign(_rank(length)) for length in lengths)


def _rank(length: int) -> int:
    """Give the place of a rounded length among all of them."""
    if length < _EXACT:
        return length
    beyond = length.bit_length() - _BITS
    return beyond * _HALF + (length >> beyond)


def _sign(rank: int) -> str:
    return _SIGNS[rank] if rank < len(_SIGNS) else chr(_BEYOND + rank - len(_SIGNS))
