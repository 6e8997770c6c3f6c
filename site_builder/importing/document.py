"""A Reading as a Markdown file of the archive: what is known in its front matter, the text below.

A value that was concluded, not read, carries a comment that says how, so that a person who opens the file
can judge it. What is not known is left out: an empty key would look like an answer.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from ..model import Article, Assertion, Basis, Reading, Record
from ..reading.html.markdown import html_as_markdown
from ..reading.origin import (
    DIGEST_KEY,
    ENTRY_DIGEST_KEY,
    ENTRY_KEY,
    KEYS,
    LINES_KEY,
    PART_KEY,
    PATH_KEY,
    TEXT_KEY,
)
from .acquisitions import KEY as ACQUIRED_KEY
from .acquisitions import acquired_line
from .scalars import scalar

_MARKS = re.compile(r"([\\`*_\[\]<>&|~])")
_LINE_MARKS = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_LONGEST_LINE = 100
"""A line beyond this is a paragraph of its own, not a line fitted to a page."""


class Kept(Record, frozen=True, kw_only=True):
    """Where the bytes of an article are kept."""

    path: str
    """Relative to the archive."""
    lines: str = ""
    """Which lines of a table; empty if the whole file is meant."""
    entry: str = ""
    """Which entry of a feed, by its id."""
    digest: str = ""
    """The hash of the file, these lines or this entry."""


def document(reading: Reading, page: str, kept: Kept) -> str:
    """Write the Markdown file.

    Args:
        reading: What was read.
        page: The decoded original: the source of an HTML page's Markdown.
        kept: Where the bytes are.
    """
    blocks = (
        _text(reading, page),
        *(escaped(c.value) for c in reading.article.captions if c.known),
    )
    text = "\n\n".join(block.strip("\n") for block in blocks if block.strip())
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()
    lines = "".join(
        f"{line}\n" for line in (*_front_matter(reading.article, kept), f"{TEXT_KEY}: {digest}")
    )
    return f"---\n{lines}---\n\n{text}\n" if text else f"---\n{lines}---\n"


def escaped(line: str) -> str:
    r"""Write a line of plain text so that Markdown shows it as it is.

    >>> print(escaped("1. *Tide* & ebb"))
    1\. \*Tide\* \& ebb
    """
    marked = _MARKS.sub(r"\\\1", line.strip(" \t"))
    return _LINE_MARKS.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", marked)


def _text(reading: Reading, page: str) -> str:
    match reading.markup:
        case "html":
            return html_as_markdown(page, reading.text)
        case "text":
            return paragraphs(reading.text)
        case _:
            return reading.text


def paragraphs(text: str) -> str:
    """Turn plain text into Markdown: blank lines part paragraphs, other line ends stay line ends.

    A text without a blank line that has long lines, as scraped ones do, has one paragraph a line.
    """
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", text)]
    if len(blocks) == 1 and any(len(line) > _LONGEST_LINE for line in blocks[0]):
        blocks = [[line] for line in blocks[0]]
    kept = ([escaped(line) for line in block if line.strip()] for block in blocks)
    return "\n\n".join("\\\n".join(lines) for lines in kept if lines)


def _front_matter(article: Article, kept: Kept) -> Iterator[str]:
    """Give the lines between the fences."""
    written = {*KEYS, ACQUIRED_KEY}
    for key, assertions in _values(article):
        known = [assertion for assertion in assertions if assertion.known and assertion.value]
        if known:
            written.add(key)
            yield _line(key, [assertion.value for assertion in known], _comment(known[0]))
    for key, values in _lists(article):
        written.add(key)
        yield f"{key}: [{', '.join(map(scalar, values))}]"
    for line in (*_status(article), *_held_back(article), *_corrections(article)):
        written.add(line.partition(":")[0])
        yield line
    yield f"{PATH_KEY}: {kept.path}"
    yield f"{DIGEST_KEY}: {article.capture.sha256}"
    if kept.lines:
        yield f"{LINES_KEY}: {kept.lines}"
        yield f"{PART_KEY}: {kept.digest}"
    if kept.entry:
        yield f"{ENTRY_KEY}: {scalar(kept.entry)}"
        yield f"{ENTRY_DIGEST_KEY}: {kept.digest}"
    yield from map(acquired_line, (article.acquired,) if article.acquired else ())
    for key, value in sorted(article.extra.items()):
        if key not in written:
            yield f"{scalar(key)}: {scalar(value)}"


def _values(article: Article) -> Iterator[tuple[str, tuple[Assertion, ...]]]:
    """Give the keys that hold assertions; what the archive supplies anew at each build is left out."""
    yield "title", (article.title,)
    yield "date", (article.published,)
    yield "modified", (article.modified,)
    yield "outlet", (article.outlet,)
    yield "author", article.authors
    yield "url", (article.url,)
    yield "retrieved", (article.retrieved,)
    for key, assertion in (("language", article.language), ("rights", article.rights)):
        if assertion.basis is not Basis.SUPPLIED:
            yield key, (assertion,)
    yield "section", (article.section,)
    yield "description", (article.description,)


def _lists(article: Article) -> Iterator[tuple[str, tuple[str, ...]]]:
    if article.tags:
        yield "tags", article.tags
    if article.aliases:
        yield "aliases", article.aliases


def _status(article: Article) -> Iterator[str]:
    """Say that it is a draft, and why; what is withdrawn is not imported."""
    if article.status == "draft":
        yield "draft: true"
    if article.status_reason:
        yield f"status_reason: {scalar(article.status_reason)}"


def _held_back(article: Article) -> Iterator[str]:
    """Say how much of the text may be shown, as its own file said."""
    if article.text_level not in {"", "full"}:
        yield f"text_level: {article.text_level}"
    if article.embargo:
        yield f"embargo: {article.embargo}"


def _corrections(article: Article) -> Iterator[str]:
    if not article.corrections:
        return
    items = (
        f"{{date: {scalar(one.date)}, text: {scalar(one.text)}}}" if one.date else scalar(one.text)
        for one in article.corrections
    )
    yield f"corrections: [{', '.join(items)}]"


def _line(key: str, values: list[str], comment: str) -> str:
    first = scalar(values[0])
    value = first if len(values) == 1 else f"[{', '.join(map(scalar, values))}]"
    return f"{key}: {value}{comment}"


def _comment(assertion: Assertion) -> str:
    """Say of a value that the file does not state how it was come by."""
    if assertion.basis not in {Basis.INFERRED, Basis.SUPPLIED}:
        return ""
    how = assertion.note or assertion.where or assertion.rule
    plain = "".join(c for c in " ".join(how.split()) if c.isprintable())
    return f" # {assertion.basis}: {plain}"
