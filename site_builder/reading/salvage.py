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
    entries: list[Entry] = []
    for number, (text, found) in enumerate(zip(lines, keyed, strict=True)):
        if found and found["indent"] == indent:
            node = _value(found["value"], start + found.start("value"), line + number)
            entries.append(Entry(key=found["key"], node=node, line=line + number))
        elif entries and (item := _ITEM.match(text)):
            node = _value(item["value"], start + item.start("value"), line + number)
            entries[-1] = _with_item(entries[-1], node)
        start += len(text) + 1
    return tuple(entries) if len(entries) > _LEAST_SHARE * len(outer) else ()


def _with_item(entry: Entry, item: Node) -> Entry:
    """Give an entry one more item, unless it has a text already."""
    if not entry.node.empty and entry.node.items is None:
        return entry
    items = (*(entry.node.items or ()), item)
    return Entry(key=entry.key, node=Node(items=items, line=entry.line), line=entry.line)


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
