"""The tree as files: tiles that never change once they are full, places, a checkpoint."""

import json
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.provenance.log import (
    CHECKPOINT,
    Checkpoint,
    digits_of_places,
    log,
    parse_checkpoint,
    places_file,
)
from site_builder.provenance.merkle import leaf_hash, root


def leaves_of(size):
    return [(f"a/{number}", leaf_hash(b"%d" % number)) for number in range(size)]


def files_of(size):
    return {artifact.path: artifact.content for artifact in log("example.org", leaves_of(size))}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_536 + 300])
def test_the_tiles_hold_the_tree(size):
    """Level 0 is all leaves, each hash above the root of 256 below; a partial tile says its width."""
    files = files_of(size)
    hashes = [leaf for _, leaf in leaves_of(size)]
    level = 0
    while hashes:
        tiles = {path: files[path] for path in files if path.startswith(f"fixity/tile/{level}/")}
        held = b"".join(tiles[path] for path in sorted(tiles))
        last = max(tiles)

        assert b"".join(hashes) == held
        assert last.endswith(f".p/{len(hashes) % 256}") == (len(hashes) % 256 > 0)
        hashes = [root(hashes[at : at + 256]) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    assert f"fixity/tile/{level}/000" not in files


def test_tiles_are_numbered_in_groups_of_three():
    """Number 1,234 is x001/234, as the specification has it."""
    files = files_of(256 * 1_235)

    assert "fixity/tile/0/x001/234" in files
    assert "fixity/tile/0/999" in files
    assert "fixity/tile/1/004.p/211" in files


@given(st.integers(0, 700), st.integers(0, 300))
@settings(max_examples=30)
def test_new_articles_leave_full_tiles_alone(size, more):
    """What is full stays, byte for byte, whatever comes after it."""
    before, after = files_of(size), files_of(size + more)
    full = {path for path in before if "/tile/" in path and ".p/" not in path}

    assert {path: before[path] for path in full} == {path: after[path] for path in full}


@pytest.mark.parametrize("size", [1, 256, 257, 5_000])
def test_every_article_finds_its_place(size):
    """By its permalink's hash alone, and the number of articles."""
    files, digits = files_of(size), digits_of_places(size)
    found = [json.loads(files[places_file(link, digits)])[link] for link, _ in leaves_of(size)]

    assert list(range(size)) == found


def test_a_checkpoint_is_three_lines():
    """Origin, size, root: and reading gives back what was written, signatures left aside."""
    content = files_of(3)[CHECKPOINT]
    top = b64encode(root([leaf for _, leaf in leaves_of(3)])).decode()

    assert f"example.org\n3\n{top}\n".encode() == content
    assert Checkpoint("example.org", 3, top) == parse_checkpoint(
        content + b"\n\xe2\x80\x94 key abc\n"
    )


@pytest.mark.parametrize("content", [b"", b"x\n3\n", b"x\n-1\n" + b"A" * 43 + b"=\n", b"\xff"])
def test_what_is_no_checkpoint_is_refused(content):
    """Nothing is guessed of half a checkpoint."""
    with pytest.raises(ValueError, match=r"checkpoint|utf-8"):
        parse_checkpoint(content)
