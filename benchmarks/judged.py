"""Search collections with judged answers: documents, questions, and which documents answer which.

A collection is a folder with `docs.jsonl` (id, title, text), `queries.jsonl` (id, text) and `qrels.tsv`
(query, document, grade). It is written as an archive of Markdown files, as a keeper would have them.
"""

import json
import math
import re
import tarfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora import Corpus, Places

FIRST = 10
"""How many answers count."""
LANGUAGES = {"scifact-train": "en"}
"""Of the collections whose names do not end in it."""
FOLDER = "ir"
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One collection, its archive written."""

    corpus: Corpus
    language: str
    queries: Mapping[str, str]
    """Id to text."""
    relevant: Mapping[str, Mapping[str, float]]
    """Query to document to grade."""


def judged(name: str, where: Places, most: int) -> Judged:
    """Read a collection and write its archive into the working folder.

    Args:
        name: `scifact-train`, `xquad-ar`, `jaquad-ja`, ….
        where: Sources and working folder.
        most: How many queries at most, taken at even distances.
    """
    folder = _folder(where) / name
    language = LANGUAGES.get(name, name.rpartition("-")[2])
    archive = where.work / name
    if not (archive / "archive.toml").exists():
        for line in _lines(folder / "docs.jsonl"):
            _write(archive, json.loads(line))
        # Written last: an archive without it is begun anew.
        (archive / "archive.toml").write_text(
            f'title = "{name}"\nlanguage = "{language}"\n', "utf-8"
        )
    queries = [json.loads(line) for line in _lines(folder / "queries.jsonl")]
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    for line in _lines(folder / "qrels.tsv"):
        query, document, grade = line.split("\t")
        relevant[query][document] = float(grade)
    asked = [query for query in queries if query["id"] in relevant]
    step = max(1, math.ceil(len(asked) / most))
    return Judged(
        corpus=Corpus(name=name, archive=archive, queries=None),
        language=language,
        queries={query["id"]: query["text"] for query in asked[::step]},
        relevant=relevant,
    )


def _folder(where: Places) -> Path:
    found = where.source(FOLDER, f"{FOLDER}.tar.xz")
    if found.is_dir():
        return found
    with tarfile.open(found) as packed:
        packed.extractall(where.work, filter="data")
    return where.work / FOLDER


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")[:-1]


def _write(archive: Path, document: Mapping[str, str]) -> None:
    """Write one document as Markdown whose every mark of punctuation stands for itself."""
    text = _PUNCTUATION.sub(r"\\\g<0>", document["text"])
    path = archive / "articles" / f"{document['id']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {json.dumps(document['title'])}\n---\n\n{text}\n", "utf-8")


def ndcg(found: Sequence[str], grades: Mapping[str, float]) -> float:
    """Give the normalised discounted cumulative gain of the first ten answers.

    The gain of a document is 2^grade - 1, divided by log2(rank + 1); the sum is divided by that of
    the best order there is. Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques
    (2002), with the gains of Burges and others, Learning to rank using gradient descent (2005).

    >>> ndcg(["b", "a"], {"a": 1}), ndcg(["a"], {"a": 1})
    (0.6309297535714575, 1.0)
    """
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(document, 0) for document in found]) / best


def _gain(grades: Sequence[float]) -> float:
    return sum(
        (2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:FIRST], start=1)
    )
