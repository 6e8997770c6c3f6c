"""A Dask cluster to read articles on, in place of this machine's processes (extra `[dask]`).

Only the stage that treats each article alone runs there. The workers open the archive's files themselves, so
its folder must be at the same path on each of them; what they derive comes back and is stored here.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .digests import program_digest
from .errors import ArchiveError

_PATIENCE = "20s"
"""How long a scheduler is waited for."""


@contextmanager
def cluster(address: str, root: Path) -> Iterator[Executor]:
    """Lend the executor of a cluster that can read the archive in `root`.

    Args:
        address: The scheduler's, like `tcp://192.0.2.7:8786`.
        root: The archive's folder.

    Raises:
        ArchiveError: Dask is not installed, no scheduler answers, or the workers cannot do the work.
    """
    try:
        from distributed import Client  # noqa: PLC0415 — an extra that few install
    except ImportError as error:
        message = "working on a cluster needs Dask, which is not installed"
        raise ArchiveError(message, hint="pip install 'site-builder[dask]'") from error
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        hint = "look at its address, like tcp://192.0.2.7:8786, and whether it is running"
        raise ArchiveError(f"no Dask scheduler answers at {address}", hint=hint) from error
    with client:
        found: dict[str, tuple[str, bool]] = client.run(_worker, str(root.resolve()))
        _check(found, address, root)
        yield client.get_executor(pure=False)


def _worker(root: str) -> tuple[str, bool]:
    """Say of a worker which program it has, and whether it sees the archive; run there."""
    return program_digest(), os.path.isdir(root)  # noqa: PTH112 — a word from another machine


def _check(found: dict[str, tuple[str, bool]], address: str, root: Path) -> None:
    """Make sure that there are workers, and that they are such as to give the same results as here."""
    if not found:
        hint = "start some with: dask worker ADDRESS --nthreads 1"
        raise ArchiveError(f"the Dask cluster at {address} has no workers", hint=hint)
    for worker, (program, sees) in sorted(found.items()):
        if program != program_digest():
            hint = "install the same versions of Python, site-builder and its libraries there"
            message = f"the Dask worker {worker} runs another program than this one"
            raise ArchiveError(message, hint=hint)
        if not sees:
            hint = "share the folder, so that each worker has it at the same path"
            raise ArchiveError(f"the Dask worker {worker} does not see {root}", hint=hint)
