"""Digests of what a derivation is made from: the file, the settings that reading looks at, the program."""

import hashlib
import sys
from functools import cache as once
from importlib.metadata import version
from pathlib import Path

import msgspec

from .config import Archive
from .model import Original


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
