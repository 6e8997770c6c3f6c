"""Publishing: the only writer of the site."""

import os

import pytest

from site_builder import output
from site_builder.errors import ArchiveError
from site_builder.model import Artifact
from site_builder.output import RENDERED, staging
from site_builder.provenance import manifest


def publish(files, site):
    with staging(site) as stage:
        return output.publish(files, stage)


def artifacts(**files):
    return [
        Artifact(path=path.replace("__", "/"), content=text.encode())
        for path, text in files.items()
    ]


def tree(site):
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != RENDERED
    }


def test_the_site_holds_what_was_given_and_says_so(tmp_path):
    """Every file is there, and the list of them names each with its hash."""
    site = tmp_path / "out" / "site"

    published = publish(artifacts(a="1", b__c="22"), site)

    assert tree(site) == {"a": b"1", "b/c": b"22"}
    assert {"a", "b/c"} == set(manifest.parse((site / RENDERED).read_bytes()))
    assert (published.files, published.changed) == (3, ("a", "b/c", RENDERED))


def test_publishing_twice_changes_nothing(tmp_path):
    """A file whose bytes are the same is not touched."""
    publish(artifacts(a="1", b="2"), tmp_path / "site")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").iterdir()}

    again = publish(artifacts(a="1", b="2"), tmp_path / "site")

    assert again.changed == ()
    assert before == {p: p.stat().st_mtime_ns for p in (tmp_path / "site").iterdir()}


def test_what_is_no_longer_made_is_removed_with_its_empty_folders(tmp_path):
    """Only what an earlier build wrote is removed; what a person put there stays."""
    site = tmp_path / "site"
    publish(artifacts(a="1", b__c__d="2"), site)
    (site / "mine.txt").write_text("mine")

    published = publish(artifacts(a="1"), site)

    assert tree(site) == {"a": b"1", "mine.txt": b"mine"}
    assert published.changed == ("b/c/d", RENDERED)
    assert not (site / "b").exists()


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path):
    """Addresses may change their shape between builds."""
    site = tmp_path / "site"
    publish(artifacts(a="1", b__c="2"), site)

    publish(artifacts(a__x="3", b="4"), site)

    assert tree(site) == {"a/x": b"3", "b": b"4"}


def test_an_empty_folder_gives_way_to_a_file(tmp_path):
    """What a person or a tool left empty in the site holds nothing that could be lost."""
    site = tmp_path / "site"
    publish(artifacts(a="1"), site)
    (site / "b").mkdir()

    publish(artifacts(a="1", b="2"), site)

    assert tree(site) == {"a": b"1", "b": b"2"}


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    """A wrong output folder is neither filled nor emptied."""
    (tmp_path / "thesis.doc").write_text("years of work")

    with pytest.raises(ArchiveError, match="did not write"):
        publish(artifacts(a="1"), tmp_path)

    assert tree(tmp_path) == {"thesis.doc": b"years of work"}


def test_a_build_that_fails_leaves_the_last_site(tmp_path):
    """Nothing is put in place before everything is made."""
    site = tmp_path / "site"
    publish(artifacts(a="1"), site)

    def failing():
        yield from artifacts(a="2", b="3")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(failing(), site)

    assert tree(site) == {"a": b"1"}
    assert [site] == list(tmp_path.iterdir())


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "", "x\0y", RENDERED])
def test_nothing_is_written_outside_the_site(tmp_path, path):
    """A path that leaves the site, or takes the list's own name, is refused."""
    with pytest.raises(ArchiveError):
        publish([Artifact(path=path, content=b"x")], tmp_path / "site")

    assert not (tmp_path / "x").exists()


def test_two_files_for_one_path_are_refused(tmp_path):
    """One of two would be lost."""
    with pytest.raises(ArchiveError, match="written to a"):
        publish([*artifacts(a="1"), *artifacts(a="2")], tmp_path / "site")


@pytest.mark.parametrize("paths", [("a/b", "a/b/c"), ("a/b/c", "a/b")])
def test_a_file_that_would_be_a_folder_too_is_refused(tmp_path, paths):
    """A picture `b.png` and an article of that name in one folder cannot both be published."""
    with pytest.raises(ArchiveError, match="a/b would have to be both") as caught:
        publish([Artifact(path=path, content=b"1") for path in paths], tmp_path / "site")

    assert "slug" in caught.value.hint


def test_a_list_that_names_other_places_removes_nothing_there(tmp_path):
    """The list of owned files is read as data from a stranger."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "precious").write_text("x")
    (site / RENDERED).write_text(f"{'0' * 64}  ../precious\n")

    publish(artifacts(a="1"), site)

    assert (tmp_path / "precious").read_text() == "x"


def test_what_a_killed_build_left_behind_is_cleared_away(tmp_path):
    """The staging folder of a process that is gone is removed; that of a running one is not."""
    dead, alive = (tmp_path / f".site.staging-{pid}" for pid in (2**31 - 1, os.getppid()))
    for folder in (dead, alive, tmp_path / ".site.staging-mine"):
        folder.mkdir()
        (folder / "page").write_text("half")

    publish(artifacts(a="1"), tmp_path / "site")

    assert [alive.name, ".site.staging-mine"] == sorted(
        path.name for path in tmp_path.glob(".site.*")
    )
