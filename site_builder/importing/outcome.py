"""What comes of taking in one file or one part of a file."""

from typing import TypeAlias

from ..model import Problem, Record


class Added(Record, frozen=True, kw_only=True):
    """One file that was taken in."""

    source: str
    """Where it came from, as it was named."""
    article: str
    """The article written, relative to the archive."""
    original: str
    """Where its bytes are kept, relative to the archive."""
    stated: tuple[str, ...] = ()
    """Which values the file states."""
    removed: tuple[str, ...] = ()
    """What was not taken over as text, counted by reason: `header 2`."""
    doubts: tuple[str, ...] = ()
    """What a person should look at: each value that was concluded, and each that is not known."""


class Known(Record, frozen=True, kw_only=True):
    """One file whose bytes the archive has already."""

    source: str
    article: str
    """The article made from the same bytes."""
    noted: bool = False
    """Whether the article now says that they came again: from another place, or another capture."""


Outcome: TypeAlias = Added | Known | Problem
