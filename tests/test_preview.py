"""The preview is run for real, on a port of its own, with a site of a few files and a fake build."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from site_builder import preview
from site_builder.errors import ArchiveError, ConfigError
from site_builder.preview import HOST, Workshop, make_server
from site_builder.preview.board import Board
from site_builder.preview.watch import Rebuilder, watching

CSP = (
    "<head><meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src 'self';"
    " style-src 'self'; connect-src 'self'; base-uri 'none'\"></head>"
)
"""As the real pages have it: the preview must work under the policy that readers get."""

PATIENCE = 10
"""Seconds after which something that should have happened counts as missing."""


@dataclass
class Workbench:
    """An archive of one file; its build copies that file into the site."""

    root: Path
    base_path: str = "/"
    head: str = ""
    builds: list[str] = field(default_factory=list)
    queries: list[tuple[str, int]] = field(default_factory=list)
    fault: Exception | None = None

    @property
    def site(self):
        """The output folder."""
        return self.root / "_site"

    def build(self, shown):
        """Copy the article into the site, or fail; one of a `slow search` is shown before that is done."""
        text = (self.root / "articles" / "a.md").read_text("utf-8")
        self.builds.append(text)
        if self.fault:
            raise self.fault
        self.site.mkdir(exist_ok=True)
        html = f"<html>{self.head}<body><h1>{text}</h1></body></html>"
        (self.site / "index.html").write_text(html, "utf-8")
        if "slow search" in text:
            shown(self.base_path)
        return self.base_path

    def answer(self, query, limit):
        """Remember the question and give it back."""
        self.queries.append((query, limit))
        if query == "no index":
            raise ArchiveError("there is no index", hint="build first")
        return json.dumps({"query": query}).encode()

    @property
    def workshop(self):
        """What the preview is given."""
        return Workshop(root=self.root, site=self.site, build=self.build, answer=self.answer)


@pytest.fixture
def bench(tmp_path):
    root = tmp_path / "archive"
    (root / "articles").mkdir(parents=True)
    (root / "articles" / "a.md").write_text("Ferry", "utf-8")
    return Workbench(root)


@contextlib.contextmanager
def running(bench):
    """Serve in a thread what `serve` serves, and give the port."""
    board = Board()
    listener = socket.create_server((HOST, 0))
    preview.rebuild(bench.workshop, board)
    server = make_server(bench.workshop, board)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    rebuilder = Rebuilder(lambda: preview.rebuild(bench.workshop, board))
    try:
        with watching(bench.root, bench.site, rebuilder.request), rebuilder:
            yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()
        assert not thread.is_alive()


def ask(port, path, **headers):
    """Send one GET, as it is written, and give status, headers and body."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()


@contextlib.contextmanager
def following(port):
    """Follow the news as a page does; give a function that waits for the next piece."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request("GET", "/_preview/events")
        response = connection.getresponse()

        def following_news():
            kind = response.readline().decode().strip().removeprefix("event: ")
            data = response.readline().decode().removeprefix("data: ")
            response.readline()
            return kind, json.loads(data)

        with contextlib.closing(response):
            yield following_news


def test_the_site_is_served_under_its_base_path(bench):
    """Links are tried under the path that they will have when published."""
    bench.base_path = "/repo/"
    with running(bench) as port:
        front, redirect, bare = ask(port, "/repo/"), ask(port, "/"), ask(port, "/repo")
        outside = ask(port, "/other/")

    assert b"<h1>Ferry</h1>" in front[2]
    assert (redirect[1]["location"], bare[1]["location"]) == ("/repo/", "/repo/")
    assert (redirect[0], outside[0]) == (307, 404)


def test_pages_get_the_script_and_nothing_else_is_changed(bench):
    """What is previewed is what will be published, but for one line before the end of the body."""
    with running(bench) as port:
        (bench.site / "a.txt").write_bytes(b"</body> \xff")
        _, headers, page = ask(port, "/")
        text = ask(port, "/a.txt")
    before, script, after = page.partition(b'<script src="/_preview/reload.js" defer data-build="')

    assert before == b"<html><body><h1>Ferry</h1>"
    assert script
    assert after.endswith(b'"></script></body></html>')
    assert headers["cache-control"] == "no-store"
    assert text[2] == b"</body> \xff"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("original.txt", "text/plain; charset=utf-8"),
        ("original.md", "text/markdown; charset=utf-8"),
        ("record.json", "application/json"),
        ("feed.xml", "application/xml"),
        ("engine.js", "text/javascript; charset=utf-8"),
        ("harbour.svg", "image/svg+xml"),
        ("LICENSE", "application/octet-stream"),
    ],
)
def test_content_types_do_not_depend_on_the_machine(bench, name, kind):
    """A module script or a page in another alphabet fails on the wrong type."""
    with running(bench) as port:
        (bench.site / name).write_bytes(b"x")
        status, headers, _ = ask(port, f"/{name}")

    assert (200, kind) == (status, headers["content-type"])


def test_a_kept_page_of_a_publisher_is_verbatim_and_runs_nothing(bench):
    """An original's bytes must hash to what the record says, and its scripts are not ours."""
    with running(bench) as port:
        (bench.site / "original.html").write_bytes(b"<body><script>alert(1)</script></body>")
        _, headers, body = ask(port, "/original.html")

    assert body == b"<body><script>alert(1)</script></body>"
    assert headers["content-security-policy"] == "sandbox"


