"""TOML and JSON -> nodes. Their parsers say nothing of places, so values are looked for in the block."""

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from ...model import Record
from .nodes import DEEPEST, Entry, Malformed, Node

_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_BEFORE_VALUE = re.compile(r"[\s\"',\[]*")
_UNQUOTED = re.compile(r"[^\s,#\"'\[\]{}]+(?: \d[^\s,#\"'\[\]{}]*)?")
_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_TOML_KEY = re.compile(r"^[ \t]*(?P<q>[\"']?)(?P<key>[\w .:/-]{1,80}?)(?P=q)[ \t]*=", re.MULTILINE)
_JSON_KEY = re.compile(r"\"(?P<key>[^\"\n]*)\"\s*:")
_TOO_DEEP = re.compile(
    r"(?:\.[ \t]{0,99}(?:[\w-]{1,80}|\"[^\"\n]{0,80}\"|'[^'\n]{0,80}')[ \t]{0,99})"
    rf"{{{DEEPEST + 1}}}"
)
"""A dotted key of TOML, each part of it a table: tomllib takes time with the square of their number."""


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with its keys in order, repeated ones included."""


class _Block(Record, frozen=True, kw_only=True):
    """The text that values are looked for in."""

    text: str
    start: int
    """Where it begins in the decoded original."""
    line: int
    keys: dict[str, list[int]]
    """Where each key ends, for every time it stands there."""

    def after_key(self, name: str, turn: int) -> tuple[int, int]:
        """Give where a key ends the n-th time, and its line; -1 and the first if not found."""
        ends = self.keys.get(name, [])
        if turn >= len(ends):
            return -1, self.line
        return ends[turn], self.line + self.text.count("\n", 0, ends[turn])

    def after_signs(self, at: int) -> int:
        """Pass over quotes, commas and brackets that stand before a value; -1 stays -1."""
        found = _BEFORE_VALUE.match(self.text, at) if at >= 0 else None
        return found.end() if found else -1


def toml_node(text: str, start: int, line: int) -> Node:
    """Read one TOML document, for which see `yaml_nodes.yaml_node`.

    Raises:
        Malformed: It is not TOML.
    """
    if deep := _TOO_DEEP.search(text):
        at = line + text.count("\n", 0, deep.start())
        raise Malformed(f"tables are nested more than {DEEPEST} deep", at)
    try:
        table = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        raise _toml_fault(str(error), text, line) from None
    except (RecursionError, ValueError) as error:
        raise Malformed(str(error), line) from None
    first_table = _TABLE.search(text)
    top = text[: first_table.start()] if first_table else text
    return _mapping(table.items(), _block(top, start, line, _TOML_KEY), 0)


def json_node(text: str, start: int, line: int) -> tuple[Node, int]:
    """Read the JSON object that a text begins with; give it, and where it ends in the text.

    Raises:
        Malformed: It is not JSON.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str, strict=False
    )
    try:
        pairs, end = decoder.raw_decode(text)
    except json.JSONDecodeError as error:
        raise Malformed(error.msg, line + error.lineno - 1) from None
    except RecursionError:
        raise Malformed("lists and mappings are nested too deep", line) from None
    return _mapping(pairs, _block(text[:end], start, line, _JSON_KEY), 0), end


def _block(text: str, start: int, line: int, key: re.Pattern[str]) -> _Block:
    keys: dict[str, list[int]] = defaultdict(list)
    for found in key.finditer(text):
        keys[found["key"]].append(found.end())
    return _Block(text=text, start=start, line=line, keys=keys)


def _toml_fault(message: str, text: str, line: int) -> Malformed:
    """Split tomllib's "... (at line 3, column 7)" into words and a line."""
    found = _AT.search(message)
    inner = int(found[1]) if found and found[1] else text.count("\n") or 1
    return Malformed(message[: found.start()] if found else message, line + inner - 1)


def _mapping(pairs: Iterable[tuple[str, Any]], block: _Block, depth: int) -> Node:
    """Make the node of a mapping; only the values of the outermost one are looked for."""
    if depth > DEEPEST:
        raise Malformed(f"lists and mappings are nested more than {DEEPEST} deep", block.line)
    entries: list[Entry] = []
    turns: Counter[str] = Counter()
    for key, value in pairs:
        at, line = block.after_key(key, turns[key]) if not depth else (-1, block.line)
        turns[key] += 1
        node, _ = _node(value, block, at, line, depth + 1)
        entries.append(Entry(key=_clean(key), node=node, line=line))
    return Node(entries=tuple(entries), line=block.line)


def _node(value: Any, block: _Block, at: int, line: int, depth: int) -> tuple[Node, int]:  # noqa: ANN401 — what a parser gives
    """Make the node of a value that is looked for from `at`; give it, and where the next may be."""
    if isinstance(value, _Pairs):
        return _mapping(value, block, depth), -1
    if isinstance(value, dict):
        return _mapping(value.items(), block, depth), -1
    if isinstance(value, list):
        if depth > DEEPEST:
            raise Malformed(f"lists are nested more than {DEEPEST} deep", line)
        items = []
        for part in value:
            item, at = _node(part, block, at, line, depth + 1)
            items.append(item)
        return Node(items=tuple(items), line=line), at
    return _text(value, block, at, line)


def _text(value: Any, block: _Block, at: int, line: int) -> tuple[Node, int]:  # noqa: ANN401 — what a parser gives
    """Make the node of a text, a number, a truth value, a date or nothing."""
    first = block.after_signs(at)
    if isinstance(value, str):
        text = _clean(value)
    elif value is None:
        text = ""
    else:
        written = _UNQUOTED.match(block.text, first) if first >= 0 else None
        text = written[0] if written else _as_typed(value)
    if first < 0 or not text or not block.text.startswith(text, first):
        return Node(text=text, line=line), -1
    end = first + len(text)
    return Node(text=text, line=line, chars=(block.start + first, block.start + end)), end


def _as_typed(value: Any) -> str:  # noqa: ANN401 — what a parser gives
    """Give a value as an author would have typed it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _clean(text: str) -> str:
    """Show half a surrogate pair, which JSON's escapes can make, as U+FFFD: no file can hold it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
