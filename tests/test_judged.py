"""The relevance benchmark's own rules: how answers are scored, and how a collection becomes an archive."""

import json
from pathlib import Path

import pytest

from site_builder.build import build

from .test_benchmarks import _only_here, script

__all__ = ["_only_here"]


def judged():
    """Load the module, after the one that it takes names from."""
    script("corpora")
    return script("judged")


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["a"], {"a": 1}, 1.0),
        (["b", "a"], {"a": 1}, 0.6309297535714575),
        (["a", "b"], {"a": 1, "b": 2}, (1 + 3 / 1.584962500721156) / (3 + 1 / 1.584962500721156)),
        (["x"] * 10 + ["a"], {"a": 1}, 0.0),
        ([], {"a": 1}, 0.0),
    ],
)
def test_an_answer_is_worth_less_the_later_it_stands(found, grades, expected):
    """The gain is divided by the logarithm of the place; ten places count; 1 is the best there is."""
    assert expected == pytest.approx(judged().ndcg(found, grades))


def test_a_collection_becomes_an_archive_with_its_words_as_they_are(tmp_path):
    """Marks of punctuation that mean something in Markdown stand for themselves."""
    folder = tmp_path / "sources" / "ir" / "small-tr"
    folder.mkdir(parents=True)
    text = "# No *heading*: 1. [link](x) & <b> `code`\n\n- no list_item_ \\ ~~"
    lines = {
        "docs.jsonl": [{"id": "p1", "title": 'A "title": x', "text": text}],
        "queries.jsonl": [{"id": "q1", "text": "heading"}, {"id": "q2", "text": "not judged"}],
    }
    for name, rows in lines.items():
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (folder / "qrels.tsv").write_text("q1\tp1\t1\n", "utf-8")
    work = tmp_path / "work"
    places = script("corpora").Places(sources=(tmp_path / "sources",), work=work)
    found = judged().judged("small-tr", places, most=10)
    site = Path(build(work / "small-tr").site)
    page = script("queries").read_page((site / "p1" / "index.html").read_bytes())

    assert ({"q1": "heading"}, {"q1": {"p1": 1.0}}) == (found.queries, found.relevant)
    assert ('A "title": x', text.split()) == (page.title, page.body.split())
