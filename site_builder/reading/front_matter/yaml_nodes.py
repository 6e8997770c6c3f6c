"""YAML -> nodes, from the parser's events: no tag is obeyed, no scalar is converted.

Built from events and not by a loader, because nothing in a stranger's file may construct an object,
and because events say where each value stands.
"""

import re

import yaml

from ...model import Span
from .nodes import DEEPEST, MOST_REPEATED, Entry, Malformed, Node, as_text

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser, four times as fast, where PyYAML was built with it."""
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")
"""Tags and anchors before a value."""
_NOTHING = frozenset(("", "~", "null"))
_QUOTES = frozenset("'\"")
_BLOCKS = frozenset("|>")


class _Open:
    """A list or a mapping whose end has not come yet."""

    def __init__(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self.is_list = isinstance(event, yaml.SequenceStartEvent)
        self.anchor: str | None = event.anchor
        self.line = line
        self.parts: list[Node] = []

    def closed(self) -> Node:
        """Give the node, now that all its parts are there."""
        size = 1 + sum(part.size for part in self.parts)
        if self.is_list:
            return Node(items=tuple(self.parts), line=self.line, size=size)
        pairs = zip(self.parts[::2], self.parts[1::2], strict=True)
        entries = tuple(Entry(key=as_text(key), node=node, line=key.line) for key, node in pairs)
        return Node(entries=entries, line=self.line, size=size)


class _Builder:
    """Puts events together: `root` holds the document as the one part of an outermost list."""

    def __init__(self, text: str, start: int, line: int) -> None:
        self.text, self.start, self.line = text, start, line
        self.root: list[Node] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.repeated = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        line = self.line + (event.start_mark.line if event.start_mark else 0)
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event, line), event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.stack.append(_Open(event, line))
            if len(self.stack) > DEEPEST:
                raise Malformed(f"lists and mappings are nested more than {DEEPEST} deep", line)
        elif isinstance(event, yaml.CollectionEndEvent):
            opened = self.stack.pop()
            self._add(opened.closed(), opened.anchor)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise Malformed(f"*{event.anchor} repeats a value that is not there", line)
            self._repeat(self.anchors[event.anchor], line)

    def _repeat(self, node: Node, line: int) -> None:
        """Put a value in once more."""
        self.repeated += node.size
        if self.repeated > MOST_REPEATED:
            raise Malformed(f"its aliases stand for more than {MOST_REPEATED:,} characters", line)
        self._add(node, None)

    def _add(self, node: Node, anchor: str | None) -> None:
        """Put a finished node where it belongs."""
        if anchor:
            self.anchors[anchor] = node
        (self.stack[-1].parts if self.stack else self.root).append(node)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Node:
        plain = event.style in {None, ""}
        if plain and event.value in _NOTHING:
            return Node(line=line)
        first, last = self._words(event)
        chars = (self.start + first, self.start + last)
        text = event.value.rstrip("\n")
        return Node(text=text, line=line, chars=chars, size=1 + len(text))

    def _words(self, event: yaml.ScalarEvent) -> Span:
        """Give the span of a scalar's words, without quotes and block signs."""
        if event.start_mark is None or event.end_mark is None:
            return 0, 0
        first, last = event.start_mark.index, event.end_mark.index
        if event.tag or event.anchor:
            before = _PROPERTIES.match(self.text, first, last)
            first = before.end() if before else first
        if event.style in _QUOTES:
            return first + 1, last - 1
        if event.style in _BLOCKS:
            first = self.text.find("\n", first, last) + 1 or first
        written = self.text[first:last]
        return first + len(written) - len(written.lstrip()), first + len(written.rstrip())


def yaml_node(text: str, start: int, line: int) -> Node:
    """Read one YAML document; an empty one is an empty text.

    Args:
        text: The document, without its fences.
        start: Where it begins in the decoded original.
        line: The line it begins on, from 1.

    Raises:
        Malformed: It is not YAML, or it is nested or repeated beyond all reason.
    """
    builder = _Builder(text, start, line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Malformed(
            error.problem or "this is not YAML", line + (mark.line if mark else 0)
        ) from None
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(error.character)
        at = line + text.count("\n", 0, max(text.find(chr(code)), 0))
        raise Malformed(f"U+{code:04X} is not allowed in YAML", at) from None
    if len(builder.root) > 1:
        raise Malformed("there is more than one YAML document here", line)
    return builder.root[0] if builder.root else Node(line=line)
