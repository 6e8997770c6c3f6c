"""The provenance panel: which file, how it was read, what was changed, what each value rests on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from ..derived import Import
from ..model import Acquisition, Article, Assertion, Edit, Reason, Record
from .wording import basis_words, count, date_words, language_name, one_line, plain, rights_words

_READERS = {"markdown": "Markdown", "text": "plain text", "html": "saved web page"}
_LINE_ENDS = {
    "lf": "LF line ends",
    "crlf": "CRLF line ends",
    "cr": "CR line ends",
    "mixed": "mixed line ends",
}
_FRONT_MATTER = {"yaml": "YAML", "toml": "TOML", "json": "JSON", "lines": "bold header"}
_SET_ASIDE = {
    Reason.HEADER: ("header line", "header lines"),
    Reason.FOOTER: ("footer line", "footer lines"),
    Reason.NAVIGATION: ("navigation line", "navigation lines"),
    Reason.CAPTION: ("picture caption", "picture captions"),
    Reason.ADVERT: ("advertisement", "advertisements"),
    Reason.UI_TEXT: ("button or label", "buttons and labels"),
    Reason.DUPLICATE_BLOCK: ("repeated passage", "repeated passages"),
    Reason.FRONT_MATTER: ("front matter block", "front matter blocks"),
    Reason.MARKUP: ("piece of markup", "pieces of markup"),
    Reason.CURATOR: ("passage chosen by the keeper", "passages chosen by the keeper"),
}
_PUT_IN = {
    Reason.REPAIR_SPACE: ("missing space", "missing spaces"),
    Reason.REPAIR_LINEBREAK: ("line break", "line breaks"),
}


class Ground(Record, frozen=True, kw_only=True):
    """What one value rests on."""

    name: str
    value: str
    basis: str
    written: str = ""
    """The words of the file, where they differ."""


class Evidence(Record, frozen=True, kw_only=True):
    """The provenance panel of one article."""

    file: str
    sha256: str
    size: str
    encoding: str
    encoding_basis: str
    read_as: str
    extracted: bool
    """Whether the text was picked out of a saved page, which no list of changes can describe."""
    summary: str
    """What was changed, counted by reason; empty if nothing."""
    notice: str
    """The same without front matter and headline, which no reader expects to see in the text."""
    acquired: tuple[str, ...]
    """How its bytes were taken in, each time, in words; empty where they were never imported."""
    grounds: tuple[Ground, ...]


def _expected(edit: Edit) -> bool:
    """Whether a change is none to a reader: the headline stands above the text, front matter nowhere."""
    return edit.reason is Reason.FRONT_MATTER or (edit.feeds == "title" and not edit.replacement)


def evidence(article: Article, edits: tuple[Edit, ...], rights: Assertion) -> Evidence:
    """Collect what the archive can show for an article, its rights worked out already."""
    capture = article.capture
    mark = " with byte order mark" if capture.byte_order_mark else ""
    line_ends = _LINE_ENDS.get(capture.line_ends, capture.line_ends)
    return Evidence(
        file=PurePosixPath(capture.path).name,
        sha256=capture.sha256,
        size=count(capture.size, "byte"),
        encoding=f"{capture.encoding.value.upper()}{mark}, {line_ends}",
        encoding_basis=basis_words(capture.encoding),
        read_as=_read_as(article),
        extracted=article.reader == "html",
        summary=summary_of(edits),
        notice=summary_of(tuple(edit for edit in edits if not _expected(edit))),
        acquired=tuple(map(_acquired, article.acquired)),
        grounds=tuple(_grounds(article, rights)),
    )


_METHODS = {
    "file": "the file {}",
    "table-row": "a row of the table {}",
    "feed-entry": "an entry of the feed {}",
    "warc-record": "a page in the capture {}",
}


def _acquired(one: Acquisition) -> str:
    """Say how an article's bytes came, once."""
    name = plain(one.name)
    words = _METHODS.get(one.method, f"{plain(one.method)} {{}}").format(name)
    day = date_words(one.date)
    captured = f", captured on {day.words}" if day.machine else ""
    record = f", record {plain(one.record)}" if one.record else ""
    return f"{words}{captured}{record}"


def _read_as(article: Article) -> str:
    reader = _READERS.get(article.reader, article.reader)
    if not article.front_matter:
        return reader
    return f"{reader} with {_FRONT_MATTER.get(article.front_matter, article.front_matter)} front matter"


def summary_of(edits: tuple[Edit, ...]) -> str:
    """Count the changes by reason, in the order of their first appearance in the list of reasons."""
    counts = Counter(edit.reason for edit in edits)
    aside = [count(counts[r], *words) for r, words in _SET_ASIDE.items() if counts[r]]
    put_in = [count(counts[r], *words) for r, words in _PUT_IN.items() if counts[r]]
    said = (
        f"{_listed(aside)} set aside" if aside else "",
        f"{_listed(put_in)} put in" if put_in else "",
    )
    return "; ".join(part for part in said if part)


def _listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def by_hand(imported: Import | None) -> str:
    """Say what a person has changed since an article was imported; empty if nothing."""
    if imported is None or not imported.by_hand:
        return ""
    passages = count(len(imported.edits), "passage") if imported.edits else ""
    return ", and ".join(part for part in (passages, *map(one_line, imported.values)) if part)


def reason_words(reason: Reason) -> str:
    """Name the reason of one change."""
    return (_SET_ASIDE | _PUT_IN)[reason][0]


def _grounds(article: Article, rights: Assertion) -> Iterator[Ground]:
    yield _ground("Headline", article.title)
    yield _ground("Original publisher", article.outlet)
    for author in article.authors:
        yield _ground("Author", author)
    if not article.authors:
        yield _ground("Author", Assertion())
    for name, date in (("Published", article.published), ("Retrieved", article.retrieved)):
        yield _ground(name, date, date_words(date.value).words if date.known else "")
    if article.modified.known:
        yield _ground("Changed", article.modified, date_words(article.modified.value).words)
    yield _ground("Original address", article.url)
    yield _ground("Language", article.language, language_name(article.language.value))
    for name, value in (("Section", article.section), ("Summary", article.description)):
        if value.known and article.status != "withdrawn":
            yield _ground(name, value)
    yield _ground("Rights", rights, rights_words(rights.value).name)


def _ground(name: str, assertion: Assertion, words: str = "") -> Ground:
    value = one_line(words or assertion.value) if assertion.known else "Unknown"
    written = one_line(assertion.as_written)
    return Ground(
        name=name,
        value=value,
        basis=basis_words(assertion),
        written=written if written not in {value, assertion.value} else "",
    )
