"""What a command costs, seen from outside."""

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

KILOBYTE = 1024
"""The unit in which Linux tells the resident memory."""
_ASIDE = ".aside-"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Time and memory of a command, or of several after one another."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all its processes together, user and system."""
    memory: int
    """Bytes resident at most in its largest process."""


def run(command: Sequence[str]) -> Cost:
    """Run a command, and measure it with all the processes that it starts and waits for.

    A child begins as a copy of this process, which counts in its peak: keep this one small.

    Raises:
        SystemExit: it failed.
    """
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with status {process.returncode}.")
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss * KILOBYTE)


def put_aside(folder: Path, work: Path) -> None:
    """Have a folder out of the way, to be deleted when this program ends.

    For some minutes ext4 does not use again what held a deleted file, and looks long for something
    else: whoever makes files in that time pays for those that were deleted.

    Args:
        folder: It need not be there.
        work: A folder on the same disk.
    """
    if folder.exists():
        atexit.register(_clear, work)
        shutil.move(folder, tempfile.mkdtemp(prefix=_ASIDE, dir=work))


def _clear(work: Path) -> None:
    for aside in work.glob(f"{_ASIDE}*"):
        shutil.rmtree(aside, ignore_errors=True)


def together(costs: Iterable[Cost]) -> Cost:
    """Count commands that must run one after the other as one."""
    steps = list(costs)
    return Cost(
        wall=sum(step.wall for step in steps),
        cpu=sum(step.cpu for step in steps),
        memory=max(step.memory for step in steps),
    )


def middle(costs: Iterable[Cost]) -> Cost:
    """Take the median of each figure over several rounds."""
    rounds = list(costs)
    return Cost(
        wall=median(one.wall for one in rounds),
        cpu=median(one.cpu for one in rounds),
        memory=round(median(one.memory for one in rounds)),
    )
