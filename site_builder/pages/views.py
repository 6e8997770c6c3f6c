"""What templates get: frozen records of words and links, never the archive's own records.

A view knows no page's depth: its addresses count from the site's root, percent-encoded, and a template
puts `root` in front of them.
"""

from .. import __version__
from ..config import Archive
from ..model import Article, Assertion, Basis, Record
from .addresses import address, encoded
from .wording import When, is_web_address, one_line, plain, shortened, when

_HELD_BACK = {"excerpt": "beginning only", "none": "record only"}
_SUMMARY = 240
"""Characters of a summary in a list at most."""


class Anchor(Record, frozen=True, kw_only=True):
    """A link with its words."""

    text: str
    address: str = ""
    """From the site's root, or a whole address for another site; empty: words only."""


class Counted(Record, frozen=True, kw_only=True):
    """A link to a list, with how many articles it has."""

    text: str
    address: str
    number: int
    share: int = 0
    """Of the largest number in its group, in hundredths: the length of its bar."""


class Shell(Record, frozen=True, kw_only=True):
    """What every page says of the archive."""

    title: str
    description: str
    maintainer: str
    contact: Anchor | None
    repository: str
    version: str


class Title(Record, frozen=True, kw_only=True):
    """A headline, and how sure it is."""

    text: str
    """In [brackets] where the archive supplied it."""
    language: str = ""
    """BCP 47; empty while unknown, which tells a browser just that."""
    mark: str = ""
    """`inferred` where a rule concluded it."""
    note: str = ""


class Row(Record, frozen=True, kw_only=True):
    """One article in a list."""

    address: str
    title: Title
    outlet: str
    """Empty while unknown."""
    date: When
    summary: str = ""
    held_back: str = ""
    """`withdrawn`, `beginning only` or `record only`; empty where all of its text is shown."""


def shell(archive: Archive) -> Shell:
    """Say what every page says of an archive."""
    return Shell(
        title=archive.title,
        description=archive.description,
        maintainer=archive.maintainer,
        contact=contact(archive.contact),
        repository=archive.repository if is_web_address(archive.repository) else "",
        version=__version__,
    )


def contact(value: str) -> Anchor | None:
    """Make a mail address or web address a link; other words stay words."""
    if not value:
        return None
    if is_web_address(value):
        return Anchor(text=value, address=value)
    name, at, host = value.rpartition("@")
    is_mail = bool(name and at and "." in host) and not any(sign.isspace() for sign in value)
    return Anchor(text=value, address=f"mailto:{encoded(name)}@{encoded(host)}" if is_mail else "")


def title(article: Article) -> Title:
    """Give an article's headline; one that the archive supplied stands in brackets."""
    said = article.title
    words = one_line(said.value) or "[Untitled]"
    return Title(
        text=f"[{words}]" if said.basis is Basis.SUPPLIED and said.value else words,
        language=article.language.value,
        mark="inferred" if said.basis is Basis.INFERRED else "",
        note=said.note or said.where,
    )


def row(article: Article) -> Row:
    """Show one article in a list."""
    withdrawn = article.status == "withdrawn"
    return Row(
        address=address(article),
        title=title(article),
        outlet=one_line(article.outlet.value),
        date=when(article.published),
        summary="" if withdrawn else summary(article.description),
        held_back="withdrawn" if withdrawn else _HELD_BACK.get(article.text_level, ""),
    )


def summary(description: Assertion) -> str:
    """Give the publisher's own summary in the length of a list."""
    return shortened(plain(description.value), _SUMMARY) if description.known else ""
