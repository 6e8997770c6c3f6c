# ruff: noqa: RUF001 — quotes and stops of other scripts are the point
"""The headline of a scraped text: its first line, if that stands alone and is no sentence.

Where a text has none, its first words serve as a title that the archive supplies, and stay in the text.
"""

import re
from collections.abc import Sequence

from ...model import Assertion, Basis, Edit, Reason, Record, Span
from ..titles import FIRST_LINE, first_words, title_sized
from .profiles import Taken, lines

HEADLINE = "title.headline@1"

LONGEST_HEADLINE = 180
"""In code points: headlines of news sites seldom reach half of it."""

_PARAGRAPH = 120
"""A line this long is a paragraph, in a text that sets no blank lines between them."""
_CLOSERS = "”’»\"')]"
_ENDS = tuple(".,;:。．、，；：،؛۔।")
_MAY_END = re.compile(r"(?:\.\.\.|\b(?:[^\W\d_]\.){2,}|\b(?:Co|Corp|Inc|Jr|Ltd|No|Sr)\.)\Z")
_UNDERLINE = re.compile(r"\n[ \t]*[=~*-]{3,}[ \t]*(?=\n|\Z)")
_MARK = re.compile(r"#{1,6}\s+")


class Headline(Record, frozen=True, kw_only=True):
    """A title, and the edit that takes its line out of the text if it was one."""

    title: Assertion
    edit: Edit | None = None


def find_headline(text: str, taken: Taken, start: int = 0) -> Headline | None:
    """Find the title in what the reading rules left over; None if they left no words.

    Args:
        text: the decoded original.
        taken: what the rules took out of it.
        start: where the text begins, behind its front matter.
    """
    free = _free(text, taken, start)
    if not free:
        return None
    first, end = free[0]
    if len(free) > 1 and _stands_alone(text, end, free[1], taken) and _is_headline(text[first:end]):
        return _headline(text, first, end)
    return Headline(title=_first_words(text, first, end))


def _free(text: str, taken: Taken, begin: int) -> Sequence[Span]:
    """Give the first two lines, or parts of lines, that are still article text."""
    cut_within = {edit.end: edit for edit in taken.edits}
    free: list[Span] = []
    for start, end in lines(text, begin):
        if (start, end) not in taken.lines:
            free.append(_trimmed(text, start, end))
        else:
            free += (_trimmed(text, cut, end) for cut in cut_within if start < cut < end)
        if len(free) > 1:
            break
    return free


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _stands_alone(text: str, end: int, following: Span, taken: Taken) -> bool:
    """Whether a blank line, a header line or an underline parts a line from the text below it."""
    between = text[end : following[0]]
    if between.count("\n") > 1 or _UNDERLINE.match(text, end):
        return True
    if any(end < start < following[0] for start, _ in taken.lines):
        return True
    return "\n\n" not in text and following[1] - following[0] >= _PARAGRAPH


def _is_headline(words: str) -> bool:
    bare = words.rstrip(_CLOSERS)
    if len(words) > LONGEST_HEADLINE or not any(character.isalpha() for character in words):
        return False
    return not bare.endswith(_ENDS) or _MAY_END.search(bare) is not None


def _headline(text: str, start: int, end: int) -> Headline:
    mark = _MARK.match(text, start, end)
    underline = _UNDERLINE.match(text, end)
    cut_end = underline.end() if underline else text.index("\n", end)
    words = text[mark.end() if mark else start : end]
    return Headline(
        title=Assertion(
            value=" ".join(words.split()),
            basis=Basis.STATED,
            as_written=words if words != " ".join(words.split()) else "",
            chars=(end - len(words), end),
            rule=HEADLINE,
        ),
        edit=Edit(start=start, end=cut_end + 1, rule=HEADLINE, reason=Reason.HEADER, feeds="title"),
    )


def _first_words(text: str, start: int, end: int) -> Assertion:
    """Make a title of a text's first line."""
    words = title_sized(text[start:end])
    return Assertion(
        value=first_words(text[start:end]),
        basis=Basis.SUPPLIED,
        as_written=words if len(words) < end - start else "",
        chars=(start, start + len(words)),
        rule=FIRST_LINE,
        note="the file has no headline: these are its first words",
    )
