"""A browser checks an article as this program does: the same decoding, replay and proof."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.model import Edit, Reason
from site_builder.provenance.log import leaf_hash, log
from site_builder.provenance.merkle import inclusion_proof
from site_builder.reading.decode.again import decoded_again
from site_builder.reading.edits import apply

HERE = Path(__file__).parent
SCRIPT, STATIC = HERE / "js" / "fixity.mjs", HERE.parent / "static"
NODE = shutil.which("node") or "node"
ENCODINGS = (
    "utf-8",
    "windows-1252",
    "cp1251",
    "latin-1",
    "iso8859-1",
    "utf-16-le",
    "utf-16-be",
    "gb18030",
)


def in_browser(*, site="", asked=(), replay=()):
    given = {"site": str(site), "asked": asked, "replay": replay}
    ran = subprocess.run(
        [NODE, SCRIPT], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 600, 4_097, 65_536 + 300])
def test_a_browser_proves_what_we_prove(tmp_path, size):
    """From the tiles alone it finds the same hashes, for trees of any width, and they lead to the root."""
    entries = [f"entry {number}\n" for number in range(size)]
    leaves = [(f"a/é{number}", leaf_hash(entry.encode())) for number, entry in enumerate(entries)]
    for artifact in log("example.org", leaves):
        (tmp_path / artifact.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / artifact.path).write_bytes(artifact.content)
    hashes = [leaf for _, leaf in leaves]
    places = sorted({0, size // 3, size // 2, size - 1, min(256, size - 1), min(65_540, size - 1)})
    answers = in_browser(
        site=tmp_path, asked=[(leaves[place][0], entries[place]) for place in places]
    )["proved"]
    ours = [[found.hex() for found in inclusion_proof(hashes, place)] for place in places]

    assert places == [answer["proof"]["index"] for answer in answers]
    assert ours == [answer["proof"]["hashes"] for answer in answers]
    assert all(answer["leads"] == answer["proof"]["root"] for answer in answers)


def test_a_browser_decodes_as_we_do(page, serve_under):
    """Line ends, byte order marks and broken bytes come out alike, in all encodings that are common."""
    dice = random.Random(4)  # noqa: S311 — the same bytes at each run
    cases = [(b"\xef\xbb\xbfa\r\nb\rc\n", "utf-8", True), (b"\xef\xbb\xbfa", "utf-8", False)]
    cases += [("“Tide” at 5, née\r\n".encode(name, "ignore"), name, False) for name in ENCODINGS]
    cases += [(dice.randbytes(40), name, False) for name in ENCODINGS[:-1] for _ in range(60)]
    ours = [decoded_again(content, name, byte_order_mark=mark) for content, name, mark in cases]
    page.goto(serve_under(STATIC) + "icon.svg")
    theirs = page.evaluate(
        """async (cases) => {
          const { decoded } = await import("/fixity.js");
          return cases.map(([bytes, name, mark]) => decoded(Uint8Array.from(bytes), name, mark));
        }""",
        [(list(content), name, mark) for content, name, mark in cases],
    )

    assert ours == theirs


def test_a_browser_replays_as_we_do():
    """Offsets count code points, also beyond the first plane."""
    dice = random.Random(5)  # noqa: S311 — the same edits at each run
    cases = []
    for _ in range(200):
        text = "".join(dice.choices("ab \n\U0001f30aé\u0301", k=dice.randrange(30)))
        places = sorted(dice.choices(range(len(text) + 1), k=dice.randrange(5) * 2))
        edits = [
            Edit(start=start, end=end, replacement=dice.choice(("", "␣")), rule="r@1", reason=Reason.HEADER)
            for start, end in zip(places[::2], places[1::2], strict=True)
        ]  # fmt: skip
        cases.append((text, edits))
    replay = [
        (text, [{"start": e.start, "end": e.end, "replacement": e.replacement} for e in edits])
        for text, edits in cases
    ]

    assert [apply(text, edits) for text, edits in cases] == in_browser(replay=replay)["replayed"]
