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
READ = 10_000
"""So many pages at most are read for the choice of queries, at even distances."""


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


Costs = Mapping[str, tuple[Cost, Cost | None]]
"""Kind of query to what it costs with us, and with the peer where that was asked."""


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


def prepare(
    corpus: corpora.Corpus, program: Path | None, *, fresh: bool
) -> tuple[int, list[queries.Page]]:
    """Build the site and, with its program, Pagefind's copy of it; count and read what was indexed."""
    if program is not None:
        corpora.build(corpus)
        if fresh or not (corpus.peer / pagefind.BUNDLE).exists():
            pagefind.copy_pages(corpus.site, corpus.peer)
            subprocess.run(pagefind.command(program, corpus.peer), check=True)
    paths = [page for page, _ in pagefind.article_pages(corpus.site)]
    return len(paths), queries.read_pages(paths[:: -(-len(paths) // READ)])


def measure(
    corpus: corpora.Corpus,
    kinds: Mapping[str, Sequence[str]],
    browser: Browser,
    *,
    alone: bool = False,
) -> dict[str, tuple[Cost, Cost | None]]:
    """Ask all queries of both engines, in turn, or of ours alone."""
    with ExitStack() as running:
        visits = [partial(visit_ours, browser, running.enter_context(served(corpus.site, LATENCY)))]
        if not alone:
            peer = running.enter_context(served(corpus.peer, LATENCY))
            visits.append(partial(visit_pagefind, browser, peer))
        return {kind: _asked(visits, asked) for kind, asked in kinds.items()}


def _asked(
    engines: Sequence[Callable[[str], Visit]], asked: Sequence[str]
) -> tuple[Cost, Cost | None]:
    visits = [tuple(heard(partial(visit, query)) for visit in engines) for query in asked]
    for query, made in zip(asked, visits, strict=True):
        told = (
            f"{sum(s.size for s in v.spans):>9,} bytes, {v.total:>6,} found, {v.excerpts} shown"
            for v in made
        )
        print(f"  {query[:60]:<60}", *told, sep=" | ", flush=True)
    costs = [cost(of_one) for of_one in zip(*visits, strict=True)]
    return costs[0], costs[1] if len(costs) > 1 else None


def budget(articles: int) -> int | None:
    """Give the bytes that two words may cost in an archive of this size."""
    return next((size for most, size in BUDGETS.items() if articles <= most), None)


HEAD = "query|KB|budget|Pagefind KB|ratio|requests|Pagefind|waves|Pagefind|excerpts|Pagefind"
BUDGETED = ("two rare words", "two mid words")


def main_table(costs: Costs, allowed: int | None) -> str:
    """Set both engines side by side, one kind of query a row."""
    rows = []
    for kind, (ours, theirs) in costs.items():
        limit = table.kilobytes(allowed) if allowed and kind in BUDGETED else ""
        their_size = table.kilobytes(theirs.size) if theirs else ""
        ratio = f"{ours.size / theirs.size:.2f}" if theirs else ""
        counts = [
            f"{getattr(side, name):g}" if side else ""
            for name in ("requests", "depth", "excerpts")
            for side in (ours, theirs)
        ]
        rows.append((kind, table.kilobytes(ours.size), limit, their_size, ratio, *counts))
    return table.markdown(HEAD.split("|"), rows)


def parts_table(costs: Costs) -> str:
    """Say what the bytes are for, and what follows the fifth excerpt."""
    sides = ("", "Pagefind ")
    head = ("query", *(f"{side}{part} KB" for side in sides for part in PARTS), "afterwards KB")
    rows = [
        (
            kind,
            *(
                table.kilobytes(side.parts[part]) if side else ""
                for side in (ours, theirs)
                for part in PARTS
            ),
            table.kilobytes(ours.later),
        )
        for kind, (ours, theirs) in costs.items()
    ]
    return table.markdown(head, rows)


def report(corpus: corpora.Corpus, articles: int, costs: Costs, made: str) -> str:
    """Write one corpus's section."""
    told = "What the bytes are for; and what our page asks for of itself after the fifth excerpt:"
    parts = (main_table(costs, budget(articles)), told, parts_table(costs))
    return "\n\n".join((f"**{corpus.name}**: {articles:,} articles. {made}", *parts))


def made_by(name: str, chosen: argparse.Namespace, browser: Browser) -> str:
    """Say by what the tables were made."""
    alone = " --alone" * chosen.alone
    command = f"python benchmarks/cold_search.py {name} --each {chosen.each}{alone}"
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
        "--alone",
        action="store_true",
        help="no peer, and a site that is built already: for archives too large for both",
    )
    parser.add_argument(
        "--trace", metavar="QUERY", help="print our requests for one query, and no table"
    )
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    chosen = options()
    where = corpora.places(chosen)
    program = None if chosen.alone else pagefind.installed(where.work)
    with chromium() as browser:
        for name in chosen.corpus:
            corpus = corpora.corpus(name, where)
            articles, pages = prepare(corpus, program, fresh=chosen.fresh)
            if chosen.trace:
                with served(corpus.site, LATENCY) as site:
                    print(*trace(heard(partial(visit_ours, browser, site, chosen.trace))), sep="\n")
                continue
            kinds = queries.Choice(pages, corpus.queries, chosen.each).kinds()
            costs = measure(corpus, kinds, browser, alone=chosen.alone)
            text = report(corpus, articles, costs, made_by(name, chosen, browser))
            print(text)
            if not chosen.no_readme:
                table.write(f"cold search {name}", text)


if __name__ == "__main__":
    main()
