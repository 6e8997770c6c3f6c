"""From text to terms: docs/search-format.md, section 1, step by step.

`static/analysis.js` is the same rules in JavaScript. Nothing here may be changed without changing that
page and that module too, and `VERSION` with them.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

VERSION = 1
"""Counts the changes to these rules: an index made by other rules is made anew."""

TERM_LENGTH = 64
"""In code points."""

_FORMAT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_ACUTE = "\u00b4"
_DOTTED_I = "i\u0307"
"""What Python makes of the Turkish capital."""
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u02b9\u0060\u2032]")
_ACCENT_RANGES = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ACCENT = re.compile(f"[{_ACCENT_RANGES}]")
_ACCENTS = re.compile(
    "(?<=[\u0061-\u007a\u00df-\u024f\u0250-\u02af\u0370-\u03ff\u0400-\u052f\u1c80-\u1c8f\u1d00-\u1d7f"
    "\u1e00-\u1eff\u1f00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f])"
    f"[{_ACCENT_RANGES}]+"
)
_VOWEL_POINTS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0640"
    "\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7]"
)
_LETTERS = {
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f8": "o",
    "\u0111": "d",
    "\u0142": "l",
    "\u0131": "i",
    "\u00fe": "th",
    "\u00f0": "d",
    "\u0127": "h",
    "\u0167": "t",
    "\u03c2": "\u03c3",
    "\u0671": "\u0627",
    "\u0649": "\u064a",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
    "\u0629": "\u0647",
}
_SINGLE_LETTERS = re.compile(f"[{''.join(_LETTERS)}]")
_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u309f"
    "\u30a0-\u30ff\u3100-\u312f\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff"
    "\uaa60-\uaa7f\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_UNSPACED_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")

_PLAIN = (
    *((sign, "'") for sign in "\u2018\u2019"),
    *((sign, " ") for sign in "\u201c\u201d\u2013\u2014\u2026\u00a0"),
)
"""The typographer's signs of an English text; each does what its stand-in here does."""
_PLAIN_TOKENS = re.compile("[a-z0-9]+")
_PLAIN_POSSESSIVE = re.compile("'s(?<=[a-z0-9]'s)(?![a-z0-9])")

_MARK_RANGES = (range(0x300, 0x20000), range(0xE0000, 0xE0200))
"""Where Unicode keeps its marks; a test looks at all the rest."""

_FAR = 0x10000


class _Patterns(NamedTuple):
    tokens: re.Pattern[str]
    possessive: re.Pattern[str]


def terms(text: str) -> list[str]:
    """Cut a text into its terms, in order; a term's index is its position.

    >>> terms("The Mayor's café, re-opened")
    ['the', 'mayor', 'cafe', 're', 'opened']
    """
    plain = _plain(text)
    folded = _fold_plain(plain) if plain.isascii() else fold(text)
    if folded.isascii():
        return _cut(_PLAIN_TOKENS.findall(folded))
    tokens = _patterns().tokens.findall(folded)
    if _UNSPACED_CHARACTER.search(folded):
        tokens = [piece for token in tokens for piece in _pieces(token)]
    return _cut(tokens)


def fold(text: str) -> str:
    """Do steps 1 to 7: everything before the text is cut into tokens. `_` becomes a space."""
    text = _FORMAT.sub("", text).replace(_ACUTE, "'")
    text = unicodedata.normalize("NFKC", text).lower()
    text = _APOSTROPHES.sub("'", text).replace("_", " ")
    text = _patterns().possessive.sub("", text)
    text = unicodedata.normalize("NFD", text)
    if _ACCENT.search(text):
        text = _ACCENTS.sub("", text)
    text = unicodedata.normalize("NFC", _VOWEL_POINTS.sub("", text))
    return _SINGLE_LETTERS.sub(lambda found: _LETTERS[found[0]], text)


def forms(text: str) -> dict[str, list[str]]:
    """Find how terms of a text were written before folding, in lower case, where that differs.

    Stems depend on letters that folding takes away. Most terms are written as they are, and not named here.

    >>> forms("Gärten, garten und Märkte")
    {'garten': ['garten', 'gärten'], 'markte': ['märkte']}
    """
    if _plain(text).isascii():
        return {}
    lowered = unicodedata.normalize("NFKC", _FORMAT.sub("", text)).lower().replace(_DOTTED_I, "i")
    written = set(_patterns().tokens.findall(unicodedata.normalize("NFC", lowered)))
    folded = sorted(token for token in written if not token.isascii())
    found: dict[str, list[str]] = {}
    for token, term in zip(folded, fold(" ".join(folded)).split(" "), strict=False):
        if term != token:
            found.setdefault(term, [term] if term in written else []).append(token)
    return found


def is_unspaced(term: str) -> bool:
    """Whether a term comes from a script written without spaces: a pair of characters, or a lone one."""
    return _UNSPACED_CHARACTER.match(term) is not None


def _plain(text: str) -> str:
    """Put stand-ins for the commonest signs, so that most English texts turn out to be ASCII."""
    if not text.isascii():
        for sign, stand_in in _PLAIN:
            text = text.replace(sign, stand_in)
    return text


def _fold_plain(text: str) -> str:
    """Do what is left of `fold` for an ASCII text."""
    lowered = text.lower().replace("`", "'")
    return _PLAIN_POSSESSIVE.sub("", lowered)


def _cut(tokens: list[str]) -> list[str]:
    if len(max(tokens, key=len, default="")) > TERM_LENGTH:
        return [token[:TERM_LENGTH] for token in tokens]
    return tokens


def _pieces(token: str) -> list[str]:
    """Cut the runs of unspaced scripts out of a token, as overlapping pairs of characters."""
    found: list[str] = []
    for run in _UNSPACED_RUNS.findall(token):
        if len(run) == 1 or not is_unspaced(run):
            found.append(run)
        else:
            found += [run[start : start + 2] for start in range(len(run) - 1)]
    return found


@cache
def _patterns() -> _Patterns:
    r"""Build the patterns that know letters and digits (`\w` without `_`) and marks.

    Marks beyond 16 bits are looked for apart: in one class with the others they make it ten times slower.
    """
    marks = [
        chr(code)
        for codes in _MARK_RANGES
        for code in codes
        if unicodedata.category(chr(code)).startswith("M")
    ]
    near = "".join(mark for mark in marks if ord(mark) < _FAR)
    far = "".join(mark for mark in marks if ord(mark) >= _FAR)
    beyond = rf"(?=[\U00010000-\U0010ffff])[{far}]"
    token = rf"(?:[^\W_]|[{near}]|{beyond})"
    return _Patterns(
        tokens=re.compile(rf"(?:[^\W_]+|[{near}]+|{beyond})+"),
        possessive=re.compile(f"'s(?<={token}'s)(?!{token})"),
    )
