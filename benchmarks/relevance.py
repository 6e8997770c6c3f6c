"""How good the answers are, beside lunr, MiniSearch and Pagefind on the same words.

    python benchmarks/relevance.py [--peers] scifact-train xquad-ar … 1k

A collection with judged answers (judged.py) is measured by nDCG@10. A number of articles (`1k`) is an
archive of `scale.py` with its known-item queries: how often the article meant comes first, and among the
first ten. The engine asked is the browser's, in Node; a sample is asked of the terminal's too, which
must give the same.
"""

import argparse
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import corpora
import engines
import judged
import table
from engines import Answers, Asking

SETS = (
    "scifact-train",
    *(f"xquad-{language}" for language in ("ar", "de", "en", "hi", "ru", "tr", "zh")),
    "jaquad-ja",
)
KNOWN = "1k"
ALONE = "phrase of one article"
SAMPLE = 10
"""Every tenth query is asked of the terminal's index too."""
PROMISED = {"scifact-train": 0.67}
PROMISED_KNOWN = {
    "title": (0.99, 1.0),
    "title-part": (0.97, None),
    "phrase": (0.95, 1.0),
    "rare-words": (0.99, None),
    "typo": (0.90, 0.97),
}
"""Kind to the shares that must come first, and among the first ten."""


def measure(
    name: str, asking: Asking, chosen: Sequence[str], where: corpora.Places
) -> dict[str, Answers]:
    """Build an archive and ask each engine all its queries."""
    shutil.rmtree(asking.corpus.site, ignore_errors=True)
    corpora.build(asking.corpus)
    answers = {engine: engines.ask(engine, asking, where) for engine in ("ours", *chosen)}
    terminal = engines.ask_terminal(asking, SAMPLE)
    different = [n for n, ids in terminal.items() if ids != answers["ours"][n]]
    if different:
        raise SystemExit(f"{name}: terminal and browser differ on {asking.queries[different[0]]!r}")
    return answers


def judged_row(
    name: str, chosen: Sequence[str], where: corpora.Places, most: int
) -> tuple[str, ...]:
    """Measure one collection by its judged answers."""
    found = judged.judged(name, where, most)
    asking = Asking(
        corpus=found.corpus, language=found.language, queries=list(found.queries.values())
    )
    answers = measure(name, asking, chosen, where)
    means = []
    for engine in answers:
        pairs = zip(found.queries, answers[engine], strict=True)
        scores = [judged.ndcg(ids, found.relevant[query]) for query, ids in pairs]
        means.append(f"{sum(scores) / len(scores):.3f}")
    print(name, *means, file=sys.stderr, flush=True)  # the tables come last
    promised = PROMISED.get(name)
    return (name, f"{len(found.queries):,}", f"{promised:.2f}" if promised else "", *means)


def known_rows(name: str, chosen: Sequence[str], where: corpora.Places) -> list[tuple[str, ...]]:
    """Measure one archive of `scale.py` by its known-item queries."""
    corpus = corpora.corpus(name, where)
    if corpus.queries is None:
        raise SystemExit(f"{name} has no known-item queries: give a number of articles.")
    queries = [json.loads(line) for line in corpus.queries.read_text("utf-8").splitlines()]
    copies = _copies(corpus.archive.with_name(f"{name}.dups.tsv"))
    asking = Asking(
        corpus=corpus, language="en", queries=[query["text"] for query in queries], fuzzy=True
    )
    answers = measure(name, asking, chosen, where)
    rows = []
    kinds = _kinds(queries, corpus.archive)
    for kind, of_kind in kinds.items():
        promised = PROMISED_KNOWN.get(kind, (None, None))
        shares = []
        for engine in answers:
            ranks = [
                _rank(answers[engine][n], {queries[n]["target"], *copies[queries[n]["target"]]})
                for n in of_kind
            ]
            shares.append(_shares(ranks))
        wanted = " / ".join(f"{share:.2f}" if share else "" for share in promised).rstrip(" /")
        rows.append((kind, f"{len(of_kind):,}", wanted, *shares))
    return rows


def _kinds(queries: Sequence[Mapping[str, str]], archive: Path) -> dict[str, list[int]]:
    """Give the queries of each kind by number; phrases that one article alone has, once more apart."""
    kinds = {
        kind: [n for n, query in enumerate(queries) if query["kind"] == kind]
        for kind in PROMISED_KNOWN
    }
    texts = [" ".join(path.read_text("utf-8").split()) for path in sorted(archive.rglob("*.md"))]
    phrases = {n: queries[n]["text"].strip('"') for n in kinds["phrase"]}
    kinds[ALONE] = [n for n in phrases if sum(phrases[n] in text for text in texts) <= 1]
    return kinds


def _copies(path: Path) -> Mapping[str, set[str]]:
    """Read which articles are near copies of each other: either is a right answer."""
    copies: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        one, other, _ = line.split("\t")
        copies[one].add(other)
        copies[other].add(one)
    return copies


def _rank(ids: Sequence[str], wanted: set[str]) -> int:
    """Give the place of the first right answer, from 0; `scale.py` puts the id at the path's end."""
    names = [id_.rpartition("/")[2].partition("-")[0] for id_ in ids]
    return next((rank for rank, name in enumerate(names) if name in wanted), judged.FIRST)


def _shares(ranks: Sequence[int]) -> str:
    first, ten = (sum(rank < most for rank in ranks) / len(ranks) for most in (1, judged.FIRST))
    return f"{first:.3f} / {ten:.3f}"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = corpora.parser(__doc__)
    parser.add_argument(
        "set", nargs="*", default=[*SETS, KNOWN], help="scifact-train, xquad-ar, …, 1k"
    )
    parser.add_argument(
        "--peers", action="store_true", help="ask lunr, MiniSearch and Pagefind too"
    )
    parser.add_argument(
        "--most", type=int, default=1200, help="queries of a collection (default: 1200)"
    )
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    chosen = options()
    where = corpora.places(chosen)
    peers = engines.PEERS if chosen.peers else ()
    head = ("queries of", "number", "promised", *(engines.NAMES[name] for name in ("ours", *peers)))
    known = [name for name in chosen.set if name[:1].isdigit()]
    # What is missing is told before an hour is spent: known items first.
    tables = {f"relevance {name}": known_rows(name, peers, where) for name in known}
    tables["relevance judged"] = [
        judged_row(name, peers, where, chosen.most) for name in chosen.set if name not in known
    ]
    command = " ".join(["python benchmarks/relevance.py", *["--peers"] * chosen.peers])
    made = table.provenance(command, [engines.NAMES[name] for name in peers])
    for name, rows in tables.items():
        if rows:
            text = f"{made}\n\n{table.markdown(head, rows)}"
            print(text)
            if not chosen.no_readme and peers:
                table.write(name, text)


if __name__ == "__main__":
    main()
