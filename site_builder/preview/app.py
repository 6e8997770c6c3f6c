"""The preview's web application: the site's files under its base path, the search, and the news.

    /                        leads to the base path
    <base path>…             the files of the site, as a static host serves them
    /api/search?q=&limit=    what `site-builder search --json` answers
    /_preview/events         the news of the last build, as server-sent events
    /_preview/reload.js      the script that follows them, added to every page

Only requests that name this machine as their host are answered, so that no web page can reach the
preview by giving its own name this machine's address (DNS rebinding).
"""

import asyncio
import html
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from urllib.parse import unquote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from ..errors import ArchiveError
from .board import Board, News

_Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

DEFAULT_LIMIT = 10
MOST = 1000
"""The most hits that one answer holds."""

_SCRIPT = Path(__file__).with_name("reload.js")
_HOSTS = ("127.0.0.1", "localhost")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".markdown": "text/markdown; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Suffix to content type: our own list, because Python's differs from machine to machine."""
_OTHER = "application/octet-stream"
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>The site could not be built</title></head>
<body><h1>The site could not be built</h1>
<p>This page shows the site as soon as this is mended:</p>
<pre>{problem}</pre>
</body>
</html>
"""


def make_app(site: Path, answer: Callable[[str, int], bytes], board: Board) -> Starlette:
    """Make the application.

    Args:
        site: The folder of the finished site; it may not be there yet.
        answer: Query and limit to JSON; called by one thread at a time.
        board: Where builds post their news.
    """
    pages = _Pages(site, board)
    return Starlette(
        routes=[
            Route("/_preview/events", _events(board)),
            Route("/_preview/reload.js", _script),
            Route("/api/search", _search(answer)),
            Route("/{path:path}", pages.respond, methods=["GET", "HEAD"]),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS, www_redirect=False),
        ],
    )


class _Pages:
    """The site's files, as they are but for the script in each page."""

    def __init__(self, site: Path, board: Board) -> None:
        self.site = site
        self.board = board
        self.files = StaticFiles(directory=site, html=True, check_dir=False)

    async def respond(self, request: Request) -> Response:
        """Answer a request for a file of the site."""
        news, path = self.board.news, str(request.scope["path"])
        if not (self.site / "index.html").is_file():
            return _page(_PAGE.format(problem=html.escape(news.problem)).encode(), 503, news)
        base = unquote(news.base_path)
        if path in {"/", base.rstrip("/")} and path != base:
            return RedirectResponse(base)
        if not path.startswith(base):
            return PlainTextResponse(f"The site is under {base}\n", status_code=404)
        inner = _system_path(path.removeprefix(base))
        return await self._dressed(await self.files.get_response(inner, request.scope), news)

    async def _dressed(self, response: Response, news: News) -> Response:
        """Give a file its content type, and a page of ours the script."""
        if isinstance(response, FileResponse):
            path = PurePosixPath(response.path)
            kind = _TYPES.get(path.suffix.lower(), _OTHER)
            if path.stem == "original":
                # A publisher's page, verbatim: shown, but nothing in it may run on our address.
                response.headers["content-security-policy"] = "sandbox"
            elif kind.startswith("text/html"):
                content = await run_in_threadpool(Path(response.path).read_bytes)
                return _page(content, response.status_code, news)
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "no-cache"
        return response


def _system_path(path: str) -> str:
    """Spell a path of an address as this system does; StaticFiles refuses one that leads out."""
    return os.path.normpath(path or ".")


def _page(content: bytes, status: int, news: News) -> Response:
    """Send a page with the script at the end of its body."""
    known = f'data-build="{news.build}" data-search="{news.search}"'
    tag = f'<script src="/_preview/reload.js" defer {known}></script>'.encode()
    ends = [found.start() for found in re.finditer(rb"(?i)</body\s*>", content)]
    at = ends[-1] if ends else len(content)
    headers = {"cache-control": "no-store"}
    return HTMLResponse(content[:at] + tag + content[at:], status_code=status, headers=headers)


async def _script(_request: Request) -> Response:
    return Response(_SCRIPT.read_bytes(), media_type=_TYPES[".js"])


def _events(board: Board) -> _Endpoint:
    async def stream() -> AsyncIterator[bytes]:
        async for news in board.follow():
            kind = b"failed" if news.problem else b"built"
            yield b"event: %b\ndata: %b\n\n" % (kind, msgspec.json.encode(news))

    async def events(_request: Request) -> Response:
        headers = {"cache-control": "no-store"}
        return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)

    return events


def _search(answer: Callable[[str, int], bytes]) -> _Endpoint:
    lock = asyncio.Lock()

    async def search(request: Request) -> Response:
        query, limit = request.query_params.get("q", ""), _limit(request)
        async with lock:
            try:
                content, status = await run_in_threadpool(answer, query, limit), 200
            except ArchiveError as error:
                content, status = msgspec.json.encode({"error": str(error)}), 503
        return Response(content, status_code=status, media_type=_TYPES[".json"])

    return search


def _limit(request: Request) -> int:
    """Read the limit; what is not a sensible number counts as left out."""
    written = request.query_params.get("limit", "")
    sensible = written.isascii() and written.isdecimal() and 0 < len(written) <= len(str(MOST))
    return min(int(written), MOST) if sensible else DEFAULT_LIMIT
