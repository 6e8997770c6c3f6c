"""A TOML file -> a typed record, every fault told in words, with its line and what may stand there."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec

from .errors import ConfigError

_T = TypeVar("_T")
_KINDS = {
    "str": "a text in quotes",
    "int": "a whole number",
    "float": "a number with a point",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table",
}
"""msgspec's names for what TOML can hold."""
_NO_HINTS: Mapping[str, str] = MappingProxyType({})


def keys_of(kind: type) -> list[str]:
    """Give the keys that a file or a table may have."""
    return [field.name for field in msgspec.structs.fields(kind)]


def decode(path: Path, root: Path, kind: type[_T], hints: Mapping[str, str] = _NO_HINTS) -> _T:
    """Read a settings file.

    Args:
        path: The file.
        root: The archive's folder, which its name is told from.
        kind: What it may hold.
        hints: For the tables in it, by name: what may stand there.

    Raises:
        ConfigError: it is not TOML, or holds what it may not; with the line.
    """
    named = shown(path, root)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"this file is not UTF-8: byte {error.start}",
            path=named,
            hint="save it again as UTF-8 in your editor",
        ) from error
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        message, line = _toml_fault(str(error), text)
        raise ConfigError(
            message, path=named, line=line, hint='a line reads: key = "value"'
        ) from error
    except msgspec.ValidationError as error:
        raise _validation_fault(str(error), text, named, kind, hints) from error


def _toml_fault(message: str, text: str) -> tuple[str, int]:
    """Split tomllib's "... (at line 3, column 7)" into words and a line number."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if found is None:
        return message, 0
    line = int(found[1]) if found[1] else text.count("\n") + 1
    return message[: found.start()], line


def _validation_fault(
    message: str, text: str, path: str, kind: type, hints: Mapping[str, str]
) -> ConfigError:
    """Put msgspec's "... - at `$.cut[0].lines`" into a person's words, and find the line."""
    what, _, at = message.partition(" - at ")
    keys = re.findall(r"\.(\w+)", at)
    named = re.fullmatch(r"Object (contains unknown|missing required) field `(.+)`", what)
    key = named[2] if named and "unknown" in named[1] else keys[-1] if keys else ""
    if named:
        fault = "is not a key that stands here" if "unknown" in named[1] else "is missing"
        words = f"{named[2]!r} {fault}"
    else:
        words = re.sub(r"`(\w+)`", lambda found: _KINDS.get(found[1], found[1]), what)
        words = re.sub(r"^Invalid enum value (.*)", r"\1 cannot stand here", words)
        words = f"{key}: {words.replace('Expected', 'expected')}"
    inside = hints.get(keys[0], "") if keys and at.count("$.") else ""
    return ConfigError(
        words,
        path=path,
        line=line_of(text, key),
        hint=inside or f"the keys are: {', '.join(keys_of(kind))}",
    )


def line_of(text: str, key: str) -> int:
    """Give the first line that begins with the key or holds the value, from 1; 0 if there is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if key and (re.match(rf"\s*\[*\s*\"?{re.escape(key)}\b", line) or key in line):
            return number
    return 0


def shown(path: Path, root: Path) -> str:
    """Name a file as the person knows it."""
    return path.relative_to(root).as_posix()
