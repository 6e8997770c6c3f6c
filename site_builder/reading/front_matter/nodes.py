"""Values of front matter as they were written: text, lists and mappings, with their places.

Every value is text. YAML's `no`, `2020-01-02` and `1.10` stay what the author typed; what they mean is
for the reader of one field to say.
"""

from typing import TypeAlias

import msgspec

from ...model import Record, Span

MOST_REPEATED = 20_000
"""Characters and values that the aliases of one front matter may stand for, all together: a bound on what
a hostile file can make of a few lines."""
DEEPEST = 64
"""Lists and mappings inside each other."""

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


class Malformed(Exception):  # noqa: N818 — it is what the block is, and never leaves reading
    """A block that its own language cannot read; `line` counts from 1 in the file."""

    def __init__(self, message: str, line: int) -> None:
        """Take what is wrong and where."""
        super().__init__(message)
        self.message = message
        self.line = line


class Node(Record, frozen=True, kw_only=True):
    """One value: a text, a list (`items`) or a mapping (`entries`)."""

    text: str = ""
    items: tuple["Node", ...] | None = None
    entries: tuple["Entry", ...] | None = None
    """In the order written; a key may come twice."""
    line: int = 0
    """From 1, in the file; 0 where it is not known."""
    chars: Span | None = None
    """Where a text stands in the decoded original, quotes left out; None where it is not known."""
    size: int = 1
    """How many characters and values it is, aliases followed."""

    @property
    def is_text(self) -> bool:
        """Whether it is neither a list nor a mapping."""
        return self.items is None and self.entries is None

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.text or self.items or self.entries)


class Entry(Record, frozen=True, kw_only=True):
    """One key of a mapping, as written, and its value."""

    key: str
    node: Node
    line: int = 0
    """Of the key, from 1."""


def as_text(node: Node) -> str:
    """Give a value as text: itself, or JSON for a list or a mapping."""
    if node.is_text:
        return node.text
    return msgspec.json.encode(_plain(node)).decode("utf-8")


def _plain(node: Node) -> Plain:
    if node.items is not None:
        return [_plain(item) for item in node.items]
    if node.entries is not None:
        return {entry.key: _plain(entry.node) for entry in node.entries}
    return node.text
