import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from site_builder import __version__
from site_builder.config import Archive
from site_builder.model import Article, Assertion, Basis, Capture, Edit, Reading, Reason
from site_builder.provenance.record import record

DOCS = Path(__file__).resolve().parent.parent / "docs" / "record-format.md"
DECODED = "date 2023-11-04 Harbour Echo - The quay is dry.Boats wait.\n"
ORIGINAL = b"\xef\xbb\xbf" + DECODED.replace("\n", "\r\n").encode()
SHOWN = "The quay is dry. Boats wait.\n"
ARCHIVE = Archive(root="/nowhere", title="Saltmere", address="https://example.org/saltmere/")


def digest(content):
    return sha256(content).hexdigest()


@pytest.fixture
def reading():
    """A scraped text: its header was cut and a glued sentence mended."""
    glued = DECODED.index("Boats")
    capture = Capture(
        path="articles/quay.txt",
        size=len(ORIGINAL),
        sha256=digest(ORIGINAL),
        decoded_sha256=digest(DECODED.encode()),
        media_type="text/plain",
        encoding=Assertion(value="utf-8", basis=Basis.STATED, where="byte order mark"),
        byte_order_mark=True,
        line_ends="crlf",
    )
    article = Article(
        permalink="quay",
        capture=capture,
        reader="text",
        title=Assertion(value="Quay", basis=Basis.INFERRED, where="file name", note="no headline"),
        outlet=Assertion(value="Harbour Echo", basis=Basis.STATED, chars=(16, 28)),
        outlet_id="harbour-echo",
        published=Assertion(
            value="2023-11-04",
            basis=Basis.STATED,
            as_written="date 2023-11-04",
            chars=(5, 15),
            rule="header.date-outlet@1",
        ),
        description=Assertion(value="A deck", basis=Basis.STATED),
        captions=(Assertion(value="A boat", basis=Basis.STATED),),
        tags=("tide", "ebb"),
        extra={"zeta": "1", "alpha": "ή"},
    )
    edits = (
        Edit(start=0, end=31, rule="header.date-outlet@1", reason=Reason.HEADER, feeds="published"),
        Edit(start=glued, end=glued, replacement=" ", rule="glued@1", reason=Reason.REPAIR_SPACE),
    )
    return Reading(article=article, markup="text", text=SHOWN, edits=edits)


def written(reading):
    return json.loads(record(reading.article, reading, ARCHIVE))


def test_each_value_says_what_it_rests_on(reading):
    """Value, basis, words of the file, place and rule stand together; unknown is said."""
    values = written(reading)["values"]

    assert values["published"] == {
        "value": "2023-11-04",
        "basis": "stated",
        "as_written": "date 2023-11-04",
        "evidence": {"chars": [5, 15], "rule": "header.date-outlet@1"},
    }
    assert values["title"] == {
        "value": "Quay",
        "basis": "inferred",
        "evidence": {"where": "file name"},
        "note": "no headline",
    }
    assert values["url"] == {"value": None, "basis": "unknown"}
    assert values["outlet"]["id"] == "harbour-echo"


def test_the_capture_describes_the_original_bytes(reading):
    """Whoever has the file can tell that it is the one."""
    written_record = written(reading)

    assert written_record["id"] == digest(ORIGINAL)[:12]
    assert written_record["capture"] == {
        "path": "articles/quay.txt",
        "bytes": len(ORIGINAL),
        "sha256": digest(ORIGINAL),
        "media_type": "text/plain",
        "encoding": {
            "value": "utf-8",
            "basis": "stated",
            "evidence": {"where": "byte order mark"},
        },
        "byte_order_mark": True,
        "line_ends": "crlf",
    }


def test_the_edits_carry_the_hash_of_both_ends(reading):
    """A reader can tell whether a replay gave the right text."""
    edits = written(reading)["edits"]

    assert edits["from"] == f"sha256:{digest(DECODED.encode())}"
    assert edits["to"] == f"sha256:{digest(SHOWN.encode())}"
    assert edits["unit"] == "unicode-code-point"
    assert edits["ops"][0] == {
        "start": 0,
        "end": 31,
        "replacement": "",
        "rule": "header.date-outlet@1",
        "reason": "header",
        "feeds": "published",
    }


def test_a_withdrawn_article_keeps_its_record_and_loses_its_text(reading):
    """Nothing that was part of the article's text may be read in its tombstone."""
    article = msgspec.structs.replace(
        reading.article, status="withdrawn", status_reason="at the author's wish"
    )
    tombstone = json.loads(record(article, msgspec.structs.replace(reading, text=""), ARCHIVE))

    assert tombstone["status_reason"] == "at the author's wish"
    assert tombstone["capture"]["sha256"] == digest(ORIGINAL)
    assert not {"edits", "extra"} & tombstone.keys()
    assert not {"description", "captions"} & tombstone["values"].keys()


def test_an_extracted_page_says_that_no_edits_can_replay_it(reading):
    """An empty list of edits would be a false promise."""
    article = msgspec.structs.replace(reading.article, reader="html")
    edits = json.loads(record(article, reading, ARCHIVE))["edits"]

    assert edits["ops"] is None
    assert "no list of edits" in edits["note"]


def test_the_file_is_for_people_too(reading):
    """Two spaces a level, letters as letters, one line feed at the end, keys in a fixed order."""
    content = record(reading.article, reading, ARCHIVE).decode()

    assert content.startswith('{\n  "schema": "site-builder/record",\n  "version": 1,\n  "id"')
    assert content.endswith("}\n")
    assert '"alpha": "ή",\n    "zeta": "1"' in content
    assert json.loads(content)["software"] == {"name": "site-builder", "version": __version__}


def test_the_same_article_makes_the_same_bytes(reading):
    """The order of keys in the front matter's parser is no part of the record."""
    turned = dict(reversed(reading.article.extra.items()))
    article = msgspec.structs.replace(reading.article, extra=turned)

    assert record(article, reading, ARCHIVE) == record(reading.article, reading, ARCHIVE)


def test_every_key_is_explained(reading):
    """A key that stands in no document is of use to nobody."""
    document = DOCS.read_text("utf-8")

    def keys(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from () if key == "extra" else keys(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys(inner)

    assert sorted({key for key in keys(written(reading)) if f"`{key}`" not in document}) == []


def test_the_documents_twenty_lines_replay_the_edits(reading, tmp_path):
    """A reader needs Python and this page, and nothing of ours."""
    program = re.search(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[1]
    (tmp_path / "replay.py").write_text(program, "utf-8")
    (tmp_path / "record.json").write_bytes(record(reading.article, reading, ARCHIVE))
    (tmp_path / "original.txt").write_bytes(ORIGINAL)
    command = [sys.executable, "-I", "replay.py", "original.txt", "record.json"]
    good = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    (tmp_path / "original.txt").write_bytes(ORIGINAL.replace(b"dry", b"wet"))
    bad = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    assert len(program.strip().splitlines()) <= 20
    assert (good.returncode, good.stdout.decode()) == (0, SHOWN)
    assert (bad.returncode, bad.stdout) == (1, b"")
