"""Takes files into an archive one by one: what each is, what it gives, and what becomes of that."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec

from ..config import SUFFIXES, Archive
from ..model import (
    UNKNOWN,
    Acquisition,
    Article,
    Assertion,
    Basis,
    Edit,
    Original,
    Problem,
    Reading,
    Reason,
    Record,
)
from ..reading import Refused, read
from ..reading.dates import read_date
from ..reading.decode import Decoded, decode
from ..reading.feeds import FEEDS
from ..reading.origin import original_path
from ..reading.parts import PARTED, parts
from ..reading.tables import Row, shown_lines
from .captures import CAPTURES, Page, pages
from .document import Kept, document
from .outcome import Added, Known, Outcome
from .rows import row_reading
from .shelf import Shelf
from .sources import Source, readable, refusal, suffix_of

_COME_BY = {Basis.INFERRED: "concluded", Basis.SUPPLIED: "supplied"}


class _Whole(Record, frozen=True, kw_only=True):
    """A table or a feed, of which each part becomes an article."""

    original: Original
    decoded: Decoded
    content: bytes
    path: str
    """Where it is kept."""
    acquired: Acquisition


class Desk:
    """Takes files in; knows which articles there are by then."""

    def __init__(self, archive: Archive, outlet: Assertion) -> None:
        """Begin with what the archive has; `outlet` is the person's word where a file says nothing."""
        self.archive = archive
        self.outlet = outlet
        self.shelf = Shelf(archive)
        self.problems: list[Problem] = []

    def take(self, source: Source) -> Iterator[Outcome]:
        """Take one file in, or all that a table, a feed or a capture holds, or say why not."""
        suffix = suffix_of(Path(source.path))
        try:
            if suffix in CAPTURES:
                yield from self._pages(source)
            elif suffix in PARTED:
                yield from self._rows(source, Path(source.path).read_bytes(), suffix)
            else:
                yield self._file(source, Path(source.path).read_bytes(), suffix)
        except Refused as refused:
            yield refused.problem
        except OSError as error:
            if error.filename != source.path:
                raise
            yield refusal(source.shown, f"it cannot be opened: {error.strerror}")

    def _file(self, source: Source, content: bytes, suffix: str) -> Outcome:
        original = Original(
            path=source.shown, address=readable(source.address), reader=SUFFIXES[suffix]
        )
        acquired = Acquisition(method="file", name=original.address)
        digest = sha256(content).hexdigest()
        kept = Kept(path=original_path(digest, suffix), digest=digest)
        if known := self._again(source.shown, kept.digest, acquired):
            return known
        return self._read(original, content, kept, acquired)

    def _read(
        self, original: Original, content: bytes, kept: Kept, acquired: Acquisition
    ) -> Outcome:
        reading = read(original, content, self.archive)
        page = decode(original, content).text if reading.markup == "html" else ""
        return self._add(original, captured(reading, acquired), page, kept, content)

    def _pages(self, source: Source) -> Iterator[Outcome]:
        """Take in the pages of a capture; each page's own bytes are kept."""
        for page in pages(Path(source.path), source.shown):
            if isinstance(page, Problem):
                yield page
                continue
            try:
                yield self._page(page, source)
            except Refused as refused:
                yield refused.problem

    def _page(self, page: Page, source: Source) -> Outcome:
        digest = sha256(page.content).hexdigest()
        acquired = Acquisition(
            method="warc-record",
            name=readable(source.address),
            record=page.record,
            url=page.url,
            date=page.date,
            digest=page.digest,
        )
        shown = f"{source.shown} ({page.url})"
        if known := self._again(shown, digest, acquired):
            return known
        original = Original(path=shown, address=page.address, reader="html")
        return self._read(
            original,
            page.content,
            Kept(path=original_path(digest, ".html"), digest=digest),
            acquired,
        )

    def _again(self, shown: str, digest: str, acquired: Acquisition) -> Known | None:
        """Note that bytes which the archive has came again; None if it does not have them."""
        article = self.shelf.by_digest.get(digest)
        if article is None:
            return None
        return Known(source=shown, article=article, noted=self.shelf.note(article, acquired))

    def _rows(self, source: Source, content: bytes, suffix: str) -> Iterator[Outcome]:
        """Take in a table's rows or a feed's entries, one article each; its bytes are kept whole."""
        stem = readable(source.address).rpartition(".")[0]
        original = Original(path=source.shown, address=stem, reader="text")
        decoded = decode(original, content)
        self.problems += decoded.problems
        whole = _Whole(
            original=original,
            decoded=decoded,
            content=content,
            path=original_path(sha256(content).hexdigest(), suffix),
            acquired=Acquisition(
                method="feed-entry" if suffix in FEEDS else "table-row",
                name=readable(source.address),
            ),
        )
        for row in parts(content, decoded.text, source.shown, suffix):
            try:
                yield row if isinstance(row, Problem) else self._row(row, whole)
            except Refused as refused:
                yield refused.problem

    def _row(self, row: Row, whole: _Whole) -> Outcome:
        shown = f"{whole.original.path}:{row.lines[0]}"
        if known := self._again(shown, row.digest, whole.acquired):
            return known
        address = f"{whole.original.address}-{row.number}.md"
        original = msgspec.structs.replace(whole.original, address=address)
        read_as = row_reading(row, original, whole.decoded, self.archive)
        reading = captured(read_as, whole.acquired)
        lines = "" if row.entry else shown_lines(row.lines)
        kept = Kept(path=whole.path, lines=lines, entry=row.entry, digest=row.digest)
        outcome = self._add(original, reading, "", kept, whole.content)
        return (
            msgspec.structs.replace(outcome, source=shown)
            if isinstance(outcome, Added)
            else msgspec.structs.replace(outcome, line=row.lines[0])
        )

    def _add(
        self, original: Original, reading: Reading, page: str, kept: Kept, content: bytes
    ) -> Added | Problem:
        """Keep the bytes and write the article; `page` is an HTML original's text."""
        if reading.article.status == "withdrawn":
            text = "it is withdrawn, and to keep its bytes would be to keep its text"
            return refusal(original.path, text, "write what remains of it into articles/ by hand")
        article = _with_outlet(reading.article, self.outlet)
        text = document(msgspec.structs.replace(reading, article=article), page, kept)
        if not self.shelf.keep(kept.path, content):
            message = f"{kept.path} is there already, and holds other bytes"
            return refusal(original.path, message, "find out with: site-builder verify")
        path = self.shelf.write(article, text, kept.digest)
        self.problems += reading.problems
        return Added(
            source=original.path,
            article=path,
            original=kept.path,
            stated=_stated(article),
            removed=_removed(reading.edits),
            doubts=tuple(_doubts(article)),
        )


