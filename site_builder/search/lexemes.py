"""What a reader types, cut into lexemes: words, phrases, parentheses that match, operators, fields.

The rules are those of docs/search-format.md, section 3, that speak of characters. What they pass over
is gone afterwards: parentheses are balanced, and quotes have found their partners.
"""

import re
from enum import StrEnum

from ..model import Record
from .dates import is_date

TITLE = "title"
FILTERS = frozenset({"outlet", "author", "tag", "language"})
DATES = frozenset({"date", "after", "before"})

QUERY_LENGTH = 2_000
"""In code points; what stands beyond is not read."""
DEPTH = 20
"""How deep parentheses count."""

_STRAIGHT = '"\uff02'
_TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
_QUOTES = _STRAIGHT + _TYPOGRAPHIC
_WORD = re.compile(rf"[^\s(){_QUOTES}]+")


class LexemeKind(StrEnum):
    """What a lexeme is."""

    WORD = "word"
    PHRASE = "phrase"
    OPEN = "("
    CLOSE = ")"
    MINUS = "-"
    OR = "OR"
    AND = "AND"
    END = ""


class Lexeme(Record, frozen=True, kw_only=True):
    """One piece of a query."""

    kind: LexemeKind
    text: str = ""
    """Of a word or phrase, without its field and quotes."""
    field: str = ""
    """`title`, one of `FILTERS` or `DATES`, or empty; what stands after a date field is a date."""


def lexemes(query: str) -> list[Lexeme]:
    """Cut a query into lexemes; the last is always `END`, and `AND` is left out."""
    text = query[:QUERY_LENGTH]
    partners = _partners(text)
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        lexeme, at = _next(text, at, partners, negated=_ends_in_minus(found))
        if lexeme is not None and lexeme.kind is not LexemeKind.AND:
            found.append(lexeme)
    return [*found, Lexeme(kind=LexemeKind.END)]


def _next(
    text: str, at: int, partners: dict[int, int], *, negated: bool
) -> tuple[Lexeme | None, int]:
    """Give what stands at a place, and where to go on; None for what is passed over."""
    if at in partners:
        return _paired(text, at, partners[at])
    word = _WORD.match(text, at)
    if word is None:
        return None, at + 1
    if text[at] == "-" and not negated and _can_be_negated(text, at + 1, partners):
        return Lexeme(kind=LexemeKind.MINUS), at + 1
    if word[0] in {"AND", "OR"} and not negated:
        return Lexeme(kind=LexemeKind(word[0])), word.end()
    return _word(text, word, partners)


def _paired(text: str, at: int, partner: int) -> tuple[Lexeme, int]:
    if text[at] in _QUOTES:
        return Lexeme(kind=LexemeKind.PHRASE, text=text[at + 1 : partner]), partner + 1
    return Lexeme(kind=LexemeKind(text[at])), at + 1


def _word(text: str, word: re.Match[str], partners: dict[int, int]) -> tuple[Lexeme, int]:
    """Give a word, with its field if it has one, whose text may be a phrase."""
    name, _, rest = word[0].partition(":")
    name, end = name.lower(), word.end()
    if rest and _takes(name, rest):
        return Lexeme(kind=LexemeKind.WORD, field=name, text=rest), end
    if word[0].endswith(":") and not rest and end in partners and text[end] in _QUOTES:
        phrase = text[end + 1 : partners[end]]
        if phrase and _takes(name, phrase):
            return Lexeme(kind=LexemeKind.PHRASE, field=name, text=phrase), partners[end] + 1
    return Lexeme(kind=LexemeKind.WORD, text=word[0]), end


def _takes(name: str, value: str) -> bool:
    """Whether a name is a field that can have this value."""
    return name == TITLE or name in FILTERS or (name in DATES and is_date(value))


def _ends_in_minus(found: list[Lexeme]) -> bool:
    return bool(found) and found[-1].kind is LexemeKind.MINUS


def _can_be_negated(text: str, at: int, partners: dict[int, int]) -> bool:
    if text[at : at + 1] in {*_QUOTES, "(", ")"}:
        return at in partners and text[at] != ")"
    return _WORD.match(text, at) is not None


def _partners(text: str) -> dict[int, int]:
    """Find the quotes and parentheses that count: each opening quote, each parenthesis, to its partner."""
    phrases: dict[int, int] = {}
    parentheses: dict[int, int] = {}
    waiting: list[int] = []
    at = 0
    while at < len(text):
        if text[at] in _QUOTES and (closing := _closing(text, at)):
            phrases[at] = closing
            at = closing
        elif text[at] == "(":
            waiting.append(at)
        elif text[at] == ")" and waiting:
            parentheses[waiting.pop()] = at
        at += 1
    return phrases | _shallow(parentheses)


def _closing(text: str, opening: int) -> int:
    """Find the quote that closes one: the next of its kind, else the next of the other; 0 for none."""
    own, other = (
        (_STRAIGHT, _TYPOGRAPHIC) if text[opening] in _STRAIGHT else (_TYPOGRAPHIC, _STRAIGHT)
    )
    for signs in (own, other):
        found = [at for sign in signs if (at := text.find(sign, opening + 1)) >= 0]
        if found:
            return min(found)
    return 0


def _shallow(pairs: dict[int, int]) -> dict[int, int]:
    """Leave out the pairs that stand inside `DEPTH` others, and point back from each closing one."""
    kept: dict[int, int] = {}
    around: list[int] = []
    for opening, closing in sorted(pairs.items()):
        while around and around[-1] < opening:
            around.pop()
        if len(around) < DEPTH:
            kept |= {opening: closing, closing: opening}
        around.append(closing)
    return kept
