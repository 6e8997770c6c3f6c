"""What a first search costs a reader: bytes, requests and waves until the fifth excerpt, beside Pagefind.

    python benchmarks/cold_search.py [1k] [10k] [digitalgov] …

For each corpus: builds the site, has Pagefind index the same words of the same pages, serves both
as GitHub Pages would, and asks both the same queries in real Chromium with an empty cache. See
benchmarks/README.md for what is counted.
"""

import argparse
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import corpora
import pagefind
import queries
import table
from playwright.sync_api import Browser
from serve import served
from visits import Visit, chromium, heard, visit_ours, visit_pagefind
from waves import Span, waves

BUDGETS = {1_000: 90_000, 10_000: 120_000, 100_000: 250_000}
"""Bytes that two words may cost in an archive of so many articles (the next larger size counts)."""
LATENCY = 0.1
PARTS = ("page", "program", "index", "texts")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """The medians of the visits for one kind of query, with one engine."""

    size: float
    requests: float
    depth: float
    """Waves after the page itself."""
    excerpts: float
    later: float
    """Bytes that the page asks for of itself afterwards."""
    parts: Mapping[str, float]


def cost(visits: Sequence[Visit]) -> Cost:
    """Sum each visit up, and take the medians."""
    return Cost(
        size=median(sum(span.size for span in visit.spans) for visit in visits),
        requests=median(len(visit.spans) for visit in visits),
        depth=median(max(waves(visit.spans)) for visit in visits),
        excerpts=median(visit.excerpts for visit in visits),
        later=median(visit.later for visit in visits),
        parts={name: median(_share(visit.spans, name) for visit in visits) for name in PARTS},
    )


def _share(spans: Sequence[Span], part: str) -> int:
    return sum(span.size for span in spans if part_of(span.url) == part)


def part_of(url: str) -> str:
    """Say what a request is for: the page and its look, the program, the index, or the articles' texts.

    >>> part_of("http://h/search/?q=a"), part_of("http://h/static/engine.js"), part_of("http://h/2020/a/")
    ('page', 'program', 'texts')
    """
    path = urlsplit(url).path
    name = path.rpartition("/")[2]
    if path.endswith("/search/") or name == "search.html" or name.endswith((".css", ".svg")):
        return "page"
    if name.endswith((".js", ".mjs", ".wasm")) or name.startswith("wasm."):
        return "program"
    return "texts" if path.endswith("/") or "/fragment/" in path else "index"


def prepare(corpus: corpora.Corpus, program: Path, *, fresh: bool) -> list[queries.Page]:
    """Build the site and Pagefind's copy of it, and read what was indexed."""
    corpora.build(corpus)
    if fresh or not (corpus.peer / pagefind.BUNDLE).exists():
        pagefind.copy_pages(corpus.site, corpus.peer)
        subprocess.run(pagefind.command(program, corpus.peer), check=True)
    return queries.read_pages(page for page, _ in pagefind.article_pages(corpus.site))


def measure(
    corpus: corpora.Corpus, kinds: Mapping[str, Sequence[str]], browser: Browser
) -> dict[str, tuple[Cost, Cost]]:
    """Ask all queries of both engines, in turn."""
    with ExitStack() as running:
        ours = partial(visit_ours, browser, running.enter_context(served(corpus.site, LATENCY)))
        theirs = partial(
            visit_pagefind, browser, running.enter_context(served(corpus.peer, LATENCY))
        )
        return {kind: _both(ours, theirs, asked) for kind, asked in kinds.items()}


def _both(
    ours: Callable[[str], Visit], theirs: Callable[[str], Visit], asked: Sequence[str]
) -> tuple[Cost, Cost]:
    visits = [tuple(heard(partial(visit, query)) for visit in (ours, theirs)) for query in asked]
    for query, pair in zip(asked, visits, strict=True):
        told = (
            f"{sum(s.size for s in v.spans):>9,} bytes, {v.total:>6,} found, {v.excerpts} shown"
            for v in pair
        )
        print(f"  {query[:60]:<60}", *told, sep=" | ", flush=True)
    first, second = zip(*visits, strict=True)
    return cost(first), cost(second)


