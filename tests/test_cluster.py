"""Reading articles on a Dask cluster: the same bytes as on this machine."""

import sys
import warnings

import pytest
from click.testing import CliRunner

from site_builder import cluster as module
from site_builder.build import Options, build
from site_builder.cli import main
from site_builder.cluster import cluster
from site_builder.errors import ArchiveError

pytestmark = pytest.mark.filterwarnings("default")  # what Dask warns of is not ours


@pytest.fixture(scope="module")
def scheduler():
    """Lend a cluster of two processes on this machine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from distributed import LocalCluster  # noqa: PLC0415 — slow to import

        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as two:
            yield two.scheduler_address


@pytest.fixture
def root(tmp_path):
    """Lend an archive of more articles than two batches."""
    folder = tmp_path / "archive" / "articles"
    folder.mkdir(parents=True)
    for number in range(70):
        day = f"2023-01-{1 + number % 28:02}"
        text = f"---\ntitle: Tide {number}\ndate: {day}\n---\n\nThe tide rose {number}.\n"
        (folder / f"a{number:02}.md").write_text(text, "utf-8")
    (folder / "bad.md").write_bytes(b"---\ntitle: [\n---\n\x00\x01")
    return folder.parent


def contents(folder):
    """Give the bytes of all files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_workers_make_the_same_site(root, scheduler, tmp_path):
    """Byte for byte, and with the same problems."""
    here = build(root, tmp_path / "here", options=Options(clean=True))
    with cluster(scheduler, root) as readers:
        options = Options(clean=True, readers=readers)
        there = build(root, tmp_path / "there", options=options)

    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert here.problems == there.problems


def test_the_command_takes_an_address(root, scheduler):
    """`--dask ADDRESS` is all there is to say."""
    ran = CliRunner().invoke(main, ["build", str(root), "--dask", scheduler])

    assert "70\n" in ran.stdout
    assert "The site is in" in ran.stdout


def test_workers_of_another_version_are_refused(root, scheduler, monkeypatch):
    """They might give other bytes."""
    monkeypatch.setattr(module, "program_digest", lambda: "another version")
    with pytest.raises(ArchiveError, match="another program"), cluster(scheduler, root):
        pass


def test_workers_that_do_not_see_the_archive_are_refused(scheduler, tmp_path):
    """The folder must be at the same path for them."""
    with pytest.raises(ArchiveError, match="does not see"), cluster(scheduler, tmp_path / "none"):
        pass


def test_where_nobody_answers_that_is_said(root, monkeypatch):
    """With the address, and what to look at."""
    monkeypatch.setattr(module, "_PATIENCE", "1s")
    nowhere = "tcp://127.0.0.1:9"
    with pytest.raises(ArchiveError, match=nowhere) as raised, cluster(nowhere, root):
        pass

    assert "running" in raised.value.hint


def test_without_dask_that_is_said(root, monkeypatch):
    """With what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ArchiveError, match="not installed") as raised, cluster("x", root):
        pass

    assert "[dask]" in raised.value.hint
