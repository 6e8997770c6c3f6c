"""The Merkle tree of RFC 9162 (section 2.1), over SHA-256: one hash that stands for a list, and proofs.

A leaf's hash is SHA-256 of 00 and its entry, a node's is SHA-256 of 01 and the hashes of its two sides; the
left side is as wide as the largest power of two below the whole. So the root commits to every entry and to
their order, and some twenty hashes show that one entry stands in a list of a million.
"""

from collections.abc import Sequence
from hashlib import sha256


def leaf_hash(entry: bytes) -> bytes:
    """Give the hash of a leaf (32 bytes)."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Give the hash of a node from those of its two sides."""
    return sha256(b"\1" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Give the root of a tree from the hashes of its leaves; that of no leaves is SHA-256 of nothing."""
    if not hashes:
        return sha256().digest()
    level = list(hashes)
    while len(level) > 1:
        # One without a right side goes up as it is: it is the right side of a wider node.
        paired = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[2 * len(paired) :]
    return level[0]


def inclusion_proof(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """Give the hashes that lead from a leaf to the root, the nearest first (section 2.1.3.1).

    Args:
        hashes: Those of all leaves.
        index: The leaf's place, from 0.
    """
    proof: list[bytes] = []
    level = list(hashes)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            proof.append(level[beside])
        paired = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level, index = paired + level[2 * len(paired) :], index // 2
    return proof


def root_by_proof(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Give the root that a proof leads to from a leaf's hash (section 2.1.3.2).

    Returns:
        None where the proof is none for a tree of that size: too long, too short, or beside it.
    """
    if not 0 <= index < size:
        return None
    here, last, found = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if here % 2 or here == last:
            found = node_hash(beside, found)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            found = node_hash(found, beside)
        here, last = here // 2, last // 2
    return found if last == 0 else None
