"""record.json: all that is known of one article and how each piece of it is known, for programs.

It stands beside the article's page. `docs/record-format.md` explains each key, and shows how to replay the
edits without this program. Keys come in a fixed order and nothing depends on the machine or the clock,
so a record changes only when what it says does, or the version of this program.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import TypeAlias

import msgspec

from .. import __version__
from ..config import Archive
from ..derived import Import
from ..model import Article, Assertion, Capture, Edit, Reading
from ..reading.edits import apply

RECORD = "record.json"
"""The name of the file."""
SCHEMA = "site-builder/record"
SCHEMA_VERSION = 1
"""Raised when a key changes its meaning or goes away; a new key alone does not raise it."""
EDITS_SCHEMA = "edits/1"

_NOT_REPLAYABLE = "The text was extracted from the page; no list of edits can replay that."

_Object: TypeAlias = dict[str, object]


def record(
    article: Article, reading: Reading, archive: Archive, imported: Import | None = None
) -> bytes:
    """Write an article's record.

    Of an article whose text is withdrawn or held back it holds what says which article it is, and nothing of
    the text: no captions, no edits, and none of the keys that we give no meaning to.

    Args:
        article: The article as the catalogue has it, its outlet's id included.
        reading: What reading made of the original: the text and the edits.
        archive: Who holds it.
        imported: Where its file was written by `import`: from what, and what was changed by hand since.
    """
    held = article.status != "withdrawn" and article.text_level != "none"
    whole: _Object = {
        "schema": SCHEMA,
        "version": SCHEMA_VERSION,
        "id": article.record_id,
        "permalink": article.permalink,
        "status": article.status,
        "status_reason": article.status_reason,
        "text_level": article.text_level,
        "withheld_by": article.withheld_by,
        "embargo": article.embargo,
        "held_by": _holder(archive),
        "values": _values(article, held=held),
        "tags": list(article.tags),
        "aliases": list(article.aliases),
        "corrections": [msgspec.to_builtins(one) for one in article.corrections] if held else None,
        "acquired": [_without_empty(msgspec.to_builtins(one)) for one in article.acquired],
        "capture": _capture(article.capture),
        "import": _import(imported) if imported and article.whole else None,
        "reading": _how_read(article, reading),
        "edits": _edits(article, reading) if article.whole else None,
        "extra": dict(sorted(article.extra.items())) if held else None,
        "software": {"name": "site-builder", "version": __version__},
    }
    return msgspec.json.format(msgspec.json.encode(_without_empty(whole)), indent=2) + b"\n"


def _holder(archive: Archive) -> _Object:
    return _without_empty(
        {
            "archive": archive.title,
            "maintainer": archive.maintainer,
            "address": archive.address,
            "contact": archive.contact,
            "repository": archive.repository,
        }
    )


def _values(article: Article, *, held: bool) -> _Object:
    """Give every descriptive value; one that was looked for and not found says so."""
    values: _Object = {
        "title": _assertion(article.title),
        "outlet": {**_without_empty({"id": article.outlet_id}), **_assertion(article.outlet)},
        "authors": [_assertion(author) for author in article.authors],
        "published": _assertion(article.published),
        "modified": _assertion(article.modified),
        "retrieved": _assertion(article.retrieved),
        "url": _assertion(article.url),
        "language": _assertion(article.language),
        "section": _assertion(article.section),
        "rights": _assertion(article.rights),
    }
    if held:
        values["description"] = _assertion(article.description)
        values["captions"] = [_assertion(caption) for caption in article.captions]
    return values


def _assertion(assertion: Assertion) -> _Object:
    evidence = _without_empty(
        {
            "chars": list(assertion.chars) if assertion.chars is not None else None,
            "where": assertion.where,
            "rule": assertion.rule,
        }
    )
    said = {"as_written": assertion.as_written, "evidence": evidence, "note": assertion.note}
    value = assertion.value if assertion.known else None
    return {"value": value, "basis": assertion.basis.value, **_without_empty(said)}


def _capture(capture: Capture) -> _Object:
    return {
        "path": capture.path,
        "bytes": capture.size,
        "sha256": capture.sha256,
        "media_type": capture.media_type,
        "encoding": _assertion(capture.encoding),
        "byte_order_mark": capture.byte_order_mark,
        "line_ends": capture.line_ends,
    }


def _how_read(article: Article, reading: Reading) -> _Object:
    how = {
        "reader": article.reader,
        "front_matter": article.front_matter,
        "text_in": reading.markup,
    }
    return _without_empty(how)


def _edits(article: Article, reading: Reading) -> _Object:
    """Give the way from the decoded original to the shown text, with the hash at both ends."""
    ends: _Object = {
        "schema": EDITS_SCHEMA,
        "from": f"sha256:{article.capture.decoded_sha256}",
        "to": _hash(reading.text),
        "unit": "unicode-code-point",
    }
    if article.reader == "html":
        return {**ends, "ops": None, "note": _NOT_REPLAYABLE}
    return {**ends, "ops": [_operation(edit) for edit in reading.edits]}


def _import(imported: Import) -> _Object:
    """Give the kept original, and what a person has changed since it was taken in."""
    whole: _Object = {"original": imported.original, "sha256": imported.sha256}
    if imported.by_hand:
        ends: _Object = {
            "from": _hash(imported.text),
            "to": _hash(apply(imported.text, imported.edits)),
        }
        whole["by_hand"] = {
            "exact": imported.exact,
            "values": list(imported.values),
            **(
                {**ends, "ops": [_operation(edit) for edit in imported.edits]}
                if imported.edits
                else {}
            ),
        }
    return whole


def _hash(text: str) -> str:
    return f"sha256:{sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def _operation(edit: Edit) -> _Object:
    operation: _Object = {
        "start": edit.start,
        "end": edit.end,
        "replacement": edit.replacement,
        "rule": edit.rule,
        "reason": edit.reason.value,
    }
    return {**operation, "feeds": edit.feeds} if edit.feeds else operation


def _without_empty(given: Mapping[str, object]) -> _Object:
    """Leave out what has no value: empty texts, lists and objects, and None."""
    return {key: value for key, value in given.items() if value not in ("", None, [], {})}
