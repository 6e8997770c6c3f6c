"""`[table]` of archive.toml: which columns of an imported table hold what."""

from typing import ClassVar, Literal

from .model import Record


class Table(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which columns of a table that is imported hold what, where their own names do not say."""

    FIELDS: ClassVar[tuple[str, ...]] = (
        *("title", "date", "modified", "retrieved", "author", "outlet", "url", "language", "tags"),
        *("section", "description", "rights", "slug"),
    )
    """The keys, but for the text's own, that name a column."""

    text: str = ""
    markup: Literal["text", "markdown", "html"] = "text"
    """What the text is written in."""
    title: str = ""
    date: str = ""
    modified: str = ""
    retrieved: str = ""
    author: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""
    tags: str = ""
    section: str = ""
    description: str = ""
    rights: str = ""
    slug: str = ""
