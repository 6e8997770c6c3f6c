# ruff: noqa: RUF001 — curly quotes and dashes are the point
"""Mending of glued sentences: a missing space after a sentence's end, and nothing else.

Scrapers that join paragraphs without a space leave `the harbour.“We` and `at noon.He` behind. A space
is put in where a lower-case letter, a figure or a closing quote, then a stop, run straight into a
capital or an opening quote. Addresses, domain names, initials, abbreviations, decimals and code are
left alone, and so is every case in doubt.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ...model import Edit, Reason

RULE = "repair.glued-sentence@1"

_SEAM = re.compile(
    r"(?<=[^\W_]|[”’»\")\]])(?:\.|[!?]+)(?P<closed>[”’»]*)(?P<straight>\"?)"
    r"(?=[“‘«„]?(?P<word>[^\W\d_a-z]\w*))"
)
"""A stop, the quotes that close behind it, a straight one that may open, and the next word."""
_LOOK_BACK = 80
"""Code points before a stop that are looked at: what is longer is no word."""
_TOKEN = re.compile(r"[^\s“”‘’«»„\"()\[\]—–]*\Z")
"""What stands before a stop, back to a space, a quote, a bracket or a dash."""
_ADDRESS = re.compile(r"://|\Awww\.|[@\\_`]|[^./]\.[a-z]{2,}/|/.*\.", re.IGNORECASE)
_NUMBER = re.compile(r"\W?\d+(?:[.,]\d+)*%?")
_ORDINAL = re.compile(r"\d{1,2}")
_LAST_WORD = re.compile(r"[^\W\d_]*\Z")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SUFFIXES = _words("""
    ai app biz cc co com dev edu eu fm gg gov info int io ly mil name net online org tv uk us
    aspx cpp css csv doc docx exe gif gz htm html jpg js json md mp3 mp4 pdf php png py rb rs svg
    ts txt xml yaml zip
""")
"""Of domains and files: none is a word that sentences begin with."""
_COUNTRIES = _words("at ch cn de es fr il ir nl pl ps pt ru se tr")
"""Domains that are words as well: left alone behind a capitalised name, as in `Hafenblatt.De`."""
_ABBREVIATIONS = _words("""
    al approx capt cf col dept dr etc fig gen gov jr lt mme mr mrs ms nr op ph prof rep rev sen
    sgt sr st viz vol vs
""")
_CAPITALS = frozenset({"AFP", "AP", "EU", "NATO", "UK", "UN", "US"})
"""Names without lower-case letters that sentences begin with."""
_SHORT_WORD = re.compile(r"[AI][ \u00a0’']")
_CODE_AFTER = re.compile(r"[(=/@\\]|\.\w|::")
"""What follows a name in code or in an address, never a sentence's first word."""


def spaces(text: str, start: int = 0) -> Iterator[Edit]:
    """Give the spaces that are missing between sentences from `start` on, in the order of the text."""
    quotes = [found.start() for found in re.finditer('"', text)]
    line_ends = [found.start() for found in re.finditer("\n", text)] if quotes else []
    for match in _SEAM.finditer(text, start):
        if not (_ends_sentence(text, match) and _begins_sentence(text, match)):
            continue
        place = match.end()
        if match["straight"] and not _closes(match.start("straight"), quotes, line_ends):
            place -= 1
        yield Edit(start=place, end=place, replacement=" ", rule=RULE, reason=Reason.REPAIR_SPACE)


def _closes(place: int, quotes: list[int], line_ends: list[int]) -> bool:
    """Whether a straight quote closes: those before it in its line are odd in number."""
    line = bisect_left(line_ends, place)
    start = line_ends[line - 1] if line else 0
    return (bisect_left(quotes, place) - bisect_left(quotes, start)) % 2 == 1


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether what stands before the stop can end a sentence."""
    stop = match.start()
    last = text[stop - 1]
    if last in ")]":
        return text[stop - 2 : stop] not in {"()", "[]"}
    if not (last.islower() or last.isdigit()):
        return not last.isalnum()
    found = _TOKEN.search(text, max(0, stop - _LOOK_BACK), stop)
    token = found[0] if found else ""
    if len(token) >= _LOOK_BACK or _ADDRESS.search(token):
        return False
    if last.isdigit():
        return bool(_NUMBER.fullmatch(token)) and not _ORDINAL.fullmatch(token)
    word = _last_word(token, len(token))
    return len(word) > 1 and "." not in token and word.lower() not in _ABBREVIATIONS


def _begins_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether what follows the stop can begin a sentence."""
    word, end = match["word"], match.end("word")
    if not word[0].isupper() or word.lower() in _SUFFIXES or _CODE_AFTER.match(text, end):
        return False
    if word.lower() in _COUNTRIES and _last_word(text, match.start())[:1].isupper():
        return False
    if len(word) == 1:
        return bool(_SHORT_WORD.match(text, end - 1))
    return word[1:].islower() or word in _CAPITALS


def _last_word(text: str, end: int) -> str:
    """Give the letters that stand right before `end`."""
    found = _LAST_WORD.search(text, max(0, end - _LOOK_BACK), end)
    return found[0] if found else ""
