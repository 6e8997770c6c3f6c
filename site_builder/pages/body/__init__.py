"""An article's text -> safe HTML for its page, the words a reader sees in it, and the files it needs.

markdown, plain     the text as HTML, not yet safe
sanitise            first pass: what is dangerous goes            (`tags`: how nh3 writes it)
rewrite             headings, links, media                        (`ids`, `links`, `targets`, `files`)
sanitise            final pass
visible             its words; `faults`: what could not be shown
"""

import re
from html import unescape
from pathlib import Path

from ...derived import Body
from ...model import Problem, Reading
from . import faults
from .files import Shelf
from .markdown import UnrenderableError, markdown_html
from .plain import paragraphs
from .rewrite import Rewritten, rewrite
from .sanitise import UnstableError, opened, sanitise
from .visible import visible_text

DEEPEST = 400
"""Levels of HTML elements; browsers give up at about 512, and parsing takes time with their square."""
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|source|td|th|tr|wbr)\b)"
    r"[A-Za-z]"
)
"""Tags that nest: not those without content, nor those whose end tag is often left out."""
_ANY_TAG = re.compile(r"<[^<>]*>")
_UNFIT = re.compile("[\0\ud800-\udfff]")
"""What no HTML can hold."""


def render_body(reading: Reading, root: Path) -> Body:
    """Make an article's text ready for its page.

    Args:
        reading: what reading made of the original; `markup` says what its text is written in.
        root: the archive's folder, to find the pictures and files that stand beside the article.

    Never raises for what the text holds: what cannot be rendered is shown as plain paragraphs, with a
    problem that says why.
    """
    if not reading.text.strip():
        return Body(html="", text="")
    text = _UNFIT.sub("\ufffd", reading.text)
    try:
        return _rendered(reading, root, _unsafe_html(reading.markup, text))
    except (UnrenderableError, UnstableError) as error:
        return _as_written(reading, text, str(error))


def _unsafe_html(markup: str, text: str) -> str:
    if markup == "text":
        return paragraphs(text)
    html = markdown_html(text) if markup == "markdown" else text
    if _depth(html) > DEEPEST:
        message = f"its HTML is nested more than {DEEPEST} levels deep"
        raise UnrenderableError(message)
    return html


def _rendered(reading: Reading, root: Path, source: str) -> Body:
    article = reading.article
    shelf = Shelf(root, article.capture.path, article.permalink)
    saved_from = article.url.value if reading.markup == "html" else ""
    rewritten: Rewritten = rewrite(opened(source), shelf, saved_from)
    html = sanitise(rewritten.html)
    found: tuple[Problem, ...] = tuple(faults.problems(reading, root, rewritten, source))
    return Body(
        html=html,
        text=visible_text(html),
        files=rewritten.files,
        links=rewritten.links,
        missing=(*rewritten.missing, *rewritten.unfit),
        problems=found,
    )


def _as_written(reading: Reading, text: str, why: str) -> Body:
    """Show Markdown with its marks, and HTML without its tags."""
    if reading.markup == "html":
        text = unescape(_ANY_TAG.sub("\n", text))
    html = sanitise(paragraphs(text))
    return Body(html=html, text=visible_text(html), problems=(faults.as_written(reading, why),))


def _depth(html: str) -> int:
    """Count how deep elements nest at most, without parsing: never less than a parser would find."""
    deepest = depth = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest
