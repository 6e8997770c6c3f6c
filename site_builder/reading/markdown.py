"""Markdown with or without front matter -> Reading.

The title is, in this order: the front matter's, the line above it, the first heading, the first line with
words, the file's name. A heading at the top that is the title is cut, so that it is not shown twice.
"""

import re

from msgspec.structs import replace

from ..config import Archive
from ..model import (
    UNKNOWN,
    Article,
    Assertion,
    Basis,
    Edit,
    Original,
    Reading,
    Reason,
    Record,
    Span,
)
from .dates import read_date
from .decode import Decoded
from .edits import apply
from .front_matter import FrontMatter, front_matter
from .front_matter.fields import Fields, read_fields
from .headings import Heading, first_heading, first_line, plain
from .permalinks import permalink
from .titles import DATE_IN_NAME, FIRST_LINE, first_words, own_name, title_from_name

_DATE_IN_PATH = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})/(\d{1,2})(?=/|$)")


class _Title(Record, frozen=True, kw_only=True):
    """A title, and the heading that is cut from the text for it."""

    title: Assertion
    cut: Span | None = None


def read_markdown(original: Original, decoded: Decoded, archive: Archive) -> Reading:  # noqa: ARG001 — every reader is called alike
    """Read a Markdown file.

    Raises:
        Refused: no permalink can be made from its address and slug.
    """
    text = decoded.text
    front = front_matter(text, original.path)
    fields = read_fields(front, text, original.path)
    titled = _titled(text, front, fields, original)
    edits = _edits(front, titled)
    article = Article(
        permalink=permalink(original.address, fields.slug, path=original.path),
        capture=decoded.capture,
        reader="markdown",
        front_matter=front.kind,
        title=titled.title,
        outlet=fields.outlet,
        authors=fields.authors,
        published=_published(fields, original),
        retrieved=fields.retrieved,
        modified=fields.modified,
        url=fields.url,
        language=fields.language,
        section=fields.section,
        description=fields.description,
        rights=fields.rights,
        tags=fields.tags,
        aliases=fields.aliases,
        status=fields.status,
        status_reason=fields.status_reason,
        text_level=fields.text_level,
        embargo=fields.embargo,
        corrections=fields.corrections,
        acquired=fields.acquired,
        extra=fields.extra,
    )
    problems = (*decoded.problems, *front.problems, *fields.problems)
    shown = apply(text, edits)
    return Reading(article=article, markup="markdown", text=shown, edits=edits, problems=problems)


def _edits(front: FrontMatter, titled: _Title) -> tuple[Edit, ...]:
    """Cut the front matter, and the heading that became the title, in the order they stand."""
    edits = [*front.edits]
    if titled.cut:
        start, end = titled.cut
        rule = "title.heading@1"
        edits.append(Edit(start=start, end=end, rule=rule, reason=Reason.HEADER, feeds="title"))
    return tuple(sorted(edits, key=lambda edit: edit.start))


def _titled(text: str, front: FrontMatter, fields: Fields, original: Original) -> _Title:
    """Find the title, and what is cut for it."""
    body = front.cut[1]
    above = _above(text, front)
    if above is not None and (not fields.title.known or _same(above.value, fields.title.value)):
        return _Title(title=fields.title if fields.title.known else above, cut=front.title_cut)
    heading = first_heading(text, body)
    at_top = heading is not None and not text[body : heading.block[0]].strip()
    if fields.title.known:
        repeats = heading is not None and at_top and _same(heading.text, fields.title.value)
        return _Title(title=fields.title, cut=heading.block if heading and repeats else None)
    if heading is not None:
        title = _stated(text, heading)
        return _Title(title=title, cut=heading.block if at_top else None)
    return _Title(title=_first_words(text, body) or title_from_name(original.address))


def _above(text: str, front: FrontMatter) -> Assertion | None:
    """Take the line that stands above the front matter, if it has words."""
    if front.title is None or not front.title.text or front.title.chars is None:
        return None
    span = front.title.chars
    return Assertion(
        value=front.title.text,
        basis=Basis.STATED,
        as_written=_written(text, span, front.title.text),
        chars=span,
        where="line above the front matter",
        rule="title.line-above@1",
    )


def _stated(text: str, heading: Heading) -> Assertion:
    return Assertion(
        value=heading.text,
        basis=Basis.STATED,
        as_written=_written(text, heading.words, heading.text),
        chars=heading.words,
        where="first heading",
        rule="title.heading@1",
    )


def _first_words(text: str, body: int) -> Assertion | None:
    """Make a title of the first line with words; a long line gives its beginning."""
    line = first_line(text, body)
    if line is None:
        return None
    words = first_words(line.text)
    return Assertion(
        value=words,
        basis=Basis.SUPPLIED,
        as_written=_written(text, line.words, words),
        chars=line.words,
        where="first line",
        rule=FIRST_LINE,
        note="the file states no title and has no heading: this is its first line",
    )


def _published(fields: Fields, original: Original) -> Assertion:
    """Give the date that the front matter states, else the one in its `path` or in the file's name."""
    elsewhere = _date_elsewhere(fields, original)
    stated = fields.published
    if not elsewhere.known:
        return stated
    if not stated.known:
        note = f"the front matter says {stated.as_written}" if stated.as_written else ""
        return replace(elsewhere, note=note)
    if elsewhere.value.startswith(stated.value):
        return stated
    note = f"the {elsewhere.where} says {elsewhere.value}"
    return replace(stated, note=note)


def _date_elsewhere(fields: Fields, original: Original) -> Assertion:
    """Find a date in Zola's `path`, or in the file's name as Jekyll has it."""
    in_path = _DATE_IN_PATH.search(fields.extra.get("path", ""))
    in_name = DATE_IN_NAME.match(own_name(original.address))
    for found, where in ((in_path, "front matter: path"), (in_name, "file name")):
        written = "-".join(found.groups()) if found else ""
        value = read_date(written).value
        if found and len(value) == len("2020-01-02"):
            as_written = found[0].strip("/")
            return Assertion(
                value=value,
                basis=Basis.STATED,
                as_written=as_written if as_written != value else "",
                where=where,
                rule=f"date.{where.split(': ')[-1].replace(' ', '-')}@1",
            )
    return UNKNOWN


def _written(text: str, span: Span, value: str) -> str:
    """Give the words of the file, if they differ from the value."""
    written = text[slice(*span)]
    return written if written != value else ""


def _same(one: str, other: str) -> bool:
    """Whether two titles have the same words, whatever their case and signs."""
    return _letters(one) == _letters(other)


def _letters(title: str) -> str:
    return re.sub(r"\W+", "", plain(title)).casefold()
