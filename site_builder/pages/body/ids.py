"""The `id`s of one article's text: unique in it, and none that the page itself could have."""

import re
import unicodedata
from collections import defaultdict

from .links import ID_PREFIX

_NOT_SLUG = re.compile(r"[^\w-]+")
_SPACE = re.compile(r"\s")
_LONGEST_SLUG = 80


class Ids:
    """The `id`s given so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self._given: set[str] = set()
        # Where numbering goes on, so that a thousand headings of one wording take no longer each.
        self._numbers: defaultdict[str, int] = defaultdict(lambda: 1)

    def keep(self, attributes: dict[str, str]) -> dict[str, str]:
        """Give attributes with a safe `id`, made from their `id` or `name` if that is still free."""
        kept = {key: value for key, value in attributes.items() if key not in {"id", "name"}}
        own = attributes.get("id") or attributes.get("name", "")
        prefixed = ID_PREFIX + own
        if own and prefixed not in self._given and not _SPACE.search(own):
            self._given.add(prefixed)
            kept["id"] = prefixed
        return kept

    def of_heading(self, words: str) -> str:
        """Make a new `id` from a heading's words."""
        wanted = ID_PREFIX + slug(words)
        candidate = wanted
        while candidate in self._given:
            self._numbers[wanted] += 1
            candidate = f"{wanted}-{self._numbers[wanted]}"
        self._given.add(candidate)
        return candidate


def slug(words: str) -> str:
    """Make the readable part of a heading's `id`.

    >>> slug("What the flood left, 1931")
    'what-the-flood-left-1931'
    """
    normal = unicodedata.normalize("NFC", words).lower()
    return _NOT_SLUG.sub("-", normal).strip("-")[:_LONGEST_SLUG] or "section"
