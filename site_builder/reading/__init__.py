"""Original -> Reading: an article, its text, and the edits that led to it.

decode/                  bytes -> text, and which encoding they are in
front_matter/            the block above a text -> fields
markdown, text/, html/   text -> Reading, one reader for each kind of file
here                     what holds for every reader: the language, and what a withdrawal takes away
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from ..config import CONFIG_NAME, Archive
from ..model import UNKNOWN, Article, Assertion, Basis, Original, Reading
from ..rights import address_of
from .decode import Decoded, decode
from .html import read_html
from .language import infer_language
from .markdown import read_markdown
from .outlets import outlet_file, outlet_named
from .refused import Refused
from .text import read_text
from .withheld import without_text

__all__ = ["Refused", "read"]

_READERS: Mapping[str, Callable[[Original, Decoded, Archive], Reading]] = MappingProxyType(
    {"markdown": read_markdown, "text": read_text, "html": read_html}
)


def read(original: Original, content: bytes, archive: Archive) -> Reading:
    """Read one file of an archive.

    Raises:
        Refused: The file cannot become an article: it is empty, no text, or has no safe address.
    """
    reading = _READERS[original.reader](original, decode(original, content), archive)
    language = _language(reading, archive)
    rights = _in_list(reading.article.rights)
    article = replace(reading.article, language=language, rights=rights)
    reading = replace(reading, article=article)
    return without_text(reading, original) if reading.article.status == "withdrawn" else reading


def _in_list(rights: Assertion) -> Assertion:
    """Give a statement or licence by the address that its list gives it; other words stay."""
    address = address_of(rights.value)
    if not address or address == rights.value:
        return rights
    return replace(rights, value=address, as_written=rights.as_written or rights.value)


def _language(reading: Reading, archive: Archive) -> Assertion:
    """Give the language the file states, else its outlet's, else what the text shows, else the archive's.

    The archive's own language is a word about all its articles at once; a text that clearly is in another
    language is the better witness of itself.
    """
    found = reading.article.language
    if found.basis is Basis.STATED:
        return found
    outlets = _outlet_language(reading.article, archive)
    if outlets.known:
        return outlets
    shown = found if found.known else infer_language(reading.text)
    if not archive.language or (shown.known and _main(shown.value) != _main(archive.language)):
        return shown
    return Assertion(value=archive.language, basis=Basis.SUPPLIED, where=CONFIG_NAME)


def _main(language: str) -> str:
    """Give the main subtag: `en` of `en-GB`."""
    return language.partition("-")[0].casefold()


def _outlet_language(article: Article, archive: Archive) -> Assertion:
    """Give the language that the outlet's own file names; unknown if there is none."""
    outlet = outlet_named(article.outlet.value, archive.outlets)
    if outlet is None or not outlet.language:
        return UNKNOWN
    return Assertion(value=outlet.language, basis=Basis.SUPPLIED, where=outlet_file(outlet))
