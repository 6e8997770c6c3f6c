"""The tree over all articles, as files: a checkpoint that names its root, its hashes in tiles, and places.

One leaf an article, in the catalogue's order (undated first, then oldest to newest), so that new articles
change the tree's right edge alone. A leaf's entry is the lines that `manifest-sha256.txt` has of the files in
the article's own folder, in its order: the original's, where it is published, and the record's.

- `checkpoint.txt`: the body of a C2SP tlog-checkpoint: origin, number of leaves, root in base64, a line each
- `tile/L/N`: 256 hashes of 32 bytes; at level 0 those of leaves, above them those of whole tiles below; the
  last of a level is `N.p/W` with W hashes (C2SP tlog-tiles)
- `places/*.json`: permalink to place in the tree, in files by the beginning of the permalink's SHA-256

`docs/fixity.md` says how to check an article with them.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec

from ..model import Artifact, Record
from . import manifest
from .merkle import leaf_hash, root

FOLDER = "fixity"
CHECKPOINT = f"{FOLDER}/checkpoint.txt"
_TILE = 256
"""Hashes in a whole tile, as the specification has it."""
_PLACES = 256
"""Articles whose places may stand in one file before they are spread over sixteen times as many."""
_GROUP = 1000
"""Tiles are numbered in groups of three digits: x001/234."""


_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,11})\n([A-Za-z0-9+/]{43}=)\n")


class Checkpoint(Record, frozen=True):
    """What stands for a whole archive: keep it elsewhere, or have it signed."""

    origin: str
    """Whose tree: the site's address without its scheme, or the archive's title."""
    size: int
    """Leaves."""
    root: str
    """Base64 of 32 bytes."""

    def encode(self) -> bytes:
        """Write it as three lines."""
        return f"{self.origin}\n{self.size}\n{self.root}\n".encode()


def parse_checkpoint(content: bytes) -> Checkpoint:
    """Read a checkpoint; a signature that may follow after an empty line is left to others.

    Raises:
        ValueError: it is none.
    """
    found = _CHECKPOINT.match(content.decode())
    if found is None:
        message = "a checkpoint is an origin, a number and a root in base64, a line each"
        raise ValueError(message)
    return Checkpoint(found[1], int(found[2]), found[3])


def entry(folder: str, digests: Mapping[str, str]) -> bytes:
    """Give the entry of an article's leaf: its lines of the manifest.

    Args:
        folder: The article's permalink.
        digests: Path to SHA-256 of the files in its own folder that the manifest lists.
    """
    own = {path: digest for path, digest in digests.items() if path.rpartition("/")[0] == folder}
    return manifest.make(own)


def log(origin: str, leaves: Sequence[tuple[str, bytes]]) -> Iterator[Artifact]:
    """Give all files of the tree.

    Args:
        origin: Whose tree it is.
        leaves: Permalink and leaf hash of each article, in the catalogue's order.
    """
    hashes = [leaf for _, leaf in leaves]
    checkpoint = Checkpoint(origin, len(leaves), b64encode(root(hashes)).decode())
    yield Artifact(path=CHECKPOINT, content=checkpoint.encode())
    yield from _tiles(hashes)
    digits = digits_of_places(len(leaves))
    files: dict[str, dict[str, int]] = {}
    for place, (permalink, _) in enumerate(leaves):
        files.setdefault(places_file(permalink, digits), {})[permalink] = place
    for path, places in sorted(files.items()):
        yield Artifact(path=path, content=msgspec.json.encode(dict(sorted(places.items()))) + b"\n")


def leaf(folder: str, digests: Mapping[str, str]) -> tuple[str, bytes]:
    """Give an article's leaf for `log`."""
    return folder, leaf_hash(entry(folder, digests))


def digits_of_places(size: int) -> int:
    """Say how many hex digits name a file of places in a tree of that size."""
    digits = 0
    while size > _PLACES * 16**digits:
        digits += 1
    return digits


def places_file(permalink: str, digits: int) -> str:
    """Name the file that has an article's place."""
    return f"{FOLDER}/places/{sha256(permalink.encode()).hexdigest()[:digits] or 'all'}.json"


def _tiles(hashes: Sequence[bytes]) -> Iterator[Artifact]:
    level = 0
    while hashes:
        for number, at in enumerate(range(0, len(hashes), _TILE)):
            held = hashes[at : at + _TILE]
            partial = "" if len(held) == _TILE else f".p/{len(held)}"
            path = f"{FOLDER}/tile/{level}/{_tile_number(number)}{partial}"
            yield Artifact(path=path, content=b"".join(held))
        whole = len(hashes) - len(hashes) % _TILE
        hashes = [root(hashes[at : at + _TILE]) for at in range(0, whole, _TILE)]
        level += 1


def _tile_number(number: int) -> str:
    groups = [f"{number % _GROUP:03}"]
    while number := number // _GROUP:
        groups.insert(0, f"x{number % _GROUP:03}")
    return "/".join(groups)