def test_ranges_and_etags_are_those_of_a_static_host(bench):
    """The search fetches parts and trusts caches, so the preview must answer as the host does."""
    with running(bench) as port:
        (bench.site / "a.txt").write_bytes(b"0123456789")
        part = ask(port, "/a.txt", Range="bytes=2-4")
        again = ask(port, "/a.txt", **{"If-None-Match": part[1]["etag"]})

    assert (part[0], part[2]) == (206, b"234")
    assert again[0] == 304


def test_a_missing_page_is_the_sites_own_404(bench):
    """What a reader would see is shown, with the status a host would send."""
    with running(bench) as port:
        (bench.site / "404.html").write_text("<body>Nothing here</body>", "utf-8")
        status, _, body = ask(port, "/nowhere/")

    assert status == 404
    assert b"Nothing here" in body
    assert b"reload.js" in body


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt", "/%00", "//x"]
)
def test_nothing_outside_the_site_is_served(bench, path):
    """Neither dots nor symbolic links lead out of the output folder."""
    with running(bench) as port:
        (bench.root / "secret.txt").write_text("secret", "utf-8")
        (bench.site / "link.txt").symlink_to(bench.root / "secret.txt")
        status, _, body = ask(port, path)

    assert status == 404
    assert b"secret" not in body


@pytest.mark.parametrize(
    ("host", "status"), [("localhost", 200), ("127.0.0.1:80", 200), ("evil.example", 400)]
)
def test_only_this_machines_names_are_answered(bench, host, status):
    """A page elsewhere cannot reach the preview by rebinding its own name (DNS rebinding)."""
    with running(bench) as port:
        answered = ask(port, "/", Host=host)

    assert status == answered[0]


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("q=ferry&limit=3", ("ferry", 3)),
        ("q=%22a+b%22", ('"a b"', 10)),
        ("q=a&limit=-1", ("a", 10)),
        ("q=a&limit=9999", ("a", 1000)),
        ("q=a&limit=" + "9" * 5000, ("a", 10)),
        ("", ("", 10)),
    ],
)
def test_the_search_is_asked_what_was_typed(bench, query, asked):
    """Nothing a person can type is an error."""
    with running(bench) as port:
        status, headers, body = ask(port, f"/api/search?{query}")

    assert [asked] == bench.queries
    assert (status, headers["content-type"]) == (200, "application/json")
    assert {"query": asked[0]} == json.loads(body)


def test_a_search_that_cannot_be_answered_says_why(bench):
    """An error reaches the page in words, and the preview lives on."""
    with running(bench) as port:
        status, _, body = ask(port, "/api/search?q=no+index")

    assert (status, json.loads(body)) == (503, {"error": "there is no index\n  hint: build first"})


