"""What twenty new articles change of a site: bytes under search/, and files elsewhere.

    python benchmarks/added.py [10k] [--articles 20]

The articles are copies of the newest ones, of a later date. The archive is as it was afterwards.
"""

import re
from pathlib import Path
from typing import NamedTuple

import corpora
import table

LATER = "2099-12-{day:02}"
PROMISED = 10
"""Percent of the bytes under search/."""


class Seen(NamedTuple):
    """A file of the site."""

    size: int
    changed: int
    """When, in nanoseconds."""


def seen(site: Path) -> dict[str, Seen]:
    """List a site."""
    files = (path for path in site.rglob("*") if path.is_file())
    found = ((path.relative_to(site).as_posix(), path.stat()) for path in files)
    return {path: Seen(facts.st_size, facts.st_mtime_ns) for path, facts in found}


def added(newest: list[Path]) -> list[Path]:
    """Write a new article beside each of these."""
    made: list[Path] = []
    for number, article in enumerate(newest):
        text = article.read_text("utf-8")
        day = LATER.format(day=1 + number % 28)
        text = re.sub(r"(?m)^date: .*$", f"date: {day}", text, count=1)
        path = article.with_name(f"added-{number:02}.md")
        path.write_text(text, "utf-8")
        made.append(path)
    return made


def compared(before: dict[str, Seen], after: dict[str, Seen]) -> str:
    """Say what was written anew, under search/ and elsewhere."""
    rows = []
    for name, own in (("search/", True), ("all else", False)):
        whole = {path: one for path, one in after.items() if path.startswith("search/") is own}
        new = {path: one for path, one in whole.items() if before.get(path) != one}
        size, share = sum(one.size for one in new.values()), sum(one.size for one in whole.values())
        budget = f"{PROMISED} %" if own else ""
        cells = (
            f"{len(whole):,}",
            f"{len(new):,}",
            f"{size / 1e6:.1f}",
            f"{100 * size / share:.1f} %",
        )
        rows.append((name, *cells, budget))
    head = ("below", "files", "written", "written MB", "of the bytes", "budget")
    return table.markdown(head, rows)


def main() -> None:
    """Run the benchmark."""
    parser = corpora.parser(__doc__)
    parser.add_argument("corpus", nargs="?", default="10k", help="1k, 500: articles of scale.py")
    parser.add_argument("--articles", type=int, default=20, help="how many are added")
    chosen = parser.parse_args()
    corpus = corpora.corpus(chosen.corpus, corpora.places(chosen))
    corpora.build(corpus)
    before = seen(corpus.site)
    new = added(corpora.articles(corpus)[-chosen.articles :])
    try:
        corpora.build(corpus)
        after = seen(corpus.site)
    finally:
        for path in new:
            path.unlink()
    command = f"python benchmarks/added.py {chosen.corpus} --articles {chosen.articles}"
    text = f"**{chosen.corpus}**, and {chosen.articles} newer articles. {table.provenance(command, ())}"
    text = f"{text}\n\n{compared(before, after)}"
    print(text)
    if not chosen.no_readme:
        table.write("added", text)


if __name__ == "__main__":
    main()
