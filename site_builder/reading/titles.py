# ruff: noqa: RUF001 — dashes are the point
"""Titles for want of a stated one: an article's first words, or its file's name, supplied in [brackets]."""

import re

from ..model import Assertion, Basis
from .permalinks import without_suffix

FIRST_LINE = "title.first-line@1"
LONGEST_TITLE = 80
"""In code points: where first words serve as a title, they are cut before this."""
DATE_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?=-|$)")
"""How Jekyll begins the name of a file."""


def first_words(line: str) -> str:
    """Give the beginning of a line, short enough for a title, with an ellipsis where it was cut."""
    words = title_sized(line)
    shown = " ".join(words.split())
    return shown if len(words) == len(line) else f"{shown.rstrip(',;:–—-')}…"


def title_sized(line: str) -> str:
    """Cut a line at a word's end; a script without spaces is cut anywhere."""
    if len(line) <= LONGEST_TITLE:
        return line
    spaces = [found.start() for found in re.finditer(r"\s", line[:LONGEST_TITLE])]
    return line[: spaces[-1] if spaces else LONGEST_TITLE]


def title_from_name(address: str) -> Assertion:
    """Make a title of a file's name, for want of any words in the file."""
    name = own_name(address)
    words = DATE_IN_NAME.sub("", name, count=1) if DATE_IN_NAME.match(name) else name
    words = " ".join(re.split(r"[\s_-]+", words)).strip()
    return Assertion(
        value=words or name,
        basis=Basis.SUPPLIED,
        as_written=name if words not in {"", name} else "",
        where="file name",
        rule="title.file-name@1",
        note="the file states no title: this is its name",
    )


def own_name(address: str) -> str:
    """Give the file's name without its suffix; for the index of a folder, the folder's."""
    folder, _, file = address.rpartition("/")
    name = without_suffix(file)
    return folder.rpartition("/")[2] if folder and name.lower() == "index" else name
