"""The keeper's own words (about page, notes on outlets): Markdown, made safe like an article's text."""

from pathlib import Path

from ..config import CONFIG_NAME, Archive
from ..model import Article, Assertion, Basis, Capture, Reading
from .body import render_body


def note_html(markdown: str, archive: Archive) -> str:
    """Give the safe HTML of a note; empty if there is none."""
    if not markdown.strip():
        return ""
    supplied = Assertion(value=CONFIG_NAME, basis=Basis.SUPPLIED)
    capture = Capture(
        path=CONFIG_NAME, size=0, sha256="", media_type="text/markdown", encoding=supplied
    )
    note = Article(permalink="about", capture=capture, reader="markdown", title=supplied)
    reading = Reading(article=note, markup="markdown", text=markdown)
    return render_body(reading, Path(archive.root)).html
