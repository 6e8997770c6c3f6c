"""Edited by hand: what `import` would write of a kept original, against the article that there is now.

The article's front matter says what the hash of its text was when `import` wrote it. If that is its hash
still, nobody has touched the text, whatever version of this program wrote it. If not, the original is read
again, and the difference is told; where that gives another text than was written then, it is told as less
sure.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

import msgspec

from ..config import SUFFIXES, Archive
from ..derived import Import
from ..model import Article, Assertion, Basis, Original, Reading
from ..reading import Refused, read
from ..reading.decode import decode
from ..reading.origin import HEAD, Origin, body_of, origin
from ..reading.parts import PARTED, parts
from ..reading.tables import Row
from .desk import captured
from .differences import difference
from .document import Kept, document
from .rows import row_reading

_VALUES = {
    "title": "headline",
    "outlet": "publisher",
    "published": "date",
    "modified": "date of change",
    "url": "address",
    "language": "language",
    "section": "section",
    "description": "summary",
}


def since_import(text: str, article: Article, archive: Archive) -> Import | None:
    """Say what became of an imported article; None if it was not imported, or its original is not there.

    Args:
        text: The article's file, decoded.
        article: What was read from it.
        archive: Where its original is kept.
    """
    said = origin(text.encode("utf-8", "replace")[:HEAD])
    content = _kept(said, archive) if said else None
    if said is None or content is None:
        return None
    alone = not said.part
    found = Import(original=said.path, sha256=said.sha256, alone=alone)
    now = body_of(text)
    written = _written(said, content, article, archive)
    if written is None:
        return found
    then = body_of(written)
    exact = not said.text or said.text == _digest(then)
    edits = difference(then, now) if said.text != _digest(now) else ()
    values = tuple(_changed(written, article, archive)) if exact else ()
    return msgspec.structs.replace(
        found, text=then if edits else "", edits=edits, values=values, exact=exact
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _kept(said: Origin, archive: Archive) -> bytes | None:
    """Give the original's bytes, if they are those that the article names."""
    if ".." in PurePosixPath(said.path).parts:
        return None
    try:
        content = Path(archive.root, said.path).read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == said.sha256 else None


def _written(said: Origin, content: bytes, article: Article, archive: Archive) -> str | None:
    """Give the file that `import` writes today; None where it would write none."""
    name = article.acquired[0].name if article.acquired else PurePosixPath(said.path).name
    suffix = PurePosixPath(said.path).suffix
    original = Original(path=said.path, address=name, reader=SUFFIXES.get(suffix, "text"))
    try:
        reading = _reading(said, content, suffix, original, archive)
        if reading is None:
            return None
        if article.acquired:
            reading = captured(reading, article.acquired[0])
        page = decode(original, content).text if reading.markup == "html" else ""
    except Refused:
        return None
    return document(reading, page, Kept(path=said.path, digest=said.sha256))


def _reading(
    said: Origin, content: bytes, suffix: str, original: Original, archive: Archive
) -> Reading | None:
    if not said.part:
        return read(original, content, archive) if suffix in SUFFIXES else None
    if suffix not in PARTED:
        return None
    decoded = decode(original, content)
    found = parts(content, decoded.text, said.path, suffix)
    row = next((row for row in found if isinstance(row, Row) and row.digest == said.part), None)
    if row is None:
        return None
    one = msgspec.structs.replace(original, address=f"{original.address}-{row.number}.md")
    return row_reading(row, one, decoded, archive)


def _changed(written: str, article: Article, archive: Archive) -> Iterator[str]:
    """Name the values that differ from those that `import` wrote."""
    file = Original(path=article.capture.path, address="article.md", reader="markdown")
    try:
        before = read(file, written.encode("utf-8", "replace"), archive).article
    except Refused:
        return
    for name, words in _VALUES.items():
        old, new = getattr(before, name), getattr(article, name)
        if old.value != new.value and Basis.SUPPLIED not in {old.basis, new.basis}:
            yield f"{words}, which was {_shown(old)}"
    for words, olds, news in (
        ("authors", [a.value for a in before.authors], [a.value for a in article.authors]),
        ("tags", [*before.tags], [*article.tags]),
    ):
        if olds != news:
            yield f"{words}, which were {', '.join(olds) or 'not known'}"


def _shown(value: Assertion) -> str:
    return f"\u201c{value.value}\u201d" if value.known else "not known"