def captured(reading: Reading, acquired: Acquisition) -> Reading:
    """Add how the bytes came, and what a capture says of address and day where the page does not."""
    article = msgspec.structs.replace(reading.article, acquired=(acquired,))
    if not article.url.known and acquired.url:
        article = msgspec.structs.replace(article, url=_by_record(acquired.url, "WARC-Target-URI"))
    day = read_date(acquired.date).value
    if not article.retrieved.known and day:
        article = msgspec.structs.replace(article, retrieved=_by_record(day, "WARC-Date"))
    return msgspec.structs.replace(reading, article=article)


def _by_record(value: str, field: str) -> Assertion:
    return Assertion(value=value, basis=Basis.STATED, where=field)


def _with_outlet(article: Article, outlet: Assertion) -> Article:
    """Let the person's word stand where the file says nothing."""
    if article.outlet.known or not outlet.known:
        return article
    return msgspec.structs.replace(article, outlet=outlet)


def _stated(article: Article) -> tuple[str, ...]:
    """Name the values that the file states."""
    values = {**_asked_for(article), **_others(article)}
    return tuple(name for name, value in values.items() if value.basis is Basis.STATED)


def _removed(edits: Iterable[Edit]) -> tuple[str, ...]:
    """Count what was set aside, by reason; what front matter and headline are made of is not lost."""
    counts = Counter(
        edit.reason.value
        for edit in edits
        if edit.end > edit.start
        and edit.reason is not Reason.FRONT_MATTER
        and edit.feeds != "title"
    )
    return tuple(f"{reason} {counts[reason]}" for reason in sorted(counts))


def _asked_for(article: Article) -> dict[str, Assertion]:
    return {
        "title": article.title,
        "date": article.published,
        "outlet": article.outlet,
        "author": article.authors[0] if article.authors else UNKNOWN,
        "url": article.url,
        "language": article.language,
    }


def _others(article: Article) -> dict[str, Assertion]:
    return {
        "retrieved": article.retrieved,
        "modified": article.modified,
        "section": article.section,
        "description": article.description,
        "encoding": article.capture.encoding,
    }


def _doubts(article: Article) -> Iterator[str]:
    """Name each value that was concluded, and each that is not known though readers ask for it."""
    asked_for = _asked_for(article)
    for name, assertion in {**asked_for, **_others(article)}.items():
        if assertion.basis in {Basis.INFERRED, Basis.SUPPLIED}:
            how = assertion.note or assertion.where or assertion.rule
            yield f"{name} {assertion.value!r}, {_COME_BY[assertion.basis]}: {how}"
        elif name in asked_for and not assertion.known:
            yield f"{name} not found"
    if article.captions:
        yield f"captions ({len(article.captions)}) stand at the end of the text"