def test_a_change_builds_again_and_the_open_page_is_told(bench):
    """Saving a file is all a person has to do to see it."""
    with running(bench) as port, following(port) as news:
        kind, first = news()
        (bench.root / "articles" / "a.md").write_text("Bridge", "utf-8")
        again, second = news()
        page = ask(port, "/")[2]

    assert (kind, again) == ("built", "built")
    assert first["build"] != second["build"]
    assert b"<h1>Bridge</h1>" in page
    assert f'data-build="{second["build"]}"'.encode() in page


def test_pages_are_shown_before_the_search_is_made(bench):
    """An open page of an article reloads once; the search's page waits for the search."""
    with running(bench) as port, following(port) as news:
        _, first = news()
        (bench.root / "articles" / "a.md").write_text("slow search", "utf-8")
        (_, second), (_, third) = news(), news()
        page = ask(port, "/")[2]

    assert first["build"] == first["search"] == second["search"]
    assert second["build"] == third["build"] == third["search"] != first["build"]
    assert f'data-build="{third["build"]}" data-search="{third["search"]}"'.encode() in page


def test_a_failed_build_is_told_and_the_last_good_site_stays(bench):
    """A slip in archive.toml must not take the site away from under the person who mends it."""
    with running(bench) as port, following(port) as news:
        first = news()[1]
        bench.fault = ConfigError("no such key", path="archive.toml", line=2, hint="look")
        (bench.root / "archive.toml").write_text("x", "utf-8")
        failed, problem = news()
        page = ask(port, "/")[2]
        bench.fault = None
        (bench.root / "archive.toml").write_text("", "utf-8")
        mended, after = news()

    assert (failed, mended) == ("failed", "built")
    assert problem["problem"] == "archive.toml:2: no such key\n  hint: look"
    assert first["build"] == problem["build"]
    assert b"<h1>Ferry</h1>" in page
    assert "problem" not in after


def test_when_the_first_build_fails_the_page_shows_why(bench):
    """There is no last good site yet; what the person needs is the problem, as text."""
    bench.fault = ArchiveError("<b>bad</b>", path="archive.toml", line=1)
    with running(bench) as port, following(port) as news:
        news()
        status, _, page = ask(port, "/anything/")
        bench.fault = None
        (bench.root / "archive.toml").write_text("", "utf-8")
        kind, _ = news()
        after = ask(port, "/")[2]

    assert status == 503
    assert b"archive.toml:1: &lt;b&gt;bad&lt;/b&gt;" in page
    assert b"reload.js" in page
    assert kind == "built"
    assert b"<h1>Ferry</h1>" in after


def test_a_fault_of_ours_does_not_end_the_preview(bench):
    """The next change may be free of it."""
    board = Board()
    bench.fault = ZeroDivisionError("by zero")
    preview.rebuild(bench.workshop, board)

    assert board.news.problem == "site-builder itself failed: ZeroDivisionError: by zero"


def test_a_real_browser_shows_the_change_and_the_fault(bench, page):
    """The open page follows by itself, keeps the last good site, and shows a fault as text."""
    bench.head, bench.base_path = CSP, "/repo/"
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    with running(bench) as port:
        page.goto(f"http://{HOST}:{port}/")
        (bench.root / "articles" / "a.md").write_text("Bridge", "utf-8")
        page.get_by_role("heading", name="Bridge").wait_for()
        bench.fault = ConfigError("<b>no such key</b>", path="archive.toml", line=2)
        (bench.root / "archive.toml").write_text("x", "utf-8")
        page.get_by_role("alert").wait_for()
        fault = page.get_by_role("alert").text_content()
        heading = page.get_by_role("heading").text_content()
        bench.fault = None
        (bench.root / "archive.toml").write_text("", "utf-8")
        page.get_by_role("alert").wait_for(state="detached")
        after = page.get_by_role("heading").text_content()
        page.goto("about:blank")

    assert "archive.toml:2: <b>no such key</b>" in fault
    assert (heading, after) == ("Bridge", "Bridge")
    assert complaints == []


@pytest.fixture
def changes(bench):
    """Watch the bench, and give a function that says whether a change was seen."""
    seen = threading.Event()
    with watching(bench.root, bench.site, seen.set):

        def change_seen(within):
            found = seen.wait(within)
            seen.clear()
            return found

        yield change_seen


