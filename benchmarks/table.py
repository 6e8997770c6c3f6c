"""Markdown tables, and the places in README.md that the benchmarks write them into."""

import platform
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

TEN_KB = 10_000
README = Path(__file__).resolve().parent / "README.md"


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Make a table: the first column to the left, all others to the right.

    >>> print(markdown(["what", "KB"], [["page", 12]]))
    | what | KB |
    |---|--:|
    | page | 12 |
    """
    rule = "|---|" + "--:|" * (len(head) - 1)
    lines = [_row(head), rule, *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def kilobytes(count: float) -> str:
    """Write bytes as KB of 1,000 bytes, whole ones from ten on.

    >>> kilobytes(1234), kilobytes(123456)
    ('1.2', '123')
    """
    return f"{count / 1000:.1f}" if count < TEN_KB else f"{count / 1000:,.0f}"


def between(text: str, name: str, table: str) -> str:
    """Put a table between the two markers of its name, in place of what stands there.

    Raises:
        ValueError: the text does not have each marker once, in order.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"the markers {begin} and {end} must stand there once each, in this order")
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{table.strip()}\n{end}{rest.partition(end)[2]}"


def write(name: str, table: str, readme: Path = README) -> None:
    """Write a table between its markers in the README."""
    readme.write_text(between(readme.read_text("utf-8"), name, table), "utf-8")


def provenance(command: str, peers: Iterable[str]) -> str:
    """Say by which command, when and with which programs a table was made; nothing about the machine."""
    ours = f"site-builder {version('site-builder')}, Python {platform.python_version()}"
    today = datetime.now(tz=UTC).date().isoformat()
    return f"`{command}`, {today}: {', '.join((ours, *peers))}."


def program_version(said: str) -> str:
    """Take the version number out of what a program says of itself.

    >>> program_version("Chromium 156.0.8078.79 built on Debian")
    '156.0.8078.79'
    """
    found = re.search(r"\d+(\.\d+)+", said)
    return found[0] if found else "of unknown version"
