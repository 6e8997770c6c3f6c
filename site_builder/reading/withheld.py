"""What may not be shown: how much of a text is held back, by whose word, and a reading without it.

All that later stages get is the reading that is left, so nothing that is held back can reach a page, an
index, a feed or a record. The original stays in the archive and is not published.
"""

import re

from msgspec.structs import replace

from ..config import CONFIG_NAME, Archive
from ..model import UNKNOWN, Article, Basis, Original, Reading
from .outlets import outlet_file, outlet_named
from .titles import title_from_name

EMBARGO = "embargo"
_EXCERPT = 600
"""Characters of a text that an excerpt has at most; and never more than a quarter of it."""
_SHARE = 4
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def marked(article: Article, archive: Archive) -> Article:
    """Say in an article how much of its text may be shown, and what says so."""
    level, by = _level(article, archive)
    return replace(article, text_level=level, withheld_by=by if level != "full" else "")


def embargoed(article: Article, as_of: str) -> bool:
    """Whether an embargo holds on a day (YYYY-MM-DD); while nobody says what day it is, it does."""
    found = _DAY.match(article.embargo)
    if not article.embargo or found is None:
        return bool(article.embargo)
    first_day = "-".join((found[1], found[2] or "01", found[3] or "01"))
    return not as_of or as_of < first_day


def without_text(reading: Reading, original: Original) -> Reading:
    """Take the text out of a reading, and all that was taken from the text."""
    article = reading.article
    title = article.title
    if title.basis is not Basis.STATED:
        title = title_from_name(original.address)
    kept = replace(article, title=title, description=UNKNOWN, captions=(), corrections=(), extra={})
    return replace(reading, article=kept, text="", edits=())


def excerpt(reading: Reading, text: str) -> Reading:
    """Leave the beginning of a text, given as its reader would see it, as plain text."""
    limit = min(_EXCERPT, len(text) // _SHARE)
    beginning = text[:limit]
    if text[limit : limit + 1].strip():  # no word is cut in two, where there are words
        beginning = beginning.rpartition(" ")[0] or beginning
    kept = replace(reading.article, captions=(), extra={})
    return replace(reading, article=kept, markup="text", text=beginning.rstrip(), edits=())


def _level(article: Article, archive: Archive) -> tuple[str, str]:
    """Give how much may be shown, and what says so: the file, else its outlet, else the archive."""
    if article.status == "withdrawn":
        return "none", ""
    if embargoed(article, archive.as_of):
        return "none", EMBARGO
    if article.text_level:
        return article.text_level, "front matter"
    outlet = outlet_named(article.outlet.value, archive.outlets)
    if outlet is not None and outlet.text_level:
        return outlet.text_level, outlet_file(outlet)
    return archive.text_level, CONFIG_NAME
