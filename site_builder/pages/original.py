"""The page of an article's original: the decoded text as it is, with every recorded change marked in place.

What was set aside stays where it stood, struck through and labelled; what was put in can be seen. A line
whose words can be told from all others leads to them on the article's page, by a text fragment (WICG,
*URL Fragment Text Directives*): so the article's page carries no marks for it. All of it is text; nothing of
the original is read as HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from ..derived import Import, Shown
from ..model import Article, Edit, Record
from .evidence import by_hand, reason_words, summary_of
from .views import Title, title
from .wording import plain

_VISIBLE = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥"})
_MARKUP = re.compile(r"[^\w\s,.;:?!'\u2019\u201c\u201d()-]|(?<!\S)[-.:]+|[\[\]()]")
"""What a line's words may lose or change on the way to the page: Markdown's signs, quotation marks, links."""
_WORDS = 8
"""Words that are looked for on the article's page at most."""
_FEWEST = 3


class Piece(NamedTuple):
    """A stretch of a line."""

    text: str
    kind: str = ""
    """`cut`: set aside; `put`: put in, its signs made visible; empty: shown as it stands."""
    why: str = ""
    """In words, where a change begins."""
    rule: str = ""


class Line(NamedTuple):
    """One line of the decoded original."""

    pieces: Sequence[Piece]
    fragment: str
    """Finds its words on the article's page; empty where they are not there, or not there alone."""


class OriginalView(Record, frozen=True, kw_only=True):
    """All that the page of an original shows."""

    title: Title
    summary: str
    """What was changed, counted by reason; empty if nothing."""
    extracted: bool
    """Whether the text was picked out of a saved page: then no list of changes describes it."""
    lines: tuple[Line, ...]
    by_hand: str
    """What a person has changed since the article was imported, in words; empty if nothing."""
    sure: bool
    """Whether the lines below are for certain what the person changed."""
    changed: tuple[tuple[Piece, ...], ...]
    """The lines of the imported text in which something was changed by hand."""


def original_view(article: Article, shown: Shown, text: str) -> OriginalView:
    """Set an original beside what became of it.

    Args:
        article: As the catalogue has it.
        shown: What was derived from the original.
        text: The decoded original.
    """
    extracted, imported = article.reader == "html", shown.imported
    edits = () if extracted else shown.reading.edits
    words = "" if extracted else " ".join(plain(shown.body.text).split())
    return OriginalView(
        title=title(article),
        summary=summary_of(edits),
        extracted=extracted,
        lines=tuple(
            Line(pieces, _fragment(pieces, words)) for pieces in lines(pieces_of(text, edits))
        ),
        by_hand=by_hand(imported),
        sure=imported is None or imported.exact,
        changed=_changed(imported) if imported else (),
    )


def _changed(imported: Import) -> tuple[tuple[Piece, ...], ...]:
    """Give the lines in which a person has changed something, before and after in one."""
    found = lines(pieces_of(imported.text, imported.edits))
    return tuple(line for line in found if any(piece.kind for piece in line))


def pieces_of(text: str, edits: Iterable[Edit]) -> Iterator[Piece]:
    """Cut the decoded original where edits begin and end; all pieces but those put in are the text again."""
    done = 0
    for edit in edits:
        if edit.start > done:
            yield Piece(text[done : edit.start])
        why = f"{reason_words(edit.reason)}{f', read as {edit.feeds}' if edit.feeds else ''}"
        if edit.end > edit.start:
            yield Piece(text[edit.start : edit.end], "cut", why, edit.rule)
        if edit.replacement:
            yield Piece(edit.replacement.translate(_VISIBLE), "put", why, edit.rule)
        done = edit.end
    if done < len(text):
        yield Piece(text[done:])


def lines(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Put pieces into lines; one that goes over several is labelled in the first."""
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(piece._replace(text=first))
        for other in others:
            yield tuple(line)
            line = [Piece(other, piece.kind)]
    if any(piece.text for piece in line):  # else the text ended with the line before
        yield tuple(line)


def _fragment(pieces: Sequence[Piece], words: str) -> str:
    """Give the text directive that finds a line's first words on the article's page."""
    kept = (piece.text for piece in pieces if not piece.kind)
    for run in chain.from_iterable(map(_runs, kept)):
        found = " ".join(run)
        if len(run) >= _FEWEST and words.count(found) == 1:
            # A bare `-` has a meaning of its own there.
            return quote(found, safe="").replace("-", "%2D")
    return ""


def _runs(text: str) -> Iterator[list[str]]:
    """Give the first words of each stretch of a text that is free of marks."""
    first = text.split(None, _WORDS)[:_WORDS]
    if not _MARKUP.search(" ".join(first)):  # nearly always, and then it is nearly always found
        yield first
    yield from (run.split()[:_WORDS] for run in _MARKUP.split(text))
