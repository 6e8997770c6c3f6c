# ruff: noqa: RUF001 — dashes are the point
"""A page's title: what its metadata states, else its heading, else `<title>`, without the site's name."""

import re
from collections.abc import Sequence

from ...model import UNKNOWN, Assertion, Basis
from .fields import RULE, Tree

_SEPARATOR = r"\s*(?:\s[|–—\-:·•»«/]+\s|[|»«])\s*"
_TITLES = "//title[not(ancestor::svg)]"
_LEAST = 3
"""Code points of a heading that can be told from the rest of a title."""


def page_title(tree: Tree, stated: Assertion, outlet: str) -> Assertion:
    """Give the title of a page's article; unknown if the page has no words for one.

    Args:
        tree: the page.
        stated: the title its metadata states, or unknown.
        outlet: the site's name, if it is known.
    """
    main = _headings(tree, "//h1", outlet)
    if stated.known and stated.value.casefold() != outlet.casefold():
        return _assertion(stated.value, stated.where, main, outlet)
    titles = [words for item in tree.xpath(_TITLES) if (words := _words(item.text or ""))]
    if titles:
        found = _telling(titles[0], _headings(tree, "//h1|//h2", outlet))
        if found:
            return _assertion(found, "heading", [], "")
    if len(main) == 1:
        return _assertion(main[0], "h1", [], "")
    return _assertion(titles[0], "title element", [], outlet) if titles else UNKNOWN


def _headings(tree: Tree, xpath: str, outlet: str) -> list[str]:
    """Give the words of headings; the site's name in its banner is none."""
    found = (_words(item.text_content()) for item in tree.xpath(xpath))
    return [
        words for words in found if len(words) >= _LEAST and words.casefold() != outlet.casefold()
    ]


def _telling(title: str, headings: Sequence[str]) -> str:
    """Give the longest heading that is the title, or all of it but the site's name; else nothing."""
    pattern = r"{0}|{0}{1}.+|.+?{1}{0}"
    fit = [
        heading
        for heading in headings
        if re.fullmatch(pattern.format(re.escape(heading), _SEPARATOR), title)
    ]
    return max(fit, key=len, default="")


def _assertion(words: str, where: str, headings: Sequence[str], outlet: str) -> Assertion:
    value = _without_site(words, headings, outlet)
    return Assertion(
        value=value,
        basis=Basis.STATED,
        as_written=words if words != value else "",
        where=where,
        rule=RULE,
    )


def _without_site(words: str, headings: Sequence[str], outlet: str) -> str:
    """Drop the site's name: what a heading of the page leaves over, or the outlet's own name."""
    found = _telling(words, headings)
    if found:
        return found
    if not outlet:
        return words
    quoted = re.escape(outlet)
    bare = re.sub(rf"{_SEPARATOR}{quoted}\Z|\A{quoted}{_SEPARATOR}", "", words, flags=re.IGNORECASE)
    return bare or words


def _words(text: str) -> str:
    return " ".join(text.split())
