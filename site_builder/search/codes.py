"""Whole numbers written as bits: docs/search-format.md, section 6, "Packed numbers".

Bits are text here, a character each, and are packed when a file is written: joining ready-made pieces of text
is the fastest that Python does.
"""

import base64
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

_KEPT = 4_096
"""Codes of numbers below this are kept once they are made."""


def gamma(number: int) -> str:
    """Write a number of 1 or more (Elias's gamma code).

    >>> [gamma(number) for number in (1, 2, 3, 4)]
    ['1', '010', '011', '00100']
    """
    return "0" * (number.bit_length() - 1) + f"{number:b}"


class Below(NamedTuple):
    """What writes numbers below a limit (truncated binary code): see `below`."""

    short: int
    """Numbers below this take one bit less than the others."""
    first: Callable[[int], str]
    others: Callable[[int], str]
    """Given the number and `short` more."""


@cache
def below(limit: int) -> Below:
    """Give what writes a number when it is known to be below a limit.

    >>> short, first, others = below(5)
    >>> [first(number) if number < short else others(number + short) for number in range(5)]
    ['00', '01', '10', '110', '111']
    """
    size = limit.bit_length() - 1
    return Below((2 << size) - limit, _fixed(size), _fixed(size + 1))


@cache
def rice(low: int) -> Callable[[int], str]:
    """Give what writes a number as so many lower bits behind the rest in unary (Rice's code).

    >>> [rice(1)(number) for number in (0, 1, 2, 5)]
    ['10', '11', '010', '0011']
    """
    mark = 1 << low
    return _Codes(
        lambda number: "0" * (number >> low) + f"{mark | number & mark - 1:b}"
    ).__getitem__


def low_bits(count: int, limit: int) -> int:
    """Say how many lower bits suit numbers of which so many add up to no more than the limit.

    A gap among `count` numbers below `limit` is about `limit / count`; three quarters of that is a little
    over its median, where Rice's code is shortest for gaps as chance makes them.
    """
    return max(0, (3 * limit // (4 * count)).bit_length() - 1)


def counts(numbers: Sequence[int]) -> str:
    """Write some numbers, whose number the reader knows, most of them small."""
    total = sum(numbers)
    if total == 0:
        return "1" * (1 + len(numbers))
    low = low_bits(len(numbers), total)
    return "0" * low + "1" + "".join(map(rice(low), numbers))


def rising(gaps: Sequence[int], limit: int) -> str:
    """Write rising numbers below a limit, when the reader knows both it and how many they are.

    Args:
        gaps: the first number, then how many numbers stand between each and the one before.
        limit: more than the last number.
    """
    if len(gaps) in {0, limit}:
        return ""
    if len(gaps) == 1:
        short, first, others = below(limit)
        return first(gaps[0]) if gaps[0] < short else others(gaps[0] + short)
    return "".join(map(gap_writer(len(gaps), limit), gaps))


@lru_cache(maxsize=65_536)
def gap_writer(count: int, limit: int) -> Callable[[int], str]:
    """Give what writes each gap between so many rising numbers below a limit, if they are two or more."""
    return rice(low_bits(count, limit))


def gaps(numbers: Iterable[int]) -> list[int]:
    """Give what `rising` writes of rising numbers.

    >>> gaps([3, 4, 9])
    [3, 0, 4]
    """
    return [after - before - 1 for before, after in pairwise((-1, *numbers))]


def packed(bits: Iterable[str]) -> str:
    """Pack bits into bytes, and write these in Base64."""
    return base64.b64encode(bytes_of("".join(bits))).decode()


def bytes_of(bits: str) -> bytes:
    r"""Pack bits into bytes, filled up with zeros.

    >>> bytes_of("000000011")
    b'\x01\x80'
    """
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def bits_of(content: bytes) -> str:
    r"""Unpack bytes into bits, eight of each.

    >>> bits_of(b"\x01\x80")
    '0000000110000000'
    """
    return f"{int.from_bytes(content, 'big'):0{8 * len(content)}b}" if content else ""


class _Codes(dict[int, str]):
    """The codes of numbers, each made when it is first asked for."""

    def __init__(self, make: Callable[[int], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> str:
        code = self._make(number)
        if number < _KEPT:
            self[number] = code
        return code


@cache
def _fixed(size: int) -> Callable[[int], str]:
    """Give what writes a number in so many bits."""
    return _Codes(lambda number: f"{number:0{size}b}" if size else "").__getitem__
