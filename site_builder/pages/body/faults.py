"""What could not be shown of an article's text, said so that a person can mend it.

At most one problem of each sort an article: some archives hold hundreds of articles without their pictures.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from ...model import Problem, Reading
from .rewrite import Rewritten

_SHOWN = 3
_LONGEST = 80
_SWALLOWING = ("script", "style", "template", "textarea", "title", "svg", "math")
_DRAWING = re.compile(r"<(?:svg|math)[\s>/]", re.IGNORECASE)


def problems(reading: Reading, root: Path, rewritten: Rewritten, source: str) -> Iterator[Problem]:
    """Say what is missing, refused or left out; `source` is the HTML before it was sanitised."""
    path = reading.article.capture.path
    if rewritten.missing:
        yield Problem(
            path=path,
            line=_line(reading, root, rewritten.missing[0]),
            message=f"not in the archive: {_listed(rewritten.missing)}",
            hint="put the files where the article looks for them, or correct its addresses",
        )
    if rewritten.unfit:
        yield Problem(
            path=path,
            line=_line(reading, root, rewritten.unfit[0]),
            message=f"not of a kind that a page may show: {_listed(rewritten.unfit)}",
            hint="save it as PNG, JPEG, GIF, WebP or AVIF; an SVG drawing can hold scripts",
        )
    if rewritten.refused:
        yield Problem(
            path=path,
            line=_line(reading, root, rewritten.refused[0]),
            message=f"not made a link: {_listed(rewritten.refused)}",
            hint="an article may link to http, https, mailto and tel addresses and inside the archive",
        )
    left_out = _left_out(rewritten, source)
    if left_out:
        yield Problem(
            path=path,
            message=f"not shown: {left_out}",
            hint="save each as a PNG or JPEG file beside the article, and name that file",
        )
    unclosed = _unclosed(source)
    if unclosed:
        yield Problem(
            path=path,
            line=_line(reading, root, unclosed),
            message=f"{unclosed} is begun and never ended; the text after it may not be shown",
            hint="end it, or take it out",
        )


def as_written(reading: Reading, why: str) -> Problem:
    """Say that a text is shown without its formatting."""
    return Problem(
        path=reading.article.capture.path,
        message=f"the text is shown as plain paragraphs, because {why}",
        hint="make several articles of it, or simplify its marks",
    )


def _left_out(rewritten: Rewritten, source: str) -> str:
    drawings = len(_DRAWING.findall(source)) if "<" in source else 0
    counts = (
        (rewritten.inlined, "picture written into the text", "pictures written into the text"),
        (drawings, "drawing or formula (SVG, MathML)", "drawings or formulas (SVG, MathML)"),
    )
    return ", ".join(
        f"{count} {one if count == 1 else many}" for count, one, many in counts if count
    )


def _unclosed(source: str) -> str:
    """Name what swallows the rest of a text, if one of them has no end."""
    if "<" not in source:
        return ""
    lower = source.lower()
    pairs = (("<!--", "-->"), *((f"<{name}", f"</{name}") for name in _SWALLOWING))
    begun = ((start, end) for start, end in pairs if start in lower)
    return next((start for start, end in begun if lower.count(start) > lower.count(end)), "")


def _listed(addresses: Sequence[str]) -> str:
    shown = ", ".join(_short(address) for address in addresses[:_SHOWN])
    more = len(addresses) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _short(address: str) -> str:
    fit = "".join(c if c.isprintable() else "\ufffd" for c in address)
    return fit if len(fit) <= _LONGEST else f"{fit[: _LONGEST - 1]}…"


def _line(reading: Reading, root: Path, address: str) -> int:
    """Find the line of the original that holds an address; 0 if none does as it is written here.

    The reading has lost the line numbers with its front matter, so the file is looked at once more; only
    articles with a fault pay for it.
    """
    capture = reading.article.capture
    try:
        content = (root / capture.path).read_bytes()
    except OSError:
        return 0
    text = content.decode(capture.encoding.value or "utf-8", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for form in (address, unquote(address), address.replace("&", "&amp;")):
        at = text.find(form) if form else -1
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 0
