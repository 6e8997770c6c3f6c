"""The originals that `import` keeps: each is named by its own hash, and each article names its original.

originals/8d/8df2367a….html     the bytes as they came, below the first two digits
articles/harbour.md             front matter: original, original_sha256
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from hashlib import file_digest
from pathlib import Path

from ..config import articles_folder
from ..model import Problem, Severity

FOLDER = "originals"
PATH_KEY = "original"
DIGEST_KEY = "original_sha256"
_HEAD = 65536
"""Bytes of an article in which its front matter is looked for."""
_NAME = re.compile(r"([0-9a-f]{64})(\.[a-z]+)?")
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_PATH_LINE = re.compile(rf"(?m)^{PATH_KEY}: *[\"']?({FOLDER}/[^\"'\n]*?)[\"']? *$")
_DIGEST_LINE = re.compile(rf"(?m)^{DIGEST_KEY}: *[\"']?([0-9A-Fa-f]*)[\"']? *$")


def original_path(digest: str, suffix: str) -> str:
    """Give the place of an original in an archive.

    >>> original_path("8df2367a", ".html")
    'originals/8d/8df2367a.html'
    """
    return f"{FOLDER}/{digest[:2]}/{digest}{suffix}"


def verify_originals(root: Path, only: str | None = None) -> tuple[int, tuple[Problem, ...]]:
    """Hash every original again, and look whether each article's original is there.

    Args:
        root: The archive's folder.
        only: The first digits of the one original meant; an empty one means none.

    Returns:
        How many originals were hashed, and what does not hold.
    """
    held = {path.relative_to(root).as_posix(): path for path in _held(root)}
    problems: list[Problem] = []
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
    paths = sorted((root / FOLDER).rglob("*"))
    return [path for path in paths if path.is_file() and not path.name.startswith(".")]


def _mismatch(shown: str, path: Path, named: str) -> Iterator[Problem]:
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
        yield _problem(shown, f"this file belongs in {FOLDER}/{named[:2]}/")


def _references(root: Path, held: AbstractSet[str]) -> Iterator[Problem]:
    """Compare what the articles say of their originals with what is there."""
    wanted: set[str] = set()
    for path in sorted(articles_folder(root).rglob("*.md")):
        said = _said(path)
        if said is None:
            continue
        shown, (original, digest) = path.relative_to(root).as_posix(), said
        wanted.add(original)
        if original not in held:
            yield _problem(shown, f"its original {original} is missing", Severity.ERROR)
        elif digest and f"/{digest}" not in original:
            text = f"its front matter gives its original two different hashes: {digest}, {original}"
            yield _problem(shown, text, Severity.ERROR)
    for original in sorted(held - wanted):
        yield _problem(original, "no article names this original")


def _said(path: Path) -> tuple[str, str] | None:
    """Read which original an article names, as `import` wrote it; None if it names none."""
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", "replace").replace("\r\n", "\n")
    block = _FRONT_MATTER.match(head)
    if block is None:
        return None
    path_line, digest_line = _PATH_LINE.search(block[1]), _DIGEST_LINE.search(block[1])
    if path_line is None:
        return None
    return path_line[1], digest_line[1] if digest_line else ""


def _problem(path: str, message: str, severity: Severity = Severity.WARNING) -> Problem:
    hint = "take the file from a copy of the archive that verifies"
    is_error = severity is Severity.ERROR
    return Problem(path=path, message=message, hint=hint if is_error else "", severity=severity)
