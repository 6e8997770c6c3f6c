"""Which kept original an article was made from: its place, and the two keys of front matter that name it.

    originals/8d/8df2367a….html     the bytes as they came, named by their SHA-256
    articles/harbour.md             front matter: original, original_sha256

`import` writes them, `verify` reads them back; for reading they are keys without a meaning, and stay in the
record as they are.
"""

import re

from ..model import Record

ORIGINALS = "originals"
PATH_KEY = "original"
DIGEST_KEY = "original_sha256"
LINES_KEY = "original_lines"
"""Which lines of a table an article was made from: `3`, or `3-7`."""
PART_KEY = "original_lines_sha256"
"""The hash of these lines, below the table's header line if it has one."""
ENTRY_KEY = "original_entry"
"""Which entry of a feed an article was made from: its id."""
ENTRY_DIGEST_KEY = "original_entry_sha256"
TEXT_KEY = "imported_text_sha256"
"""The hash of the text below the front matter, as `import` wrote it: by it a later change is known."""
KEYS = (PATH_KEY, DIGEST_KEY, LINES_KEY, PART_KEY, ENTRY_KEY, ENTRY_DIGEST_KEY, TEXT_KEY)
HEAD = 65536
"""Bytes at an article's beginning in which its front matter is looked for."""

_FRONT_MATTER = re.compile(r"---\n(.*?)(?:^---\n|\Z)", re.DOTALL | re.MULTILINE)
_PATH_LINE = re.compile(rf"(?m)^{PATH_KEY}: *[\"']?({ORIGINALS}/[^\"'\n]*?)[\"']? *$")
_DIGEST_LINE = re.compile(rf"(?m)^{DIGEST_KEY}: *[\"']?([0-9A-Fa-f]*)[\"']? *$")
_TEXT_LINE = re.compile(rf"(?m)^{TEXT_KEY}: *[\"']?([0-9A-Fa-f]*)[\"']? *$")
_PART_LINE = re.compile(rf"(?m)^(?:{PART_KEY}|{ENTRY_DIGEST_KEY}): *[\"']?([0-9A-Fa-f]*)[\"']? *$")


class Origin(Record, frozen=True, kw_only=True):
    """The original that an article names."""

    path: str
    """Relative to the archive, as written."""
    sha256: str = ""
    """In lower case; empty if the article does not say."""
    text: str = ""
    """The hash of the text that `import` wrote, in lower case; empty if the article does not say."""
    part: str = ""
    """The hash of the row or entry that it was made from, in lower case; empty: it was a whole file."""


def body_of(text: str) -> str:
    """Give what stands below an article's front matter, without the lines that part them."""
    block = _FRONT_MATTER.match(text)
    return (text[block.end() :] if block else text).strip("\n")


def original_path(digest: str, suffix: str) -> str:
    """Give the place of an original in an archive.

    >>> original_path("8df2367a", ".html")
    'originals/8d/8df2367a.html'
    """
    return f"{ORIGINALS}/{digest[:2]}/{digest}{suffix}"


def origin(head: bytes) -> Origin | None:
    """Read from an article's first bytes which original it was made from; None if it names none."""
    text = head.decode("utf-8", "replace").replace("\r\n", "\n")
    block = _FRONT_MATTER.match(text)
    path = _PATH_LINE.search(block[1]) if block else None
    if block is None or path is None:
        return None
    digest = _DIGEST_LINE.search(block[1])
    part = _PART_LINE.search(block[1])
    text_digest = _TEXT_LINE.search(block[1])
    return Origin(
        path=path[1],
        sha256=digest[1].lower() if digest else "",
        text=text_digest[1].lower() if text_digest else "",
        part=part[1].lower() if part else "",
    )
