"""JSON Schemas (2020-12) of what people write into an archive, for editors that complete and check.

Each is made from what reads the file, so the two cannot drift. They stand in `docs/schemas/`, where
`python -m site_builder.schemas docs/schemas` writes them; that of record.json is written by hand.
"""

import sys
from pathlib import Path

import msgspec

from .config import FILES
from .reading.front_matter.keys import SPELLINGS, field_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS = {"type": ["string", "number"]}
_LIST = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_DATE = {
    "description": "YYYY-MM-DD, or as much as is known; 2023~: about, 2023?: perhaps, 2023/2024: between",
    "type": ["string", "integer"],
}
_CORRECTION = {
    "type": "object",
    "properties": {"date": _DATE, "text": {"type": "string"}},
    "required": ["text"],
}
_SPECIAL = {
    "published": _DATE,
    "modified": _DATE,
    "retrieved": _DATE,
    "authors": _LIST,
    "tags": _LIST,
    "aliases": _LIST,
    "draft": {"type": "boolean"},
    "status": {"enum": ["public", "draft", "withdrawn"]},
    "text_level": {"enum": ["full", "excerpt", "none"]},
    "embargo": _DATE,
    "url": {"type": "string", "format": "uri"},
    "corrections": {
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, _CORRECTION]},
    },
    "approved_cut": {"type": "string", "pattern": "^[0-9]{1,3} *%$"},
}


def schemas() -> dict[str, bytes]:
    """Make each schema, by the name of its file."""
    made = {name: _of_file(name, kind) for name, kind in FILES.items()}
    made["front-matter.json"] = _written("front matter", _front_matter())
    return made


def _of_file(name: str, kind: type) -> bytes:
    schema = msgspec.json.schema(kind)
    top = schema["$defs"].pop(schema.pop("$ref").rpartition("/")[2])
    rest = {"$defs": schema["$defs"]} if schema["$defs"] else {}
    return _written(name.removesuffix(".json"), {**top, **rest})


def _front_matter() -> dict[str, object]:
    """Name each field by its first spelling; other keys are kept as they are, so they are allowed."""
    names = {field: _name(field, spellings.split()[0]) for field, spellings in SPELLINGS.items()}
    properties = {name: _SPECIAL.get(field, _WORDS) for field, name in names.items()}
    return {"type": "object", "properties": properties}


def _name(field: str, first: str) -> str:
    return field if field_of(field) == field and field.replace("_", "") == first else first


def _written(title: str, schema: dict[str, object]) -> bytes:
    whole = {"$schema": DIALECT, **schema, "title": f"site-builder: {title}"}
    return msgspec.json.format(msgspec.json.encode(whole, order="sorted"), indent=2) + b"\n"


if __name__ == "__main__":
    for file, content in schemas().items():
        (Path(sys.argv[1]) / file).write_bytes(content)
