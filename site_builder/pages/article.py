"""An article's page: its text first, then what is known of it, how it got here and how to cite it."""

from ..addressbook import Around
from ..config import Archive
from ..derived import Shown
from ..model import Article, Record
from ..reading.language import direction
from .addresses import encoded, imported_name, original_name, tag_address
from .citations import Citation, citations
from .corrections import corrections, report_address
from .crosslinks import with_crosslinks
from .evidence import Evidence, by_hand, evidence
from .exports import Export, exports
from .facts import Fact, fact, facts, rights_of
from .shown_text import captions, deck
from .views import Anchor, Row, Title, row, title
from .wording import When, held_back, rights_words, when

_SAMPLE = 2_000
"""Characters that show which way a text runs."""


class ArticleView(Record, frozen=True, kw_only=True):
    """All that an article's page shows."""

    title: Title
    direction: str
    outlet: Fact
    outlet_address: str
    authors: tuple[Fact, ...]
    published: When
    published_mark: Fact
    deck: str
    body_html: str
    captions: tuple[str, ...]
    corrections: tuple[tuple[When, str], ...]
    """What the archive has put right, and when."""
    report: str
    """Where a reader tells of an error; empty where the archive can be reached nowhere."""
    facts: tuple[Fact, ...]
    tags: tuple[Anchor, ...]
    evidence: Evidence
    citations: tuple[Citation, ...]
    exports: tuple[Export, ...]
    older: Row | None
    newer: Row | None
    original: str
    """The original's file beside the page; empty where the article is withdrawn."""
    held_back: str
    """How much of the text is shown and why, in words; empty where all of it is."""
    imported: str
    """The kept original's file beside the page; empty where the article was not made from one alone."""
    by_hand: str
    """What a person has changed since the article was imported, in words; empty if nothing."""
    reason: str | None
    """Why it is withdrawn, as far as its file says; None where it is not withdrawn."""
    indexed: bool
    """Whether search engines may list the page."""


def article_view(article: Article, shown: Shown, around: Around, archive: Archive) -> ArticleView:
    """Put an article in words and links for its page."""
    withdrawn = article.status == "withdrawn"
    body, headline = shown.body, title(article)
    older, newer, book = around
    rights, kept = rights_of(article, archive), shown.imported
    return ArticleView(
        title=headline,
        direction=direction(article.language.value, body.text[:_SAMPLE] or headline.text),
        outlet=fact("Original publisher", article.outlet),
        outlet_address=f"outlets/{encoded(article.outlet_id)}/" if article.outlet_id else "",
        authors=tuple(fact("Author", author) for author in article.authors if author.known),
        published=when(article.published),
        published_mark=fact("Published", article.published),
        deck=deck(article, body),
        body_html="" if withdrawn else with_crosslinks(article, body, book),
        captions=captions(article),
        corrections=() if withdrawn else corrections(article),
        report=report_address(article, archive),
        facts=facts(article, rights),
        tags=tuple(
            Anchor(text=tag, address=f"{encoded(tag_address(tag))}/") for tag in article.tags
        ),
        evidence=evidence(article, shown.reading.edits, rights),
        citations=citations(article, archive),
        exports=exports(article, archive),
        older=row(older) if older else None,
        newer=row(newer) if newer else None,
        original=original_name(article) if article.whole else "",
        imported=imported_name(kept) if kept and kept.alone else "",
        by_hand=by_hand(kept),
        held_back="" if withdrawn else held_back(article),
        reason=article.status_reason if withdrawn else None,
        indexed=not withdrawn and rights_words(rights.value).evaluated,
    )
