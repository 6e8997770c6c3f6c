import hashlib
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.errors import ArchiveError
from site_builder.provenance import manifest

EMPTY = hashlib.sha256(b"").hexdigest()
PATHS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_a_line_is_the_hash_two_spaces_and_the_path():
    """The form is BagIt's, sorted by path, so that other tools can read it."""
    made = manifest.make({"b/ü.txt": EMPTY, "a.txt": manifest.digest(b"x")})

    assert f"{hashlib.sha256(b'x').hexdigest()}  a.txt\n{EMPTY}  b/ü.txt\n".encode() == made


@given(st.dictionaries(PATHS, st.binary().map(manifest.digest)))
def test_reading_gives_back_what_was_written(entries):
    """Any path survives, line feeds and percent signs too."""
    assert entries == manifest.parse(manifest.make(entries))


@given(st.dictionaries(PATHS, st.just(EMPTY), min_size=1))
def test_there_is_one_line_a_file(entries):
    """No path can add a line of its own."""
    assert len(entries) == manifest.make(entries).count(b"\n")


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (f"{EMPTY}  a\nzz  b\n".encode(), 2, "not a manifest line"),
        (f"{EMPTY} a\n".encode(), 1, "not a manifest line"),
        (f"{EMPTY}  a\n{EMPTY}  a\n".encode(), 2, "'a' stands here a second time"),
        (f"{EMPTY}  a\n{EMPTY}  b".encode(), 2, "cut off"),
        (f"{EMPTY}  a\n".encode() + b"\xff\n", 2, "not UTF-8"),
        (b"\n", 1, "not a manifest line"),
    ],
)
def test_a_broken_manifest_is_refused_with_its_line(content, line, says):
    """A manifest that cannot be read is never read in part."""
    with pytest.raises(ArchiveError, match=re.escape(says)) as caught:
        manifest.parse(content, "m.txt")

    assert ("m.txt", line) == (caught.value.path, caught.value.line)


def test_sha256sum_can_check_it(tmp_path):
    """A reader needs no program of ours to check the hashes."""
    (tmp_path / "a b.txt").write_bytes(b"harbour\n")
    (tmp_path / "m.txt").write_bytes(manifest.make({"a b.txt": manifest.digest(b"harbour\n")}))
    checked = subprocess.run(
        ["sha256sum", "--check", "m.txt"],  # noqa: S607 — whichever the machine has
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout) == (0, "a b.txt: OK\n")
