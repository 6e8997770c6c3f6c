"""Scripts and styles without what only people read: comments, and white space that means nothing.

A script is taken apart into words, signs, strings, patterns and templates, so that texts stay as they are.
What stands between `${` and `}` in a template is a script again: a library that works by patterns alone, as
rjsmin does, takes spaces out of the texts in there.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_CODE = re.compile(
    r"""(?P<gap> (?: \s | //[^\n]* | /\*.*?\*/ )+ )
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    | [\w$\#]+
    | .""",
    re.VERBOSE | re.DOTALL,
)
_PATTERN = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/")
_BEFORE_PATTERN = frozenset("(,=:[!&|?{};+-*%<>~^") | {"", "return", "typeof", "case", "of", "in"}
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
_OPENING = frozenset("{([,;")
_CLOSING = frozenset("})]")
_APART = re.compile(r"[\w$#]{2}|\+\+|--|/[/*]|\d\.")
"""What would become one if nothing stood between."""
_STYLE = re.compile(r"""("[^"\n]*"|'[^'\n]*')|(?:\s|/\*.*?\*/)+""", re.DOTALL)


@lru_cache(maxsize=256)
def small_script(text: str) -> str:
    """Leave out of a script what means nothing; lines end where that may end a statement.

    Raises:
        ValueError: a template in it does not end.
    """
    done = [""]
    for gap, piece in _pieces(text):
        last = done[-1]
        if "\n" in gap and last not in _OPENING and piece not in _CLOSING:
            done.append("\n")
        elif gap and _APART.fullmatch(last[-1:] + piece[:1]):
            done.append(" ")
        done.append(piece)
    return "".join(done).strip() + "\n"


def small_style(text: str) -> str:
    """Leave the comments and the lines out of a style sheet."""
    return _STYLE.sub(lambda found: found[1] or " ", text).strip() + "\n"


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Give the pieces of a script, each after the gap before it."""
    at, gap, last = 0, "", ""
    braces: list[int] = []  # how many are open in each template's `${` that we are in
    while at < len(text):
        found = _PATTERN.match(text, at) if last in _BEFORE_PATTERN else None
        found = found or _CODE.match(text, at)
        piece, at = (found[0], found.end()) if found else ("", len(text))
        if found and found.lastgroup == "gap":
            gap = piece
            continue
        if piece == "`" or (piece == "}" and braces and braces[-1] == 0):
            if piece == "}":
                braces.pop()
            rest = _template(text, at)
            piece, at = piece + rest, at + len(rest)
            if rest.endswith("${"):
                braces.append(0)
        elif braces:
            braces[-1] += (piece == "{") - (piece == "}")
        yield gap, piece
        gap, last = "", "{" if piece.endswith("${") else piece


def _template(text: str, at: int) -> str:
    """Give a template's text up to its end, or to where a script begins in it."""
    found = _TEMPLATE.match(text, at)
    if found is None:
        raise ValueError("a template does not end")
    return found[0]
