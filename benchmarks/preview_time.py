"""How long after an article was saved the preview shows it, and how long until the search has it too.

    python benchmarks/preview_time.py [10k] [--rounds 3]

The newest and the oldest article are saved with one more sentence, each time, and put back.
"""

import http.client
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import corpora
import table

CHANGE = "\nA sentence of round {number} was added here.\n"
PATIENCE = 120
"""Seconds."""
PROMISED = 2
"""Seconds until the page is shown, at 10,000 articles."""


@contextmanager
def serving(corpus: corpora.Corpus) -> Iterator[str]:
    """Run the preview of a corpus, and give its address once it answers."""
    command = [sys.executable, "-P", "-m", "site_builder", "serve", str(corpus.archive)]
    with subprocess.Popen(
        [*command, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            lines = iter(process.stdout or ())
            yield next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()
            process.wait()
            shutil.rmtree(corpus.archive / "_site", ignore_errors=True)


def news(address: str) -> Iterator[dict[str, str]]:
    """Follow what the preview tells open pages."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
    connection.request("GET", "/_preview/events")
    for line in connection.getresponse():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def saved(article: Path, number: int, told: Iterator[dict[str, str]]) -> tuple[float, float]:
    """Save an article with a sentence more: seconds until its page is shown, and until the search has it."""
    before = article.read_bytes()
    began = time.perf_counter()
    article.write_bytes(before + CHANGE.format(number=number).encode())
    try:
        return _until_complete(began, told)
    finally:
        article.write_bytes(before)
        _until_complete(began, told)


def _until_complete(began: float, told: Iterator[dict[str, str]]) -> tuple[float, float]:
    first = next(told)
    shown = time.perf_counter() - began
    while first["build"] != first["search"]:
        first = next(told)
    return shown, time.perf_counter() - began


def main() -> None:
    """Run the benchmark."""
    parser = corpora.parser(__doc__)
    parser.add_argument("corpus", nargs="?", default="10k", help="1k, 500: articles of scale.py")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    corpus = corpora.corpus(chosen.corpus, corpora.places(chosen))
    articles = corpora.articles(corpus)
    rows = []
    with serving(corpus) as address:
        told = news(address)
        next(told)
        for name, article in (("newest", articles[-1]), ("oldest", articles[0])):
            times = [saved(article, number, told) for number in range(chosen.rounds)]
            rows.append((name, *(f"{median(one):.1f}" for one in zip(*times, strict=True))))
    made = table.provenance(
        f"python benchmarks/preview_time.py {chosen.corpus} --rounds {chosen.rounds}", ()
    )
    head = ("article saved", f"page shown, s (promised: {PROMISED})", "search complete, s")
    text = (
        f"**{chosen.corpus}**: medians of {chosen.rounds}. {made}\n\n{table.markdown(head, rows)}"
    )
    print(text)
    if not chosen.no_readme:
        table.write("preview time", text)


if __name__ == "__main__":
    main()
