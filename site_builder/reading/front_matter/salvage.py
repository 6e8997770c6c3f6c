"""What can be saved of a front matter block that is not quite YAML, TOML or JSON.

One colon too many must not cost an article its date. So the lines that look like `key: value` are taken
one by one, with the items below a key that has no value; all else is left to the block as written.
"""

import re

from .nodes import Entry, Node

_KEY = re.compile(
    r"(?P<indent>[ \t]*)(?P<quote>[\"']?)(?P<key>[^\W\d][\w .()-]{0,40}?)(?P=quote)[ \t]*"
    r"[:=](?=[ \t\"'\[]|$)(?P<value>.*)"
)
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
_LIST = re.compile(r"\[(?P<inner>.*)\]")
_LEAST_SHARE = 0.5
"""Of the lines that are neither indented nor items, those that must look like keys."""


def salvaged(block: str, start: int, line: int) -> tuple[Entry, ...]:
    """Take what looks like keys and values; nothing if most lines do not.

    Args:
        block: The lines between the fences.
        start: Where they begin in the decoded original.
        line: The line they begin on, from 1.
    """
    lines = block.split("\n")
    keyed = [_KEY.match(text) for text in lines]
    indent = min((found["indent"] for found in keyed if found), key=len, default="")
    outer = [
        text
        for text in lines
        if text.strip() and text.startswith(indent) and text[len(indent)] not in " \t-#]}"
    ]
    found_entries: list[tuple[str, int, Node, list[Node]]] = []
    for number, (text, found) in enumerate(zip(lines, keyed, strict=True), start=line):
        if found and found["indent"] == indent:
            node = _value(found["value"], start + found.start("value"), number)
            found_entries.append((found["key"], number, node, []))
        elif found_entries and (item := _ITEM.match(text)):
            found_entries[-1][3].append(_value(item["value"], start + item.start("value"), number))
        start += len(text) + 1
    if len(found_entries) <= _LEAST_SHARE * len(outer):
        return ()
    return tuple(_entry(*parts) for parts in found_entries)


def _entry(key: str, line: int, node: Node, items: list[Node]) -> Entry:
    """Make an entry; items below a key count where the key has no value of its own."""
    if items and node.empty:
        node = Node(items=tuple(items), line=line)
    return Entry(key=key, node=node, line=line)


def _value(written: str, start: int, line: int) -> Node:
    """Read the value of one line: a text, with or without quotes, or a list in brackets."""
    text = written.strip().rstrip(",").rstrip()
    at = start + written.index(text) if text else start
    inline = _LIST.fullmatch(text)
    if inline:
        parts = re.finditer(r"[^,]+", inline["inner"])
        items = [_text(part[0], at + 1 + part.start(), line) for part in parts]
        return Node(items=tuple(item for item in items if item.text), line=line)
    return _text(text, at, line)


def _text(written: str, start: int, line: int) -> Node:
    """Read one text, and leave its quotes out."""
    text = written.strip()
    at = start + written.index(text)
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        text, at = text[1:-1], at + 1
    return Node(text=text, line=line, chars=(at, at + len(text)))
