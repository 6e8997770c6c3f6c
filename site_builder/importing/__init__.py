"""Import: take files into an archive: keep their bytes, write an article from each.

- `sources.py`: which files are meant
- `tables.py`: a table as rows; `rows.py`: a row as a Reading
- `document.py`: a Reading as a Markdown file
- here: where things are kept, and what is told of it

    originals/8d/8df2367a….html     the bytes, verbatim, named by their SHA-256
    articles/harbour.md             what was read from them, for people to correct
    .gitattributes                  originals/** -text, so that git changes no line end

What a file says decides words, never places: an article's name is made of letters, digits and hyphens, and
nothing is written over. The same bytes are taken in once.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import msgspec

from .. import config
from ..catalog import is_reserved
from ..config import SUFFIXES, Archive
from ..errors import ArchiveError
from ..model import UNKNOWN, Article, Assertion, Basis, Original, Problem, Reading, Record
from ..reading import Refused, read
from ..reading.decode import Decoded, decode
from ..reading.origin import HEAD, ORIGINALS, origin, original_path
from ..reading.outlets import outlet_file
from ..reading.permalinks import without_suffix
from ..scan import scan
from .document import Kept, document
from .rows import row_reading
from .sources import Source, readable, refusal, sources
from .tables import TABLES, Row, rows, shown_lines

ATTRIBUTES = ".gitattributes"
_KEEP_BYTES = f"{ORIGINALS}/** -text".encode()
_NAMELESS = "article"


class Added(Record, frozen=True, kw_only=True):
    """One file that was taken in."""

    source: str
    """Where it came from, as it was named."""
    article: str
    """The article written, relative to the archive."""
    original: str
    """Where its bytes are kept, relative to the archive."""
    doubts: tuple[str, ...] = ()
    """What a person should look at: each value that was concluded, and each that is not known."""


class Known(Record, frozen=True, kw_only=True):
    """One file whose bytes the archive has already."""

    source: str
    article: str
    """The article made from the same bytes."""


class Imported(Record, frozen=True, kw_only=True):
    """What came of an import, each part in the order in which the files were taken."""

    added: tuple[Added, ...] = ()
    known: tuple[Known, ...] = ()
    problems: tuple[Problem, ...] = ()


_Outcome: TypeAlias = Added | Known | Problem
Report: TypeAlias = Callable[[int, int], None]


def _unseen(done: int, total: int) -> None:
    """Report to nobody."""


def import_files(
    paths: Iterable[Path], archive_root: Path, outlet_id: str = "", report: Report = _unseen
) -> Imported:
    """Take files, and all files in folders, into an archive.

    Args:
        paths: Files and folders.
        archive_root: The archive's folder.
        outlet_id: The outlet that published those files which do not say; its file must be there.
        report: Is told how many articles and refusals there are, and how many at least there will be.

    Raises:
        ArchiveError: there is no such archive or outlet, or the archive cannot be read or written.
    """
    archive = config.load(archive_root)
    outlet = _supplied(archive, outlet_id)
    try:
        desk = _Desk(archive, outlet)
        found = list(sources(paths, desk.root, desk.articles))
        outcomes: list[_Outcome] = []
        for number, item in enumerate(found, start=1):
            for outcome in [item] if isinstance(item, Problem) else desk.take(item):
                outcomes.append(outcome)
                report(len(outcomes), len(outcomes) + len(found) - number)
    except OSError as error:
        raise ArchiveError(
            f"the archive cannot be read or written: {error.strerror}",
            path=str(error.filename or ""),
            hint="give yourself the right to write there, and import again: nothing is taken in twice",
        ) from error
    refused = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    return Imported(
        added=tuple(outcome for outcome in outcomes if isinstance(outcome, Added)),
        known=tuple(outcome for outcome in outcomes if isinstance(outcome, Known)),
        problems=(*refused, *desk.problems),
    )


class _Desk:
    """Takes files in one by one; knows which articles there are by then."""

    def __init__(self, archive: Archive, outlet: Assertion) -> None:
        self.archive = archive
        self.outlet = outlet
        self.root = Path(archive.root)
        self.articles = _articles_folder(self.root)
        self.by_digest = dict(_digests(self.root, self.articles))
        self.names = set(_names(self.articles))
        self.kept: set[str] = set()
        """The originals that this import has stored, or found to be right."""
        self.problems: list[Problem] = []

    def take(self, source: Source) -> Iterator[_Outcome]:
        """Take one file in, or the rows of a table, or say why not."""
        try:
            content = Path(source.path).read_bytes()
            if Path(source.path).suffix.lower() in TABLES:
                yield from self._rows(source, content)
            else:
                yield self._file(source, content)
        except Refused as refused:
            yield refused.problem
        except OSError as error:
            if error.filename != source.path:
                raise
            yield refusal(source.shown, f"it cannot be opened: {error.strerror}")

    def _file(self, source: Source, content: bytes) -> _Outcome:
        digest = sha256(content).hexdigest()
        if digest in self.by_digest:
            return Known(source=source.shown, article=self.by_digest[digest])
        suffix = Path(source.address).suffix.lower()
        original = Original(
            path=source.shown, address=readable(source.address), reader=SUFFIXES[suffix]
        )
        reading = read(original, content, self.archive)
        page = decode(original, content).text if reading.markup == "html" else ""
        kept = Kept(path=original_path(digest, suffix), digest=digest)
        return self._add(original, reading, page, kept, content)

    def _rows(self, source: Source, content: bytes) -> Iterator[_Outcome]:
        """Take in the rows of a table, one article each; the table's bytes are kept whole."""
        suffix = Path(source.address).suffix.lower()
        stem = readable(source.address).rpartition(".")[0]
        original = Original(path=source.shown, address=stem, reader="text")
        decoded = decode(original, content)
        self.problems += decoded.problems
        path = original_path(sha256(content).hexdigest(), suffix)
        for row in rows(decoded.text, source.shown, suffix):
            if isinstance(row, Problem):
                yield row
                continue
            kept = Kept(path=path, lines=shown_lines(row.lines), digest=row.digest)
            try:
                yield self._row(row, original, decoded, kept, content)
            except Refused as refused:
                yield refused.problem

    def _row(
        self, row: Row, table: Original, decoded: Decoded, kept: Kept, content: bytes
    ) -> _Outcome:
        shown = f"{table.path}:{row.lines[0]}"
        if row.digest in self.by_digest:
            return Known(source=shown, article=self.by_digest[row.digest])
        original = msgspec.structs.replace(table, address=f"{table.address}-{row.number}.md")
        reading = row_reading(row, original, decoded, self.archive)
        outcome = self._add(original, reading, "", kept, content)
        return (
            msgspec.structs.replace(outcome, source=shown)
            if isinstance(outcome, Added)
            else msgspec.structs.replace(outcome, line=row.lines[0])
        )

    def _add(
        self, original: Original, reading: Reading, page: str, kept: Kept, content: bytes
    ) -> Added | Problem:
        """Keep the bytes and write the article; `page` is an HTML original's text."""
        if reading.article.status == "withdrawn":
            text = "it is withdrawn, and to keep its bytes would be to keep its text"
            return refusal(original.path, text, "write what remains of it into articles/ by hand")
        article = _with_outlet(reading.article, self.outlet)
        text = document(msgspec.structs.replace(reading, article=article), page, kept)
        if kept.path not in self.kept and not self._keep(kept.path, content):
            message = f"{kept.path} is there already, and holds other bytes"
            return refusal(original.path, message, "find out with: site-builder verify")
        self.kept.add(kept.path)
        path = self._write(article, text)
        self.by_digest[kept.digest] = path
        self.problems += reading.problems
        doubts = tuple(_doubts(article))
        return Added(source=original.path, article=path, original=kept.path, doubts=doubts)

    def _keep(self, kept: str, content: bytes) -> bool:
        """Store the bytes; False if other bytes stand there under the same name."""
        path = self.root / kept
        if path.exists():
            return path.read_bytes() == content
        _keep_bytes_in_git(self.root)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
        return True

    def _write(self, article: Article, text: str) -> str:
        """Write an article under a name that nothing has yet, and give its path."""
        base = name = article.permalink.rpartition("/")[2].lstrip("_.") or _NAMELESS
        number = 2
        while name.casefold() in self.names or is_reserved(name):
            name, number = f"{base}-{number}", number + 1
        self.names.add(name.casefold())
        path = self.articles / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(text.encode())
        return path.relative_to(self.root).as_posix()


