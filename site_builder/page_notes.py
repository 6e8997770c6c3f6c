"""Pages that need not be made again: what each article's files were made from, and what they came to.

The note of an article's files is used only while all of it still holds: the key covers the program, the
settings, the templates, what was derived from the original, and the neighbours in the catalogue; links must
lead where they led; the pictures and the kept original beside the article must look the same to the system,
and so must its files in the site. Deleting the notes changes nothing but time.
"""

from hashlib import sha256
from pathlib import Path

import msgspec

from .article_files import Made
from .cache import Cache, Head
from .catalog import Catalog
from .config import Archive
from .finished import Look, asked_for, listing, look
from .model import Article, Kept, Record
from .pages.assets import STATIC, TEMPLATES
from .pages.crosslinks import crosslink

FILE_NAME = "pages.msgpack"


class PageNote(Record, frozen=True, kw_only=True):
    """What is known of one article's files in the site."""

    key: str
    links: tuple[tuple[str, str], ...]
    """Each link to the inside as written, and where it led."""
    sources: tuple[tuple[str, Look], ...]
    """Other files of the archive that went into it, relative to the archive."""
    files: tuple[Kept, ...]
    fixity: tuple[str, ...]
    """The paths of those that fixity is promised of."""
    looks: tuple[Look, ...] = ()
    """Of each of the files in the site."""


class _Notes(Record, frozen=True, kw_only=True):
    settings: str
    pages: dict[str, PageNote]


class PageNotes:
    """The notes of the last build, and those of this one."""

    def __init__(self, desk: Path, site: Path, archive: Archive, *, clean: bool) -> None:
        """Read what was noted when the same program built with the same settings into the same folder."""
        self._path, self._site, self._root = desk / FILE_NAME, site, Path(archive.root)
        own = listing((self._root / TEMPLATES, self._root / STATIC))
        encoded = msgspec.msgpack.encode(archive)
        self._settings = asked_for(str(site), own, sha256(encoded).hexdigest())
        self._before = {} if clean else self._read()
        self._now: dict[str, PageNote] = {}

    def kept(self, article: Article, key: str, catalog: Catalog) -> PageNote | None:
        """Give the note of an article whose files in the site are as they should be; else None."""
        note = self._before.get(article.permalink)
        if note is None or not key or note.key != key:
            return None
        if any(crosslink(written, article, catalog) != led for written, led in note.links):
            return None
        if any(look(self._root / path) != before for path, before in note.sources):
            return None
        looks = (look(self._site / file.path) for file in note.files)
        if any(found != before for found, before in zip(looks, note.looks, strict=True)):
            return None
        self._now[article.permalink] = note
        return note

    def made(self, article: Article, key: str, made: Made) -> PageNote:
        """Note what an article's files were made from, and what they came to."""
        note = PageNote(
            key=key,
            links=tuple(made.links.items()),
            sources=tuple((path, look(self._root / path)) for path in made.sources),
            files=made.files,
            fixity=made.fixity,
        )
        self._now[article.permalink] = note
        return note

    def write(self) -> None:
        """Store the notes, once the site is as they say."""
        pages = {
            permalink: note if note.looks else self._seen(note)
            for permalink, note in self._now.items()
        }
        beside = self._path.with_suffix(".new")
        beside.write_bytes(msgspec.msgpack.encode(_Notes(settings=self._settings, pages=pages)))
        beside.replace(self._path)

    def _seen(self, note: PageNote) -> PageNote:
        looks = tuple(look(self._site / file.path) for file in note.files)
        files = tuple(msgspec.structs.replace(file, changed=False) for file in note.files)
        return msgspec.structs.replace(note, files=files, looks=looks)

    def _read(self) -> dict[str, PageNote]:
        try:
            notes = msgspec.msgpack.decode(self._path.read_bytes(), type=_Notes)
        except (OSError, msgspec.DecodeError):
            return {}
        return notes.pages if notes.settings == self._settings else {}


def page_keys(catalog: Catalog, cache: Cache) -> dict[str, str]:
    """Give for each article, by its permalink, a digest of what its files are made from.

    It is empty where the article looked for a file in vain: what it is made from is not known then.
    """
    derived = {path: _derived(key, head) for path, key, head in cache.stored()}
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
