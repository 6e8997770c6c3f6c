"""Permalinks: a file's address below the articles, made safe for paths and for links.

Letters of every script stay, and so does case. What is not a letter, a mark, a number, `-`, `_` or `.`
becomes a hyphen, so no permalink can climb out of the site, and none needs quoting on a disk.
"""

import re
import unicodedata

from ..config import SUFFIXES
from .refused import refuse

LONGEST_SEGMENT = 200
"""In bytes of UTF-8: file systems allow 255, and suffixes have to fit."""

_PLAIN = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")
_ENDS = "-."


def permalink(address: str, slug: str, *, path: str = "") -> str:
    """Make an article's address below the site's root, without a slash at either end.

    Args:
        address: the file's path below the articles, suffix included.
        slug: what the front matter asks for instead; may hold slashes, may be empty.
        path: the file as problems name it, where that is not the address.

    Raises:
        Refused: nothing is left of the address, or a part of it is too long for a file system.
    """
    wanted = slug or without_suffix(address)
    segments = [safe for part in wanted.split("/") if (safe := slugify(part))]
    if len(segments) > 1 and segments[-1] == "index":
        segments.pop()
    if not segments:
        raise refuse(
            path or address,
            f"no address can be made from {wanted!r}",
            "write one in the front matter, with letters or digits: slug: my-article",
        )
    for segment in segments:
        if len(segment.encode("utf-8", "replace")) > LONGEST_SEGMENT:
            raise refuse(
                path or address,
                f"the address is too long: {segment[:40]}…",
                "write a shorter one in the front matter: slug: my-article",
            )
    return "/".join(segments)


def alias(address: str) -> str:
    """Make an old address safe in the same way; empty if nothing is left or it is too long."""
    path = re.sub(r"^[a-z]+://[^/]*|[?#].*$", "", address.strip(), flags=re.IGNORECASE)
    segments = [safe for part in path.split("/") if (safe := slugify(part))]
    fits = all(len(segment.encode("utf-8", "replace")) <= LONGEST_SEGMENT for segment in segments)
    return "/".join(segments) if fits else ""


def slugify(text: str) -> str:
    """Make one segment of an address: no slash is left in it, and it may be empty.

    >>> slugify("Harbour & bridge: 50% gone?"), slugify("../.."), slugify("مرفأ المدينة")
    ('Harbour-bridge-50-gone', '', 'مرفأ-المدينة')
    """
    if _PLAIN.fullmatch(text):
        return text
    kept = "".join(c if _stays(c) else " " for c in unicodedata.normalize("NFC", text))
    return "-".join(kept.split()).strip(_ENDS)


def without_suffix(name: str) -> str:
    """Drop the suffix of a kind of file we read; any other stays, for it may be part of a name."""
    stem, dot, suffix = name.rpartition(".")
    return stem if stem and f"{dot}{suffix}".lower() in SUFFIXES else name


def _stays(character: str) -> bool:
    """Whether a character may stand in an address."""
    return character in "-_." or unicodedata.category(character)[0] in "LMN"