def budget(articles: int) -> int | None:
    """Give the bytes that two words may cost in an archive of this size."""
    return next((size for most, size in BUDGETS.items() if articles <= most), None)


HEAD = "query|KB|budget|Pagefind KB|ratio|requests|Pagefind|waves|Pagefind|excerpts|Pagefind"
BUDGETED = ("two rare words", "two mid words")


def main_table(costs: Mapping[str, tuple[Cost, Cost]], allowed: int | None) -> str:
    """Set both engines side by side, one kind of query a row."""
    rows = []
    for kind, (ours, theirs) in costs.items():
        limit = table.kilobytes(allowed) if allowed and kind in BUDGETED else ""
        sizes = table.kilobytes(ours.size), limit, table.kilobytes(theirs.size)
        counts = [
            f"{count:g}"
            for name in ("requests", "depth", "excerpts")
            for count in (getattr(ours, name), getattr(theirs, name))
        ]
        rows.append((kind, *sizes, f"{ours.size / theirs.size:.2f}", *counts))
    return table.markdown(HEAD.split("|"), rows)


def parts_table(costs: Mapping[str, tuple[Cost, Cost]]) -> str:
    """Say what the bytes are for, and what follows the fifth excerpt."""
    sides = ("", "Pagefind ")
    head = ("query", *(f"{side}{part} KB" for side in sides for part in PARTS), "afterwards KB")
    rows = [
        (
            kind,
            *(table.kilobytes(side.parts[part]) for side in (ours, theirs) for part in PARTS),
            table.kilobytes(ours.later),
        )
        for kind, (ours, theirs) in costs.items()
    ]
    return table.markdown(head, rows)


def report(
    corpus: corpora.Corpus, articles: int, costs: Mapping[str, tuple[Cost, Cost]], made: str
) -> str:
    """Write one corpus's section."""
    told = "What the bytes are for; and what our page asks for of itself after the fifth excerpt:"
    parts = (main_table(costs, budget(articles)), told, parts_table(costs))
    return "\n\n".join((f"**{corpus.name}**: {articles:,} articles. {made}", *parts))


def made_by(name: str, each: int, browser: Browser) -> str:
    """Say by what the tables were made."""
    command = f"python benchmarks/cold_search.py {name} --each {each}"
    return table.provenance(
        command, (f"Pagefind {pagefind.VERSION}", f"Chromium {browser.version}")
    )


def trace(visit: Visit) -> Iterator[str]:
    """Tell of each request its wave, its bytes, when it began and ended in milliseconds, and its address."""
    first = visit.spans[0].began
    for wave, span in zip(waves(visit.spans), visit.spans, strict=True):
        began, ended = (1000 * (moment - first) for moment in (span.began, span.ended))
        target = span.url.split("/", maxsplit=3)[3]
        yield f"{wave:>3} {span.size:>9,} {began:>7.0f} {ended:>7.0f}  /{target}"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = corpora.parser(__doc__)
    parser.add_argument(
        "corpus",
        nargs="*",
        default=["1k", "10k", "digitalgov"],
        help="1k, 10k, 500, digitalgov, 18f",
    )
    parser.add_argument("--each", type=int, default=queries.EACH, help="queries of each kind")
    parser.add_argument("--fresh", action="store_true", help="have Pagefind index the pages again")
    parser.add_argument(
        "--trace", metavar="QUERY", help="print our requests for one query, and no table"
    )
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    chosen = options()
    where = corpora.places(chosen)
    program = pagefind.installed(where.work)
    with chromium() as browser:
        for name in chosen.corpus:
            corpus = corpora.corpus(name, where)
            pages = prepare(corpus, program, fresh=chosen.fresh)
            if chosen.trace:
                with served(corpus.site, LATENCY) as site:
                    print(*trace(heard(partial(visit_ours, browser, site, chosen.trace))), sep="\n")
                continue
            kinds = queries.Choice(pages, corpus.queries, chosen.each).kinds()
            costs = measure(corpus, kinds, browser)
            text = report(corpus, len(pages), costs, made_by(name, chosen.each, browser))
            print(text)
            if not chosen.no_readme:
                table.write(f"cold search {name}", text)


if __name__ == "__main__":
    main()
