"""Manifests: which files there are and what their bytes hash to, one line a file.

The form is that of BagIt's payload manifests (RFC 8493, section 2.1.3): 64 hex digits, two spaces,
the path, a line feed; paths relative with forward slashes, in UTF-8, with `%`, CR and LF
percent-encoded. `sha256sum --check` reads it too, so a reader can check an archive without this
program. Lines stand in the order of their paths' code points.
"""

import re
from collections.abc import Mapping
from hashlib import sha256

from .. import config
from ..errors import ArchiveError

FILE_NAME = "manifest-sha256.txt"
"""Originals and records, as published: does not change when only a template does."""
RENDERED = config.RENDERED
"""Every other file of the site, the manifest above among them."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_LINES = 4_096
"""Written at a time."""


def digest(content: bytes) -> str:
    """Give the SHA-256 of the bytes, 64 hex digits in lower case."""
    return sha256(content).hexdigest()


def make(entries: Mapping[str, str]) -> bytes:
    """Write a manifest.

    Args:
        entries: path to hex digest.
    """
    content, paths = bytearray(), sorted(entries)
    for at in range(0, len(paths), _LINES):  # all lines at once would take several times their room
        lines = (f"{entries[path]}  {_escaped(path)}\n" for path in paths[at : at + _LINES])
        content += "".join(lines).encode()
    return bytes(content)


def parse(content: bytes, name: str = FILE_NAME) -> dict[str, str]:
    """Read a manifest: path to hex digest.

    Args:
        content: the manifest's bytes.
        name: what the file is called, for the error.

    Raises:
        ArchiveError: it is not UTF-8, a line is not of the form above, or a path stands twice.
    """
    entries: dict[str, str] = {}
    for number, line in enumerate(_lines(content, name), start=1):
        found = _LINE.fullmatch(line)
        path = _unescaped(found[2]) if found else ""
        if found is None or path in entries:
            what = f"{path!r} stands here a second time" if found else "this is not a manifest line"
            raise _fault(what, name, number)
        entries[path] = found[1]
    return entries


def stays_inside(path: str) -> bool:
    """Whether a path that a manifest lists stays inside its folder, on any system."""
    if path.startswith("/") or "\0" in path:
        return False
    if ".." not in path and path.strip("/."):  # asked of every file of a site: nearly always so
        return True
    parts = path.split("/")
    return ".." not in parts and any(part not in {"", "."} for part in parts)


def _lines(content: bytes, name: str) -> list[str]:
    try:
        lines = content.decode().split("\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _fault("this line is not UTF-8", name, line) from error
    if lines.pop():
        raise _fault("the last line is cut off: it has no line feed", name, len(lines) + 1)
    return lines


def _escaped(path: str) -> str:
    if path.isprintable() and "%" not in path:
        return path
    return re.sub(r"[%\r\n]", lambda found: _ESCAPES[found[0]], path)


def _unescaped(path: str) -> str:
    if "%" not in path:
        return path
    return re.sub(r"(?i)%(25|0D|0A)", lambda found: chr(int(found[1], 16)), path)


def _fault(message: str, name: str, line: int) -> ArchiveError:
    return ArchiveError(
        message,
        path=name,
        line=line,
        hint="a line is 64 hex digits, two spaces and a path; build the site again",
    )
