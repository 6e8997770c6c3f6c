"""What the search knows of one article: what the caller hands to the index and to the shards."""

from ..derived import Tokens
from ..model import Article, Record

FIELDS = ("title", "body")
FACETS = ("author", "language", "outlet", "tag")
"""What articles are filtered by, besides their date. Each has a column in the shards."""

LEAD_LENGTH = 160
"""In code points."""


class IndexRow(Record, frozen=True, kw_only=True):
    """One public article, as the search takes it. Rows come in the catalogue's order."""

    article: Article
    tokens: Tokens
    lead: str = ""
    """How its text begins; no more than `LEAD_LENGTH` of it is kept."""


class StoredRow(Record, frozen=True, kw_only=True):
    """What is shown of an article in a list of results."""

    id: str
    title: str
    date: str = ""
    """EDTF, or empty."""
    outlet: str = ""
    lead: str = ""


def stored_row(row: IndexRow) -> StoredRow:
    """Give what a list of results shows of an article."""
    article = row.article
    return StoredRow(
        id=article.permalink,
        title=article.title.value,
        date=article.published.value,
        outlet=article.outlet.value,
        lead=row.lead[:LEAD_LENGTH],
    )


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """Give the known values of each of `FACETS`, sorted, each once."""
    values = {
        "author": [author.value for author in article.authors],
        "language": [article.language.value],
        "outlet": [article.outlet.value],
        "tag": article.tags,
    }
    return {name: tuple(sorted({value for value in values[name] if value})) for name in FACETS}
