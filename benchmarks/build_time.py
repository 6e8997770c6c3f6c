"""What a build costs: all of it, after no change, after a changed article; beside Hugo and Pagefind.

    python benchmarks/build_time.py [1k] [10k] … [--rounds 3]

Hugo and Pagefind build the same articles, in turn with ours in the same run. After any change they
build everything again, so their one figure stands beside each of ours.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import corpora
import hugo
import measure
import pagefind
import table
from measure import Cost

ROUNDS = 3
CHANGE = "\nA sentence of round {number} was added here.\n"


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What a step may cost."""

    seconds: float | None = None
    wall: float | None = None
    """As a share of the peers' time."""
    memory: float | None = None
    """As a share of the peers' peak."""


BUDGETS = {
    "clean": Budget(wall=0.7, memory=0.4),
    "nothing changed": Budget(seconds=1),
    "newest article changed": Budget(seconds=2, wall=1 / 15),
    "oldest article changed": Budget(seconds=2, wall=1 / 15),
}
AT = 10_000
"""The number of articles that the budgets are for."""


@dataclass(frozen=True, kw_only=True)
class Peers:
    """The programs beside us, and the folder of their site."""

    hugo: Path
    pagefind: Path
    site: Path

    def build(self) -> dict[str, Cost]:
        """Build everything, as they do after any change."""
        public = self.site / "public"
        measure.put_aside(public, self.site.parent)
        pages = measure.run(hugo.command(self.hugo, self.site))
        search = measure.run(pagefind.command(self.pagefind, public))
        return {"Hugo": pages, "Pagefind": search, "peers": measure.together((pages, search))}


def peers_of(corpus: corpora.Corpus, where: corpora.Places) -> Peers:
    """Install the peers if they are not there, and give them the articles."""
    site = where.work / f"{corpus.name}-hugo"
    hugo.copy_articles(corpus, site)
    return Peers(
        hugo=hugo.installed(where.work), pagefind=pagefind.installed(where.work), site=site
    )


def build_ours(corpus: corpora.Corpus, number: int) -> dict[str, Cost]:
    """Build from nothing, then without a change, then with the newest and the oldest article changed.

    The newest stands in the search's small segment, the oldest in its large one.
    """
    command = [sys.executable, "-P", "-m", "site_builder", "build", str(corpus.archive)]
    command += ["-o", str(corpus.site), "--json"]
    for folder in (corpus.site, corpus.archive / ".site-builder"):
        measure.put_aside(folder, corpus.site.parent)
    costs = {"clean": measure.run(command), "nothing changed": measure.run(command)}
    articles = corpora.articles(corpus)
    for name, article in (("newest", articles[-1]), ("oldest", articles[0])):
        with _changed(article, number):
            costs[f"{name} article changed"] = measure.run(command)
        measure.run(command)  # back to where it was
    return costs


@contextmanager
def _changed(article: Path, number: int) -> Iterator[None]:
    """Change an article for as long as the block lasts."""
    before = article.read_bytes()
    try:
        article.write_bytes(before + CHANGE.format(number=number).encode())
        yield
    finally:
        article.write_bytes(before)


def one_round(corpus: corpora.Corpus, peers: Peers | None, number: int) -> dict[str, Cost]:
    """Build with all, in turn; ours alone where there are no peers."""
    costs = build_ours(corpus, number) | (peers.build() if peers else {})
    for name, cost in costs.items():
        told = f"{cost.wall:7.2f} s wall {cost.cpu:7.2f} s CPU {cost.memory / 1e6:7.0f} MB"
        print(f"  {number} {name:<20} {told}", flush=True)
    return costs


def rounds(
    corpus: corpora.Corpus, peers: Peers | None, count: int, *, warm: bool
) -> dict[str, Cost]:
    """Build several times, and take the medians.

    Args:
        corpus: What is built.
        peers: What it is compared with, if anything.
        count: How many rounds are counted.
        warm: Whether a round goes before them that is not counted.
    """
    if warm:
        one_round(corpus, peers, 0)
    measured = [one_round(corpus, peers, number) for number in range(1, count + 1)]
    return {name: measure.middle(one[name] for one in measured) for name in measured[0]}


def time_table(costs: Mapping[str, Cost], articles: int) -> str:
    """Set our builds beside the peers', as ratios; without peers, tell them alone."""
    if "peers" not in costs:
        return table.markdown(
            ("build", "wall s", "CPU s", "peak MB"), [_cells(name, costs[name]) for name in BUDGETS]
        )
    head = (
        "build",
        "wall s",
        "CPU s",
        "peak MB",
        "wall ÷ peers",
        "CPU ÷ peers",
        "peak ÷ peers",
        "budget",
    )
    peers = costs["peers"]
    rows = [
        (
            *_cells(name, costs[name]),
            *_ratios(costs[name], peers),
            _allowed(budget) if articles == AT else "",
        )
        for name, budget in BUDGETS.items()
    ]
    rows += [(*_cells(name, costs[name]), "", "", "", "") for name in ("Hugo", "Pagefind")]
    rows.append((*_cells("Hugo, then Pagefind", peers), *_ratios(peers, peers), ""))
    return table.markdown(head, rows)


def _cells(name: str, cost: Cost) -> tuple[str, ...]:
    return name, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.memory / 1e6:,.0f}"


def _ratios(cost: Cost, peers: Cost) -> tuple[str, ...]:
    pairs = ((cost.wall, peers.wall), (cost.cpu, peers.cpu), (cost.memory, peers.memory))
    return tuple(f"{ours / theirs:.2f}" for ours, theirs in pairs)


def _allowed(budget: Budget) -> str:
    parts = (
        f"{budget.seconds:g} s" if budget.seconds else "",
        f"wall {budget.wall:.2g} of peers" if budget.wall else "",
        f"peak {budget.memory:g} of peers" if budget.memory else "",
    )
    return ", ".join(filter(None, parts))


def report(corpus: corpora.Corpus, costs: Mapping[str, Cost], chosen: argparse.Namespace) -> str:
    """Write one corpus's section."""
    articles = corpora.size(corpus.name)
    command = f"python benchmarks/build_time.py {corpus.name} --rounds {chosen.rounds}"
    command += " --no-warm-up" * chosen.no_warm_up + " --alone" * chosen.alone
    peers = () if chosen.alone else (f"Hugo {hugo.VERSION}", f"Pagefind {pagefind.VERSION}")
    made = table.provenance(command, peers)
    warm = "without a warm-up" if chosen.no_warm_up else "after a warm-up"
    return f"**{corpus.name}**: medians of {chosen.rounds}, {warm}. {made}\n\n{time_table(costs, articles)}"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = corpora.parser(__doc__)
    parser.add_argument(
        "corpus", nargs="*", default=["1k"], help="1k, 10k, 500: articles of scale.py"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="builds that are counted")
    parser.add_argument("--no-warm-up", action="store_true", help="count the first builds too")
    parser.add_argument(
        "--alone", action="store_true", help="leave out the peers, which need more memory"
    )
    return parser.parse_args()


def main() -> None:
    """Run the benchmark."""
    chosen = options()
    where = corpora.places(chosen)
    for name in chosen.corpus:
        corpus = corpora.corpus(name, where)
        peers = None if chosen.alone else peers_of(corpus, where)
        costs = rounds(corpus, peers, chosen.rounds, warm=not chosen.no_warm_up)
        text = report(corpus, costs, chosen)
        print(text)
        if not chosen.no_readme:
            table.write(f"build time {name}", text)


if __name__ == "__main__":
    main()
