"""What a person has changed in a text: the least that can be told, word by word where it is little."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from ..model import Edit, Reason

RULE = "by-hand@1"
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 3_000
"""In a changed passage; a longer one is told as a whole."""


def difference(before: str, after: str) -> tuple[Edit, ...]:
    """Give the edits that lead from one text to another."""
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Edit] = []
    for edit in _edits(*lines, 0):
        old = _WORDS.findall(before[edit.start : edit.end])
        new = _WORDS.findall(edit.replacement)
        few = max(len(old), len(new)) <= _MOST_WORDS
        found += _edits(old, new, edit.start) if few else (edit,)
    return tuple(found)


def _edits(before: Sequence[str], after: Sequence[str], start: int) -> Iterator[Edit]:
    """Compare two lists of pieces, the first of which begins at a place in the text."""
    places = list(accumulate(map(len, before), initial=start))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            new = "".join(after[k:m])
            yield Edit(
                start=places[i], end=places[j], replacement=new, rule=RULE, reason=Reason.CURATOR
            )
