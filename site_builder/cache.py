"""What was derived from what: the derivations of articles, kept between builds.

One SQLite file under `.site-builder/`. Deleting it, or finding it damaged, changes nothing but time: a
row is used only under the key it was stored with, and the key covers all that the row was made from.
"""

import hashlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache as once
from importlib.metadata import version
from pathlib import Path

import msgspec

from .config import CACHE, Archive
from .derived import Derivation, Shown, Words
from .errors import ArchiveError
from .model import Article, Original, Problem, Record

FILE_NAME = "derivations.sqlite"
LOCK = "lock.sqlite"
PATIENCE = 60.0
"""Seconds that a build waits for another one of the same archive."""


class Head(Record, frozen=True, kw_only=True):
    """What the catalogue and the summary need of a derivation, without its text."""

    article: Article
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    """Other files of the archive that its page shows, relative to the archive."""
    settled: bool = True
    """False where the page looked for a file in vain: it may be there next time."""


class Row(Record, frozen=True, kw_only=True):
    """One derivation as it is stored."""

    path: str
    """The original's path, relative to the archive."""
    key: str
    """What it was made from: see `derivation_key`."""
    head: bytes
    """A `Head` as MessagePack; so the other two: each stage reads back what it needs alone."""
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
    encode = msgspec.msgpack.encode
    shown, words = encode(derivation.shown), encode(derivation.words)
    return Row(path=path, key=key, head=encode(head), shown=shown, words=words)


def head_of(stored: bytes) -> Head:
    """Read a head back."""
    return msgspec.msgpack.decode(stored, type=Head)


def derivation_key(original: Original, content: bytes, settings: str) -> str:
    """Digest all that a derivation is made from: the bytes, the file's name, settings and program."""
    digest = hashlib.sha256(content)
    for part in (original.path, original.address, original.reader, settings, program_digest()):
        digest.update(b"\0" + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def settings_digest(archive: Archive) -> str:
    """Digest the settings that reading looks at: outlets, languages, and how much may be shown."""
    looked_at = (archive.language, archive.outlets, archive.text_level, archive.table)
    return hashlib.sha256(msgspec.msgpack.encode(looked_at)).hexdigest()


LIBRARIES = (
    "charset-normalizer", "htmldate", "lxml", "markdown-it-py", "nh3", "PyYAML", "trafilatura",
)  # fmt: skip
"""Those whose next version may derive something else from the same file."""


@once
def program_digest() -> str:
    """Digest this program's own code and what it leans on, so that a new version starts over."""
    versions = [f"{name} {version(name)}" for name in LIBRARIES]
    digest = hashlib.sha256("\0".join([sys.version, *versions]).encode())
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


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
        return msgspec.msgpack.decode(self._stored_in("shown", path), type=Shown)

    def words(self, path: str) -> Words:
        """Give what the search knows of an article.

        Raises:
            KeyError: nothing is stored for the path.
        """
        return msgspec.msgpack.decode(self._stored_in("words", path), type=Words)

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
    """Open the cache in a folder; what cannot be read, or is not wanted, is made anew.

    Until the block ends no other build of the same archive gets past this point, so two of them cannot
    mix their files in one site. Changes are committed when the block ends without an exception.

    Raises:
        ArchiveError: the disk is full, or another build is at work for longer than a minute.
    """
    path = folder / FILE_NAME
    try:
        with (
            _alone_in(folder),
            closing(_made_anew_if_damaged(path, _connect)) as connection,
            connection,
        ):
            cache = Cache(connection)
            if clean:
                cache.keep_only(())
            yield cache
    except sqlite3.OperationalError as error:
        hint = "look at the room on the disk, and whether another build is running"
        raise ArchiveError(f"the cache failed: {error}", path=str(path), hint=hint) from error


@contextmanager
def read_cache(folder: Path) -> Iterator[Cache]:
    """Open the cache that another process of the same build has brought up to date, for reading."""
    address = f"{(folder / FILE_NAME).as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as connection:
        yield Cache(connection)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other builds waiting: an empty database is a lock that every system has, and lets go of."""
    with closing(_made_anew_if_damaged(folder / LOCK, _lock)):
        yield


def _lock(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _made_anew_if_damaged(
    path: Path, open_file: Callable[[Path], sqlite3.Connection]
) -> sqlite3.Connection:
    """Open a file, or a new one in its place if it is damaged."""
    try:
        return open_file(path)
    except sqlite3.OperationalError:
        raise  # locked, or the disk failed: not damaged
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return open_file(path)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file and check that it is whole enough to be used.

    Raises:
        sqlite3.DatabaseError: it is not.
    """
    connection = sqlite3.connect(path, timeout=PATIENCE)
    try:
        # A cache need not survive a power cut: what is lost is derived again.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS derivations"
            " (path TEXT PRIMARY KEY, key TEXT, head BLOB, shown BLOB, words BLOB)"
        )
        _check(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(derivations)")]
    if state != "ok" or columns != ["path", "key", "head", "shown", "words"]:
        message = f"the cache is damaged: {state}"
        raise sqlite3.DatabaseError(message)
