"""What front matter keys mean: every spelling we know of the fields of an article.

A spelling is compared without case, spaces, hyphens and underscores: `Source URL` is `source_url`.
"""

import re

SPELLINGS = {
    "title": "title headline",
    "published": "date published publishdate publisheddate datepublished publicationdate pubdate"
    " publishedat publishedon issued posted postdate year",
    "modified": "modified lastmod updated dateupdated lastupdated lastmodified datemodified"
    " modifieddate lastmodifiedat updatedat",
    "retrieved": "retrieved retrieveddate dateretrieved retrievedat retrievedon accessed accessdate"
    " dateaccessed captured scraped fetched",
    "authors": "author authors creator creators byline",
    "outlet": "outlet source publisher publication journal newspaper sitename",
    "url": "url sourceurl originalurl canonicalurl canonical link externalurl articleurl",
    "language": "language lang",
    "tags": "tags tag topics topic categories category keywords",
    "section": "section",
    "description": "description summary deck excerpt abstract",
    "rights": "rights license licence",
    "slug": "slug",
    "aliases": "aliases alias redirectfrom",
    "draft": "draft",
    "status": "status",
    "status_reason": "statusreason reason",
    "text_level": "textlevel",
    "embargo": "embargo embargountil embargoeduntil",
    "corrections": "corrections correction",
    "acquired": "acquired",
    "approved_cut": "approvedcut",
}
"""Field to its spellings; where a file has several, the first of them that holds a value is taken."""

_ORDER = {
    spelling: (field, rank)
    for field, spellings in SPELLINGS.items()
    for rank, spelling in enumerate(spellings.split())
}
_IGNORED = re.compile(r"[\s_-]+|\(s\)$")


def field_of(key: str) -> str:
    """Give the field that a key names; empty if it is none of ours.

    >>> field_of("Source URL"), field_of("Author(s)"), field_of("weight")
    ('url', 'authors', '')
    """
    return _ORDER.get(_plain(key), ("", 0))[0]


def rank_of(key: str) -> int:
    """Give how early a key's spelling stands among those of its field."""
    return _ORDER.get(_plain(key), ("", 0))[1]


def _plain(key: str) -> str:
    return _IGNORED.sub("", key.strip()).lower()
