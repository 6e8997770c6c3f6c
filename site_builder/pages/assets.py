"""The files that ship with the program, and the archive's own in front of them."""

from collections.abc import Iterator
from pathlib import Path

from ..model import Artifact

STATIC = "static"
TEMPLATES = "templates"


def asset_root(kind: str) -> Path:
    """Give the folder of shipped `templates` or `static` files, installed or checked out."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / kind
    return packaged if packaged.is_dir() else package.parent / kind


def static_files(root: Path) -> Iterator[Artifact]:
    """Give every static file, by path; the archive's own stand in place of ours of the same name."""
    shipped = asset_root(STATIC)
    found = {**_files(shipped, shipped), **_files(root / STATIC, root)}
    for name in sorted(found):
        yield Artifact(path=f"{STATIC}/{name}", content=found[name].read_bytes())


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
