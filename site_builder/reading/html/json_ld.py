"""JSON-LD in a page: the description of its article, in the words of schema.org.

Taken from the first node whose type is an article's. What cannot be read as JSON is passed over: the page
says the same elsewhere, or the value stays unknown.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

_MAX_NODES = 2000
_WRAPPING = re.compile(r"\A\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*\Z")


def article_node(scripts: Iterable[str]) -> dict[str, Any]:
    """Give the first node that describes an article; empty if there is none."""
    for script in scripts:
        try:
            data = json.loads(_WRAPPING.sub("", script), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if _is_article(node):
                return node
    return {}


def texts(value: object) -> list[str]:
    """Give the words of a value: a text, something with a name, or a list of these."""
    items = value if isinstance(value, list) else [value]
    found: list[str] = []
    for item in items[:_MAX_NODES]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip():
            found.append(" ".join(name.split()))
    return found


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Walk objects and lists, outermost first, without recursion."""
    waiting = deque([data])
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        item = waiting.popleft()
        if isinstance(item, dict):
            yield item
            waiting += [value for value in item.values() if isinstance(value, dict | list)]
        elif isinstance(item, list):
            waiting += item[:_MAX_NODES]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(("Article", "Posting"))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )
