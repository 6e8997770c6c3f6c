"""What the archive has put right in an article, and the way by which readers tell of an error."""

from urllib.parse import urlencode, urlsplit

from ..config import Archive
from ..model import Article
from .addresses import whole_address
from .views import contact
from .wording import When, date_words, is_web_address, plain

_FORGES = {"github.com": "issues/new", "codeberg.org": "issues/new", "gitlab.com": "-/issues/new"}
"""Hosts of repositories whose page for a new issue can be filled in by its address."""
_ISSUE_FIELDS = {"gitlab.com": ("issue[title]", "issue[description]")}


def corrections(article: Article) -> tuple[tuple[When, str], ...]:
    """Give each correction with its date in words."""
    return tuple((date_words(one.date), one.text) for one in article.corrections)


def corrected(article: Article) -> str:
    """Give the day of the last correction (`2024-03-01`), empty where there is none or none is dated."""
    return max((date_words(one.date).machine for one in article.corrections), default="")


def report_address(article: Article, archive: Archive) -> str:
    """Give the address under which a reader tells of an error, filled in; empty where there is none.

    A repository at a host that we know comes first, then the archive's contact.
    """
    title = f"Error in “{plain(article.title.value)}”"
    page = whole_address(article, archive) or article.permalink
    body = f"{page}\nRecord {article.record_id}\n\nWhat is wrong, and how do you know?\n"
    host = urlsplit(archive.repository).hostname or ""
    if is_web_address(archive.repository) and host in _FORGES:
        names = _ISSUE_FIELDS.get(host, ("title", "body"))
        filled = urlencode(dict(zip(names, (title, body), strict=True)))
        return f"{archive.repository.rstrip('/').removesuffix('.git')}/{_FORGES[host]}?{filled}"
    reached = contact(archive.contact)
    if reached is None or not reached.address.startswith("mailto:"):
        return reached.address if reached else ""
    return f"{reached.address}?{_mail(title, body)}"


def _mail(subject: str, body: str) -> str:
    """Fill in a mail (RFC 6068): spaces as %20, line ends as CRLF."""
    return urlencode({"subject": subject, "body": body.replace("\n", "\r\n")}).replace("+", "%20")
