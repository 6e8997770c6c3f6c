"""The cache: what was derived from what."""

import sqlite3
from contextlib import closing
from importlib.metadata import version

import pytest

from site_builder import digests
from site_builder.cache import (
    FILE_NAME,
    LOCK,
    CacheDamaged,
    Row,
    open_cache,
    workplace,
)
from site_builder.config import CACHE, Archive
from site_builder.digests import derivation_key, settings_digest
from site_builder.errors import ArchiveError
from site_builder.model import Original
from site_builder.outlet import Outlet

ORIGINAL = Original(path="articles/a.md", address="a.md", reader="markdown")


def a_row(path, key="k"):
    return Row(path, key, head=b"\x80", shown=b"s", words=b"w")


def paths(folder):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return [path for (path,) in connection.execute("SELECT path FROM derivations")]


def test_what_is_stored_is_there_the_next_time(tmp_path):
    """Rows are committed when the block ends well."""
    with open_cache(tmp_path) as opened:
        opened.put([a_row("a"), a_row("b")])

    assert ["a", "b"] == paths(tmp_path)


def test_a_block_that_fails_stores_nothing(tmp_path):
    """A build that breaks off leaves the cache as it was."""

    def breaking_off():
        with open_cache(tmp_path) as opened:
            opened.put([a_row("a")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaking_off()

    assert [] == paths(tmp_path)


def test_a_full_disk_is_told_in_words(tmp_path):
    """What SQLite cannot write is an error that names the cache, not a traceback."""

    def filling_up():
        with open_cache(tmp_path):
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(ArchiveError, match="database or disk is full") as raised:
        filling_up()

    assert str(tmp_path / FILE_NAME) == raised.value.path


def test_only_the_paths_wanted_are_kept(tmp_path):
    """A removed article's derivation goes with it."""
    with open_cache(tmp_path) as opened:
        opened.put([a_row("a"), a_row("b"), a_row("c")])
        opened.keep_only({"b"})

    assert ["b"] == paths(tmp_path)


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_cache_is_said_and_gone(tmp_path, content):
    """Whatever lies there, the next opening gives a cache that can be used."""
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(CacheDamaged, match="made anew"), open_cache(tmp_path):
        pass
    with open_cache(tmp_path) as opened:
        opened.put([a_row("a")])

    assert ["a"] == paths(tmp_path)


@pytest.mark.parametrize("other", [FILE_NAME, LOCK])
def test_an_empty_file_is_as_good_as_none(tmp_path, other):
    """A build that was killed at its very beginning leaves such."""
    (tmp_path / other).write_bytes(b"")
    with open_cache(tmp_path) as opened:
        opened.put([a_row("a")])

    assert ["a"] == paths(tmp_path)


def test_a_cache_damaged_in_its_middle_is_told(tmp_path):
    """A file that opens well may still hold pages of rubbish."""
    with open_cache(tmp_path) as opened:
        opened.put(a_row(f"{number:04}") for number in range(2000))
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    path.write_bytes(content)
    with pytest.raises(CacheDamaged), open_cache(tmp_path) as opened:
        list(opened.stored())

    assert not path.exists()


def test_one_wrong_byte_in_a_row_is_told(tmp_path):
    """Each part of a row is stored behind a digest of it."""
    with open_cache(tmp_path) as opened:
        opened.put([a_row("a")])
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE derivations SET words = ?", (b"0123456789",))
    with pytest.raises(CacheDamaged), open_cache(tmp_path) as opened:
        opened.words("a")


def test_a_clean_start_forgets(tmp_path):
    """`--clean` means that nothing of before is used."""
    with open_cache(tmp_path) as opened:
        opened.put([a_row("a")])
    with open_cache(tmp_path, clean=True):
        pass

    assert [] == paths(tmp_path)


def test_what_is_missing_is_a_key_error(tmp_path):
    """Asking for what was not derived is a fault of the caller."""
    with open_cache(tmp_path) as opened:
        for stored_in in (opened.shown, opened.words):
            with pytest.raises(KeyError):
                stored_in("nothing")


def test_the_key_covers_all_that_a_derivation_is_made_from():
    """Other bytes, another name or other settings give another key; the same give the same."""
    moved = Original(path="articles/b.md", address="a.md", reader="markdown")
    keys = [
        derivation_key(ORIGINAL, b"x", "s"),
        derivation_key(ORIGINAL, b"y", "s"),
        derivation_key(ORIGINAL, b"x", "t"),
        derivation_key(moved, b"x", "s"),
    ]

    assert 4 == len(set(keys))
    assert keys[0] == derivation_key(ORIGINAL, b"x", "s")


def test_the_settings_that_reading_looks_at_are_in_the_digest():
    """Outlets and languages count; the title and the address of the site do not."""
    plain = Archive(root="/x", title="T")
    renamed = Archive(root="/x", title="U", address="https://example.org/")
    with_outlet = Archive(root="/x", title="T", outlets=(Outlet(id="p", name="Post"),))

    assert settings_digest(plain) == settings_digest(renamed)
    assert settings_digest(plain) != settings_digest(with_outlet)


def test_a_library_that_reads_otherwise_starts_over(monkeypatch):
    """A derivation is made by our code and by what it leans on: a new version of either counts."""
    before = digests.program_digest.__wrapped__()
    monkeypatch.setattr(digests, "version", lambda name: "99" if name == "nh3" else version(name))
    after = digests.program_digest.__wrapped__()

    assert before != after


def test_a_second_build_waits_and_never_takes_a_lock_for_damage(tmp_path, monkeypatch):
    """While one build works the cache is its own; what it stored is there for the next."""
    monkeypatch.setattr("site_builder.cache.PATIENCE", 0.1)
    with open_cache(tmp_path) as cache:
        cache.put([a_row("a")])
        with pytest.raises(ArchiveError, match="locked"), open_cache(tmp_path):
            pass

    assert ["a"] == paths(tmp_path)


def test_where_nothing_can_be_kept_a_temporary_folder_serves(tmp_path):
    """An archive on a disc can be built: its cache is gone when the work is done."""
    (tmp_path / CACHE).write_text("not a folder")
    with workplace(tmp_path) as folder, open_cache(folder) as cache:
        cache.put([a_row("a")])
        elsewhere = folder

    assert tmp_path not in elsewhere.parents
    assert not elsewhere.exists()
