"""How the cost of a build grows with the archive; drawn beside Hugo and Pagefind.

    python benchmarks/growth.py [1k 3k 10k 30k]

Each size is built once by everybody, in turn; the table goes into README.md, the drawing beside it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import build_time
import corpora
import hugo
import pagefind
import table
from measure import Cost

SIZES = ("1k", "3k", "10k", "30k")
DRAWING = Path(__file__).resolve().parent / "growth.svg"
WIDTH, HEIGHT, EDGE = 640, 400, 56
LABEL = 15
"""How far apart the labels of two lines are at least."""
LINES = {
    "clean": ("all of it", "#0b5cad"),
    "oldest article changed": ("an old article changed", "#3a8f3a"),
    "newest article changed": ("the newest changed", "#8a4fbf"),
    "nothing changed": ("nothing changed", "#777777"),
    "peers": ("Hugo, then Pagefind", "#c2410c"),
}
"""What is drawn: its words and its colour."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Turns a number into a place on a logarithmic axis."""

    least: float
    most: float
    start: float
    end: float

    def place(self, number: float) -> float:
        """Give the place of a number between the ends."""
        share = math.log(number / self.least) / math.log(self.most / self.least)
        return self.start + share * (self.end - self.start)


def drawing(costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Draw seconds against articles, both axes logarithmic, as SVG."""
    sizes = sorted(costs)
    seconds = [costs[size][name].wall for size in sizes for name in LINES]
    across = Scale(least=sizes[0], most=sizes[-1], start=EDGE, end=WIDTH - 3.2 * EDGE)
    floor = 10 ** math.floor(math.log10(min(seconds)))
    ceiling = 10 ** math.ceil(math.log10(max(seconds)))
    up = Scale(least=floor, most=ceiling, start=HEIGHT - EDGE, end=EDGE / 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>Seconds of a build against the number of articles</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<g font-family="sans-serif" font-size="12" fill="#333">',
        *_axes(sizes, across, up),
    ]
    ends = apart({name: up.place(costs[sizes[-1]][name].wall) for name in LINES})
    for name, (words, colour) in LINES.items():
        points = [(across.place(size), up.place(costs[size][name].wall)) for size in sizes]
        parts += _line(points, words, colour, ends[name])
    return "\n".join([*parts, "</g>", "</svg>", ""])


def apart(places: Mapping[str, float]) -> dict[str, float]:
    """Move labels down where they would stand over each other."""
    found: dict[str, float] = {}
    below = -math.inf
    for name in sorted(places, key=places.__getitem__):
        below = found[name] = max(places[name], below + LABEL)
    return found


def _axes(sizes: Sequence[int], across: Scale, up: Scale) -> list[str]:
    parts: list[str] = []
    number = up.least
    while number <= up.most:
        y = up.place(number)
        rule = f'<path d="M{across.start:.0f} {y:.1f}H{across.end:.0f}" stroke="#ddd"/>'
        label = f'<text x="{EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{number:g} s</text>'
        parts += [rule, label]
        number *= 10
    for size in sizes:
        place = f'x="{across.place(size):.1f}" y="{HEIGHT - EDGE + 20}"'
        parts.append(f'<text {place} text-anchor="middle">{size:,}</text>')
    middle = (across.start + across.end) / 2
    name = f'<text x="{middle:.0f}" y="{HEIGHT - 12}" text-anchor="middle">articles</text>'
    return [*parts, name]


def _line(
    points: Sequence[tuple[float, float]], words: str, colour: str, label_at: float
) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, _ = points[-1]
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    label = f'<text x="{x + 8:.1f}" y="{label_at + 4:.1f}" fill="{colour}">{escape(words)}</text>'
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *dots,
        label,
    ]


def growth_table(costs: Mapping[int, Mapping[str, Cost]]) -> str:
    """Set the sizes side by side: seconds, and the largest process of a clean build and of the peers."""
    head = ("articles", *(words for words, _ in LINES.values()), "peak MB", "peers' peak MB")
    rows = [
        (
            f"{size:,}",
            *(f"{costs[size][name].wall:.1f}" for name in LINES),
            f"{costs[size]['clean'].memory / 1e6:,.0f}",
            f"{costs[size]['peers'].memory / 1e6:,.0f}",
        )
        for size in sorted(costs)
    ]
    return table.markdown(head, rows)


def main() -> None:
    """Run the benchmark."""
    parser = corpora.parser(__doc__)
    parser.add_argument("sizes", nargs="*", default=SIZES, help="1k, 3k, 500: articles of scale.py")
    chosen = parser.parse_args()
    where = corpora.places(chosen)
    costs: dict[int, Mapping[str, Cost]] = {}
    for name in chosen.sizes:
        corpus = corpora.corpus(name, where)
        peers = build_time.peers_of(corpus, where)
        costs[corpora.size(name)] = build_time.one_round(corpus, peers, 1)
    command = f"python benchmarks/growth.py {' '.join(chosen.sizes)}"
    made = table.provenance(command, (f"Hugo {hugo.VERSION}", f"Pagefind {pagefind.VERSION}"))
    text = f"Seconds, each size once. {made}\n\n{growth_table(costs)}"
    print(text)
    if not chosen.no_readme:
        table.write("growth", text)
        DRAWING.write_text(drawing(costs), "utf-8")


if __name__ == "__main__":
    main()
