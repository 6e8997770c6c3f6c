"""Work shared out over processes: nothing is lost, nobody waits for a slow one, and the dead are named."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from site_builder import build as building
from site_builder import derive
from site_builder.build import Options, build
from site_builder.crew import Crew
from site_builder.errors import ArchiveError
from site_builder.model import Severity


@pytest.fixture(autouse=True)
def _importable(monkeypatch):
    """Let the processes find this module, wherever the tests were begun."""
    monkeypatch.syspath_prepend(Path(__file__).resolve().parent.parent)


def double(number):
    return 2 * number


def fail(number):
    if number == 3:
        raise ArchiveError("no three", path="three.md", hint="leave it out")
    return number


def die(number, *, of):
    if number in of:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def sleep_long_first(number):
    if number == 0:
        time.sleep(1.5)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_task_has_its_result(jobs):
    """However many there are to do them."""
    with Crew(jobs) as crew:
        found = dict(crew.each(double, range(40)))

    assert {number: 2 * number for number in range(40)} == found


def test_a_crew_can_be_asked_again():
    """Its processes stay from one stage to the next; no task at all is no trouble."""
    with Crew(2) as crew:
        first = dict(crew.each(double, range(5)))
        assert {} == dict(crew.each(double, []))

        assert first == dict(crew.each(double, range(5)))


def test_any_executor_can_do_it():
    """The tasks are what `concurrent.futures` knows as such."""
    with ThreadPoolExecutor(2) as pool, Crew(2, pool) as crew:
        assert {0: 0, 1: 2, 2: 4} == dict(crew.each(double, range(3)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_is_raised_here(jobs):
    """With all that it says."""
    with Crew(jobs) as crew, pytest.raises(ArchiveError) as raised:
        list(crew.each(fail, range(6)))

    assert ("three.md", "leave it out") == (raised.value.path, raised.value.hint)


def test_a_slow_task_does_not_hold_up_the_rest():
    """While one process is at it, the others do what there is to do."""
    with Crew(2) as crew:
        order = [number for number, _ in crew.each(sleep_long_first, range(9))]

    assert 0 == order[-1] or order.index(0) > 3
    assert list(range(9)) == sorted(order)


@pytest.mark.parametrize("deadly", [{0}, {2, 9}])
def test_a_task_that_a_process_dies_of_is_told_from_the_others(deadly):
    """Those that were under way beside it are done all the same."""
    with Crew(2) as crew:
        found = dict(crew.each(partial(die, of=deadly), range(20)))

    assert {number: None if number in deadly else number for number in range(20)} == found


def test_an_article_that_a_process_dies_of_is_named(tmp_path, monkeypatch):
    """It is left out with a problem of its own; all others are built."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(70):
        text = f"---\ntitle: Tide {number}\ndate: 2023-01-01\n---\nThe tide rose {number}.\n"
        (folder / f"a{number:02}.md").write_text(text, "utf-8")
    monkeypatch.setattr(derive, "_derive_batch", deadly_batch)
    built = build(tmp_path, options=Options(jobs=2))

    assert 69 == built.articles
    assert [("articles/a41.md", Severity.ERROR)] == [
        (problem.path, problem.severity) for problem in built.problems if "ended" in problem.message
    ]


def deadly_batch(batch, **settings):
    """Stand in for what the processes run; in them it is as it was."""
    if any(original.path.endswith("a41.md") for original, _ in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return derive._derive_batch(batch, **settings)  # noqa: SLF001 — what a process runs is what dies


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_done_beside_is_done_once(jobs, tmp_path):
    """However often its result is asked for."""
    path = tmp_path / "file"
    path.write_text("before")
    with Crew(jobs) as crew:
        crew.start()
        result = crew.beside(Path.read_text, path)
        before = result()
        path.write_text("after")

        assert (before, result()) == ("before", "before")


@pytest.mark.parametrize("jobs", [1, 2])
def test_without_other_processes_it_is_done_at_once(jobs, tmp_path):
    """What is asked for later is what was there when it was begun."""
    path = tmp_path / "file"
    path.write_text("before")
    with Crew(jobs) as crew:
        result = crew.beside(Path.read_text, path)
        path.write_text("after")

        assert result() == "before"


def test_a_change_made_by_two_processes_is_the_same(tmp_path, monkeypatch):
    """Listing, block, index and terms come from another one, as in a large archive; the site is as ever."""
    root, done = tmp_path / "archive", []
    put_articles(root, 3)
    build(root, options=Options(jobs=2))
    put_articles(root, 4)
    monkeypatch.setattr(building, "_MANY", 0)
    beside = Crew.beside

    def watched(crew, work, task):
        done.append(crew._pool is not None)  # noqa: SLF001 — whether another process does it
        return beside(crew, work, task)

    monkeypatch.setattr(Crew, "beside", watched)
    build(root, options=Options(jobs=2))

    assert [True, True, True, True] == done
    build(root, tmp_path / "clean", options=Options(clean=True))
    assert contents(root / "_site") == contents(tmp_path / "clean")


def put_articles(root, number):
    (root / "articles").mkdir(parents=True, exist_ok=True)
    for one in range(number):
        text = f"---\ntitle: Tide {one}\ndate: 2023-11-0{one + 1}\n---\n\nThe water rose {one} times.\n"
        (root / "articles" / f"a{one}.md").write_text(text, "utf-8")


def contents(site):
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_what_was_lost_beside_is_done_here(tmp_path):
    """A process that is ended takes nothing along that was done beside it, before or after."""
    with Crew(2) as crew:
        crew.start()
        lost = crew.beside(partial(die_once, mark=tmp_path / "died"), 1)

        assert lost() == 1
        assert crew.beside(double, 2)() == 4
        assert {0: 0, 1: 2, 2: 4} == dict(crew.each(double, range(3)))


def die_once(number, *, mark):
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number
