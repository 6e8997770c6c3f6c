"""Patterns that a keeper may write: regular expressions that cannot run away on a hostile line.

Python's matcher goes back over every way in which a pattern could fit. A repetition of something that has
several ways itself needs time that doubles with each character: `(a+)+b` on a line of 40 a's outlasts the
reader. So what the outlets' files say is looked over before it is compiled; a few signs of the pattern are
enough to tell, and what is refused can be written in a plainer way.
"""

import re
from typing import NamedTuple

MOST_REPEATS = 3
"""Repetitions without a near end in one pattern: each may multiply the time by the line's length."""
MOST_CHOICES = 10
"""Optional parts and groups of alternatives in one pattern: each may double the time."""
_NEAR_END = 20
"""A repetition of at most as many times has a near end."""

_SIGN = re.compile(
    r"""\\. | \[\^?\]?(?:\\.|[^\]\\])*\]
    | (?P<hidden>\(\?\#|\(\?[aiLmsu]*x)
    | (?P<opens>\((?:\?(?:P<\w+>|P=\w+|<?[=!]|>|[a-zA-Z-]*:|\(\w+\)|[a-zA-Z]+(?=\)))?)?)
    | (?P<closes>\))
    | (?P<alternative>\|)
    | (?P<repeat>[*+?]|\{\d*,\d*\}|\{\d+\})[?+]?
    | .""",
    re.VERBOSE | re.DOTALL,
)


class _Ways(NamedTuple):
    """What can be fitted in several ways, in a pattern or a group of it."""

    repeats: int = 0
    choices: int = 0
    alternatives: bool = False


def fault(pattern: str) -> str:
    """Say in words why a pattern might run away, `""` if it cannot.

    Only patterns that compile are judged rightly.
    """
    groups = [_Ways()]
    closed = _Ways()  # the group that ends just before the sign at hand
    for sign in _SIGN.finditer(pattern):
        before, closed = closed, _Ways()
        if sign["hidden"]:
            return "comments and the flag x are not allowed"
        if sign["opens"]:
            groups.append(_Ways())
        elif sign["closes"] and len(groups) > 1:
            closed = groups.pop()
            groups[-1] = _with(groups[-1], closed)
        elif sign["alternative"]:
            groups[-1] = groups[-1]._replace(alternatives=True)
        elif sign["repeat"]:
            if sign["repeat"] != "?" and any(before):
                return "a repeated group holds a repetition, an optional part or alternatives"
            groups[-1] = _repeated(groups[-1], sign["repeat"])
    return _too_many(groups[0])


def _with(outer: _Ways, inner: _Ways) -> _Ways:
    choices = outer.choices + inner.choices + inner.alternatives
    return _Ways(outer.repeats + inner.repeats, choices, outer.alternatives)


def _repeated(ways: _Ways, repeat: str) -> _Ways:
    """Count a repetition; one of a set number of times has one way only."""
    least, comma, most = repeat.strip("{}").partition(",")
    if repeat != "?" and (repeat in "*+" or (comma and (not most or int(most) > _NEAR_END))):
        return ways._replace(repeats=ways.repeats + 1)
    several = repeat == "?" or (comma and least != most)
    return ways._replace(choices=ways.choices + 1) if several else ways


def _too_many(ways: _Ways) -> str:
    if ways.repeats > MOST_REPEATS:
        return f"it has {ways.repeats} open repetitions like .* and may have {MOST_REPEATS}"
    if ways.choices > MOST_CHOICES:
        return f"it has {ways.choices} optional parts or alternatives and may have {MOST_CHOICES}"
    return ""
