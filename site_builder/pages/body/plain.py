"""Plain text -> HTML paragraphs: every word kept, every character escaped, no mark understood."""

import re
from html import escape

_LINE_END = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
"""What ends a line, in any system or script."""
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_SHORTEST_WRAPPED = 50
_LONGEST_WRAPPED = 100
_FEWEST_WRAPPED = 3


def paragraphs(text: str) -> str:
    """Give the HTML of plain text.

    Blank lines separate paragraphs. Inside one, line ends are kept, unless its lines were broken to a width
    (`_hard_wrapped`). A text without any blank line has one paragraph a line.
    """
    lines = _LINE_END.sub("\n", text).strip("\n")
    blocks = [_lines(block) for block in _BLANK.split(lines)]
    blocks = [block for block in blocks if block]
    if len(blocks) == 1 and not _hard_wrapped(blocks[0]):
        blocks = [[line] for line in blocks[0]]
    return "\n".join(f"<p>{_joined(block)}</p>" for block in blocks)


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.split("\n") if line.strip()]


def _hard_wrapped(lines: list[str]) -> bool:
    """Whether line ends only fit the text to a page: all but the last line are about as long."""
    return len(lines) >= _FEWEST_WRAPPED and all(
        _SHORTEST_WRAPPED <= len(line) <= _LONGEST_WRAPPED for line in lines[:-1]
    )


def _joined(lines: list[str]) -> str:
    glue = " " if _hard_wrapped(lines) else "<br>\n"
    return glue.join(escape(line, quote=False) for line in lines)
