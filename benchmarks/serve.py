"""Serves a folder on this machine as GitHub Pages serves a site: compressed, from a distance.

What GitHub Pages does and this server repeats: text, JSON and octet streams are compressed with
gzip (level 6; always, as every browser asks for it), every answer
may be kept for ten minutes, an ETag stands for the content, and an address with a query is the file
without it. What it does not repeat: HTTP/2 and TLS (Chromium speaks HTTP/2 over TLS alone), so at
most six requests run at once; the benchmarks count requests when they are asked for, not when they
get a connection.
"""

import gzip
import hashlib
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

GZIP_LEVEL = 6
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".wasm": "application/wasm",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}
OCTETS = "application/octet-stream"
COMPRESSED_ALREADY = {".png", ".jpg"}
GZIP_MAGIC = b"\x1f\x8b"


def packed(content: bytes, suffix: str) -> bytes:
    """Compress a file's content as the host does; what is compressed already is given back as it is."""
    if suffix in COMPRESSED_ALREADY or content.startswith(GZIP_MAGIC):
        return content
    return gzip.compress(content, GZIP_LEVEL, mtime=0)


@cache
def _answer(path: Path) -> tuple[bytes, bool, str]:
    """Give a file's bytes as sent, whether they are compressed by us, and their ETag."""
    content = path.read_bytes()
    body = packed(content, path.suffix)
    return body, body is not content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


@dataclass(kw_only=True)
class Served:
    """A folder that is being served."""

    folder: Path
    latency: float
    """Seconds that pass before each answer, as from a distant host."""
    address: str = ""
    """Of the folder, ending in a slash."""
    log: list[tuple[str, int]] = field(default_factory=list)
    """What was asked for (path and query), and the bytes of body sent for it, headers apart."""


class _Handler(BaseHTTPRequestHandler):
    """Answers GET for the files of one folder, each after the time that a distant host takes."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, site: Served) -> None:  # noqa: ANN401 — http.server's own
        self.site = site
        super().__init__(*args)

    def do_GET(self) -> None:
        """Send a file's content, or say that it has not changed, or that it is not there."""
        time.sleep(self.site.latency)
        path = self._file()
        if path is None:
            self.send_response(HTTPStatus.NOT_FOUND)
            self.send_header("Content-Length", "0")
            self.end_headers()
            self.site.log.append((self.path, 0))
            return
        body, compressed, tag = _answer(path)
        fresh = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if fresh else HTTPStatus.OK)
        self.send_header("Content-Type", TYPES.get(path.suffix, OCTETS))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("ETag", tag)
        self.send_header("Vary", "Accept-Encoding")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", "0" if fresh else str(len(body)))
        self.end_headers()
        self.site.log.append((self.path, 0 if fresh else len(body)))
        if not fresh:
            self.wfile.write(body)

    def _file(self) -> Path | None:
        asked = unquote(urlsplit(self.path).path)
        path = (self.site.folder / asked.lstrip("/")).resolve()
        if asked.endswith("/"):
            path /= "index.html"
        return path if path.is_relative_to(self.site.folder) and path.is_file() else None

    def log_message(self, *_words: object) -> None:
        """Say nothing: the browser is who counts."""


class _Server(ThreadingHTTPServer):
    """Takes all that Chromium asks for at once; a browser that hangs up is no fault."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 — as inherited
        """Pass over connections that the browser has closed; tell all else."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, latency: float) -> Iterator[Served]:
    """Serve a folder until the block ends, each answer after some seconds."""
    site = Served(folder=folder.resolve(), latency=latency)
    server = _Server(("127.0.0.1", 0), partial(_Handler, site=site))
    site.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
