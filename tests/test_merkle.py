"""The tree of RFC 9162: roots, proofs, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.provenance.merkle import (
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_by_proof,
)

ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The vectors of the Certificate Transparency project, by number of leaves."""

LEAVES = st.integers(1, 300).map(lambda size: [leaf_hash(b"%d" % n) for n in range(size)])


def by_definition(hashes):
    """Give the root as section 2.1.1 defines it."""
    if len(hashes) == 1:
        return hashes[0]
    left = 1
    while left * 2 < len(hashes):
        left *= 2
    return node_hash(by_definition(hashes[:left]), by_definition(hashes[left:]))


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_are_those_of_others(size):
    """The published vectors come out."""
    hashes = [leaf_hash(entry) for entry in ENTRIES[:size]]

    assert ROOTS[size] == root(hashes).hex()


@given(LEAVES)
def test_the_root_is_the_defined_one(hashes):
    """Level by level gives what the definition by halves gives."""
    assert by_definition(hashes) == root(hashes)


@given(LEAVES, st.data())
def test_every_leaf_has_a_proof(hashes, data):
    """A leaf's proof leads to the root, and from nowhere else."""
    index = data.draw(st.integers(0, len(hashes) - 1))
    elsewhere = data.draw(
        st.integers(0, len(hashes) - 1).filter(lambda n: n != index) | st.just(-1)
    )
    proof = inclusion_proof(hashes, index)
    found = root_by_proof(hashes[index], index, len(hashes), proof)

    assert root(hashes) == found
    assert root(hashes) != root_by_proof(hashes[index], elsewhere, len(hashes), proof)
    assert root(hashes) != root_by_proof(leaf_hash(b"other"), index, len(hashes), proof)


@given(LEAVES, st.data())
def test_a_proof_of_another_length_is_none(hashes, data):
    """A hash too many or too few leads nowhere."""
    index = data.draw(st.integers(0, len(hashes) - 1))
    proof = inclusion_proof(hashes, index)

    assert root_by_proof(hashes[index], index, len(hashes), [*proof, hashes[0]]) is None
    assert not proof or root_by_proof(hashes[index], index, len(hashes), proof[:-1]) is None
