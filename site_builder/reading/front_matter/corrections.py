"""What the archive has corrected in an article's record, as front matter tells it.

    corrections:
      - date: 2024-03-01
        text: The publisher was given as Harbour Times.
      - "2024-05: a caption was put back"

Each is a mapping of `date` and `text`, or words that may begin with a date and a colon; or one of these
alone.
"""

import re

from ...model import Correction
from ..dates import read_date
from .nodes import Node
from .values import one_line

_DATED = re.compile(r"(\d{4}(?:-\d\d){0,2})(?::(.*))?")


def correction(node: Node) -> Correction | None:
    """Read one correction; None where it says nothing, or its date cannot be read."""
    if node.entries is not None:
        said = {entry.key.strip().lower(): one_line(entry.node.text) for entry in node.entries}
        return _made(said.get("date", ""), said.get("text", ""))
    words = one_line(node.text)
    dated = _DATED.fullmatch(words)
    return _made(dated[1], (dated[2] or "").strip()) if dated else _made("", words)


def _made(date: str, text: str) -> Correction | None:
    known = read_date(date).value if date else ""
    return Correction(date=known, text=text) if text and bool(known) == bool(date) else None
