"""The headings and the first line of a Markdown text, where a title may be found.

Only what a title needs is looked for; the whole of Markdown is for the pages to render. A heading is
`# Heading`, or one line over `===` or `---` (CommonMark 0.31, sections 4.2 and 4.3); code, comments
and longer paragraphs over a rule are passed over.
"""

import re
from functools import cache
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..model import Record, Span

_BLOCK = re.compile(
    r"^ {0,3}(?:(?P<fence>`{3,}|~{3,})|(?P<comment><!--)"
    r"|#{1,6}(?:[ \t]+(?P<words>[^\n]*))?$"
    r"|(?P<underline>={2,}|-{2,})[ \t]*$)",
    re.MULTILINE,
)
_NO_PARAGRAPH = re.compile(
    r"[ \t]*$|(?: {4}|\t)| {0,3}(?:[>|#<{]|[-*+][ \t]|\d{1,9}[.)][ \t]|[-=_*]{2,}[ \t]*$)"
)
_LINE = re.compile(r"[^\n]+")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_LINE_MARKS = re.compile(r"[ \t]*(?:(?:[>*+-]|\d{1,9}[.)]|#{1,6})[ \t]+)*")
_TEMPLATE = re.compile(r"\{[%{].*?[%}]\}|\{[:#.][^}\n]*\}")
_ATTRIBUTES = re.compile(r"[ \t]*\{[:#.][^}\n]*\}[ \t]*$")
_SPECIAL = re.compile(r"[\\*_`\[\]<>&~]")
_WORD = re.compile(r"\w")
_LONG = 2000
"""Code points above which signs are not looked for: no headline is so long, and hostile ones are."""
_LINES_TRIED = 40


class Heading(Record, frozen=True, kw_only=True):
    """A line that can be a title."""

    words: Span
    """Where its words stand, signs left out at both ends."""
    block: Span
    """All of it, and the blank lines behind it."""
    text: str
    """Its words without emphasis, links and other signs."""


def first_heading(text: str, start: int) -> Heading | None:
    """Find the first heading at or behind `start` that has words."""
    at = start
    while block := _BLOCK.search(text, at):
        at = block.end()
        if block["fence"]:
            at = _end_of_code(text, block)
        elif block["comment"]:
            end = text.find("-->", at)
            at = end if end >= 0 else len(text)
        elif block["words"] is not None:
            found = _heading(text, block.span("words"), (block.start(), block.end()))
            if found.text:
                return found
        elif block["underline"] and (above := _line_above(text, block.start(), start)):
            found = _heading(text, above, (above[0], block.end()))
            if found.text:
                return found
    return None


def _end_of_code(text: str, fence: re.Match[str]) -> int:
    """Give the end of a fenced block; one that is never closed runs to the end."""
    signs = fence["fence"]
    closing = re.compile(rf"^ {{0,3}}{re.escape(signs)}{signs[0]}*[ \t]*$", re.MULTILINE)
    found = closing.search(text, fence.end())
    return found.end() if found else len(text)


def _line_above(text: str, line: int, start: int) -> Span | None:
    """Give the line over an underline that begins at `line`, if it is a paragraph by itself."""
    end = line - 1
    if end <= start:
        return None
    first = max(text.rfind("\n", start, end) + 1, start)
    if _NO_PARAGRAPH.match(text, first, end):
        return None
    before = max(text.rfind("\n", start, first - 1) + 1, start)
    return (first, end) if first == start or not text[before:first].strip() else None


def _heading(text: str, words: Span, block: Span) -> Heading:
    start, end = trimmed(text, *words, " \t")
    shorter = text[start:end].rstrip("#")
    if len(shorter) < end - start and (not shorter or shorter[-1] in " \t"):
        end = start + len(shorter.rstrip())
    return Heading(
        words=(start, end),
        block=(block[0], after_blank_lines(text, min(block[1] + 1, len(text)))),
        text=plain(text[start:end]),
    )


def first_line(text: str, start: int) -> Heading | None:
    """Find the first line at or behind `start` that has words a reader sees."""
    for found in islice(_LINE.finditer(text, start), _LINES_TRIED):
        words = _LINE_MARKS.match(text, found.start(), found.end())
        first = words.end() if words else found.start()
        shown = plain(_TEMPLATE.sub(" ", text[first : min(found.end(), first + _LONG)]))
        if _WORD.search(shown):
            span = trimmed(text, first, min(found.end(), first + _LONG), " \t")
            return Heading(words=span, block=found.span(), text=shown)
    return None


def plain(markdown: str) -> str:
    """Give the words of a line of Markdown, as a reader sees them."""
    if len(markdown) > _LONG:
        return " ".join(markdown.split())
    line = _ATTRIBUTES.sub("", markdown)
    if not _SPECIAL.search(line):
        return " ".join(line.split())
    (inline,) = _parser().parseInline(line)
    words = [_shown(token) for token in inline.children or ()]
    return " ".join("".join(words).split())


def _shown(token: Token) -> str:
    """Give what a reader sees of one piece of a line; a picture is seen by its description."""
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if token.type == "html_inline" else token.content


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def after_blank_lines(text: str, start: int) -> int:
    """Pass over blank lines."""
    found = _BLANK_LINES.match(text, start)
    return found.end() if found else start


def trimmed(text: str, start: int, end: int, signs: str) -> Span:
    """Narrow a span until neither end is one of these signs."""
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return start, end
