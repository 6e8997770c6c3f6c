"""What single values of front matter mean: a language, an address, a list of names, yes or no."""

import re

from ...model import Basis
from .nodes import Node, as_text

_CONCLUDED = re.compile(r"[\"'\]]?[ \t]+# (inferred|supplied): ([^\n]+)")
_WHITE_SPACE = re.compile(r"[ \t\n\r\f\x85\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LANGUAGE_NAMES = {
    "arabic": "ar",
    "chinese": "zh",
    "dutch": "nl",
    "english": "en",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "italian": "it",
    "japanese": "ja",
    "latin": "la",
    "persian": "fa",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
}
_YES = frozenset(("true", "yes", "on", "1"))
_NO = frozenset(("false", "no", "off", "0"))
_COMMA = re.compile(r",")
_STATUSES = {
    "public": "public",
    "publish": "public",
    "published": "public",
    "draft": "draft",
    "withdrawn": "withdrawn",
}


def basis_noted(text: str, end: int) -> tuple[Basis, str]:
    """Give what the comment behind a value says of it: that it was concluded, or supplied, and how.

    `import` writes it, and who confirms the value deletes it.

    >>> basis_noted("language: en # inferred: common words", 12)
    (<Basis.INFERRED: 'inferred'>, 'common words')
    """
    found = _CONCLUDED.match(text, end)
    return (Basis(found[1]), found[2].strip()) if found else (Basis.STATED, "")


def one_line(text: str) -> str:
    """Give words on one line, and control characters as U+FFFD, so that any page can show them.

    Spaces that a typesetter chose (no-break, ideographic) stay: they are part of the wording.
    """
    return _WHITE_SPACE.sub(" ", _CONTROL.sub("\ufffd", text)).strip()


def address_in(text: str) -> str:
    """Give the web address that a value is; empty if it is none."""
    address = text.strip().removeprefix("<").removesuffix(">")
    return address if _ADDRESS.fullmatch(address) else ""


def language_tag(text: str) -> str:
    """Give the BCP 47 tag of a language by tag or by English name; empty if it is neither.

    >>> language_tag("en_US"), language_tag("Latin"), language_tag("the usual one")
    ('en-US', 'la', '')
    """
    written = text.strip()
    named = _LANGUAGE_NAMES.get(written.lower(), "")
    return named or (written.replace("_", "-") if _LANGUAGE.fullmatch(written) else "")


def truth(text: str) -> bool | None:
    """Understand yes and no; None if it is neither."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def status_of(text: str) -> str:
    """Understand an article's status; empty if it is none of ours."""
    return _STATUSES.get(text.strip().lower(), "")


def percent(text: str) -> float | None:
    """Understand a share; None if it is none.

    >>> percent("40%"), percent("40 %"), percent("half")
    (0.4, 0.4, None)
    """
    found = re.fullmatch(r"(\d{1,2}|100)\s*%", text.strip())
    return int(found[1]) / 100 if found else None


def name_of(node: Node) -> Node:
    """Give the name in a mapping that describes a person or a publisher; else the node itself."""
    named = [entry.node for entry in node.entries or () if entry.key.lower() == "name"]
    return named[0] if named and named[0].is_text else node


def members(node: Node, *, commas: bool = False, names: bool = False) -> list[Node]:
    """Give the values of a list, or of a text that lists them.

    Args:
        node: A list, a text or a mapping.
        commas: Commas part a text.
        names: Commas part a text of full names; `Doe, Jane` stays one.
    """
    if node.items is not None:
        return [found for item in node.items for found in members(name_of(item))]
    if not node.is_text:
        return [Node(text=as_text(node), line=node.line)]
    if commas or (names and _all_full(node.text)):
        return _parts(node)
    return [node] if node.text.strip() else []


def _all_full(text: str) -> bool:
    """Whether each part between commas has two words or more: names in full, not `Doe, Jane`."""
    return all(len(part.split()) > 1 for part in text.split(","))


def _parts(node: Node) -> list[Node]:
    """Cut a text at its commas, and keep the place of each part that has words."""
    parts: list[Node] = []
    done = 0
    for end in (*(found.start() for found in _COMMA.finditer(node.text)), len(node.text)):
        part = node.text[done:end]
        words = part.strip(" \t\n,")
        first = done + part.find(words)
        if words:
            start = node.chars[0] + first if node.chars else 0
            chars = (start, start + len(words)) if node.chars else None
            parts.append(Node(text=words, line=node.line, chars=chars))
        done = end
    return parts


def only(node: Node) -> Node:
    """Give the one value of a list that has one; else the node itself."""
    return node.items[0] if node.items is not None and len(node.items) == 1 else node


def shortened(text: str) -> str:
    """Cut a value for a message."""
    shown = one_line(text)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"  # noqa: PLR2004 — what fits a line
