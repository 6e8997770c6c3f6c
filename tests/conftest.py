"""What several test files need: the example, the corpora, a built site, a server and a browser."""

import os
import shutil
import threading
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# A slow machine is no fault of a property; and what fails in CI fails again on the next try.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


class BuiltSite(NamedTuple):
    """A built archive: its own copy of the folder, the finished site, and what the build said."""

    archive: Path
    site: Path
    built: Any


def pytest_collection_modifyitems(items):
    """Mark what drives a browser or reads the corpora, so that `-m` can choose by it."""
    for item in items:
        if "page" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if "corpora" in item.fixturenames:
            item.add_marker(pytest.mark.corpora)


@pytest.fixture(scope="session")
def example():
    """The archive written for this project. A build writes into its folder: build a copy of it."""
    return ROOT / "example"


@pytest.fixture(scope="session")
def corpora():
    """The folder of unpacked corpora: real input, which is no part of the project."""
    return _named_folder("SITE_BUILDER_CORPORA", "the corpora are no part of the project")


@pytest.fixture(scope="session")
def samples():
    """The folder of three raw news texts, which are no part of the project either."""
    return _named_folder("SITE_BUILDER_SAMPLES", "the samples are no part of the project")


def _named_folder(variable, reason):
    folder = Path(os.environ.get(variable) or "/nonexistent")
    if not folder.is_dir():
        pytest.skip(f"{reason}: name their folder in {variable} to run this")
    return folder


@pytest.fixture(scope="session")
def built_example(example, tmp_path_factory):
    """A copy of the example, built once for all tests that only read the site."""
    from site_builder.build import build  # noqa: PLC0415 — most tests need not wait for all of it

    archive = tmp_path_factory.mktemp("example") / "saltmere"
    shutil.copytree(example, archive, ignore=shutil.ignore_patterns("_site", ".site-builder"))
    built = build(archive)
    return BuiltSite(archive, archive / "_site", built)


@pytest.fixture(scope="session")
def serve_under():
    """A function that serves a folder under a base path of 127.0.0.1 and gives its address.

    What is not there is answered as GitHub Pages does: the folder's 404.html, with status 404.
    """
    with ExitStack() as running:

        def serve(folder, base_path="/"):
            handler = partial(_SiteHandler, directory=str(folder), base_path=base_path)
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            running.callback(_stop, server, thread)
            return f"http://127.0.0.1:{server.server_port}{base_path}"

        yield serve


def _stop(server, thread):
    server.shutdown()
    server.server_close()
    thread.join()


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves a folder below a base path, and nothing above it."""

    def __init__(self, *args, base_path, **kwargs):
        self.base_path = base_path
        super().__init__(*args, **kwargs)

    def send_head(self):
        if not self.path.startswith(self.base_path):
            self.send_error(HTTPStatus.NOT_FOUND, "outside the base path")
            return None
        self.path = "/" + self.path.removeprefix(self.base_path)
        return super().send_head()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_words):
        """Say nothing: a test's own words are enough."""


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium, started once."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        reason = "no Chromium on this machine: install Debian's package `chromium` to run this"
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (in CI it must not be skipped)")
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 — slow, and of use here alone

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A new page in a browser profile of its own."""
    context = chromium.new_context()
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
