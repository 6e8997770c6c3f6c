"""Where things are: paths of the site's pages, and the links between them.

Paths name files as they stand on disk. Links are relative and percent-encoded, so that a site works
below any base path. `root` is the way from a page up to the site's root: `../` for each folder.
"""

import hashlib
from pathlib import PurePosixPath
from posixpath import splitext
from urllib.parse import quote

from ..catalog import is_file
from ..config import Archive
from ..derived import Import
from ..model import Article
from ..reading.permalinks import LONGEST_SEGMENT, slugify

_SAFE = "/~"


def encoded(path: str) -> str:
    """Percent-encode a path for a link."""
    return quote(path, safe=_SAFE, errors="replace")


def root_of(path: str) -> str:
    """Give the way from a page's file up to the site's root.

    >>> root_of("dates/2023/index.html"), root_of("index.html")
    ('../../', '')
    """
    return "../" * path.count("/")


def page_path(address: str) -> str:
    """Give the file of the page at an address (no slash at either end; "" is the front page)."""
    return f"{address}/index.html" if address else "index.html"


def address(article: Article) -> str:
    """Give the address of an article's page from the site's root, for a link."""
    return f"{encoded(article.permalink)}/"


def whole_address(article: Article, archive: Archive) -> str:
    """Give the address of an article's page for any place; empty while the site's is not known."""
    return f"{archive.address}{address(article)}" if archive.address else ""


def original_name(article: Article) -> str:
    """Name the copy of an article's original that stands in the folder of its page.

    A saved page is published as plain text: as HTML it would run its scripts on the archive's own
    address, and load what it names from other hosts.
    """
    plain = ".txt" if article.reader == "html" else ""
    return f"original{splitext(article.capture.path)[1].lower()}{plain}"


def imported_name(imported: Import) -> str:
    """Name the file beside the page that holds the kept original of an imported article.

    A saved page is published as text, for the reason that `original_name` gives.
    """
    suffix = PurePosixPath(imported.original).suffix
    return f"imported{suffix}.txt" if suffix in {".html", ".htm"} else f"imported{suffix}"


def original_path(article: Article) -> str:
    """Give the path of the copy of an article's original."""
    return f"{article.permalink}/{original_name(article)}"


def tag_address(tag: str) -> str:
    """Give the address of a tag's page; tags that differ in case or signs alone share one."""
    slug = slugify(tag.replace("/", "-")).lower()
    taken = slug == page_path("")
    if not slug or taken or len(slug.encode("utf-8", "replace")) > LONGEST_SEGMENT:
        digest = hashlib.sha256((slug or tag).encode("utf-8", "replace")).hexdigest()
        slug = f"{slug[:20]}-{digest[:12]}".strip("-")
    return f"tags/{slug}"


def alias_path(alias: str) -> str:
    """Give the file of an old address (made safe by the reading): a folder's page, or the file named."""
    return alias if is_file(alias) else page_path(alias)
