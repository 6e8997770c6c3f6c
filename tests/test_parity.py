"""Terminal and browser give one answer: the same ids in the same order with the same scores.

Python answers from the Whoosh index, JavaScript from the shards; they share docs/search-format.md and no
code. Queries are made from the archive's own words, so that they find something.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import msgspec
import pytest

from site_builder.build import Options, build, open_search
from site_builder.search import FACETS, search
from site_builder.search.query import parse, to_json

from .generated import asked, queries, typed, write_archive

JS = Path(__file__).parent / "js"
NODE = shutil.which("node") or "node"
PARTS = ("hits", "total", "complete", "facets", "notes")

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None and "CI" not in os.environ,
    reason="no Node on this machine: version 20 or later answers for the browser",
)


def in_node(script, *arguments, given):
    """Run one of the scripts beside the tests: JSON in, JSON out."""
    ran = subprocess.run(
        [NODE, JS / script, *arguments],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def browser_answers(site, questions):
    """Give the answers of the browser's engine, facets as the terminal has them."""
    found = in_node("ask.mjs", site, given=questions)
    for answer in found:
        answer["facets"] = {
            name: {row["value"]: row["count"] for row in rows}
            for name, rows in answer["facets"].items()
        }
    return found


def terminal_answers(index, questions):
    """Give the answers of `site-builder search`'s engine."""
    for question in questions:
        found = search(index, **question)
        yield {
            "total": found.total,
            "complete": found.complete,
            "hits": [[hit.id, hit.score] for hit in found.hits],
            "facets": found.facets,
            "notes": json.loads(msgspec.json.encode(found.notes)),
        }


def values_of(index):
    """Give each facet's values, `""` among the years."""
    found = search(index, "-nosuchword", limit=0)
    return {facet: sorted(found.facets[facet]) for facet in FACETS}


def texts_of(index):
    """Give titles and beginnings of texts, of which queries are made."""
    rows = (index.row(number) for number in range(index.articles))
    return [text for row in rows for text in (row.title, row.lead) if text]


def assert_same_answers(archive, site, count, more=()):
    """Compare the answers to many queries, part by part, each list in its order."""
    with open_search(archive, Options()) as index:
        made = [*more, *queries(texts_of(index), count)]
        questions = list(asked(made, values_of(index)))
        terminal = list(terminal_answers(index, questions))
    browser = browser_answers(site, questions)

    assert len(made) > 2 * sum(not answer["hits"] for answer in terminal)
    for question, ours, theirs in zip(questions, terminal, browser, strict=True):
        for part in PARTS:
            assert ours[part] == theirs[part], question
        for facet in FACETS:
            assert list(ours["facets"][facet]) == list(theirs["facets"][facet]), question


@pytest.fixture(scope="module")
def tongues(tmp_path_factory):
    """An archive of many languages and the site built from it."""
    archive = write_archive(tmp_path_factory.mktemp("tongues") / "archive")
    return archive, Path(build(archive).site)


def test_the_example_is_searched_alike(built_example):
    """Every kind of query has one answer in the example."""
    more = ["Okonjo", '"Okonjo"', "高潮", "فيضان", "Straße naïve"]

    assert_same_answers(built_example.archive, built_example.site, 300, more)


def test_many_languages_are_searched_alike(tongues):
    """Every kind of query has one answer in an archive of eleven languages."""
    more = [
        "Haniyeh",
        "هنية",
        "kap\u0131",
        "東京都の港はどこですか",
        "东京的海堤在哪里\uff1f",
        "กำแพง",
    ]

    assert_same_answers(*tongues, 1200, more)


def address_of(process):
    """Wait until the preview tells where it is."""
    for line in process.stdout:
        if found := re.search(r"http://[^/\s]+", line):
            return found[0]
    pytest.fail("the preview ended before it was ready")


def test_a_search_over_http_is_the_same(tongues):
    """What the preview answers has the ids and scores of the browser's engine."""
    archive, site = tongues
    texts = ["storm harbour", '"sea wall"', "gaerten Mauer", "東京都の港", "negotiashun", "الحكومه"]
    questions = [{"query": query, "limit": 7} for query in texts]
    program = [sys.executable, "-m", "site_builder", "serve", archive, "--port", "0", "--jobs", "1"]
    with subprocess.Popen(
        program,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            address = address_of(process)
            served = [
                json.loads(urlopen(f"{address}/api/search?{asked}").read())  # noqa: S310 — our own server
                for asked in (urlencode({"q": q["query"], "limit": 7}) for q in questions)
            ]
        finally:
            process.kill()
    browser = browser_answers(site, questions)

    assert [answer["hits"] for answer in browser] == [
        [[hit["id"], hit["score"]] for hit in answer["hits"]] for answer in served
    ]
    assert [answer["total"] for answer in browser] == [answer["total"] for answer in served]


@pytest.mark.parametrize(("corpus", "count"), [("18f", 1000), ("digitalgov", 600)])
def test_real_archives_are_searched_alike(corpora, tmp_path, corpus, count):
    """In hundreds and thousands of real posts every query has one answer."""
    (tmp_path / "archive").mkdir()
    shutil.copytree(corpora / corpus / "articles", tmp_path / "archive" / "articles")
    site = Path(build(tmp_path / "archive", options=Options(jobs=2)).site)

    assert_same_answers(tmp_path / "archive", site, count)


@pytest.mark.parametrize("language", ["ar", "tr", "zh"])
def test_whole_questions_are_answered_alike(corpora, tmp_path, language):
    """Questions that people asked of paragraphs in their languages have one answer."""
    folder = corpora / "ir" / f"xquad-{language}"
    (tmp_path / "articles").mkdir()
    for line in (folder / "docs.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        (tmp_path / "articles" / f"{document['id']}.md").write_text(
            f"---\ntitle: {json.dumps(document['title'])}\nlanguage: {language}\n---\n\n"
            f"{document['text']}\n",
            "utf-8",
        )
    site = Path(build(tmp_path, options=Options(jobs=2)).site)
    asked_of = (folder / "queries.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["text"] for line in asked_of[::12]]

    assert_same_answers(tmp_path, site, 100, questions)


def test_what_is_typed_is_read_alike():
    """Both languages make the same nodes of whatever a person types."""
    texts = list(typed(5000))

    assert [to_json(parse(text)) for text in texts] == in_node("parse.mjs", given=texts)
