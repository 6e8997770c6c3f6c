"""Import: take files into an archive: keep their bytes, write an article from each.

- `sources.py`: which files are meant
- `document.py`: a Reading as a Markdown file
- here: where things are kept, and what is told of it

    originals/8d/8df2367a….html     the bytes, verbatim, named by their SHA-256
    articles/harbour.md             what was read from them, for people to correct
    .gitattributes                  originals/** -text, so that git changes no line end

What a file says decides words, never places: an article's name is made of letters, digits and hyphens, and
nothing is written over. The same bytes are taken in once.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from .. import config
from ..catalog import is_reserved
from ..config import SUFFIXES, Archive
from ..errors import ArchiveError
from ..model import UNKNOWN, Article, Assertion, Basis, Original, Problem, Record
from ..reading import Refused, read
from ..reading.decode import decode
from ..reading.origin import HEAD, ORIGINALS, origin, original_path
from ..reading.outlets import outlet_file
from ..reading.permalinks import without_suffix
from ..scan import scan
from .document import document
from .sources import Source, readable, refusal, sources

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


def import_files(paths: Iterable[Path], archive_root: Path, outlet_id: str = "") -> Imported:
    """Take files, and all files in folders, into an archive.

    Args:
        paths: Files and folders.
        archive_root: The archive's folder.
        outlet_id: The outlet that published those files which do not say; its file must be there.

    Raises:
        ArchiveError: there is no such archive or outlet, or the archive cannot be read or written.
    """
    archive = config.load(archive_root)
    outlet = _supplied(archive, outlet_id)
    try:
        desk = _Desk(archive, outlet)
        outcomes = [
            item if isinstance(item, Problem) else desk.take(item)
            for item in sources(paths, desk.root, desk.articles)
        ]
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
        self.problems: list[Problem] = []

    def take(self, source: Source) -> Added | Known | Problem:
        """Take one file in, or say why not."""
        try:
            content = Path(source.path).read_bytes()
        except OSError as error:
            return refusal(source.shown, f"it cannot be opened: {error.strerror}")
        digest = sha256(content).hexdigest()
        if digest in self.by_digest:
            return Known(source=source.shown, article=self.by_digest[digest])
        try:
            return self._add(source, content, digest)
        except Refused as refused:
            return refused.problem

    def _add(self, source: Source, content: bytes, digest: str) -> Added | Problem:
        suffix = Path(source.address).suffix.lower()
        original = Original(
            path=source.shown, address=readable(source.address), reader=SUFFIXES[suffix]
        )
        reading = read(original, content, self.archive)
        if reading.article.status == "withdrawn":
            text = "it is withdrawn, and to keep its bytes would be to keep its text"
            return refusal(source.shown, text, "write what remains of it into articles/ by hand")
        article = _with_outlet(reading.article, self.outlet)
        kept = original_path(digest, suffix)
        page = decode(original, content).text if reading.markup == "html" else ""
        text = document(msgspec.structs.replace(reading, article=article), page, kept)
        if not self._keep(kept, content):
            message = f"{kept} is there already, and holds other bytes"
            return refusal(source.shown, message, "find out with: site-builder verify")
        path = self._write(article, text)
        self.by_digest[digest] = path
        self.problems += reading.problems
        doubts = tuple(_doubts(article))
        return Added(source=source.shown, article=path, original=kept, doubts=doubts)

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
            yield said.sha256, path.relative_to(root).as_posix()


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
        if assertion.basis is Basis.INFERRED:
            how = assertion.note or assertion.where or assertion.rule
            yield f"{name} {assertion.value!r}, concluded: {how}"
        elif name in asked_for and not assertion.known:
            yield f"{name} not found"
    if article.captions:
        yield f"captions ({len(article.captions)}) stand at the end of the text"
