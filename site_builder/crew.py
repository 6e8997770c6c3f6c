"""Work shared out over processes: a few tasks ahead of each, results as they come, and who died of what.

Whoever gives the tasks puts the results in order by their numbers, so that neither the number of processes
nor a slow task changes anything but time. Any executor of `concurrent.futures` can stand in for the
processes of this machine.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from types import TracebackType
from typing import Self, TypeVar

from .garbage import look_seldom

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Tasks handed out for each process: so many may wait for a slow one without holding up the rest."""

_FAR = 256
"""Tasks handed out to somebody else's executor, who knows how many do them."""


class Crew:
    """Some processes, started when there is first something to share out."""

    def __init__(self, jobs: int = 1, executor: Executor | None = None) -> None:
        """Take how many processes there may be, or what runs the tasks in their place."""
        self.jobs = jobs
        self._executor = executor
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Begin; nothing is started yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes."""
        self._dismiss()

    def shares(self, tasks: int) -> bool:
        """Whether so many tasks go to other processes."""
        return self._executor is not None or min(self.jobs, tasks) > 1

    def each(self, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[tuple[int, R | None]]:
        """Do all tasks.

        Args:
            work: A function that can be pickled, as a partial one of a module is.
            tasks: What it is called with.

        Yields:
            Each task's number and its result, in the order in which they are done; None in place of
            the result of a task that a process died of. What `work` raises is raised here.
        """
        if not self.shares(len(tasks)):
            yield from enumerate(map(work, tasks))
            return
        coming = iter(enumerate(tasks))
        running: dict[Future[R], tuple[int, T]] = {}
        while True:
            broken = not self._hand_out(work, islice(coming, self._room(running)), running)
            if not running:
                return
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            broken |= any(map(_was_lost, ended))
            if broken:
                yield from self._one_by_one(work, running)
                continue
            for future in ended:
                number, _task = running.pop(future)
                yield number, future.result()

    def start(self) -> None:
        """Start a process now, if there may be one: worth its while where there is much to do beside."""
        if self.jobs > 1:
            self._hands().submit(_nothing)

    def beside(self, work: Callable[[T], R], task: T) -> Callable[[], R]:
        """Have something done while this process goes on, if others have been started already.

        Args:
            work: As for `each`; it may be done twice.
            task: What it is called with.

        Returns:
            What gives the result, and waits for it.
        """
        if self._pool is None:
            done = work(task)
            return lambda: done
        try:
            future = self._pool.submit(work, task)
        except BrokenProcessPool:
            return lambda: work(task)

        def result() -> R:
            try:
                return future.result()
            except (BrokenProcessPool, CancelledError):  # it may have gone down with another's work
                return work(task)

        return result

    def _room(self, running: dict[Future[R], tuple[int, T]]) -> int:
        most = AHEAD * self.jobs if self._executor is None else _FAR
        return most - len(running)

    def _hand_out(
        self,
        work: Callable[[T], R],
        tasks: Iterator[tuple[int, T]],
        running: dict[Future[R], tuple[int, T]],
    ) -> bool:
        """Hand out tasks; False if a process has died meanwhile, with the task kept for later."""
        for number, task in tasks:
            try:
                running[self._hands().submit(work, task)] = (number, task)
            except BrokenProcessPool as error:
                refused: Future[R] = Future()
                refused.set_exception(error)
                running[refused] = (number, task)
                return False
        return True

    def _hands(self) -> Executor:
        if self._executor is not None:
            return self._executor
        if self._pool is None:
            self._pool = _processes(self.jobs)
        return self._pool

    def _one_by_one(
        self, work: Callable[[T], R], running: dict[Future[R], tuple[int, T]]
    ) -> Iterator[tuple[int, R | None]]:
        """A process has died and taken the others along: find out which task it died of."""
        self._dismiss()
        suspects = dict(running)
        running.clear()
        for future, (number, task) in suspects.items():
            if future.done() and not _was_lost(future):
                yield number, future.result()
            else:
                yield number, _alone(work, task)

    def _dismiss(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _nothing() -> None:
    """Do nothing: what a process is started with."""


def _was_lost(future: Future[R]) -> bool:
    """Whether a task was lost with the process that did it, or was to do it."""
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def _alone(work: Callable[[T], R], task: T) -> R | None:
    """Do a task in a process of its own; None if that dies of it."""
    with _processes(1) as pool:
        try:
            return pool.submit(work, task).result()
        except BrokenProcessPool:
            return None


def _processes(count: int) -> ProcessPoolExecutor:
    # A fresh interpreter for each: forking a process that has threads can hang it.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=look_seldom)
