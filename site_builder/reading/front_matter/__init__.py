"""The block above an article that describes it: found, split off, and read into raw values.

    ---  YAML  --- (or ...)         Jekyll, Hugo and most others
    +++  TOML  +++                  Hugo, Zola
    {    JSON  }                    Hugo
    # Title, **Key:** value, ---    "lines": bold lines above a rule

Blank lines or one line of title may stand before it. A block that its language cannot read loses
nothing: what looks like `key: value` is taken line by line, and the whole is kept as written.

- `yaml_nodes.py`, `plain_nodes.py`, `salvage.py`: a block -> `nodes.py`, raw values with their places
- `fields.py`: raw values -> what is known of an article, by `keys.py` (spellings) and `values.py` (meanings)
"""

import re

from ...model import Edit, Problem, Reason, Record, Span
from ..headings import after_blank_lines, plain, trimmed
from .keys import field_of
from .nodes import Entry, Malformed, Node
from .plain_nodes import json_node, toml_node
from .salvage import salvaged
from .yaml_nodes import yaml_node

_BLANK = r"(?:[ \t\ufeff]*\n)*\ufeff?"
_OPENING = re.compile(rf"{_BLANK}(?:(?P<fence>---|\+\+\+)[ \t]*\n|(?=\{{\s*[\"}}]))")
_CLOSING = {
    "yaml": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "toml": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
    "json": re.compile(r"^\}[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_BELOW_TITLE = re.compile(rf"{_BLANK}(?P<title>[^\s{{<|>-][^\n]*)\n[ \t\n]*(?P<fence>---[ \t]*\n)")
_LINES = re.compile(
    rf"{_BLANK}(?:(?P<title>\#[ \t][^\n]*(?:\n[ \t]*[^\s*#][^\n]*){{0,3}})\n\s*)?"
    r"(?P<block>(?:\*\*[^*\n]{1,60}\*\*[^\n]*\n[ \t\n]*){2,})(?:---+|\*\*\*+|___+)[ \t]*(?:\n|\Z)"
)
_LINE = re.compile(r"\*\*(?P<key>[^*\n:]{1,60}?)[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*:)(?P<value>[^\n]*)")
_LOOKS_LIKE_A_KEY = re.compile(r"[\w\"'][\w \"'-]{0,40}[:=]")
_END_OF_LINE = re.compile(r"[ \t]*(?:\n|\Z)")


class FrontMatter(Record, frozen=True, kw_only=True):
    """What stands above an article's text; empty in all its parts if nothing does."""

    kind: str = ""
    """`yaml`, `toml`, `json`, `lines`; empty if there is no block."""
    entries: tuple[Entry, ...] = ()
    """In the order written; a key may come twice."""
    cut: Span = (0, 0)
    """The block with its fences, and the blank lines around it."""
    title: Node | None = None
    """The line of title that stands above the block."""
    title_cut: Span = (0, 0)
    raw: str = ""
    """The block as written, where its language could not read it."""
    problems: tuple[Problem, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The one edit that cuts the block; none if there is no block."""
        start, end = self.cut
        rule = f"front-matter.{self.kind}@1"
        edit = Edit(start=start, end=end, rule=rule, reason=Reason.FRONT_MATTER)
        return (edit,) if end else ()


def front_matter(text: str, path: str) -> FrontMatter:
    """Find and read the front matter of a decoded original; `path` is for its problems."""
    opening = _OPENING.match(text)
    if opening and opening["fence"]:
        kind = "yaml" if opening["fence"] == "---" else "toml"
        return _fenced(text, kind, opening.end(), path)
    if opening:
        return _json(text, opening.end(), path)
    lines = _LINES.match(text)
    if lines:
        return _bold_lines(text, lines)
    titled = _BELOW_TITLE.match(text)
    return _below_title(text, titled, path) if titled else FrontMatter()


def _fenced(text: str, kind: str, start: int, path: str) -> FrontMatter:
    """Read a block between fences; `start` is where the line below the first one begins."""
    line = text.count("\n", 0, start) + 1
    closing = _CLOSING[kind].search(text, start)
    if closing is None:
        return _unclosed(text, start, line, path)
    inner = text[start : closing.start()]
    try:
        node = (yaml_node if kind == "yaml" else toml_node)(inner, start, line)
    except Malformed as fault:
        return _line_by_line(text, kind, (start, closing.start()), fault, path)
    if node.entries is None and not node.empty:
        return _not_keys(line, path)
    cut = (0, after_blank_lines(text, closing.end()))
    return FrontMatter(kind=kind, entries=node.entries or (), cut=cut)


def _json(text: str, start: int, path: str) -> FrontMatter:
    """Read a JSON object that begins at `start`; it has to end its line."""
    line = text.count("\n", 0, start) + 1
    try:
        node, length = json_node(text[start:], start, line)
    except Malformed as fault:
        closing = _CLOSING["json"].search(text, start)
        if closing is None:
            return _unclosed(text, start, line, path)
        return _line_by_line(text, "json", (start, closing.start()), fault, path)
    end = _END_OF_LINE.match(text, start + length)
    if end is None:
        return FrontMatter()
    cut = (0, after_blank_lines(text, end.end()))
    return FrontMatter(kind="json", entries=node.entries or (), cut=cut)


def _line_by_line(text: str, kind: str, inner: Span, fault: Malformed, path: str) -> FrontMatter:
    """Take what can be taken of a block that its language cannot read."""
    start, end = inner
    entries = salvaged(text[start:end], start, text.count("\n", 0, start) + 1)
    done = f"the front matter is not {kind.upper()}: {fault.message}"
    if not entries:
        hint = "it was read as text; if it is front matter, mend this line"
        return FrontMatter(problems=(_warning(path, fault.line, done, hint),))
    closing = _CLOSING[kind].match(text, end)
    after = closing.end() if closing else end
    hint = "its lines were read one by one; mend this line, often with quotes around the value"
    return FrontMatter(
        kind=kind,
        entries=entries,
        cut=(0, after_blank_lines(text, after)),
        raw=text[start:end],
        problems=(_warning(path, fault.line, done, hint),),
    )


def _unclosed(text: str, start: int, line: int, path: str) -> FrontMatter:
    """Leave a block without an end in the text; say so if it looks like one."""
    if not _LOOKS_LIKE_A_KEY.match(text, start):
        return FrontMatter()
    message = "the front matter is never closed; all of it was read as text"
    hint = "put the line that opens it (---, +++) below its last line, too"
    return FrontMatter(problems=(_warning(path, line - 1, message, hint),))


def _not_keys(line: int, path: str) -> FrontMatter:
    message = "what stands between the first two fences has no keys; it was read as text"
    return FrontMatter(problems=(_warning(path, line, message, "a line reads: title: My article"),))


def _below_title(text: str, titled: re.Match[str], path: str) -> FrontMatter:
    """Read a block under one line of title, if its keys show that it is one and no rule."""
    found = _fenced(text, "yaml", titled.end(), path)
    if not any(field_of(entry.key) for entry in found.entries) or found.raw:
        return FrontMatter()
    fence = titled.start("fence")
    return FrontMatter(
        kind=found.kind,
        entries=found.entries,
        cut=(fence, found.cut[1]),
        title=_title(text, titled),
        title_cut=(0, fence),
    )


def _bold_lines(text: str, lines: re.Match[str]) -> FrontMatter:
    """Read bold lines above a rule, if at least one of their keys is ours."""
    start = lines.start("block")
    line = text.count("\n", 0, start) + 1
    entries = tuple(
        Entry(
            key=found["key"],
            node=_line_value(text, found),
            line=line + text.count("\n", start, found.start()),
        )
        for found in _LINE.finditer(text, start, lines.end("block"))
    )
    if not any(field_of(entry.key) for entry in entries):
        return FrontMatter()
    title = _title(text, lines) if lines["title"] else None
    return FrontMatter(
        kind="lines",
        entries=entries,
        cut=(start if title else 0, after_blank_lines(text, lines.end())),
        title=title,
        title_cut=(0, start) if title else (0, 0),
    )


def _line_value(text: str, found: re.Match[str]) -> Node:
    """Give what stands behind a bold key, without the signs of an autolink."""
    start, end = trimmed(text, *found.span("value"), " \t\\")
    if text.startswith("<", start) and text.endswith(">", start, end):
        start, end = start + 1, end - 1
    return Node(text=text[start:end], chars=(start, end))


def _title(text: str, found: re.Match[str]) -> Node:
    start, end = trimmed(text, *found.span("title"), " \t\n#")
    return Node(
        text=plain(text[start:end]), chars=(start, end), line=text.count("\n", 0, start) + 1
    )


def _warning(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, message=message, hint=hint)
