"""What was derived from what: the derivations of articles, kept between builds.

One SQLite file under `.site-builder/`. Deleting it, or finding it damaged, changes nothing but time: a
row is used only under the key it was stored with, and the key covers all that the row was made from.
"""

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from .config import CACHE
from .derived import Derivation, Shown, Words
from .errors import ArchiveError
from .model import Article, Problem, Record

FILE_NAME = "derivations.sqlite"
LOCK = "lock.sqlite"
_DIGEST = 8
_VERSION = 2
"""Of the tables."""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_MENDS = 3
"""How often one build meets damage and begins again: each time a file is made anew."""
PATIENCE = 60.0
"""Seconds that a build waits for another one of the same archive."""

T = TypeVar("T")


class Head(Record, frozen=True, kw_only=True):
    """What the catalogue and the summary need of a derivation, without its text."""

    article: Article
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    """Other files of the archive that its page shows, relative to the archive."""
    settled: bool = True
    """False where the page looked for a file in vain: it may be there next time."""


class CacheDamaged(ArchiveError):  # noqa: N818 — it says what is the case
    """The cache holds something that was not written to it; it is gone now, and can be made anew."""


class Row(Record, frozen=True):
    """One derivation as it is stored."""

    path: str
    """The original's path, relative to the archive."""
    key: str
    """What it was made from: see `digests.derivation_key`."""
    head: bytes
    """A `Head` as MessagePack behind a digest; so the other two: each stage reads what it needs alone."""
    shown: bytes
    words: bytes


def row(path: str, key: str, derivation: Derivation) -> Row:
    """Make the stored form of a derivation."""
    reading, body = derivation.shown.reading, derivation.shown.body
    kept = derivation.shown.imported
    head = Head(
        article=reading.article,
        problems=(*reading.problems, *body.problems),
        files=(*(file.source for file in body.files), *((kept.original,) if kept else ())),
        settled=not body.missing,
    )
    parts = (head, derivation.shown, derivation.words)
    sealed = (_sealed(msgspec.msgpack.encode(part)) for part in parts)
    return Row(path, key, *sealed)


def head_of(stored: bytes) -> Head:
    """Read a head back; what many articles say in the same words is one text in memory."""
    head = msgspec.msgpack.decode(_checked(stored), type=Head)
    article = head.article
    said = (*article.authors, article.outlet, article.language, article.title, article.published)
    for one in (*said, article.url, article.capture.encoding):
        for field in ("where", "rule"):
            msgspec.structs.force_setattr(one, field, sys.intern(getattr(one, field)))
    for one in (*article.authors, article.outlet, article.language, article.capture.encoding):
        msgspec.structs.force_setattr(one, "value", sys.intern(one.value))
    return head


def _sealed(content: bytes) -> bytes:
    """Put a digest before what is stored."""
    return hashlib.blake2b(content, digest_size=_DIGEST).digest() + content


def _checked(stored: bytes) -> bytes:
    """Take the digest off again.

    Raises:
        sqlite3.DatabaseError: it is not that of the rest.
    """
    content = stored[_DIGEST:]
    if _sealed(content) != stored:
        message = "a row is not what was stored"
        raise sqlite3.DatabaseError(message)
    return content


