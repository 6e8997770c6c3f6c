"""The engines that the relevance benchmark asks, each for the first ten ids of many queries."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pagefind
import queries
from corpora import Corpus, Places
from serve import served
from visits import chromium

from site_builder.build import Options, open_search
from site_builder.search import search

FIRST = 10
MODULES = {"lunr": "2.3.9", "lunr-languages": "1.22.0", "minisearch": "7.2.0"}
"""Packages of npm, and the versions compared."""
PEERS = ("lunr", "minisearch", "pagefind")
NAMES = {
    "ours": "ours",
    "lunr": f"lunr {MODULES['lunr']}",
    "minisearch": f"MiniSearch {MODULES['minisearch']}",
    "pagefind": f"Pagefind {pagefind.VERSION}",
}

_SCRIPT = Path(__file__).with_suffix(".mjs")
_PAGEFIND = """async (queries) => {
  const pagefind = await import("./pagefind/pagefind.js");
  await pagefind.init();
  const answers = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const hits = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    answers.push(hits.map((hit) => decodeURI(hit.raw_url ?? hit.url)));
  }
  return answers;
}"""
_BLANK = "blank.html"
_AT_ONCE = 50
"""Queries that Chromium is handed at a time."""

Answers = list[list[str]]
"""For each query the ids of its first articles."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A built archive and what it is asked."""

    corpus: Corpus
    language: str
    queries: Sequence[str]
    fuzzy: bool = False
    """Whether words may be misspelt: MiniSearch is told to expect it, the others need not be."""


def ask(engine: str, asking: Asking, where: Places) -> Answers:
    """Have one engine answer all queries of an archive."""
    if engine == "ours":
        return _node({"engine": "ours", "site": str(asking.corpus.site)}, asking)
    if engine == "pagefind":
        return _pagefind(asking, where)
    documents = [
        {"id": id_, "title": page.title, "body": page.body} for id_, page in _texts(asking)
    ]
    job = {
        "engine": engine,
        "modules": str(_modules(where)),
        "language": asking.language,
        "fuzzy": asking.fuzzy,
        "docs": documents,
    }
    return _node(job, asking)


def ask_terminal(asking: Asking, every: int) -> dict[int, list[str]]:
    """Ask the index that `site-builder search` answers from, for a sample: query's number to ids."""
    with open_search(asking.corpus.archive, Options()) as index:
        return {
            number: [hit.id for hit in search(index, query, limit=FIRST).hits]
            for number, query in enumerate(asking.queries)
            if number % every == 0
        }


def _node(job: Mapping[str, Any], asking: Asking) -> Answers:
    done = subprocess.run(
        [shutil.which("node") or "node", str(_SCRIPT)],
        input=json.dumps({**job, "queries": list(asking.queries)}),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    answers: Answers = json.loads(done.stdout)
    return answers


def _texts(asking: Asking) -> list[tuple[str, queries.Page]]:
    """Give each article's id and the words that our own index holds of it."""
    site = asking.corpus.site
    return [
        (page.parent.relative_to(site).as_posix(), queries.read_page(page.read_bytes()))
        for page, _ in pagefind.article_pages(site)
    ]


def _modules(where: Places) -> Path:
    """Install the packages of npm, once, and give their folder."""
    folder = where.work / "-".join(["npm", *MODULES.values()])
    if not (folder / "node_modules" / "minisearch").exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is needed to install the peers: install Node.js with npm.")
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        wanted = [f"{name}@{version}" for name, version in MODULES.items()]
        subprocess.run([npm, "install", "--prefix", str(folder), *quiet, *wanted], check=True)
    return folder


def _pagefind(asking: Asking, where: Places) -> Answers:
    """Index the same pages with Pagefind, and ask it in Chromium."""
    pages = asking.corpus.peer
    pagefind.copy_pages(asking.corpus.site, pages)
    subprocess.run(pagefind.command(pagefind.installed(where.work), pages), check=True)
    (pages / _BLANK).write_text("<!doctype html>\n<title>Asks when told to</title>\n", "utf-8")
    answers: Answers = []
    with served(pages, latency=0) as host, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{host.address}{_BLANK}")
        for start in range(0, len(asking.queries), _AT_ONCE):
            some = list(asking.queries[start : start + _AT_ONCE])
            answers += page.evaluate(_PAGEFIND, some)
    return [[url.strip("/") for url in urls] for urls in answers]
