"""Where the rules took so much that a person must look, and the word of the person who did.

`approved_cut: 40%` in an article's front matter says: somebody compared the page with its original, and up to
so much of the text may be taken. A later version of a rule that takes more asks again.
"""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from ...model import Edit, Problem, Reason
from ..edits import cut_length, cuts

TOO_MUCH = 0.25
"""Share of a text's characters that rules may take without a person looking at it."""

_QUOTATION = re.compile('“[^“”\n]+”|"[^"\n]+"|«[^«»\n]+»|„[^„“\n]+“')
_HINT = "compare the page with its original; if it is right, put `approved_cut: {share}%` before the text"


def problems(
    path: str, text: str, start: int, edits: Sequence[Edit], approved: float
) -> Iterator[Problem]:
    """Ask a person to look where the rules took much of a text, or a part of a quotation.

    What its own front matter holds is not counted, nor is the headline, which is shown all the same.

    Args:
        path: Of the original, for the problems.
        text: The decoded original.
        start: Where its front matter ends.
        edits: What was done to it.
        approved: The share that a person has approved; 0 if nobody has.
    """
    taken = [
        edit for edit in edits if edit.reason is not Reason.FRONT_MATTER and edit.feeds != "title"
    ]
    share = cut_length(taken) / max(1, len(text) - start)
    hint = _HINT.format(share=ceil(100 * share))
    if share > max(TOO_MUCH, approved):
        message = f"the reading rules took {share:.0%} of this text out"
        yield Problem(path=path, message=message, hint=hint)
    place = _broken_quotation(text, taken)
    if place is not None and not approved:
        message = "the reading rules took a part of a quotation out"
        yield Problem(path=path, line=text.count("\n", 0, place) + 1, message=message, hint=hint)


def _broken_quotation(text: str, edits: Sequence[Edit]) -> int | None:
    """Find the first quotation of which some is cut and some stays."""
    spans = cuts(edits)
    for quotation in _QUOTATION.finditer(text) if spans else ():
        begin, end = quotation.span()
        touching = [(max(begin, start), min(end, stop)) for start, stop in spans]
        gone = sum(max(0, stop - start) for start, stop in touching)
        if 0 < gone < end - begin:
            return begin
    return None
