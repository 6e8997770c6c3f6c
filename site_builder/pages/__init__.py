"""The catalogue and what was derived -> the pages of the site.

    open_theme      the templates of an archive, once for a process
    site_pages      everything but the articles and the search page
    search_page     the page that searches, with the search's manifest in it
    article_page    one article's page
    original_page   the page of its original, with every change marked
    indexed_text    the words of that page which the search knows

Templates are filled with views (frozen records of words and links), never with the archive's records.
"""

from ..addressbook import Around
from ..catalog import ORIGINAL_PAGE
from ..config import Archive
from ..derived import Shown
from ..model import Article, Artifact
from .addresses import imported_name, original_path, page_path, root_of
from .article import article_view
from .facts import rights_of
from .head import article_head
from .original import original_view
from .shown_text import indexed_text, lead
from .site import frame, search_page, site_pages
from .theme import Draft, Theme, open_theme
from .wording import rights_words

__all__ = [
    "Draft",
    "Theme",
    "article_page",
    "imported_name",
    "indexed_text",
    "lead",
    "open_theme",
    "original_page",
    "original_path",
    "search_page",
    "site_pages",
]


def article_page(
    theme: Theme, article: Article, shown: Shown, around: Around, archive: Archive
) -> Artifact:
    """Make the page of one article: its text, its record in words, its metadata; or its tombstone.

    Args:
        theme: From `open_theme`.
        article: As the catalogue has it, with its outlet's id.
        shown: What was derived from its original.
        around: The others: its neighbours, and where links between them lead.
        archive: The settings.

    Raises:
        ArchiveError: a template is faulty.
    """
    path = page_path(article.permalink)
    view = article_view(article, shown, around, archive)
    rights = rights_words(rights_of(article, archive).value)
    values = {
        **frame(archive, "", view.title.text),
        "article": view,
        "head": article_head(article, rights, archive, root_of(path)),
        "indexed": view.indexed,
        "description": "",
    }
    return theme.page(path, "article.html", values)


def original_page(
    theme: Theme, article: Article, shown: Shown, text: str, archive: Archive
) -> Artifact:
    """Make the page of an article's original: its text as it is, with every change marked.

    Args:
        theme: From `open_theme`.
        article: As the catalogue has it; not withdrawn.
        shown: What was derived from the original.
        text: The decoded original.
        archive: The settings.

    Raises:
        ArchiveError: a template is faulty.
    """
    view = original_view(article, shown, text)
    values = {
        **frame(archive, "", f"Original of {view.title.text}"),
        "original": view,
        "indexed": False,
        "description": "",
    }
    return theme.page(page_path(f"{article.permalink}/{ORIGINAL_PAGE}"), "original.html", values)
