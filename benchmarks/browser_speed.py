"""How long a query takes in a real browser, facets counted, and how long the page keeps its reader waiting.

    python benchmarks/browser_speed.py SITE [QUERY …] [--write NAME]

SITE is a built site. Each query is answered several times by the published engine, its files fetched
before: the median is the time that the answer takes by itself. Then each is typed into the search
page, letter by letter, while Chromium traces what runs: the longest task of the page's own thread, in
time of the processor, is how long a letter may have to wait for us.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import table
from playwright.sync_api import Browser, Page
from serve import served
from visits import WINDOW, chromium

QUERIES = (
    "the",
    "history",
    "sea wall",
    '"of the"',
    "the president of the united states",
    "state* -national OR report",
)
ROUNDS = 7
TYPING = 60
"""Milliseconds between two letters: a quick typist's."""
REST = 1500
"""Milliseconds after which the page has drawn what came in."""
CATEGORIES = ["-*", "toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"]
TASK = "RunTask"
SCRIPT = {"FunctionCall", "RunMicrotasks", "EvaluateScript", "v8.evaluateModule", "TimerFire"}

ENGINE = """async ([address, query, rounds]) => {
  const { open } = await import(new URL("static/engine.js", address).href);
  window.index ??= await open(new URL("search/manifest.json", address).href);
  const { total } = await window.index.search(query);
  const timed = async (work) => {
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      await work();
      times.push(performance.now() - began);
    }
    return times;
  };
  const hits = await timed(() => window.index.search(query, { facets: false }));
  const whole = await timed(() => window.index.search(query));
  return { total, articles: window.index.articles, hits, whole };
}"""


@dataclass(frozen=True, kw_only=True)
class Speed:
    """What one query takes, in milliseconds."""

    query: str
    articles: int
    total: int
    hits: float
    whole: float
    """Facets counted."""
    task: float
    """The longest task of the page's thread while the query was typed."""
    script: float
    """The longest of these that ran a script."""


def engine_times(browser: Browser, address: str, query: str) -> Mapping[str, Any]:
    """Ask the published engine, in a page of the site that does nothing else."""
    page = browser.new_page()
    page.goto(f"{address}about/")
    times: Mapping[str, Any] = page.evaluate(ENGINE, [address, query, ROUNDS])
    page.close()
    return times


def typed(browser: Browser, page: Page, query: str) -> list[Mapping[str, Any]]:
    """Type a query into the search page, and give the trace of it."""
    box = page.locator("main [name=q]")
    box.fill("")
    page.wait_for_timeout(REST)
    browser.start_tracing(page=page, categories=CATEGORIES)
    box.press_sequentially(query, delay=TYPING)
    page.wait_for_timeout(REST)
    events: list[Mapping[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    return events


def tasks(events: Iterable[Mapping[str, Any]]) -> Iterator[tuple[float, bool]]:
    """Give each task of the page's main thread: processor milliseconds, and whether a script ran in it."""
    ordered = sorted((one for one in events if one.get("ph") == "X"), key=lambda one: one["ts"])
    threads = {
        (one["pid"], one["tid"]) for one in ordered if one["name"] == "ParseHTML" or _is_keyed(one)
    }
    own = [one for one in ordered if (one["pid"], one["tid"]) in threads]
    whole = [one for one in own if one["name"] == TASK]
    scripts = [one for one in own if one["name"] in SCRIPT]
    for task in whole:
        end = task["ts"] + task.get("dur", 0)
        ran = any(task["ts"] <= one["ts"] < end for one in scripts)
        yield task.get("tdur", task.get("dur", 0)) / 1000, ran


def _is_keyed(event: Mapping[str, Any]) -> bool:
    """Whether an event is a key that the page was told of: only its main thread is."""
    data = event.get("args", {}).get("data", {})
    return bool(event["name"] == "EventDispatch" and data.get("type") == "keydown")


def measure(browser: Browser, address: str, queries: Iterable[str]) -> Iterator[Speed]:
    """Time each query, by the engine alone and on the page."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(f"{address}search/")
    for query in queries:
        times = engine_times(browser, address, query)
        found = list(tasks(typed(browser, page, query)))
        yield Speed(
            query=query,
            articles=times["articles"],
            total=times["total"],
            hits=median(times["hits"]),
            whole=median(times["whole"]),
            task=max((length for length, _ in found), default=0),
            script=max((length for length, ran in found if ran), default=0),
        )


def main() -> None:
    """Measure a built site, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path, help="a folder that `site-builder build` wrote")
    parser.add_argument("queries", nargs="*", default=QUERIES, help="what is asked")
    parser.add_argument("--write", metavar="NAME", help="write the table into README.md as NAME's")
    chosen = parser.parse_args()
    with chromium() as browser, served(chosen.site, latency=0) as site:
        speeds = list(measure(browser, site.address, chosen.queries))
        engine = f"Chromium {browser.version}"
    head = ("query", "found", "hits ms", "with facets ms", "longest task ms", "with script ms")
    rows = (
        (
            f"`{one.query}`",
            f"{one.total:,}",
            *(f"{time:.1f}" for time in (one.hits, one.whole, one.task, one.script)),
        )
        for one in speeds
    )
    made = table.provenance("python benchmarks/browser_speed.py SITE", [engine])
    text = f"{speeds[0].articles:,} articles. {made}\n\n{table.markdown(head, rows)}"
    print(text)
    if chosen.write:
        table.write(f"query time {chosen.write}", text)


if __name__ == "__main__":
    main()
