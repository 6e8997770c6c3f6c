"""What a person sees of a build while it goes on, and how long each of its stages took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from .artifacts import Report


class Watch:
    """Passes on what a build reports, and counts the time up to each report for the stage that it is of."""

    def __init__(self, report: Report) -> None:
        """Take whom to pass it on to; the time begins now."""
        self.spent: dict[str, float] = {}
        """Seconds, by stage, in the order of the stages."""
        self._report = report
        self._last = time.perf_counter()

    def report(self, stage: str, done: int, total: int) -> None:
        """Take one report."""
        before, self._last = self._last, time.perf_counter()
        self.spent[stage] = self.spent.get(stage, 0.0) + self._last - before
        self._report(stage, done, total)


@contextmanager
def drawn() -> Iterator[Report]:
    """Draw a bar for each stage on standard error if that is a terminal; gone when the work is done."""
    columns = (TextColumn("{task.description:>7}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        bars: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=total)
            progress.update(bars[stage], completed=done, total=total)

        yield report
