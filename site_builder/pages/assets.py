"""The files of `static/`: ours and the archive's own, as they are published and as pages link to them."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from ..model import Artifact
from .scripts import joined
from .small import small_style

STATIC = "static"
TEMPLATES = "templates"
_VERSION = 8
"""Characters of a file's hash in its address."""


class Assets:
    """The static files of one archive; its own stand in place of ours of the same name.

    Our scripts are joined and made small, as is our style. An archive's module in the place of one of ours is
    joined with the others; all else of its own is published as it is.
    """

    def __init__(self, root: Path) -> None:
        """Find the files of the archive in a folder, and make those that are made.

        Raises:
            ArchiveError: one of the archive's modules cannot be joined with ours.
        """
        shipped = asset_root(STATIC)
        ours, own = _files(shipped, shipped), _files(root / STATIC, root)
        both = {**ours, **own}
        scripts = {name: both[name] for name in ours if name.endswith(".js")}
        self._copied = {name: both[name] for name in both if name not in scripts}
        self._made = _versioned(joined({name: _text(path) for name, path in scripts.items()}))
        for name in sorted(self._copied.keys() - own.keys()):
            if name.endswith(".css"):
                self._made[name] = small_style(self._copied.pop(name).read_text("utf-8"))
        self._addresses: dict[str, str] = {}

    def files(self) -> Iterator[Artifact]:
        """Give every static file, by path."""
        for name in sorted({*self._made, *self._copied}):
            yield Artifact(path=f"{STATIC}/{name}", content=self._content(name))

    def address(self, name: str) -> str:
        """Give a file's address from the site's root, with a mark of its content.

        So a page that was made for one version of a script never runs another.
        """
        if name not in self._addresses:
            known = name in self._made or name in self._copied
            mark = f"?v={_version(self._content(name))}" if known else ""
            self._addresses[name] = f"{STATIC}/{name}{mark}"
        return self._addresses[name]

    def _content(self, name: str) -> bytes:
        made = self._made.get(name)
        return self._copied[name].read_bytes() if made is None else made.encode()


def asset_root(kind: str) -> Path:
    """Give the folder of shipped `templates` or `static` files, installed or checked out."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / kind
    return packaged if packaged.is_dir() else package.parent / kind


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace")


def _versioned(scripts: dict[str, str]) -> dict[str, str]:
    """Let scripts load each other by addresses with a version, those that load none first."""
    done: dict[str, str] = {}
    while len(done) < len(scripts):
        waiting = {name: text for name, text in scripts.items() if name not in done}
        ready = {
            n: t for n, t in waiting.items() if not _loaded(t, waiting.keys() - {n})
        } or waiting
        for name, text in ready.items():
            done[name] = _with_versions(text, done)
    return done


def _loaded(text: str, names: set[str]) -> set[str]:
    return {name for name in names if f'"./{name}"' in text}


def _with_versions(text: str, known: dict[str, str]) -> str:
    def versioned(match: re.Match[str]) -> str:
        name = match[1]
        return f'"./{name}?v={_version(known[name].encode())}"' if name in known else match[0]

    return re.sub(r'"\./([^"/]+\.js)"', versioned, text)


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_VERSION]


def _files(folder: Path, home: Path) -> dict[str, Path]:
    """Find the files below a folder; hidden ones, and links that lead out of it or of its home, stay."""
    inside = folder.resolve()
    if not inside.is_relative_to(home.resolve()):
        return {}
    return {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file()
        and path.resolve().is_relative_to(inside)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
