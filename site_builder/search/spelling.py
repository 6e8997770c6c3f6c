"""Terms spelled nearly alike: docs/search-format.md, section 4.

The distance counts insertions, deletions, substitutions and swaps of neighbours, no piece of the text
changed twice (optimal string alignment).
"""

from collections.abc import Iterable, Iterator

SHORTEST = 3
"""In code points; shorter terms have no near spellings."""
_ONE_EDIT = 7
"""Terms up to this many code points may differ by one edit, longer ones by two."""
_BITS = 63


def allowed(term: str) -> int:
    """Give how many edits a term may be away from another spelling."""
    return 1 if len(term) <= _ONE_EDIT else 2


def near(term: str, others: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give those of some terms that are near enough, each with its distance, in their order."""
    if len(term) < SHORTEST:
        return
    limit, letters = allowed(term), _letters(term)
    for other in others:
        if abs(len(other) - len(term)) > limit or _differ(letters, _letters(other), limit):
            continue
        found = distance(term, other, limit)
        if found <= limit:
            yield found, other


def distance(one: str, other: str, limit: int) -> int:
    """Give the distance of two terms; anything over `limit` once it is known to be over."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, counterpart in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
    return row[-1]


def _letters(term: str) -> int:
    """Give the set of a term's characters as bits; several characters may share one."""
    bits = 0
    for character in term:
        bits |= 1 << (ord(character) % _BITS)
    return bits


def _differ(one: int, other: int, limit: int) -> bool:
    """Whether more characters are missing on one side than edits are allowed: an edit brings in one."""
    return (one & ~other).bit_count() > limit or (other & ~one).bit_count() > limit
