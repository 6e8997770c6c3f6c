"""Safe HTML -> the words a reader sees: what is indexed, and what an excerpt is cut from.

The rule, in words that fit every language; `static/excerpt.js` follows it on the open page:

1. Take the character data in the order of the document, references decoded. Text that stands in
   attributes (`alt`, `title`) is no part of it.
2. Each run of HTML white space (tab, LF, FF, CR, space) in it becomes one space.
3. Each start and each end of a block element (`BLOCKS`) becomes one line feed; any other tag nothing.
4. Spaces at both ends of a line are dropped, and so are empty lines.

So words are never glued across two paragraphs or table cells, and never split by a link or emphasis.
"""

import re
from html import unescape

from .tags import TAG, names

BLOCKS = names(
    "address article aside blockquote br caption center col colgroup dd details dialog div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav"
    " ol option p pre search section summary table tbody td tfoot th thead tr ul"
)
"""The elements whose tags separate words. The same list stands in docs/search-format.md."""

_BREAKS = dict.fromkeys(BLOCKS, "\n")
_SPACES = re.compile("  +")


def visible_text(html: str) -> str:
    r"""Give the words of HTML that nh3 has written, blocks separated by line feeds.

    >>> visible_text("<h2>Flood</h2><p>The <b>har</b>bour<br>rose &amp; fell.</p>")
    'Flood\nThe harbour\nrose & fell.'
    """
    for space in "\t\n\f\r":
        html = html.replace(space, " ")
    text = unescape(TAG.sub(lambda tag: _BREAKS.get(tag[2], ""), html))
    lines = (line.strip(" ") for line in _SPACES.sub(" ", text).split("\n"))
    return "\n".join(line for line in lines if line)
