"""What an archive declares of a publisher: its name, and how texts scraped from its pages are read."""

from .model import Reason, Record


class Outlet(Record, frozen=True, kw_only=True):
    """One publisher, as its file under `outlets/` describes it."""

    id: str
    """The file's name without its suffix."""
    name: str
    forms: tuple[str, ...] = ()
    """Other names it is written by."""
    note: str = ""
    """Markdown, for readers."""
    url: str = ""
    language: str = ""
    """The language of its articles, where they do not say."""
    text_level: str = ""
    """How much of its articles' text may be shown, where they do not say; empty: the archive says."""
    rights: str = ""
    """Of its articles, where they do not say; empty: the archive says."""
    rules: tuple["Rule", ...] = ()


FED = frozenset(
    (
        *("title", "outlet", "authors", "published", "modified", "retrieved", "url"),
        *("language", "section", "rights", "captions", "tags"),
    )
)
"""What a group of a rule's pattern can feed, by its name."""
CUT = "cut"
"""The group that is cut instead of the line; not a field."""


class Rule(Record, frozen=True, kw_only=True):
    """One line of a reading profile: what to cut from a scraped text, and what the cut tells us."""

    name: str
    """With its version: `header.date-outlet@1`. Shown in the record."""
    where: str
    """`first` or `last`: the lines at that end of the text are tried; `any`: every line."""
    pattern: str
    """A regular expression for one whole line (Python syntax). A named group feeds the field of its
    name; a group named `cut` is what is cut, in place of the whole line."""
    reason: Reason
    lines: int = 3
    """How many lines at that end are tried; blank ones do not count."""
    keep: bool = False
    """The fields are fed and the line stays in the text."""
    date_order: str = ""
    """How it writes dates of three numbers: `day-month-year`, `month-day-year`; empty: nobody knows."""
    note: str = ""
    """Not empty: what is fed is concluded, not stated, and this says how."""
