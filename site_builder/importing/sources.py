"""Which files an import takes: those named, and in folders those that can be articles, by path."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from .. import config
from ..config import SUFFIXES
from ..model import Problem, Record, Severity
from ..reading.origin import ORIGINALS
from ..reading.parts import PARTED
from ..scan import passed_over
from .captures import CAPTURES

_OWN = (ORIGINALS, config.OUTLETS, config.NAMES, "templates", "static", config.SITE, config.CACHE)
_TAKEN = (*SUFFIXES, *PARTED, *CAPTURES)
_SHOWN = 4
"""How many kinds of files one problem names."""


class Source(Record, frozen=True, kw_only=True):
    """A file to take in."""

    path: str
    """Where it is."""
    address: str
    """Its path below the folder that was named, with forward slashes."""

    @property
    def shown(self) -> str:
        """The path as people can read it, even if it is not UTF-8."""
        return readable(self.path)


def readable(path: str) -> str:
    """Write a path so that it can be shown and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def suffix_of(path: Path) -> str:
    """Give what decides of a file's kind: its suffix in small letters, before `.gz` too."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return "".join(suffixes[-2:]) if suffixes[-1:] == [".gz"] else "".join(suffixes[-1:])


def refusal(path: str, message: str, hint: str = "") -> Problem:
    """Say why a file is not taken in."""
    return Problem(path=path, message=message, hint=hint, severity=Severity.ERROR)


def sources(paths: Iterable[Path], root: Path, articles: Path) -> Iterator[Source | Problem]:
    """Give the files to take in, each once, and say which are not taken.

    Args:
        paths: Files and folders, as named.
        root: The archive's folder.
        articles: Where its articles are.
    """
    own = [root] if articles == root else [articles, *(root / name for name in _OWN)]
    seen: set[Path] = set()
    for path in paths:
        found = _folder(path, own) if path.is_dir() else [_file(path, own)]
        for item in found:
            if isinstance(item, Source) and (real := Path(item.path).resolve()) not in seen:
                seen.add(real)
                yield item
            elif isinstance(item, Problem):
                yield item


def _file(path: Path, own: Sequence[Path]) -> Source | Problem:
    shown = readable(str(path))
    if _is_own(path, own):
        return refusal(shown, "this file is in the archive already")
    if suffix_of(path) not in _TAKEN:
        kinds = ", ".join(_TAKEN)
        return refusal(
            shown, "this is no kind of file that can be an article", f"it can be {kinds}"
        )
    return Source(path=str(path), address=path.name)


def _folder(top: Path, own: Sequence[Path]) -> Iterator[Source | Problem]:
    if _is_own(top, own):
        yield refusal(readable(str(top)), "this folder is a part of the archive already")
        return
    others: dict[str, int] = {}
    for folder, names, files in os.walk(top):
        beside = {*names, *files}
        names[:] = sorted(n for n in names if not _is_left_out(Path(folder, n), beside, own))
        for name in sorted(files):
            path = Path(folder, name)
            if path.is_symlink() or not path.is_file():
                yield refusal(readable(str(path)), "links and special files are not taken in")
            elif (suffix := suffix_of(path)) not in _TAKEN:
                others[suffix] = others.get(suffix, 0) + 1
            elif not passed_over(path, beside):
                yield Source(path=str(path), address=path.relative_to(top).as_posix())
    if others:
        yield _left_behind(readable(str(top)), others)


def _is_left_out(folder: Path, beside: Collection[str], own: Sequence[Path]) -> bool:
    return passed_over(folder, beside) or _is_own(folder, own)


def _is_own(path: Path, own: Sequence[Path]) -> bool:
    """Whether a path is one of the archive's own folders, or lies in one."""
    real = path.resolve()
    return any(real.is_relative_to(folder) for folder in own)


def _left_behind(folder: str, others: dict[str, int]) -> Problem:
    """Say which files of a folder cannot be articles: nothing is passed over in silence."""
    count = sum(others.values())
    common = sorted(others, key=lambda suffix: (-others[suffix], suffix))
    kinds = ", ".join(suffix or "no suffix" for suffix in common[:_SHOWN])
    more = ", …" if len(common) > _SHOWN else ""
    return Problem(
        path=folder,
        message=f"{count} file{'s' if count > 1 else ''} of other kinds not taken in ({kinds}{more})",
        hint="pictures that articles show have to be put beside them by hand",
    )
