"""How the shards are written and named: docs/search-format.md, section 6."""

import hashlib

import msgspec

from ..model import Artifact

FOLDER = "search"
"""Where all of them are, below the site's root."""
_HASH = 12


def encoded(content: object) -> bytes:
    """Write something as JSON, the same for the same content: no spaces, keys sorted."""
    return msgspec.json.encode(content, order="sorted")


def shard(kind: str, content: object) -> Artifact:
    """Make a file that is named after its content, in the folder of its kind."""
    written = encoded(content)
    digest = hashlib.sha256(written).hexdigest()[:_HASH]
    return Artifact(path=f"{FOLDER}/{kind}/{digest}.json", content=written)


def listed(file: Artifact) -> str:
    """Give a file's path as the manifest lists it."""
    return file.path.removeprefix(f"{FOLDER}/")
