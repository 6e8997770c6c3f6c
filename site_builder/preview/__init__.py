"""Preview: build, serve, watch, build again, and have the open page show it.

`serve` is given a `Workshop`: how to build and how to search. It knows nothing else of the program,
so it can be tried with a site of two lines. What is served is the output folder under the path that
the published site will have; nothing but this machine can reach it.

- `board.py`: the news of the last build, for every open page
- `app.py`: the web application: the site's files, the search, the news
- `watch.py`: file changes -> one rebuild at a time
"""

import contextlib
import errno
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ..errors import ArchiveError
from .app import make_app
from .board import Board
from .watch import Rebuilder, watching

HOST = "127.0.0.1"
"""This machine alone."""
GRACE = 2
"""Seconds that requests under way are given when the preview ends."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What the preview is to show, and how that is made."""

    root: Path
    """The archive's folder: what is watched."""
    site: Path
    """The folder of the finished site."""
    build: Callable[[Callable[[str], None]], str]
    """Builds the site; gives its base path (`/`, `/repo/`); raises ArchiveError where it cannot. Tells the
    base path before that, if all but the search is in place earlier."""
    answer: Callable[[str, int], bytes]
    """Query and limit to the JSON of `site-builder search --json`; may raise ArchiveError."""


class _Server(uvicorn.Server):
    """uvicorn's server; the pages' event streams, which never end by themselves, end with it."""

    def __init__(
        self, config: uvicorn.Config, board: Board, ready: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__(config)
        self.board = board
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # By now Ctrl-C is heard: one that comes as soon as the address is known is not lost.
        await super().startup(sockets)
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.board.close()
        await super().shutdown(sockets)


def serve(
    workshop: Workshop,
    *,
    port: int,
    ready: Callable[[str], None] = lambda _address: None,
) -> None:
    """Build and serve until Ctrl-C (then return), building again at each change.

    Args:
        workshop: What is shown.
        port: From 1 to 65535; 0 takes a free one.
        ready: Told the address of the front page, once it can be opened.

    Raises:
        ArchiveError: the folder is missing or cannot be watched, or the port is in use.
    """
    if not workshop.root.is_dir():
        raise ArchiveError("there is no such folder", path=str(workshop.root))
    board = Board()
    with contextlib.closing(_listen(port)) as listener:
        rebuilder = Rebuilder(lambda: rebuild(workshop, board))
        with watching(workshop.root, workshop.site, rebuilder.request):
            rebuild(workshop, board)
            with rebuilder, contextlib.suppress(KeyboardInterrupt):
                address = f"http://{HOST}:{listener.getsockname()[1]}{board.news.base_path}"
                make_server(workshop, board, lambda: ready(address)).run(sockets=[listener])


def rebuild(workshop: Workshop, board: Board) -> None:
    """Build once and post what came of it; the last good site stays when it fails."""
    try:
        board.built(workshop.build(board.shown))
    except ArchiveError as error:
        board.failed(str(error))
    except Exception as error:  # noqa: BLE001 — a fault of ours must not end the preview
        _log.exception("the build failed")
        board.failed(f"site-builder itself failed: {type(error).__name__}: {error}")


def make_server(
    workshop: Workshop, board: Board, ready: Callable[[], None] = lambda: None
) -> uvicorn.Server:
    """Make the server; `run(sockets=[...])` runs it, and calls `ready` once it answers."""
    config = uvicorn.Config(
        make_app(workshop.site, workshop.answer, board),
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    return _Server(config, board, ready)


def _listen(port: int) -> socket.socket:
    """Take the port before the first build, so that nobody waits in vain.

    Raises:
        ArchiveError: it cannot be had.
    """
    try:
        return socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        raise ArchiveError(
            f"port {port} is in use" if taken else f"port {port} cannot be had: {error}",
            hint="choose another one, like --port 8001",
        ) from error
