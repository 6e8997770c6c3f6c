"""Edits: the recorded way from the decoded original to the text that is shown.

An edit replaces the code points from `start` up to `end` by its replacement. A list of edits is
sorted and free of overlaps, and all its offsets count in the original, so anybody can replay it,
from the end of the text to its beginning, with a few lines of any language:

    for edit in reversed(edits):
        text = text[:edit.start] + edit.replacement + text[edit.end:]
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..model import Edit, Span


class EditError(ValueError):
    """A list of edits that does not fit its text: out of order, overlapping or out of bounds."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Make the shown text from the decoded original.

    Raises:
        EditError: the list is out of order, two of its edits overlap, or one leaves the text.
    """
    check(edits, len(text))
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.replacement)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


def check(edits: Sequence[Edit], length: int) -> None:
    """Make sure that a list of edits can be replayed on a text of `length` code points.

    Two insertions may stand at one place, and an insertion may touch a cut.

    Raises:
        EditError: the list is out of order, two of its edits overlap, or one leaves the text.
    """
    for edit in edits:
        if not 0 <= edit.start <= edit.end <= length:
            raise EditError(f"{_named(edit)} does not lie in a text of {length} characters")
    for before, after in pairwise(edits):
        if (after.start, after.end) < (before.start, before.end):
            raise EditError(f"{_named(after)} stands behind {_named(before)}: out of order")
        if after.start < before.end:
            raise EditError(f"{_named(after)} overlaps {_named(before)}")


def merge(*lists: Iterable[Edit]) -> tuple[Edit, ...]:
    """Put lists of edits together, sorted; where two overlap, the earlier list's one stays.

    Each list on its own has to be sorted and free of overlaps.
    """
    kept: list[Edit] = []
    for edits in lists:
        free = [edit for edit in edits if not _overlaps(edit, kept)]
        kept = sorted([*kept, *free], key=_place)
    return tuple(kept)


def cuts(edits: Iterable[Edit]) -> tuple[Span, ...]:
    """Give the spans that are not shown as they stood."""
    return tuple((edit.start, edit.end) for edit in edits if edit.start < edit.end)


def cut_length(edits: Iterable[Edit]) -> int:
    """Count the code points that are not shown as they stood."""
    return sum(edit.end - edit.start for edit in edits)


def _overlaps(edit: Edit, kept: Sequence[Edit]) -> bool:
    """Whether an edit overlaps one of a sorted list; an insertion at the edge of a cut does not."""
    first = bisect_right(kept, edit.start, key=lambda other: other.end)
    return first < len(kept) and kept[first].start < edit.end


def _place(edit: Edit) -> Span:
    return edit.start, edit.end


def _named(edit: Edit) -> str:
    return f"the edit {edit.rule} at {edit.start}-{edit.end}"
