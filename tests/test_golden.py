"""Golden records: what a record says of one file of every kind, in files that a person can read.

After a change that is meant: `GOLDEN=write python -m pytest tests/test_golden.py`, and read the difference.
"""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.importing import import_files

GOLDEN = Path(__file__).parent / "golden"
WORDING = {"title", "description", "captions"}
"""Values in the words of others, which stay out of this repository."""
GROUNDED = {"stated", "inferred"}


def assert_golden(folder, records):
    """Compare records, by name, with the files of a folder, or write them there."""
    if os.environ.get("GOLDEN") == "write":
        for path in folder.glob("*.json"):
            path.unlink()
        for name, record in records.items():
            text = json.dumps(record, ensure_ascii=False, indent=1)
            (folder / f"{name}.json").write_text(f"{text}\n", "utf-8")
    held = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}

    assert sorted(held) == sorted(records)
    for name, record in records.items():
        assert held[name] == record, name


def records_of(site):
    """Give each record of a site by its permalink, without the version of the program that wrote it."""
    found = {}
    for path in sorted(site.rglob("record.json")):
        record = json.loads(path.read_bytes())
        del record["software"]
        found[record["permalink"].replace("/", "--")] = record
    found.pop("README", None)  # what the samples' folder says of itself
    return found


def test_the_records_of_the_example(built_example):
    """Markdown with each kind of front matter, scraped text, saved pages, withdrawn and held back ones."""
    assert_golden(GOLDEN / "example", records_of(built_example.site))


SHAPES = {
    "circa.md": "---\ntitle: Quay\ndate: 1931-05~\noutlet: Echo\nrights: CC BY 4.0\n---\nThe quay is dry.\n",
    "between.md": "---\ntitle: Pier\ndate: 2023-11-04/2023-11-06\n"
    "corrections: [{date: 2024, text: Date put right.}]\n---\nWet.\n",
    "excerpt.md": "---\ntitle: Tide\ntext_level: excerpt\n---\nHigh tide at noon,"
    " says the harbour board of Saltmere.\n",
    "embargo.md": "---\ntitle: Wall\nembargo: 2030-01-01\ndescription: Of the wall.\n---\nThe wall.\n",
    "withdrawn.md": "---\ntitle: Gone\nstatus: withdrawn\nreason: asked for\n---\nGone.\n",
    "scraped.txt": "News / Quays\nBoats wait\n\nThe boats wait.Nobody knows why.\n\n"
    "The pier (Photo by A. Quill)\n\nShare this article\n",
    "bare.html": "<!doctype html><title>Ferry</title><p>The ferry is late.</p>",
}
TABLE = "title,date,text,odd\nRow one,2023-11-04,The first row.,x\n"
FEED = (
    "<rss version='2.0'><channel><title>Echo</title><item><title>Entry</title><guid>e1</guid>"
    "<description>The &lt;b&gt;first&lt;/b&gt; entry.</description></item></channel></rss>"
)


def test_the_records_of_every_other_shape(tmp_path):
    """Uncertain dates, what is held back, scraped text, and what import made of tables and feeds."""
    root = tmp_path / "archive"
    (root / "articles").mkdir(parents=True)
    (root / "archive.toml").write_text('title = "Shapes"\n')
    for name, text in SHAPES.items():
        (root / "articles" / name).write_text(text, "utf-8")
    for name, text in (
        ("table.csv", TABLE),
        ("feed.xml", FEED),
        ("file.txt", SHAPES["scraped.txt"]),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        import_files([tmp_path / name], root)
    edited = root / "articles" / "table-1.md"
    edited.write_text(edited.read_text("utf-8").replace("The first row", "The only row"), "utf-8")
    build(root, options=Options(as_of="2026-01-31"))

    assert_golden(GOLDEN / "shapes", records_of(root / "_site"))


def test_the_records_of_the_samples(samples, tmp_path):
    """Three scraped articles; their words are compared by hash, for they are not ours."""
    build(samples, tmp_path / "site")
    records = {
        name: without_wording(record) for name, record in records_of(tmp_path / "site").items()
    }

    assert_golden(GOLDEN / "samples", records)


def without_wording(record):
    """Give a record with the words of the article replaced by the beginning of their hash."""
    values = {}
    for name, value in record["values"].items():
        many = value if isinstance(value, list) else [value]
        hidden = [
            hashed(one, {"value", "as_written"} if name in WORDING else {"as_written"})
            for one in many
        ]
        values[name] = hidden if isinstance(value, list) else hidden[0]
    return {**record, "values": values}


def hashed(value, keys):
    """Replace some texts of a value by the beginning of their hash."""
    return {
        key: f"sha256:{sha256(text.encode()).hexdigest()[:16]}" if key in keys and text else text
        for key, text in value.items()
    }


def test_the_samples_say_what_was_found_by_hand(samples, tmp_path):
    """Which of the three states its publisher, its date and its headline, and what was set aside."""
    build(samples, tmp_path / "site")
    found = {}
    for name, record in records_of(tmp_path / "site").items():
        values, ops = record["values"], record["edits"]["ops"]
        found[name[:3]] = {
            "title": values["title"]["basis"],
            "outlet": (values["outlet"]["value"], values["outlet"]["basis"]),
            "published": (values["published"]["value"], values["published"]["basis"]),
            "put in": sum(op["reason"] == "repair-space" for op in ops),
            "reasons": sorted({op["reason"] for op in ops} - {"repair-space"}),
        }

    assert found == {
        "000": {
            "title": "supplied", "outlet": ("Islam Times", "stated"),
            "published": ("2023-11-04", "stated"), "put in": 12, "reasons": ["header"],
        },
        "001": {
            "title": "stated", "outlet": ("Press TV", "inferred"), "published": (None, "unknown"),
            "put in": 0, "reasons": ["caption", "footer", "header", "navigation"],
        },
        "003": {
            "title": "supplied", "outlet": (None, "unknown"),
            "published": ("2023-12-20", "stated"), "put in": 0, "reasons": ["header"],
        },
    }  # fmt: skip


def assertions_of(record):
    """Give each value of a record with its name."""
    yield "encoding", record["capture"]["encoding"]
    for name, value in record["values"].items():
        for one in value if isinstance(value, list) else [value]:
            yield name, one


@pytest.mark.parametrize("name", ["example", "samples", "shapes"])
def test_every_value_carries_what_it_rests_on(name):
    """A stated or inferred one its evidence or how it was concluded, an unknown one no value."""
    without = []
    for path in sorted((GOLDEN / name).glob("*.json")):
        for key, one in assertions_of(json.loads(path.read_text("utf-8"))):
            grounds = one.get("evidence") or one.get("note")
            fine = one["value"] is None if one["basis"] == "unknown" else one["value"] is not None
            if not fine or (one["basis"] in GROUNDED and not grounds):
                without.append((path.stem, key, one))

    assert without == []
