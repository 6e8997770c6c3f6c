"""A small archive of its own, built once, and its search page in a real browser."""

import shutil

import pytest
from playwright.sync_api import expect

OUTLETS = ("Saltmere Echo", "The Quay")
ARTICLES = 26

WITHOUT_WORD = "Nothing of note was said. " * 20


def article(number):
    """Write one of the archive's articles; each third names a storm, two of them twice."""
    storm = "A storm came over the harbour wall." if number % 3 == 0 else "The boats were painted."
    return f"""---
title: {"Haniyeh on the quay" if number == 7 else f"Harbour notes {number}"}
date: {2010 + number // 4}-{1 + number % 9:02}
outlet: {OUTLETS[number % 2]}
language: {"en" if number % 5 else "ar"}
tags: [harbour, "day {number}"]
---
{WITHOUT_WORD}{storm} <b>Har</b>bour & wall < sea.

- The surge of {number}
- Nothing else
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The archive, built."""
    from site_builder.build import build  # noqa: PLC0415 — most tests need not wait for all of it

    root = tmp_path_factory.mktemp("search-page")
    for number in range(ARTICLES):
        (root / f"note-{number:02}.md").write_text(article(number), "utf-8")
    (root / "names").mkdir()
    (root / "names" / "painted.toml").write_text('label = "painted"\nforms = ["storm"]\n', "utf-8")
    build(root)
    return root / "_site"


@pytest.fixture
def search(site, serve_under, page):
    """Open the search page with some words already asked, and give the page."""

    def go(query=""):
        page.goto(f"{serve_under(site, '/repo/')}search/{query}")
        expect(page.locator(".status")).not_to_be_empty()
        return page

    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield go
    assert page.faults == []


@pytest.fixture
def broken(site, tmp_path):
    """A copy of the built site, to break."""
    return shutil.copytree(site, tmp_path / "broken")
