"""A row of a table -> a Reading, as if it had come as Markdown with front matter.

Columns are understood in the spellings of front matter, and a text's by `TEXTS`; `[table]` in archive.toml
says what columns of other names hold. Columns without a meaning stay with the article, as its other keys.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from ..columns import Table
from ..config import Archive
from ..model import Original, Problem, Reading, Severity
from ..reading import Refused, read
from ..reading.decode import Decoded
from ..reading.front_matter.keys import field_of
from ..reading.html.markdown import fragment_as_markdown
from ..reading.origin import KEYS
from ..reading.tables import Row, Value
from .document import paragraphs
from .scalars import scalar

TEXTS = ("text", "body", "content", "article", "full_text", "maintext")
"""Columns that hold an article's text, where `[table]` names none; the first that holds words is taken."""


def row_reading(row: Row, original: Original, decoded: Decoded, archive: Archive) -> Reading:
    """Read one row.

    Args:
        row: The row.
        original: The table; its address names the article.
        decoded: The table's text and capture.
        archive: Its `[table]` says what columns hold.

    Raises:
        Refused: the row has no text, or nothing can be made of its values.
    """
    if row.entry:  # a feed's elements have their meaning already, and its texts are HTML
        archive = replace(archive, table=Table(markup="html"))
    column = _text_column(row, archive.table)
    value = row.values.get(column, "")
    text = value if isinstance(value, str) else "\n\n".join(value)
    body = _markdown(text, archive.table.markup)
    if not body.strip():
        raise Refused(_without_text(row, original, archive.table))
    lines = "".join(f"{key}: {_value(value)}\n" for key, value in _keys(row, column, archive.table))
    page = f"---\n{lines}---\n\n{body}\n".encode("utf-8", "replace")
    try:
        reading = read(replace(original, reader="markdown"), page, archive)
    except Refused as refused:
        raise Refused(replace(refused.problem, line=row.lines[0])) from refused
    problems = tuple(replace(problem, line=row.lines[0]) for problem in reading.problems)
    article = replace(reading.article, capture=decoded.capture)
    return replace(reading, article=article, problems=problems)


def _text_column(row: Row, table: Table) -> str:
    if table.text:
        return table.text
    plain = {name.casefold().replace(" ", "_").replace("-", "_"): name for name in row.values}
    return next((plain[name] for name in TEXTS if name in plain), "")


def _markdown(text: str, markup: str) -> str:
    match markup:
        case "html":
            return fragment_as_markdown(text)
        case "markdown":
            return text
        case _:
            return paragraphs(text)


def _keys(row: Row, text: str, table: Table) -> Iterator[tuple[str, Value]]:
    """Give front matter's keys; a column that would be taken for one of them by accident is renamed."""
    named = {getattr(table, field): field for field in Table.FIELDS if getattr(table, field)}
    fields = {field_of(key) for key in named.values()}
    for column, value in row.values.items():
        if column in named:
            yield scalar(named[column]), value
        elif column != text:
            other = column in KEYS or field_of(column) in fields - {""}
            yield scalar(f"{column} (column)" if other else column), value


def _value(value: Value) -> str:
    return scalar(value) if isinstance(value, str) else f"[{', '.join(map(scalar, value))}]"


def _without_text(row: Row, original: Original, table: Table) -> Problem:
    hint = (
        f"archive.toml says that {table.text!r} holds it; the columns are: "
        if table.text
        else "name its column in archive.toml, below [table]: text = …; the columns are: "
    )
    return Problem(
        path=original.path,
        line=row.lines[0],
        message="this row has no text",
        hint=hint + ", ".join(row.values),
        severity=Severity.ERROR,
    )
