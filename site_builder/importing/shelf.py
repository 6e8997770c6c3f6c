"""Where an import keeps things, and what the archive has already."""

from collections.abc import Iterator
from pathlib import Path

from .. import config
from ..catalog import is_reserved
from ..config import Archive
from ..model import Acquisition, Article
from ..reading.origin import HEAD, ORIGINALS, origin
from ..reading.permalinks import without_suffix
from ..scan import scan
from .acquisitions import with_acquisition

ATTRIBUTES = ".gitattributes"
_KEEP_BYTES = f"{ORIGINALS}/** -text".encode()
_NAMELESS = "article"


class Shelf:
    """The archive's articles and originals: nothing on it is written over."""

    def __init__(self, archive: Archive) -> None:
        """Look at what is there."""
        self.root = Path(archive.root)
        self.articles = _articles_folder(self.root)
        self.by_digest = dict(_digests(self.root, self.articles))
        """Hash of a file, a row or an entry -> the article that was made from it."""
        self._names = set(_names(self.articles))
        self._kept: set[str] = set()

    def keep(self, kept: str, content: bytes) -> bool:
        """Store an original's bytes; False if other bytes stand there under the same name."""
        path = self.root / kept
        if kept in self._kept:
            return True
        if path.exists():
            same = path.read_bytes() == content
        else:
            _keep_bytes_in_git(self.root)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
            same = True
        if same:
            self._kept.add(kept)
        return same

    def write(self, article: Article, text: str, digest: str) -> str:
        """Write an article under a name that nothing has yet, and give its path."""
        base = name = article.permalink.rpartition("/")[2].lstrip("_.") or _NAMELESS
        number = 2
        while name.casefold() in self._names or is_reserved(name):
            name, number = f"{base}-{number}", number + 1
        self._names.add(name.casefold())
        path = self.articles / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(text.encode())
        shown = path.relative_to(self.root).as_posix()
        self.by_digest[digest] = shown
        return shown

    def note(self, article: str, acquisition: Acquisition) -> bool:
        """Note in an article that its bytes came again; False if it says so already, or has no such line."""
        path = self.root / article
        before = path.read_bytes()
        try:
            after = with_acquisition(before.decode(), acquisition).encode()
        except UnicodeDecodeError:
            return False
        if after == before:
            return False
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(after)
        beside.replace(path)
        return True


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
