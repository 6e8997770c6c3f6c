"""Addresses in articles: what kind each is, decided in one place for links, pictures and players.

An address is read as a browser reads it (WHATWG URL): tabs and line ends inside it do not count, spaces
around it do not either, and what begins with two slashes names a host.
"""

import re
from enum import StrEnum
from urllib.parse import unquote

from ...model import Record

ID_PREFIX = "h-"
"""Stands before every `id` of an article's own text, so that none is one of the page's."""


class Kind(StrEnum):
    """What an address leads to."""

    EXTERNAL = "external"
    """A page or file on a host: http or https."""
    CONTACT = "contact"
    """mailto or tel."""
    FRAGMENT = "fragment"
    """A place in the article itself."""
    LOCAL = "local"
    """Something in the archive, named from the article's file or from the root."""
    DATA = "data"
    """Content written into the address itself."""
    NONE = "none"
    """No address at all."""
    REFUSED = "refused"
    """Any other scheme, or an address that pretends."""


class Address(Record, frozen=True, kw_only=True):
    """An address, understood."""

    kind: Kind
    href: str = ""
    """As it may be written in a page."""
    path: str = ""
    """LOCAL only: the path, percent-decoded, without query and fragment."""
    host: str = ""
    """EXTERNAL only: the host, without user name and port."""


_DROPPED = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_HOST = re.compile(r"//(?:[^/?#\\]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#\\@:]+)")
_UNFIT = re.compile("[\x00-\x1f\x7f\\\\]")
"""What no address inside an archive needs: controls, and backslashes, which browsers take for slashes."""
_REFUSED = Address(kind=Kind.REFUSED)


def understand(written: str | None) -> Address:
    """Say what an address leads to."""
    if written is None:
        return Address(kind=Kind.NONE)
    href = _DROPPED.sub("", written).strip(_AROUND)
    schemed = _SCHEME.match(href)
    if schemed is not None:
        return _with_scheme(href, schemed[1].lower(), schemed[2])
    if href.startswith("//"):
        return _with_scheme(f"https:{href}", "https", href)
    if href.startswith("#"):
        return Address(kind=Kind.FRAGMENT, href=fragment(href))
    return _local(href)


def fragment(href: str) -> str:
    """Point a link inside an article at the prefixed `id`; `#` alone is the top of the page.

    >>> fragment("#the-flood")
    '#h-the-flood'
    """
    return f"#{ID_PREFIX}{href[1:]}" if href[1:] else href


def _with_scheme(href: str, scheme: str, rest: str) -> Address:
    if scheme in {"http", "https"}:
        host = _HOST.match(rest)
        if host is not None:
            return Address(kind=Kind.EXTERNAL, href=href, host=host[1])
    elif scheme in {"mailto", "tel"}:
        return Address(kind=Kind.CONTACT, href=href)
    elif scheme == "data":
        return Address(kind=Kind.DATA)
    return _REFUSED


def _local(href: str) -> Address:
    path = re.split(r"[?#]", href, maxsplit=1)[0]
    try:
        decoded = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return _REFUSED
    if _UNFIT.search(decoded) or _UNFIT.search(href):
        return _REFUSED
    return Address(kind=Kind.LOCAL, href=href, path=decoded)