class Cache:
    """The stored derivations of one archive."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open database with our table in it; see `open_cache`."""
        self._connection = connection

    def stored(self) -> Iterator[tuple[str, str, Head]]:
        """Give path, key and head of everything stored, by path."""
        rows = self._connection.execute("SELECT path, key, head FROM derivations ORDER BY path")
        for path, key, head in rows:
            yield path, key, head_of(head)

    def put(self, rows: Iterable[Row]) -> None:
        """Store derivations, in place of what was stored for the same paths."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO derivations VALUES (?, ?, ?, ?, ?)",
            ((r.path, r.key, r.head, r.shown, r.words) for r in rows),
        )

    def looks(self) -> dict[str, str]:
        """Give for each path what its file looked like when it was last read; see `put_looks`."""
        return dict(self._connection.execute("SELECT path, look FROM looks"))

    def put_looks(self, looks: Mapping[str, str]) -> None:
        """Note what files look like that need not be read again while they do: these and no others."""
        if looks == self.looks():
            return
        self._connection.execute("DELETE FROM looks")
        self._connection.executemany("INSERT INTO looks VALUES (?, ?)", looks.items())

    def keep_only(self, paths: Iterable[str]) -> None:
        """Forget what is stored for any other path."""
        stored = {path for (path,) in self._connection.execute("SELECT path FROM derivations")}
        gone = stored - set(paths)
        self._connection.executemany(
            "DELETE FROM derivations WHERE path = ?", ((path,) for path in sorted(gone))
        )

    def shown(self, path: str) -> Shown:
        """Give what an article's page is made from.

        Raises:
            KeyError: nothing is stored for the path.
        """
        return msgspec.msgpack.decode(_checked(self._stored_in("shown", path)), type=Shown)

    def words(self, path: str) -> Words:
        """Give what the search knows of an article.

        Raises:
            KeyError: nothing is stored for the path.
        """
        return msgspec.msgpack.decode(_checked(self._stored_in("words", path)), type=Words)

    def keep(self) -> None:
        """Make what was stored stay, whatever happens next, and visible to other processes."""
        self._connection.commit()

    def _stored_in(self, column: str, path: str) -> bytes:
        found: tuple[bytes] | None = self._connection.execute(
            f"SELECT {column} FROM derivations WHERE path = ?",  # noqa: S608 — a name of ours
            (path,),
        ).fetchone()
        if found is None:
            raise KeyError(path)
        return found[0]


def mended(work: Callable[[], T], told: Callable[[T, Sequence[Problem]], T]) -> T:
    """Do some work, again where a file of the cache turns out to be damaged, and tell of that."""
    met: list[Problem] = []
    while True:
        try:
            return told(work(), met)
        except CacheDamaged as damage:
            if len(met) == _MENDS:
                raise
            met.append(Problem(path=damage.path, message=damage.message, hint=damage.hint))


@contextmanager
def workplace(root: Path) -> Iterator[Path]:
    """Give the folder that an archive's cache and index are kept in.

    An archive that cannot be written to, on a disc or another's share, is worked on in a temporary folder.
    """
    folder = root / CACHE
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        kept = False
    else:
        kept = os.access(folder, os.W_OK)
    if kept:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="site-builder-") as temporary:
        yield Path(temporary)


@contextmanager
def open_cache(folder: Path, *, clean: bool = False) -> Iterator[Cache]:
    """Open the cache in a folder, or make it; what is not wanted is forgotten.

    Until the block ends no other build of the same archive gets past this point, so two of them cannot
    mix their files in one site. Changes are committed when the block ends without an exception.

    Raises:
        CacheDamaged: something was found that was not written here; also inside the block.
        ArchiveError: the disk is full, or another build is at work for longer than a minute.
    """
    path = folder / FILE_NAME
    with _lock(folder / LOCK):
        try:
            with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection, connection:
                _set_up(connection)
                cache = Cache(connection)
                if clean:
                    cache.keep_only(())
                    cache.put_looks({})
                yield cache
        except sqlite3.OperationalError as error:
            raise _refused(path, error) from error
        except sqlite3.DatabaseError as error:
            path.unlink(missing_ok=True)
            raise _damaged(error, path) from error
        except CacheDamaged:  # another process of this build met it
            path.unlink(missing_ok=True)
            raise


@contextmanager
def read_cache(folder: Path) -> Iterator[Cache]:
    """Open the cache that another process of the same build has brought up to date, for reading.

    Raises:
        CacheDamaged: something was found that was not written here; also inside the block.
    """
    path = folder / FILE_NAME
    address = f"{path.as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as connection:
            yield Cache(connection)
    except sqlite3.OperationalError as error:
        raise _refused(path, error) from error
    except sqlite3.DatabaseError as error:
        raise _damaged(error, path) from error


def _refused(path: Path, error: sqlite3.Error) -> ArchiveError:
    hint = "look at the room on the disk, and whether another build is running"
    return ArchiveError(f"the cache failed: {error}", path=str(path), hint=hint)


def _damaged(error: Exception, path: Path) -> CacheDamaged:
    return CacheDamaged(
        f"this file of the cache was damaged ({error}), so it was made anew",
        path=str(path),
        hint="nothing is lost; if it comes again, look at the disk",
    )


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Keep other builds waiting: an empty database is a lock that every system has, and lets go of."""
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
            _hold(connection, path)
            yield
    except sqlite3.OperationalError as error:
        raise _refused(path, error) from error


def _hold(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:  # somebody else's file: it holds nothing of ours
        path.unlink()
        raise _damaged(error, path) from error


def _set_up(connection: sqlite3.Connection) -> None:
    """Make the tables if they are not there."""
    # A cache need not survive a power cut: what is lost is derived again.
    connection.execute("PRAGMA synchronous = OFF")
    known = connection.execute("PRAGMA user_version").fetchone()[0]
    if known != _VERSION:
        for (name,) in connection.execute(_TABLES).fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        connection.execute(
            "CREATE TABLE derivations (path TEXT PRIMARY KEY, key TEXT, head BLOB, shown BLOB, words BLOB)"
        )
        connection.execute("CREATE TABLE looks (path TEXT PRIMARY KEY, look TEXT)")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
