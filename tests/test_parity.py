"""Terminal and browser give one answer: the same ids in the same order with the same scores.

Python answers from the Whoosh index, JavaScript from the shards; they share docs/search-format.md and no
code. Queries are made from the archive's own words, so that they find something.
"""

import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from site_builder.build import Options, build, open_search
from site_builder.search import search

ASK = Path(__file__).parent / "js" / "ask.mjs"
NODE = shutil.which("node") or "node"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None and "CI" not in os.environ,
    reason="no Node on this machine: version 20 or later answers for the browser",
)

ODD = [
    "",
    "constructor",
    "__proto__ toString",
    "-the",
    "(",
    '"unclosed phrase',
    "OR",
    "a OR",
    "\ud83c\udf89 emoji",
    "date:2023",
    "after:2015-06 before:2016",
    "date:2023-13 year",
    "language:en -language:en-GB",
    "author:a",
    "xyzzyqwerty the",
    "don't well-known U.S.",
]


def queries(texts, count):
    """Make queries of every kind from words as they stand in texts, always the same ones."""
    chance = random.Random(1)  # noqa: S311 — a fixed choice, no secret
    made = list(ODD)
    while len(made) < count:
        words = re.findall(r"[^\W_]+", chance.choice(texts)) or ["the"]
        start = chance.randrange(len(words))
        some = words[start : start + chance.randint(1, 4)]
        one = chance.choice(some)
        made.append(
            chance.choice(
                [
                    " ".join(some),
                    f'"{" ".join(some)}"',
                    f"title:{one}",
                    f"{one[:4]}*",
                    f"{one}~",
                    f"{one[1:]} {some[0]}",
                    f"{one}s {some[-1]}ing",
                    f"({' OR '.join(some)}) -{chance.choice(words)}",
                    f'{some[0]} "{some[-1]}" after:20{chance.randint(10, 24)}',
                    f'tag:"{one}" OR {some[-1]}',
                ]
            )
        )
    return made


def asked(made):
    """Ask some of the queries by date and with filters beside them."""
    variants = [
        {},
        {},
        {"sort": "date"},
        {"filters": {"year": ["2015", "2023"]}},
        {"filters": {"language": ["en"]}},
    ]
    return [{"query": query, **variants[i % len(variants)]} for i, query in enumerate(made)]


def browser_answers(site, questions):
    ran = subprocess.run(
        [NODE, ASK, site],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def terminal_answers(archive, questions):
    with open_search(archive, Options()) as index:
        for question in questions:
            options = {name: value for name, value in question.items() if name != "query"}
            found = search(index, question["query"], limit=max(index.articles, 1), **options)
            yield {
                "total": found.total,
                "complete": found.complete,
                "hits": [[hit.id, hit.score] for hit in found.hits],
                "facets": found.facets,
                "notes": json.loads(msgspec.json.encode(found.notes)),
            }


def assert_same_answers(archive, site, questions):
    terminal = list(terminal_answers(archive, questions))
    browser = browser_answers(site, questions)

    for question, ours, theirs in zip(questions, terminal, browser, strict=True):
        for part in ("hits", "total", "complete", "notes"):
            assert ours[part] == theirs[part], question
        for facet, counts in ours["facets"].items():
            theirs_counts = {row["value"]: row["count"] for row in theirs["facets"][facet]}
            assert counts == theirs_counts, question


def titles_and_texts(site):
    """Give what stands in the records of the search: titles and beginnings of texts."""
    for path in sorted((site / "search").glob("*/records/*/*.json")):
        for _, title, _, _, lead in json.loads(path.read_text("utf-8")):
            yield from (title, lead)


def test_the_example_is_searched_alike(built_example):
    """In an archive of several languages each kind of query has one answer."""
    texts = [text for text in titles_and_texts(built_example.site) if text]
    made = [*queries(texts, 300), "Okonjo", '"Okonjo"', "高潮", "فيضان", "Straße naïve"]

    assert_same_answers(built_example.archive, built_example.site, asked(made))


def test_a_real_archive_is_searched_alike(corpora, tmp_path):
    """In 509 blog posts a thousand queries have one answer."""
    archive = shutil.copytree(corpora / "18f", tmp_path / "18f")
    site = Path(build(archive, options=Options(jobs=2)).site)
    texts = [text for text in titles_and_texts(site) if text]

    assert_same_answers(archive, site, asked(queries(texts, 1000)))
