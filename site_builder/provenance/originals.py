"""The originals that `import` keeps: each is named by its own hash, and each article names its original."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from hashlib import file_digest
from pathlib import Path

from ..config import articles_folder
from ..model import Original, Severity
from ..reading.decode import decode
from ..reading.origin import HEAD, ORIGINALS, Origin, origin
from ..reading.parts import PARTED, parts
from ..reading.refused import Refused
from ..reading.tables import Row
from .findings import Finding, Kind

_NAME = re.compile(r"([0-9a-f]{64})(\.[a-z]+)?")


def verify_originals(root: Path, only: str | None = None) -> tuple[int, tuple[Finding, ...]]:
    """Hash every original again, and look whether each article's original is there.

    Args:
        root: The archive's folder.
        only: The first digits of the one original meant; an empty one means none.

    Returns:
        How many originals were hashed, and what does not hold.
    """
    held = {path.relative_to(root).as_posix(): path for path in _held(root)}
    problems: list[Finding] = []
    hashed: set[str] = set()
    for shown, path in held.items():
        named = _NAME.fullmatch(path.name)
        if only is not None and not (named and only and named[1].startswith(only)):
            continue
        hashed.add(shown)
        problems += _mismatch(shown, path, named[1] if named else "")
    if only is None:
        problems += _references(root, held.keys())
    return len(hashed), tuple(problems)


def _held(root: Path) -> list[Path]:
    paths = sorted((root / ORIGINALS).rglob("*"))
    return [path for path in paths if path.is_file() and not path.name.startswith(".")]


def _mismatch(shown: str, path: Path, named: str) -> Iterator[Finding]:
    if not named:
        yield _problem(shown, "this file is not named by its hash, so it cannot be checked")
        return
    try:
        with path.open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        yield _problem(shown, f"it cannot be read: {error.strerror}", Severity.ERROR)
        return
    if found != named:
        yield _problem(
            shown, f"its SHA-256 is {found}, and its name says otherwise", Severity.ERROR
        )
    elif path.parent.name != named[:2]:
        yield _problem(shown, f"this file belongs in {ORIGINALS}/{named[:2]}/")


def _references(root: Path, held: AbstractSet[str]) -> Iterator[Finding]:
    """Compare what the articles say of their originals with what is there."""
    wanted: set[str] = set()
    parts: dict[str, frozenset[str]] = {}
    for path in _articles(articles_folder(root)):
        shown = path.relative_to(root).as_posix()
        try:
            with path.open("rb") as file:
                said = origin(file.read(HEAD))
        except OSError as error:
            yield _problem(shown, f"it cannot be read: {error.strerror}", Severity.ERROR)
            continue
        if said is None:
            continue
        wanted.add(said.path)
        if said.path not in held:
            text = f"its original {said.path} is missing"
            yield _problem(shown, text, Severity.ERROR, Kind.MISSING)
        elif said.part and not _has_part(root, said, shown, parts):
            text = f"{said.path} has no row or entry with the hash {said.part}"
            yield _problem(shown, text, Severity.ERROR)
        elif said.sha256 and f"/{said.sha256}" not in said.path:
            text = f"it gives two hashes of its original: {said.sha256} and, as a name, {said.path}"
            yield _problem(shown, text, Severity.ERROR)
    for original in sorted(held - wanted):
        yield _problem(original, "no article names this original")


def _has_part(root: Path, said: Origin, shown: str, known: dict[str, frozenset[str]]) -> bool:
    """Whether a kept table or feed has the part that an article names; each is read once."""
    if said.path not in known:
        known[said.path] = frozenset(_parts(root / said.path, shown))
    return said.part in known[said.path]


def _parts(path: Path, shown: str) -> Iterator[str]:
    """Give the hash of each row or entry of a kept file."""
    suffix = path.suffix.lower()
    if suffix not in PARTED:
        return
    try:
        content = path.read_bytes()
        text = decode(Original(path=shown, address=path.stem, reader="text"), content).text
        found = parts(content, text, shown, suffix)
        yield from (part.digest for part in found if isinstance(part, Row))
    except (OSError, Refused):
        return


def _articles(folder: Path) -> list[Path]:
    """Give what `import` may have written; a site built in the same folder is not meant."""
    paths = sorted(path for path in folder.rglob("*.md") if path.is_file())
    return [
        path for path in paths if not path.relative_to(folder).as_posix().startswith(("_", "."))
    ]


def _problem(
    path: str,
    message: str,
    severity: Severity = Severity.WARNING,
    kind: Kind = Kind.CHANGED,
) -> Finding:
    hint = "take the file from a copy of the archive that verifies"
    is_error = severity is Severity.ERROR
    return Finding(
        path=path, message=message, hint=hint if is_error else "", severity=severity, kind=kind
    )
