"""Untrusted HTML -> HTML in which nothing runs and nothing loads: nh3 with lists of our own.

Two passes, so that no rule of ours ever looks at HTML that a browser could read in another way:

1. `opened`: what is dangerous goes; what `rewrite.py` turns into something else (pictures, players,
   frames, headings of the first level, anchors) stays for it to see.
2. `sanitise`: what `rewrite.py` has made goes through the final lists, until it is a fixed point:
   parsed and written again it is the same, so a browser reads what we have read.
"""

import re
from collections.abc import Mapping

import nh3

from .tags import names

TAGS = names(
    "a abbr address aside b bdi bdo big blockquote br caption cite code col colgroup data dd del details"
    " dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s"
    " samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u"
    " ul var wbr"
)
"""What may stand in an article's text."""

EMBEDS = names("audio embed iframe object source video")
"""What loads something; `rewrite.py` makes links of them."""

SECTIONS = names("article center dialog fieldset footer form header hgroup legend main nav search")
"""Parts of a page, not of an article: they become `div`, so that words on both sides stay apart."""

CONTROLS = frozenset(("button", "option"))
"""Their words stay, each on a line of its own."""

REMOVED = frozenset(("script", "style", "template"))
"""Taken out with all that stands in them."""

SCHEMES = names("http https mailto tel")
"""What a link may begin with, if it names a scheme."""

_REPORTED = names("blob data file ftp javascript vbscript")
"""Schemes that `rewrite.py` sees and reports as refused; the final pass has no place for them."""

_PLAIN: Mapping[str, frozenset[str]] = {
    "*": frozenset(("dir", "id", "lang", "title")),
    "blockquote": frozenset(("cite",)),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "data": frozenset(("value",)),
    "del": frozenset(("cite", "datetime")),
    "details": frozenset(("open",)),
    "ins": frozenset(("cite", "datetime")),
    "li": frozenset(("value",)),
    "ol": frozenset(("reversed", "start", "type")),
    "q": frozenset(("cite",)),
    "td": frozenset(("colspan", "rowspan")),
    "th": frozenset(("abbr", "colspan", "rowspan", "scope")),
    "time": frozenset(("datetime",)),
}
_OPENED_ATTRIBUTES = {
    **_PLAIN,
    "a": frozenset(("href", "hreflang", "name")),
    "audio": frozenset(("src",)),
    "embed": frozenset(("src",)),
    "iframe": frozenset(("src",)),
    "img": frozenset(("alt", "height", "src", "width")),
    "object": frozenset(("data",)),
    "source": frozenset(("src",)),
    "video": frozenset(("src",)),
}
_FINAL_ATTRIBUTES = {
    **_PLAIN,
    "a": frozenset(("href", "hreflang", "rel")),
    "img": frozenset(("alt", "height", "src", "width")),
}
_SIDES = frozenset(("center", "left", "right"))
_OPENED_VALUES = {cell: {"align": _SIDES} for cell in ("td", "th")}
_FINAL_VALUES = {
    **_OPENED_VALUES,
    "a": {"class": frozenset(("remote",))},
    "img": {"loading": frozenset(("lazy",))},
    "span": {"class": frozenset(("left-out",))},
}
_OPENED = nh3.Cleaner(
    tags=TAGS | EMBEDS | SECTIONS | CONTROLS | {"h1"},
    clean_content_tags=REMOVED,
    attributes=_OPENED_ATTRIBUTES,
    tag_attribute_values=_OPENED_VALUES,
    url_schemes=SCHEMES | _REPORTED,
    link_rel=None,
)
_FINAL = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=REMOVED,
    attributes=_FINAL_ATTRIBUTES,
    tag_attribute_values=_FINAL_VALUES,
    url_schemes=SCHEMES,
    link_rel=None,
)
_NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)
_ROUNDS = 8


class UnstableError(ValueError):
    """HTML that is another document each time it is parsed: made to deceive, or beyond repair."""


def opened(html: str) -> str:
    """Do the first pass: drop what is dangerous, keep what `rewrite` has to see.

    `noscript` is unwrapped before: with no script on our pages, what it holds is what a reader sees.
    """
    return _OPENED.clean(_NOSCRIPT.sub("", html) if "oscript" in html.lower() else html)


def sanitise(html: str) -> str:
    """Do the final pass, until doing it again changes nothing.

    Raises:
        UnstableError: it changes still after several rounds.
    """
    for _ in range(_ROUNDS):
        cleaned = _FINAL.clean(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    message = "parsed again and again, this HTML never stays the same"
    raise UnstableError(message)
