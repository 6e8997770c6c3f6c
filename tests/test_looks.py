"""A folder's listing can be brought up to date from what changed in it, and tells any change."""

import gc
import os

from hypothesis import given
from hypothesis import strategies as st

from site_builder.garbage import looked_for_seldom
from site_builder.looks import files_listing, listing, listing_of, relisted

NAMES = ("a", "b", "sub/c", "sub/deep/d", "e")
CHANGES = st.lists(st.tuples(st.sampled_from(NAMES), st.none() | st.binary(max_size=3)), max_size=6)


def put(folder, changes):
    for name, content in changes:
        path = folder / name
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@given(before=CHANGES, changes=CHANGES)
def test_relisted_equals_listed_again(tmp_path_factory, before, changes):
    """What was written, changed and removed is looked at alone, and the sum is that of all."""
    folder = tmp_path_factory.mktemp("site")
    put(folder, before)
    listed = files_listing(folder)
    paths = sorted({folder / name for name, _ in changes})
    was = listing_of(paths)
    put(folder, changes)

    assert relisted(listed, was, listing_of(paths)) == files_listing(folder)


def test_a_file_that_changed_in_place_is_another(tmp_path):
    """Whatever a program does to a file's time afterwards."""
    path = tmp_path / "a"
    path.write_bytes(b"one")
    listed, seen = listing(tmp_path), path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    assert listing(tmp_path) != listed


def test_two_files_that_change_places_are_others(tmp_path):
    """A sum does not mind the order, but each file counts under its own name."""
    for name in ("a", "b"):
        (tmp_path / name).write_text(name)
    listed = listing(tmp_path)
    (tmp_path / "a").rename(tmp_path / "c")
    (tmp_path / "b").rename(tmp_path / "a")
    (tmp_path / "c").rename(tmp_path / "b")

    assert listing(tmp_path) != listed


def test_a_folder_without_files_is_listed_where_it_counts(tmp_path):
    """An empty `articles/` changes what an archive is; in a site it is nothing."""
    archive, site = listing(tmp_path), files_listing(tmp_path)
    (tmp_path / "articles").mkdir()

    assert listing(tmp_path) != archive
    assert files_listing(tmp_path) == site


def test_what_is_passed_over_does_not_count(tmp_path):
    """The site inside the archive, and the cache, change without the archive changing."""
    listed = listing(tmp_path, without=tmp_path / "_site")
    put(tmp_path, [("_site/index.html", b"x"), (".site-builder/notes", b"y")])

    assert listing(tmp_path, without=tmp_path / "_site") == listed


def test_garbage_is_looked_for_as_before_in_the_end():
    """A program that builds a site in passing finds its own settings again."""
    before = gc.get_threshold()
    with looked_for_seldom():
        assert gc.get_threshold() != before

    assert gc.get_threshold() == before
