"""`site-builder serve` as a writer uses it: a real process, a real browser, an archive being edited."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest

ARTICLE = "articles/unsorted/the-lamp-is-lit-again.txt"


@pytest.fixture
def archive(example, tmp_path):
    """A copy of the example that may be edited."""
    ignored = shutil.ignore_patterns("_site", ".site-builder")
    return shutil.copytree(example, tmp_path / "example", ignore=ignored)


@pytest.fixture
def serving(archive):
    """The process that serves the archive, and the address it gives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "serve", archive, "--port", "0", "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    address = ""
    while not address:
        line = process.stdout.readline()
        assert line, "the preview ended before it was ready"
        address = "".join(re.findall(r"http://\S+/", line))
    yield process, address
    process.kill()
    process.wait()
    process.stdout.close()


def test_an_open_page_follows_the_archive(serving, archive, page):
    """An edit shows in the open page; a fault in the settings is shown in it, and goes when mended."""
    _, address = serving
    page.goto(f"{address}unsorted/the-lamp-is-lit-again/")
    path, settings = archive / ARTICLE, archive / "archive.toml"
    before = settings.read_text("utf-8")

    path.write_text(path.read_text("utf-8") + "\n\nA zeppelin passed over.\n", encoding="utf-8")
    page.get_by_text("A zeppelin passed over.").wait_for()
    settings.write_text("title = Saltmere\n", encoding="utf-8")
    page.get_by_text("archive.toml:1").wait_for()
    kept = page.get_by_text("A zeppelin passed over.").count()
    settings.write_text(before.replace("Saltmere Press", "Saltmere Newspaper"), encoding="utf-8")
    page.get_by_text("Saltmere Newspaper Archive").first.wait_for()

    assert 1 == kept
    assert 0 == page.get_by_text("archive.toml:1").count()


def test_the_search_answers_as_the_command_does(serving, archive):
    """`/api/search` and `search --json` print one thing."""
    _, address = serving
    with urlopen(f"{address.split('/saltmere')[0]}/api/search?q=breakwater&limit=3") as answer:  # noqa: S310
        served = json.load(answer)
    words = ["search", "breakwater", "--archive", archive, "--limit", "3", "--json"]
    printed = subprocess.run(
        [sys.executable, "-m", "site_builder", *words], capture_output=True, check=True
    )

    assert json.loads(printed.stdout) == served
    assert 3 == len(served["hits"])


def test_a_failed_build_is_said_in_the_terminal_too(archive):
    """Who has no page open sees the fault as well, and the preview goes on waiting."""
    (archive / "archive.toml").write_text("title = Saltmere\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "site_builder", "serve", archive, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    ready = any("http://" in line for line in iter(process.stdout.readline, ""))
    process.kill()
    _, said = process.communicate()

    assert ready
    assert said.startswith("error: archive.toml:1: ")


def test_control_c_ends_it_cleanly(serving):
    """An interrupt ends the preview without a traceback, with status 0."""
    process, _ = serving
    process.send_signal(signal.SIGINT)

    assert 0 == process.wait(timeout=60)
