"""The published schemas: what the program writes and reads fits them, and nothing else does."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from site_builder.build import build
from site_builder.config import ConfigError, load
from site_builder.schemas import schemas

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schemas"
REFUSED = (
    ("archive.json", "archive.toml", "titel = 'A'\n"),
    ("archive.json", "archive.toml", "title = 5\n"),
    ("archive.json", "archive.toml", "[table]\nheadline = 'A'\n"),
    ("outlet.json", "outlets/a.toml", "forms = ['A']\n"),
    ("outlet.json", "outlets/a.toml", "name = 'A'\n[[cut]]\npattern = 'x'\nwhere = 'middle'\n"),
    ("name.json", "names/a.toml", "label = 'A'\nforms = 'B'\n"),
)


def validator(name):
    """Give what checks against a published schema."""
    schema = json.loads((FOLDER / name).read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(name, value):
    """Give what does not fit."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(value)]


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_published_schemas_are_those_of_this_program(name):
    """If this fails: python -m site_builder.schemas docs/schemas."""
    assert schemas()[name].decode() == (FOLDER / name).read_text("utf-8")


def test_every_record_of_the_example_fits_its_schema(tmp_path):
    """Files of every kind, with all that a record may say."""
    site = Path(build(ROOT / "example", tmp_path / "site").site)
    records = sorted(site.rglob("record.json"))

    assert len(records) > 10
    assert [] == [
        (path.parent.name, fault)
        for path in records
        for fault in faults("record.json", json.loads(path.read_bytes()))
    ]


def test_a_record_that_was_tampered_with_does_not_fit(tmp_path):
    """A value without a basis, an inferred one without evidence, a date that is none, a key of one's own."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text(
        "---\ndate: 2020-01-02\n---\n# Quay\n\nFell.\n", "utf-8"
    )
    site = Path(build(tmp_path).site)
    written = (site / "a" / "record.json").read_text("utf-8")

    def changed(**keys):
        record = json.loads(written)
        record["values"]["published"] = {**record["values"]["published"], **keys}
        return faults("record.json", {k: v for k, v in record.items() if v is not None})

    assert changed() == []
    assert changed(basis="guessed")
    assert changed(value="last Saturday")
    assert changed(own=1)
    assert changed(value=None)


@pytest.mark.parametrize(
    ("schema", "path"),
    [("archive.json", "archive.toml"), ("outlet.json", "outlets"), ("name.json", "names")],
)
def test_the_settings_of_the_example_fit(schema, path):
    """What the program reads, its schema allows."""
    place = ROOT / "example" / path
    files = [place] if place.is_file() else sorted(place.glob("*.toml"))

    assert files
    for file in files:
        assert [] == faults(schema, tomllib.loads(file.read_text("utf-8"))), file


@pytest.mark.parametrize(("schema", "path", "content"), REFUSED)
def test_what_the_program_refuses_its_schema_refuses(tmp_path, schema, path, content):
    """An unknown key, a value of another kind, a key left out."""
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, "utf-8")

    assert faults(schema, tomllib.loads(content))
    with pytest.raises(ConfigError):
        load(tmp_path)


def test_front_matter_of_the_example_fits():
    """Known keys hold what they promise; others are allowed."""
    blocks = [
        found[1]
        for path in sorted((ROOT / "example").rglob("*.md"))
        if (found := re.match(r"---\n(.*?)\n---\n", path.read_text("utf-8"), re.DOTALL))
    ]

    assert blocks
    for block in blocks:
        known = json.loads(json.dumps(yaml.safe_load(block), default=str))
        assert [] == faults("front-matter.json", known), block
