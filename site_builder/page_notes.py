"""Articles whose pages need not be made again.

The key of an article's files covers the program, the settings, the templates, what was derived from the
original, and the neighbours in the catalogue. Beyond that, links must lead where they led, and the pictures
and the kept original beside the article must look the same to the system.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from .article_files import Made
from .cache import Head
from .catalog import Catalog
from .config import Archive
from .derive import Derivations
from .finished import asked_for
from .looks import Look, listing, look
from .model import Article, Kept, Record
from .notes import Notes
from .pages.assets import STATIC, TEMPLATES
from .pages.crosslinks import crosslink


class PageFiles(Record, frozen=True, kw_only=True):
    """An article's files."""

    files: tuple[Kept, ...]
    fixity: tuple[str, ...]
    """The paths of those that fixity is promised of."""


class _Said(Record, frozen=True, kw_only=True):
    """What else is noted of them."""

    links: tuple[tuple[str, str], ...]
    """Each link to the inside as written, and where it led."""
    sources: tuple[tuple[str, Look], ...]
    """Other files of the archive that went into it, relative to the archive."""
    fixity: tuple[str, ...]


class PageNotes:
    """Tells of each article, and of pages of lists, whether their files are in the site as they should be."""

    def __init__(self, notes: Notes, catalog: Catalog, archive: Archive, site: Path) -> None:
        """Take the notes of files, and what all pages stand on."""
        self._notes, self._book, self._root = notes, catalog.book, Path(archive.root)
        own = str(listing(self._root / TEMPLATES, self._root / STATIC))
        encoded = msgspec.msgpack.encode(archive)
        self._settings = asked_for(str(site), own, sha256(encoded).hexdigest())

    def kept(self, article: Article, key: str) -> PageFiles | None:
        """Give an article's files if they are as they should be; else None."""
        note = self._notes.kept(article.permalink, self._key(key)) if key else None
        if note is None:
            return None
        said = msgspec.msgpack.decode(note.said, type=_Said)
        if any(crosslink(written, article, self._book) != led for written, led in said.links):
            return None
        if any(look(f"{self._root}/{path}") != before for path, before in said.sources):
            return None
        return PageFiles(files=note.files, fixity=said.fixity)

    def made(self, article: Article, key: str, made: Made) -> PageFiles:
        """Note an article's files, just made."""
        said = _Said(
            links=tuple(made.links.items()),
            sources=tuple((path, look(f"{self._root}/{path}")) for path in made.sources),
            fixity=made.fixity,
        )
        encoded = msgspec.msgpack.encode(said)
        self._notes.made(article.permalink, self._key(key), made.files, encoded)
        return PageFiles(files=made.files, fixity=said.fixity)

    def kept_pages(self, name: str, key: str) -> tuple[Kept, ...]:
        """Give pages that are as they should be; else none."""
        note = self._notes.kept(name, self._key(key))
        return note.files if note else ()

    def made_pages(self, name: str, key: str, *pages: Kept) -> tuple[Kept, ...]:
        """Note pages, just made."""
        self._notes.made(name, self._key(key), pages)
        return pages

    def _key(self, key: str) -> str:
        return sha256(f"{self._settings} {key}".encode()).hexdigest()


def page_keys(catalog: Catalog, derivations: Derivations) -> Mapping[str, str]:
    """Give for each article, by its permalink, a digest of what its files are made from.

    It is empty where the article looked for a file in vain: what it is made from is not known then.
    """
    derived = {path: _derived(key, head) for path, (key, head) in derivations.items()}
    digests = [sha256(msgspec.msgpack.encode(article)).digest() for article in catalog.articles]
    keys: dict[str, str] = {}
    for place, article in enumerate(catalog.articles):
        near = b"".join(digests[max(0, place - 1) : place + 2])
        first = b"first" if place == 0 else b""
        own = derived[article.capture.path]
        keys[article.permalink] = sha256(own + near + first).hexdigest() if own else ""
    return keys


def _derived(key: str, head: Head) -> bytes:
    """Give what stands for a derivation: its key, and the other files that it found."""
    return "\0".join((key, *head.files)).encode() if head.settled else b""
