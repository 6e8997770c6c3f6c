"""The words of an article's page that count as its text, in the order of the page.

The template shows them in elements marked `data-text`; the search indexes the same words. What is decided
here (is the summary shown?) is decided once for both.
"""

from ..derived import Body
from ..model import Article
from .wording import one_line, shortened

_LEAD = 160
"""Characters of the text that a search result shows before its page is fetched."""


def deck(article: Article, body: Body) -> str:
    """Give the publisher's summary, unless there is none, or the text begins with it, or is withdrawn."""
    words = one_line(article.description.value) if article.description.known else ""
    beginning = words.rstrip(".… ")
    if _is_withdrawn(article) or not beginning:
        return ""
    return "" if one_line(body.text[: 2 * len(words)]).startswith(beginning) else words


def captions(article: Article) -> tuple[str, ...]:
    """Give the captions found in the file, whose pictures are not held."""
    if _is_withdrawn(article):
        return ()
    return tuple(words for c in article.captions if c.known and (words := one_line(c.value)))


def indexed_text(article: Article, body: Body) -> str:
    """Give what the search indexes as an article's body: summary, text and captions, line by line."""
    text = "" if _is_withdrawn(article) else body.text
    blocks = (deck(article, body), text, *captions(article))
    return "\n".join(block for block in blocks if block)


def lead(text: str) -> str:
    """Give the beginning of a text for a list of results: one line, at most 160 characters."""
    return shortened(one_line(text[: 4 * _LEAD]), _LEAD)


def _is_withdrawn(article: Article) -> bool:
    return article.status == "withdrawn"
