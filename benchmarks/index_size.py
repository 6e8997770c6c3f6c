"""What the index weighs, as a share of the text it makes searchable, beside Pagefind's bundle.

    python benchmarks/index_size.py [1k] [10k] [digitalgov] …

The text is what both engines index: headline and text of every article, in UTF-8, without markup.
"""

import argparse
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import cold_search
import corpora
import pagefind
import queries
import table
from serve import packed

BUDGETS = {"with positions": (35, 70), "without positions": (13, None)}
"""Per cent of the text: in transfer, and on disk."""
HASH = re.compile("[0-9a-f]{12}")
PAGE_BUDGET = 4_000
"""Bytes of an article's page in transfer, beyond its text."""


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Some files together."""

    files: int
    raw: int
    sent: int
    """With gzip -6, as the host sends them."""


def weigh(paths: Iterable[Path]) -> Weight:
    """Add up what files weigh, each compressed by itself."""
    contents = [(path.read_bytes(), path.suffix) for path in paths]
    return Weight(
        files=len(contents),
        raw=sum(len(content) for content, _ in contents),
        sent=sum(len(packed(content, suffix)) for content, suffix in contents),
    )


def total(weights: Iterable[Weight]) -> Weight:
    """Add weights up."""
    counted = list(weights)
    return Weight(
        files=sum(w.files for w in counted),
        raw=sum(w.raw for w in counted),
        sent=sum(w.sent for w in counted),
    )


def by_kind(folder: Path, besides: Iterable[str] = ()) -> dict[str, Weight]:
    """Weigh the files below a folder by kind.

    Args:
        folder: Our `search/`, or Pagefind's bundle.
        besides: Names of files that are no part of the index.
    """
    kinds: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in besides:
            kinds.setdefault(kind(path.relative_to(folder)), []).append(path)
    return {name: weigh(kinds[name]) for name in sorted(kinds)}


def kind(path: Path) -> str:
    """Say of what kind a file is: the folder it is in, hashes apart, else its name or its suffix.

    >>> kind(Path("2f806622179a/terms/0/17.json")), kind(Path("manifest.json")), kind(Path("en_8a9.pf_meta"))
    ('terms', 'manifest.json', 'pf_meta')
    """
    parts = [part for part in path.parts if not HASH.fullmatch(part)]
    if len(parts) > 1:
        return parts[0]
    return path.name if path.suffix == ".json" else path.suffix.removeprefix(".")


def ours(site: Path) -> dict[str, Weight]:
    """Weigh our index; the search page itself is none of it."""
    return by_kind(site / "search", besides={"index.html"})


def theirs(bundle: Path) -> dict[str, Weight]:
    """Weigh Pagefind's index, without its program and its user interfaces."""
    programs = {
        path.name for path in bundle.iterdir() if path.suffix in {".js", ".css", ".pagefind"}
    }
    return by_kind(bundle, besides=programs)


def with_sums(kinds: Mapping[str, Weight]) -> dict[str, Weight]:
    """Put the sums that the budgets speak of below the kinds."""
    without = total(weight for name, weight in kinds.items() if name != "positions")
    return {**kinds, "without positions": without, "with positions": total(kinds.values())}


def size_table(kinds: Mapping[str, Weight], peer: Mapping[str, Weight], text: int) -> str:
    """Write each kind of file as a share of the text."""
    rows = [
        _row(f"ours: {kind}", weight, text, BUDGETS.get(kind))
        for kind, weight in with_sums(kinds).items()
    ]
    rows += [_row(f"Pagefind: {name}", weight, text) for name, weight in peer.items()]
    rows.append(_row("Pagefind: all", total(peer.values()), text))
    head = (
        "files",
        "number",
        "gzip KB",
        "gzip % of text",
        "budget",
        "raw KB",
        "raw % of text",
        "budget",
    )
    return table.markdown(head, rows)


def _row(
    name: str, weight: Weight, text: int, allowed: tuple[int, int | None] | None = None
) -> tuple[str, ...]:
    limits = [f"{limit} %" if limit else "" for limit in allowed or (None, None)]
    sent, raw = (f"{100 * size / text:.1f} %" for size in (weight.sent, weight.raw))
    return (
        name,
        f"{weight.files:,}",
        table.kilobytes(weight.sent),
        sent,
        limits[0],
        table.kilobytes(weight.raw),
        raw,
        limits[1],
    )


def beyond_text(paths: Iterable[Path], pages: Iterable[queries.Page]) -> float:
    """Give the median of what an article's page weighs in transfer beyond its compressed text."""
    return median(
        len(packed(path.read_bytes(), ".html")) - len(packed(page.text.encode(), ".txt"))
        for path, page in zip(paths, pages, strict=True)
    )


def report(corpus: corpora.Corpus, pages: list[queries.Page]) -> str:
    """Write one corpus's section."""
    text = sum(len(page.text.encode()) for page in pages)
    paths = [path for path, _ in pagefind.article_pages(corpus.site)]
    weights = size_table(ours(corpus.site), theirs(corpus.peer / pagefind.BUNDLE), text)
    command = f"python benchmarks/index_size.py {corpus.name}"
    head = f"**{corpus.name}**: {len(pages):,} articles, {text / 1e6:.1f} MB of text."
    made = table.provenance(command, (f"Pagefind {pagefind.VERSION}",))
    beyond, allowed = map(table.kilobytes, (beyond_text(paths, pages), PAGE_BUDGET))
    page = f"Beyond its text, an article's page weighs {beyond} KB in transfer (median; budget {allowed} KB)."
    return "\n\n".join((f"{head} {made}", weights, page))


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = corpora.parser(__doc__)
    parser.add_argument(
        "corpus",
        nargs="*",
        default=["1k", "10k", "digitalgov"],
        help="1k, 10k, 500, digitalgov, 18f",
    )
    parser.add_argument("--fresh", action="store_true", help="have Pagefind index the pages again")
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    chosen = options()
    where = corpora.places(chosen)
    program = pagefind.installed(where.work)
    for name in chosen.corpus:
        corpus = corpora.corpus(name, where)
        text = report(corpus, cold_search.prepare(corpus, program, fresh=chosen.fresh)[1])
        print(text)
        if not chosen.no_readme:
            table.write(f"index size {name}", text)


if __name__ == "__main__":
    main()
