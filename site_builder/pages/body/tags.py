"""Tags as nh3 writes them: lower case, every value in double quotes, no `<` outside a tag.

What is said here is exact for HTML that nh3 has written, and only for that.
"""

import re
from collections.abc import Mapping
from html import escape, unescape

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [^\s"=<>]+="[^"]*")*)>')
"""A tag: end mark, name, attributes."""
_ATTRIBUTE = re.compile(r' ([^\s"=<>]+)="([^"]*)"')


def names(listed: str) -> frozenset[str]:
    """Make a set of the names in a line.

    >>> sorted(names("ul li"))
    ['li', 'ul']
    """
    return frozenset(listed.split())


def attributes_of(written: str) -> dict[str, str]:
    """Read the attributes of a tag, in the order they are written."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}


def tag(name: str, attributes: Mapping[str, str]) -> str:
    """Write a start tag as nh3 does, so that it finds nothing to change.

    >>> tag("a", {"href": "?a&b"})
    '<a href="?a&amp;b">'
    """
    written = (f' {key}="{_quoted(value)}"' for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"


def element(name: str, attributes: Mapping[str, str], words: str) -> str:
    """Write an element that holds nothing but words."""
    return f"{tag(name, attributes)}{escape(words, quote=False)}</{name}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;").replace("\xa0", "&nbsp;")
