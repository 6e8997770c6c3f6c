"""A saved page -> Reading: the article's own part, and what the page's metadata says of it.

Each value names the place it was taken from. What the metadata does not state, and trafilatura or
htmldate find in the page's wording, is inferred. No edits: an extraction cannot be replayed by a list.

- `tree.py`: the page as lxml's tree
- `extract.py`: the article's own part of it
- `fields.py`, `json_ld.py`, `title.py`: what the metadata states; `guess.py`: what is concluded without it
- `markdown.py`: the same part as Markdown, for `import`
"""

import re
from collections.abc import Sequence
from html import unescape
from urllib.parse import urlsplit

from msgspec.structs import replace

from ...config import Archive
from ...model import UNKNOWN, Article, Assertion, Basis, Original, Problem, Reading
from ...outlet import Outlet
from ..decode import Decoded
from ..language import infer_language
from ..outlets import outlet_file
from ..permalinks import permalink
from ..titles import FIRST_LINE, first_words, title_from_name
from .extract import ARTICLE, RECALL, WHOLE_PAGE, Extract, captions, extract
from .fields import RULE, Metadata, Tree, first, metadata
from .guess import guess_authors, guess_date
from .title import page_title
from .tree import parse, words_as_html

_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>\s*", re.DOTALL)
_TOO_DEEP = "too deep"
_FAULTS = {
    RECALL: (
        "little of this page was clearly the article, so more of what stands around it is shown",
        "compare the page with its original, or save the article as text",
    ),
    WHOLE_PAGE: (
        "the article could not be told from the rest of this page, so all its words are shown",
        "save the article as text or Markdown, without the page around it",
    ),
    _TOO_DEEP: (
        "this page is nested too deep to be read as HTML, so its words are shown without their form",
        "save the article as text or Markdown",
    ),
}
"""What is said of an extraction that did not go as it should."""


def read_html(original: Original, decoded: Decoded, archive: Archive) -> Reading:
    """Read a saved page.

    Raises:
        Refused: no permalink can be made from its address.
    """
    tree, whole = parse(decoded.text)
    part = extract(tree) if whole else Extract(html=words_as_html(decoded.text), how=_TOO_DEEP)
    found = metadata(tree)
    outlet = first(found, "outlet")
    if not outlet.known:
        outlet = _outlet_at(first(found, "url").value, archive.outlets)
    title = page_title(tree, first(found, "title"), outlet.value)
    text = _without_heading(part.html, title.value)
    words = _words(text)
    language, guessed = first(found, "language"), infer_language(words)
    article = replace(
        _article(original, decoded, tree, found),
        title=title if title.known else _other_title(words, original),
        outlet=outlet,
        language=language if language.known else guessed,
        captions=tuple(_caption(caption) for caption in captions(tree, part)),
    )
    problems = (
        *decoded.problems,
        *_problems(original.path, part, words),
        *_language_problems(original.path, language.value, guessed.value),
    )
    return Reading(article=article, markup="html", text=text, problems=problems)


def _article(original: Original, decoded: Decoded, tree: Tree, found: Metadata) -> Article:
    """Put together what the metadata states; author and date may be concluded from the wording."""
    return Article(
        permalink=permalink(original.address, "", path=original.path),
        capture=decoded.capture,
        reader="html",
        title=UNKNOWN,
        authors=found.get("authors") or guess_authors(tree),
        published=first(found, "published") if "published" in found else guess_date(tree),
        retrieved=first(found, "retrieved"),
        modified=first(found, "modified"),
        url=first(found, "url"),
        section=first(found, "section"),
        description=first(found, "description"),
        rights=first(found, "rights"),
        tags=tuple(tag.value for tag in found.get("tags", ())),
        text_level="",
    )


def _outlet_at(url: str, outlets: Sequence[Outlet]) -> Assertion:
    """Conclude the outlet from the page's address, where a declared outlet has the same host."""
    host = _host(url)
    for outlet in outlets:
        if host and host in {_host(outlet.url), *(form.lower() for form in outlet.forms)}:
            return Assertion(
                value=outlet.name,
                basis=Basis.INFERRED,
                where=outlet_file(outlet),
                rule="html.outlet-host@1",
                note=f"the page's address is at {host}",
            )
    return UNKNOWN


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _without_heading(html: str, title: str) -> str:
    """Drop the heading that says again what the page's title says."""
    for heading in _HEADING.finditer(html):
        if _words(heading[2]).casefold() == title.casefold():
            return html[: heading.start()] + html[heading.end() :]
    return html


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _other_title(words: str, original: Original) -> Assertion:
    """Make a title of the page's first words, or of the file's name if it has none."""
    if not words:
        return title_from_name(original.address)
    return Assertion(
        value=first_words(words),
        basis=Basis.SUPPLIED,
        rule=FIRST_LINE,
        note="the page states no title: these are its first words",
    )


def _caption(words: str) -> Assertion:
    return Assertion(value=words, basis=Basis.STATED, where="figcaption", rule=RULE)


def _problems(path: str, part: Extract, words: str) -> tuple[Problem, ...]:
    """Say where the extraction did not go as it should."""
    if not words:
        hint = "its words may be in a frame or made by a script: save the article as text"
        return (Problem(path=path, message="this page holds no words", hint=hint),)
    if part.bare or part.how == ARTICLE:
        return ()
    message, hint = _FAULTS[part.how]
    return (Problem(path=path, message=message, hint=hint),)


def _language_problems(path: str, stated: str, guessed: str) -> tuple[Problem, ...]:
    """Say where a template's language is not the text's."""
    if not stated or not guessed or stated.lower().split("-")[0] in {guessed, "no"}:
        return ()
    return (
        Problem(
            path=path,
            message=f"the page says its language is {stated}, but its words look like {guessed}",
            hint="write the article as Markdown with language: in its front matter if that is wrong",
        ),
    )