def _supplied(archive: Archive, outlet_id: str) -> Assertion:
    """Give the outlet that the person who imports names; unknown if they name none."""
    if not outlet_id:
        return UNKNOWN
    for outlet in archive.outlets:
        if outlet.id == outlet_id:
            return Assertion(value=outlet.name, basis=Basis.SUPPLIED, where=outlet_file(outlet))
    known = ", ".join(outlet.id for outlet in archive.outlets) or "none yet"
    raise ArchiveError(
        f"there is no outlet with the id {outlet_id!r}",
        hint=f"write a file {config.OUTLETS}/ID.toml with its name; the ids are: {known}",
    )


def _articles_folder(root: Path) -> Path:
    """Give where articles are to be written: beside those there are, else in a folder of their own."""
    folder = config.articles_folder(root)
    return folder if folder != root or scan(root).originals else root / config.ARTICLES


def _digests(root: Path, articles: Path) -> Iterator[tuple[str, str]]:
    """Give hash and path of each article that names its original."""
    files = (path for path in articles.rglob("*.md") if path.is_file())
    for path in sorted(files, reverse=True):
        with path.open("rb") as file:
            said = origin(file.read(HEAD))
        if said is not None:
            yield said.part or said.sha256, path.relative_to(root).as_posix()


def _names(articles: Path) -> Iterator[str]:
    """Give what stands in the articles' folder, as far as it decides addresses."""
    if articles.is_dir():
        yield from (without_suffix(path.name).casefold() for path in articles.iterdir())


