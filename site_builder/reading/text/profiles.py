"""The engine of reading profiles: rules over the lines of a text yield edits, and feed fields.

A rule is data (`model.Rule`): which lines it is tried on, a pattern for one whole line, and why the line
is cut. Each line is taken by one rule at most, the first that fits; so an outlet's own rules go before
the generic ones. What a pattern's named groups hold becomes assertions, each with its place in the text.
A group whose value makes no sense (a date that is none, an address that is none) undoes the match: a
doubtful line stays in the text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from ...model import Assertion, Basis, Edit, Record, Span
from ...outlet import CUT, Rule
from ..dates import read_date
from ..front_matter.values import address_in

LONGEST_LINE = 2000
"""Only the beginning of a longer line is looked at by a rule that cuts whole lines: it never fits."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")


_Take: TypeAlias = tuple[Edit | None, tuple["Fed", ...]]
"""What one line gave."""


class Fed(Record, frozen=True, kw_only=True):
    """One value for one field, found by a rule."""

    field: str
    assertion: Assertion


class Taken(Record, frozen=True, kw_only=True):
    """What the rules made of a text."""

    edits: tuple[Edit, ...] = ()
    """Sorted, not overlapping."""
    fed: tuple[Fed, ...] = ()
    """In the order of the text."""
    lines: tuple[Span, ...] = ()
    """The lines that a rule took, whole, without their line feeds."""

    def all(self, field: str) -> tuple[Assertion, ...]:
        """Give what a field was fed, in the order of the text."""
        return tuple(fed.assertion for fed in self.fed if fed.field == field)


def lines(text: str, start: int = 0) -> list[Span]:
    """Give the lines from `start` on that are not blank, without their line feeds."""
    return [found.span() for found in _LINE.finditer(text, start)]


def run(text: str, rules: Iterable[Rule], start: int = 0) -> Taken:
    """Try rules on a text, in their order; what stands before `start` is no part of it."""
    spans = lines(text, start)
    taken: dict[Span, _Take] = {}
    for rule in rules:
        pattern = _compiled(rule.pattern)
        for span in _tried(rule, spans):
            if span not in taken and (match := _fit(pattern, text, span)):
                fed = _values(rule, match)
                if fed is not None:
                    taken[span] = (_edit(rule, match), fed)
    places = sorted(taken)
    edits = (taken[place][0] for place in places)
    return Taken(
        edits=tuple(edit for edit in edits if edit is not None),
        fed=tuple(fed for place in places for fed in taken[place][1]),
        lines=tuple(places),
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _tried(rule: Rule, spans: Sequence[Span]) -> Sequence[Span]:
    if rule.where == "first":
        return spans[: rule.lines]
    if rule.where == "last":
        return spans[-rule.lines :]
    return spans


def _fit(pattern: re.Pattern[str], text: str, span: Span) -> re.Match[str] | None:
    """Match a line without the white space around it; a very long one only from its beginning."""
    start, end = span
    if end - start > LONGEST_LINE and CUT not in pattern.groupindex:
        return None
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return pattern.fullmatch(text, start, end)


def _edit(rule: Rule, match: re.Match[str]) -> Edit | None:
    if rule.keep:
        return None
    feeds = next((name for name, value in match.groupdict().items() if value and name != CUT), "")
    line_start, line_end = _whole_line(match)
    start, end = (line_start, line_end) if CUT not in match.re.groupindex else match.span(CUT)
    if start == match.start():
        start = line_start  # the white space before it goes with it
    return Edit(start=start, end=end, rule=rule.name, reason=rule.reason, feeds=feeds)


def _whole_line(match: re.Match[str]) -> Span:
    """Give the line's span with its line feed."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    return start, len(match.string) if end < 0 else end + 1


def _values(rule: Rule, match: re.Match[str]) -> tuple[Fed, ...] | None:
    """Give what the groups of a match feed; None if one of them makes no sense."""
    fed: list[Fed] = []
    for field, words in match.groupdict().items():
        if field == CUT or not words:
            continue
        for start, end in _parts(field, words):
            part = words[start:end]
            value = _value(rule, field, part)
            if not value:
                return None
            fed.append(_fed(rule, field, value, part, match.start(field) + start))
    return tuple(fed)


def _parts(field: str, words: str) -> Iterator[Span]:
    """Give where the values stand in the words of a field; most fields have one."""
    start = 0
    for separator in re.finditer(_SEPARATORS[field], words) if field in _SEPARATORS else ():
        if start < separator.start():
            yield start, separator.start()
        start = separator.end()
    if start < len(words):
        yield start, len(words)


def _fed(rule: Rule, field: str, value: str, words: str, start: int) -> Fed:
    assertion = Assertion(
        value=value,
        basis=Basis.INFERRED if rule.note else Basis.STATED,
        as_written=words if words != value else "",
        chars=(start, start + len(words)),
        rule=rule.name,
        note=rule.note,
    )
    return Fed(field=field, assertion=assertion)


def _plain(words: str) -> str:
    """Give words with their white space set to single spaces."""
    return " ".join(words.split())


def _value(rule: Rule, field: str, words: str) -> str:
    """Give the value that the words of a field come to; empty where they make no sense."""
    if field in _DATES:
        return read_date(words, rule.date_order).value
    return address_in(words) if field == "url" else _plain(words)


_DATES = frozenset(("published", "modified", "retrieved"))
_SEPARATORS = {"authors": r",? (?:and|und|et|y|&) |;\s*|,\s*(?=\S+\s+\S)", "tags": r"\s*[,;]\s*"}
"""Fields that hold several values, and what stands between two of them: `Doe, Jane` is one name."""
