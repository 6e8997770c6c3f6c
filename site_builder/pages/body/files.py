"""Files of the archive that an article's page needs: found, checked to lie inside, and named.

Nothing here opens a file; what is wanted from the disk is only whether an ordinary file stands there.
"""

import posixpath
import re
from pathlib import Path, PurePosixPath

from ...config import SITE
from ...derived import LocalFile
from .tags import names

IMAGES = frozenset((".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp"))
"""Pictures. SVG is not among them: it can hold scripts, which run where it is opened by itself."""

DOWNLOADS = IMAGES | names(
    ".csv .docx .epub .flac .m4a .mov .mp3 .mp4 .odp .ods .odt .ogg .opus .pdf .pptx .rtf .wav .webm"
    " .xlsx .zip"
)
"""What is copied when an article links to it. Articles themselves are not among them."""

_STATIC = "static"
_UNFIT = re.compile(r"[^\w.-]+")
_MOST_BYTES = 120


class Shelf:
    """The files that one article's page has taken so far, each under a name of its own."""

    def __init__(self, root: Path, article: str, permalink: str) -> None:
        """Take the archive's folder, the path of the article's file in it, and where its page will be."""
        self._root = root
        self._folder = posixpath.dirname(article)
        self._permalink = permalink
        self._names: dict[str, str] = {}

    @property
    def files(self) -> tuple[LocalFile, ...]:
        """What has been taken, in the order of taking."""
        return tuple(LocalFile(source=source, path=name) for source, name in self._names.items())

    def take(self, path: str, suffixes: frozenset[str]) -> str:
        """Give the name under which a file stands beside the page; "" if there is no such file.

        `path` is percent-decoded and relative to the article's file, or to the root with a slash before it.
        """
        if PurePosixPath(path).suffix.lower() not in suffixes:
            return ""
        source = self.find(path)
        if PurePosixPath(source).suffix.lower() not in suffixes:
            return ""
        if source not in self._names:
            self._names[source] = self._new_name(PurePosixPath(source).name)
        return self._names[source]

    def find(self, path: str) -> str:
        """Give the path below the root of an ordinary file of the archive; "" if there is none."""
        rooted = path.lstrip("/")
        places = (
            (f"{_STATIC}/{rooted}", rooted) if path.startswith("/") else (f"{self._folder}/{path}",)
        )
        for place in places:
            found = self._inside(place.lstrip("/"))
            if found:
                return found
        return ""

    def leaves(self, path: str) -> bool:
        """Whether a path climbs out of the archive, taken from the article's file and from its page."""
        starts = ("",) if path.startswith("/") else (self._folder, self._permalink)
        places = (posixpath.normpath(f"{start}/{path}".lstrip("/")) for start in starts)
        return all(place.split("/")[0] == ".." for place in places)

    def _inside(self, place: str) -> str:
        root = self._root.resolve()
        try:
            real = (root / place).resolve(strict=True)
            ordinary = real.is_file()
        except (OSError, RuntimeError, ValueError):
            return ""
        if not ordinary or not real.is_relative_to(root):
            return ""
        parts = real.relative_to(root).parts
        hidden = parts[0] == SITE or any(part.startswith(".") for part in parts)
        return "" if hidden else "/".join(parts)

    def _new_name(self, name: str) -> str:
        """Make a name no other file of this page has, told apart without regard to case."""
        fit = PurePosixPath(_UNFIT.sub("-", name).strip("-."))
        stem, suffix = fit.stem, fit.suffix.lower()
        while len(stem.encode()) > _MOST_BYTES:
            stem = stem[:-1]
        taken = {other.casefold() for other in self._names.values()}
        number = 1
        candidate = f"{stem}{suffix}"
        # `original.*` is the article's own file, beside its page.
        while candidate.casefold() in taken or candidate.casefold().startswith("original."):
            number += 1
            candidate = f"{stem}-{number}{suffix}"
        return candidate