@pytest.mark.parametrize(
    "name", ["archive.toml", "articles/b.md", "articles/2023/deep/c.txt", "outlets/echo.toml"]
)
def test_changes_anywhere_in_the_archive_are_seen(bench, changes, name):
    """Folders that come while the preview runs are watched too."""
    path = bench.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    changes(0.3)
    path.write_text("x", "utf-8")

    assert changes(PATIENCE)


@pytest.mark.parametrize(
    "name", ["_site/index.html", ".site-builder/cache", ".git/index", "articles/.a.md.swp", "a.md~"]
)
def test_changes_that_builds_and_editors_make_are_not(bench, changes, name):
    """A build that set off the next one would never end."""
    path = bench.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", "utf-8")

    assert not changes(0.4)


def test_a_folder_that_went_and_came_back_is_watched(bench, changes):
    """Switching a branch takes folders away and brings them back."""
    folder, aside = bench.root / "articles", bench.root / ".aside"
    folder.rename(aside)
    assert changes(PATIENCE)
    aside.rename(folder)
    assert changes(PATIENCE)
    changes(0.3)
    (folder / "a.md").write_text("Quay", "utf-8")

    assert changes(PATIENCE)


def test_reading_the_archive_is_no_change(bench, changes):
    """A build opens every file; that must not lead to another build."""
    (bench.root / "articles" / "a.md").read_text("utf-8")

    assert not changes(0.4)


def test_many_changes_lead_to_one_build_and_one_during_it_to_another():
    """Editors write in bursts, and people save while a build runs."""
    started, go_on, done = threading.Event(), threading.Event(), threading.Semaphore(0)

    def build():
        started.set()
        go_on.wait(PATIENCE)
        done.release()

    with Rebuilder(build) as rebuilder:
        for _ in range(5):
            rebuilder.request()
        assert started.wait(PATIENCE)
        rebuilder.request()
        rebuilder.request()
        go_on.set()
        assert done.acquire(timeout=PATIENCE)
        assert done.acquire(timeout=PATIENCE)

        assert not done.acquire(timeout=0.3)


def test_changes_that_never_rest_do_not_put_a_build_off_for_ever():
    """A file that is written all the time, like a log, must not stop the preview."""
    built = threading.Event()
    with Rebuilder(built.set) as rebuilder:
        end = time.monotonic() + PATIENCE
        while not built.is_set() and time.monotonic() < end:
            rebuilder.request()
            time.sleep(0.02)

    assert built.is_set()


def test_a_port_in_use_is_said_before_anything_is_built(bench):
    """Nobody waits for a build that cannot be shown."""
    with (
        contextlib.closing(socket.create_server((HOST, 0))) as taken,
        pytest.raises(ArchiveError, match="is in use") as caught,
    ):
        preview.serve(bench.workshop, port=taken.getsockname()[1])

    assert caught.value.hint == "choose another one, like --port 8001"
    assert bench.builds == []


def test_a_missing_folder_is_said(tmp_path):
    """There is nothing to watch, so there is nothing to wait for."""
    bench = Workbench(tmp_path / "nowhere")
    with pytest.raises(ArchiveError, match="no such folder") as caught:
        preview.serve(bench.workshop, port=0)

    assert str(tmp_path / "nowhere") == caught.value.path


def test_control_c_ends_the_preview_while_a_page_is_open(tmp_path):
    """The event stream of an open page is closed, and the exit status is 0."""
    program = textwrap.dedent("""
        import pathlib, sys
        from site_builder.preview import Workshop, serve
        root = pathlib.Path(sys.argv[1])
        site = root / "_site"
        site.mkdir()
        def build(shown):
            (site / "index.html").write_text("x")
            return "/"
        workshop = Workshop(root=root, site=site, build=build, answer=lambda q, n: b"{}")
        serve(workshop, port=0, ready=lambda address: print(address, flush=True))
        print("ended")
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        port = int(process.stdout.readline().rsplit(":")[-1].strip("/\n"))
        with following(port) as news:
            news()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE)

    assert (out, err, process.returncode) == ("ended\n", "", 0)
