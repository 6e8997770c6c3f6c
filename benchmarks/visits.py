"""A visit in real Chromium with an empty cache: each request, when it began and ended, and its weight."""

import json
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright
from serve import Served
from waves import Span, until

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
WINDOW: ViewportSize = {"width": 1280, "height": 1000}
"""CSS pixels; so many results are in view, and a result is only filled in when it comes into view."""
PATIENCE = 60
"""Seconds until a visit that does not finish is given up."""
FIRST = 5
"""So many results are waited for, with their excerpts."""
SETTLED = "!!document.querySelector('.status')?.textContent && !document.querySelector('[aria-busy=true]')"
QUIET = 1000
"""Milliseconds without a request after which a page is at rest: ten times what an answer takes."""
TRIES = 10
EVENTS = ("requestWillBeSent", "loadingFinished", "loadingFailed")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a headless Chromium of this machine."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise SystemExit(
            "There is no Chromium on this machine: install Debian's package `chromium`."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Traffic:
    """The requests of a page and of its workers, as the browser's own protocol tells them.

    Workers have a channel of their own, through which they are told to report too before they run.
    """

    began: dict[str, tuple[str, float]] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)

    def listen(self, session: CDPSession) -> None:
        """Hear of everything from now on."""
        for name in EVENTS:
            session.on(f"Network.{name}", lambda event, name=name: self.note(name, event))
        session.on("Target.attachedToTarget", lambda event: self._join(session, event["sessionId"]))
        session.on("Target.receivedMessageFromTarget", self._from_worker)
        session.send("Network.enable")
        attach = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False}
        session.send("Target.setAutoAttach", attach)

    def note(self, name: str, event: dict[str, Any]) -> None:
        """Take down one event."""
        request = event["requestId"]
        if name == "requestWillBeSent":
            self.began.setdefault(request, (event["request"]["url"], event["timestamp"]))
        else:
            self.ended[request] = max(event["timestamp"], self.ended.get(request, 0))

    def _join(self, session: CDPSession, worker: str) -> None:
        for number, method in enumerate(
            ("Network.enable", "Runtime.runIfWaitingForDebugger"), start=1
        ):
            message = json.dumps({"id": number, "method": method, "params": {}})
            session.send("Target.sendMessageToTarget", {"sessionId": worker, "message": message})

    def _from_worker(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        domain, _, name = message.get("method", "").partition(".")
        if domain == "Network" and name in EVENTS:
            self.note(name, message["params"])

    def spans(self, log: Iterable[tuple[str, int]]) -> list[Span]:
        """Give the requests that reached the server, in the order they began, with what it sent for each.

        The server's own count is taken because the browser does not tell the size of a worker's
        script. A request that the server has not seen was answered out of the browser's cache.
        """
        sizes: dict[str, deque[int]] = {}
        for target, size in log:
            sizes.setdefault(target, deque()).append(size)
        spans = []
        for request, (url, began) in sorted(self.began.items(), key=lambda item: item[1][1]):
            sent = sizes.get(_target(url))
            if sent:
                ended = self.ended.get(request, float("inf"))
                spans.append(Span(url=url, began=began, ended=ended, size=sent.popleft()))
        return spans


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One cold search."""

    spans: tuple[Span, ...]
    """Every request that began before the last of the first five excerpts had come."""
    total: int
    """How many articles were found."""
    excerpts: int
    """How many were waited for: five, or as many as there are results."""
    later: int = 0
    """Bytes of what the page asked for after that, of itself: facets, further excerpts in view."""


def _target(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class Unheard(Exception):  # noqa: N818 — not an error: a visit to be made again
    """The browser did not tell of all requests."""


@contextmanager
def _page(browser: Browser, site: Served) -> Iterator[tuple[Page, Traffic]]:
    """Open a page in a profile of its own, so that nothing is cached, and listen."""
    traffic = Traffic()
    site.log.clear()
    context = browser.new_context(viewport=WINDOW)
    context.set_default_timeout(PATIENCE * 1000)
    try:
        page = context.new_page()
        traffic.listen(context.new_cdp_session(page))
        yield page, traffic
    finally:
        context.close()


def visit_ours(browser: Browser, site: Served, query: str) -> Visit:
    """Open our search page with a query in its address, and wait for the pages of the first five results.

    An excerpt is cut out of the article's page, so the fifth has come when the fifth result's page has.
    """
    with _page(browser, site) as (page, traffic):
        page.goto(f"{site.address}search/?{urlencode({'q': query})}")
        # Not `wait_for_function`: it polls through `eval`, which the page's security policy forbids.
        _wait(page, lambda: page.evaluate(SETTLED))
        found = _found(page.text_content(".status") or "")
        links = page.locator(".hit-title a").all()[:FIRST]
        wanted = {link.evaluate("link => link.href.split(/[?#]/)[0]") for link in links}
        if links:
            links[-1].scroll_into_view_if_needed()
        _wait(page, lambda: wanted.issubset(site.address + path[1:] for path, _ in site.log))
        every = _at_rest(page, traffic, site)
        end = max((span.ended for span in every if span.url in wanted), default=float("inf"))
        spans = until(every, end)
        later = sum(span.size for span in every) - sum(span.size for span in spans)
        return Visit(spans=tuple(spans), later=later, total=found, excerpts=len(links))


def _found(status: str) -> int:
    """Read how many articles have all that was asked for; what is no answer is not to be measured.

    Raises:
        SystemExit: the page says that something failed.
    """
    if status.startswith("No article"):
        return 0
    number = re.match(r"[\d,]+(?= article)", status)
    if number is None:
        raise SystemExit(f"The search page says: {status}")
    return int(number[0].replace(",", ""))


def visit_pagefind(browser: Browser, site: Served, query: str) -> Visit:
    """Open the page that searches with Pagefind, and wait for the data of its first five results."""
    with _page(browser, site) as (page, traffic):
        page.goto(f"{site.address}search.html?{urlencode({'q': query})}")
        page.wait_for_function("globalThis.answered")
        answered = page.evaluate("globalThis.answered")
        spans = tuple(_at_rest(page, traffic, site))
        return Visit(spans=spans, total=answered["total"], excerpts=len(answered["shown"]))


def heard(visit: Callable[[], Visit]) -> Visit:
    """Visit until every request was heard of: a worker may begin before it could be told to report."""
    for _ in range(TRIES):
        with suppress(Unheard):
            return visit()
    raise SystemExit(f"Chromium did not tell of all requests in {TRIES} visits.")


def _wait(page: Page, ready: Callable[[], bool]) -> None:
    """Let the browser go on until something has happened."""
    for _ in range(PATIENCE * 50):
        if ready():
            return
        page.wait_for_timeout(20)
    raise SystemExit(f"{page.url} was not done within {PATIENCE} seconds.")


def _at_rest(page: Page, traffic: Traffic, site: Served) -> list[Span]:
    """Give all requests, once none has reached the server for a while.

    Raises:
        Unheard: the server saw more of them than the browser told.
    """
    seen = -1
    while seen < len(site.log):
        seen = len(site.log)
        page.wait_for_timeout(QUIET)
    spans = traffic.spans(site.log)
    if len(spans) < seen or any(span.ended == float("inf") for span in spans):
        raise Unheard
    return spans
