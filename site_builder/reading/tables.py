"""Tables with one row an article: CSV, TSV, and JSON Lines -> rows, each with its lines and its values.

The first line of a CSV or TSV file names the columns; what parts them (comma, semicolon, tab or bar) is what
gives the most. In JSON Lines each line is an object. A row that is not as it should be is refused with its
line, and the others are read.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from ..model import Problem, Record, Severity
from .refused import Refused

if TYPE_CHECKING:
    from _csv import Reader

LINED = (".jsonl", ".ndjson")
TABLES = (".csv", ".tsv", *LINED)
"""What a table's file name ends in (in any case)."""
_PARTERS = ",;\t|"
_LARGEST_CELL = 16_000_000
"""Characters; an open quotation mark would make one cell of the rest of a file."""
_LONGEST_NAME = 200
"""Characters of a column's name; YAML has keys of at most 1,024."""

Value = str | list[str]


class Row(Record, frozen=True, kw_only=True):
    """One row that holds something."""

    number: int
    """From 1, counted over all rows, the refused ones too."""
    lines: tuple[int, int]
    """Its first and its last line in the decoded file, from 1."""
    digest: str
    """SHA-256, as hex, of the header line (if the kind has one) and the row's lines in UTF-8."""
    entry: str = ""
    """Of a feed's entry: its id, in place of lines."""
    values: dict[str, Value]
    """Column to value, in the order of the file; empty values are left out."""


def rows(text: str, path: str, suffix: str) -> Iterator[Row | Problem]:
    """Give a table's rows.

    Args:
        text: The decoded file, its line ends LF.
        path: For problems.
        suffix: One of `TABLES`.

    Raises:
        Refused: the header of a CSV file is of no use.
    """
    return _objects(text, path) if suffix in LINED else _cells(text, path)


def _objects(text: str, path: str) -> Iterator[Row | Problem]:
    number = 0
    for at, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        number += 1
        try:
            found = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            yield _refusal(path, at, f"this line is not JSON: {error}", "write one object a line")
            continue
        if not isinstance(found, dict):
            yield _refusal(path, at, "this line is no JSON object", 'write {"title": …, "text": …}')
            continue
        values = {key: _plain(value) for key, value in found.items()}
        yield _row(number, (at, at), f"{line}\n", values, path)


def _cells(text: str, path: str) -> Iterator[Row | Problem]:
    header, parter = _header(text, path)
    lines = text.split("\n")
    reader = _reader(text, parter)
    names: list[str] = []
    end = number = 0
    while True:
        start = end + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            end = reader.line_num
            number += 1
            hint = 'put a value with quotation marks in quotes, and write each of its own twice: ""'
            yield _refusal(path, start, f"this row cannot be read: {error}", hint)
            continue
        end = reader.line_num
        if not names:
            names, head = header, "".join(f"{line}\n" for line in lines[:end])
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if len(cells) > len(names):
            message = f"this row has {len(cells)} values, and the header {len(names)} names"
            yield _refusal(path, start, message, "put values that hold a separator in quotes")
            continue
        own = "".join(f"{line}\n" for line in lines[start - 1 : end])
        values = dict(zip(names, cells, strict=False))
        yield _row(number, (start, end), head + own, values, path)


def _header(text: str, path: str) -> tuple[list[str], str]:
    """Give the columns' names, and what parts them."""
    found: list[tuple[list[str], str]] = []
    for parter in _PARTERS:
        try:
            found.append((next(_reader(text, parter), []), parter))
        except csv.Error:
            continue
    names, parter = max(found, key=lambda one: len(one[0]), default=([], ","))
    names = [name.strip() or f"column {at}" for at, name in enumerate(names, start=1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if not found or repeated or any(len(name) > _LONGEST_NAME for name in names):
        what = f"names {repeated[0]!r} twice" if repeated else "does not name columns"
        hint = "the first line names each column once: title,date,text"
        raise Refused(_refusal(path, 1, f"the first line of this table {what}", hint))
    return names, parter


def _reader(text: str, parter: str) -> "Reader":
    csv.field_size_limit(_LARGEST_CELL)
    return csv.reader(io.StringIO(text, newline="\n"), delimiter=parter, strict=True)


def _row(
    number: int, lines: tuple[int, int], source: str, values: Mapping[str, Value], path: str
) -> Row | Problem:
    """Make a row of what is not empty, or say that there is nothing to make it of."""
    said = {name: value for name, value in values.items() if value and str(value).strip()}
    if any(len(name) > _LONGEST_NAME for name in said):
        hint = f"at most {_LONGEST_NAME} characters are understood as one"
        return _refusal(path, lines[0], "this row has a name that is too long", hint)
    digest = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    return Row(number=number, lines=lines, digest=digest, values=said)


def _plain(value: object) -> Value:
    """Give a JSON value as front matter can hold it; what is nested deeper stays JSON."""
    match value:
        case None:
            return ""
        case str():
            return value
        case list() if all(isinstance(one, str) for one in value):
            return [one for one in value if one.strip()]
        case _:
            return msgspec.json.encode(value).decode()


def shown_lines(lines: Iterable[int]) -> str:
    """Write the lines of a row: `3`, or `3-7`.

    >>> shown_lines((3, 3)), shown_lines((3, 7))
    ('3', '3-7')
    """
    return "-".join(map(str, dict.fromkeys(lines)))


def _refusal(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(path=path, line=line, message=message, hint=hint, severity=Severity.ERROR)
