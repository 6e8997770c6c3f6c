"""What is derived from one original alone: the records that reading, pages and search hand on."""

from typing import Final

import msgspec

from .model import Edit, Problem, Reading, Record


class LocalFile(Record, frozen=True, kw_only=True):
    """A picture or other file beside an article that its page needs."""

    source: str
    """Relative to the archive root, checked to lie inside it."""
    path: str
    """Relative to the article's page."""


class Body(Record, frozen=True, kw_only=True):
    """An article's text, ready for its page."""

    html: str
    """Sanitised: nothing in it runs, and nothing in it loads from another host."""
    text: str
    """The words a reader sees in `html`, blocks separated by line feeds."""
    files: tuple[LocalFile, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses it links to inside the archive, as written; for `check`."""
    missing: tuple[str, ...] = ()
    """Files it looked for in vain, as written: they may be there at the next build."""
    problems: tuple[Problem, ...] = ()


PLACES: Final = "I"
"""How positions are packed: numbers of `array`."""


class Tokens(Record, frozen=True, kw_only=True):
    """The terms of one article: the one source of the Whoosh index and of the shards."""

    title: dict[str, bytes] = msgspec.field(default_factory=dict)
    """Term to its positions, counted from 0 over every token and packed as `PLACES` says."""
    body: dict[str, bytes] = msgspec.field(default_factory=dict)
    title_length: int = 0
    """In tokens."""
    body_length: int = 0
    forms: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """Term to the ways it was written before folding, where that differs: stems are made from these."""


class Import(Record, frozen=True, kw_only=True):
    """What `import` made of a kept original, and what a person has changed in that since."""

    original: str
    """Where the kept original is, relative to the archive."""
    sha256: str
    """Of the kept original."""
    alone: bool
    """Whether the article was made from all of it, and not from a row or an entry."""
    text: str = ""
    """The text as `import` writes it, where a person has changed it."""
    edits: tuple[Edit, ...] = ()
    """From that text to the one there is."""
    values: tuple[str, ...] = ()
    """Which values a person has changed, and from what, in words."""
    exact: bool = True
    """Whether `text` is, for certain, what the person had before them: an import by another version of this
    program may have written another."""

    @property
    def by_hand(self) -> bool:
        """Whether a person has changed anything."""
        return bool(self.edits or self.values)


class Shown(Record, frozen=True, kw_only=True):
    """What the page and the record of one article are made from."""

    reading: Reading
    body: Body
    imported: Import | None = None
    """Where the article's file was written by `import`, and its text may be shown."""


class Words(Record, frozen=True, kw_only=True):
    """What the search knows of one article."""

    tokens: Tokens
    lead: str = ""
    """The beginning of its text, for a list of results."""


class Derivation(Record, frozen=True, kw_only=True):
    """All that is derived from one original on its own, and so can be cached and made in parallel."""

    shown: Shown
    words: Words