def _keep_bytes_in_git(root: Path) -> None:
    """Make sure that git leaves the line ends of originals alone."""
    path = root / ATTRIBUTES
    written = path.read_bytes() if path.is_file() else b""
    if _KEEP_BYTES not in written.splitlines():
        end = b"" if written.endswith(b"\n") or not written else b"\n"
        path.write_bytes(written + end + _KEEP_BYTES + b"\n")


def _with_outlet(article: Article, outlet: Assertion) -> Article:
    """Let the person's word stand where the file says nothing."""
    if article.outlet.known or not outlet.known:
        return article
    return msgspec.structs.replace(article, outlet=outlet)


def _doubts(article: Article) -> Iterator[str]:
    """Name each value that was concluded, and each that is not known though readers ask for it."""
    asked_for = {
        "title": article.title,
        "date": article.published,
        "outlet": article.outlet,
        "author": article.authors[0] if article.authors else UNKNOWN,
        "url": article.url,
        "language": article.language,
    }
    others = {
        "retrieved": article.retrieved,
        "modified": article.modified,
        "section": article.section,
        "description": article.description,
        "encoding": article.capture.encoding,
    }
    for name, assertion in {**asked_for, **others}.items():
        if assertion.basis in {Basis.INFERRED, Basis.SUPPLIED}:
            how = assertion.note or assertion.where or assertion.rule
            yield f"{name} {assertion.value!r}, concluded: {how}"
        elif name in asked_for and not assertion.known:
            yield f"{name} not found"
    if article.captions:
        yield f"captions ({len(article.captions)}) stand at the end of the text"
