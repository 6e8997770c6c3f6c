"""A site's tree, checked: does it follow from the manifest, and is an article in it?"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

import msgspec

from ..model import Record
from . import log
from .findings import Finding, Kind, Proof, fault
from .merkle import inclusion_proof, leaf_hash, root, root_by_proof
from .record import RECORD


class Tree(Record, frozen=True, kw_only=True, dict=True):
    """The tree that follows from a site's manifest, its articles in the order that the site says."""

    origin: str
    digests: Mapping[str, str]
    """The manifest."""
    order: tuple[str, ...]
    """Permalinks."""

    @cached_property
    def leaves(self) -> tuple[tuple[str, bytes], ...]:
        """Permalink and leaf hash of each article."""
        own: dict[str, dict[str, str]] = {permalink: {} for permalink in self.order}
        for path, digest in self.digests.items():
            folder = path.rpartition("/")[0]
            if folder in own:
                own[folder][path] = digest
        return tuple(log.leaf(permalink, own[permalink]) for permalink in self.order)

    def root(self, size: int | None = None) -> str:
        """Give the root in base64; with a size, that of the first so many articles."""
        return b64encode(root([leaf for _, leaf in self.leaves[:size]])).decode()

    def proof(self, permalink: str) -> Proof:
        """Prove that an article is in the tree."""
        index, hashes = self.order.index(permalink), [leaf for _, leaf in self.leaves]
        return Proof(
            origin=self.origin,
            size=len(hashes),
            root=self.root(),
            index=index,
            entry=log.entry(permalink, self.digests).decode(),
            hashes=tuple(found.hex() for found in inclusion_proof(hashes, index)),
        )


def leads_to_root(proof: Proof) -> bool:
    """Whether a proof's hashes lead from its entry to its root."""
    leaf = leaf_hash(proof.entry.encode())
    hashes = [bytes.fromhex(found) for found in proof.hashes]
    found = root_by_proof(leaf, proof.index, proof.size, hashes)
    return found is not None and b64encode(found).decode() == proof.root


def read_tree(site: Path, digests: Mapping[str, str]) -> tuple[Tree | None, list[Finding]]:
    """Read a site's checkpoint and places, and compare the whole tree with what the manifest gives.

    Args:
        site: The site's folder.
        digests: Path to SHA-256, as `manifest-sha256.txt` has it.

    Returns:
        The tree, or None where the site does not have one that can be read; and what does not hold.
    """
    try:
        checkpoint = log.parse_checkpoint((site / log.CHECKPOINT).read_bytes())
        order = _order(site, checkpoint.size)
    except FileNotFoundError as error:
        path = Path(error.filename).relative_to(site).as_posix()
        return None, [fault(path, "this part of the tree is missing", Kind.MISSING)]
    except (OSError, ValueError) as error:
        return None, [fault(log.CHECKPOINT, f"the tree cannot be read: {error}")]
    tree = Tree(origin=checkpoint.origin, digests=digests, order=order)
    return tree, [*_articles(tree), *_files(site, tree)]


def _order(site: Path, size: int) -> tuple[str, ...]:
    """Give the articles in the order of their places; each place must be taken once."""
    if size == 0:
        return ()
    taken: dict[int, str] = {}
    for path in sorted((site / log.FOLDER / "places").glob("*.json")):
        try:
            places = msgspec.json.decode(path.read_bytes(), type=dict[str, int])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            message = f"{path.name}: {error}"
            raise ValueError(message) from error
        taken |= {place: permalink for permalink, place in places.items()}
    if sorted(taken) != list(range(size)):
        message = f"the files of places do not give each of {size} articles a place"
        raise ValueError(message)
    return tuple(taken[place] for place in range(size))


def _articles(tree: Tree) -> Iterator[Finding]:
    """Compare the articles of the tree with those of the manifest."""
    held = {
        PurePosixPath(path).parent.as_posix()
        for path in tree.digests
        if PurePosixPath(path).name == RECORD
    }
    for permalink in sorted(held.symmetric_difference(tree.order)):
        yield fault(
            f"{permalink}/{RECORD}", "the manifest and the tree do not hold the same articles"
        )


def _files(site: Path, tree: Tree) -> Iterator[Finding]:
    for artifact in log.log(tree.origin, tree.leaves):
        try:
            same = (site / artifact.path).read_bytes() == artifact.content
        except OSError:
            yield fault(artifact.path, "this part of the tree is missing", Kind.MISSING)
            continue
        if not same:
            yield fault(artifact.path, "this does not follow from the manifest")
