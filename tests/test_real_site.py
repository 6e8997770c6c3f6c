"""The main job on real input: each corpus builds, and a reader can search the site that comes of it."""

import re
import shutil
from pathlib import Path

import pytest

from site_builder.build import Options, build
from site_builder.model import Severity
from site_builder.scan import scan

CORPORA = ("18f", "digitalgov", "rust-blog", "phil-trans", "state-union", "html-cc", "dirty")


COUNT_DIFFERS = """before => {
  const found = document.body.innerText.match(/([\\d,]+) articles? found/);
  return found !== null && found[1] !== before;
}"""


@pytest.fixture(scope="session")
def built(corpora, tmp_path_factory):
    """A function that builds a corpus once and gives what came of it."""
    done = {}

    def build_once(name):
        if name not in done:
            archive = shutil.copytree(corpora / name, tmp_path_factory.mktemp("real") / name)
            done[name] = build(archive, options=Options(jobs=2))
        return done[name]

    return build_once


@pytest.mark.parametrize("name", CORPORA)
def test_every_file_is_an_article_a_draft_or_a_problem(built, name):
    """Nothing is lost in silence: the counts add up, and each refusal says what to do."""
    made = built(name)
    refused = [problem for problem in made.problems if problem.severity is Severity.ERROR]

    assert len(scan(Path(made.archive.root)).originals) == made.articles + made.drafts + len(
        refused
    )
    assert all(problem.path and problem.message and problem.hint for problem in refused)


@pytest.mark.parametrize("name", ["html-cc", "dirty"])
def test_a_second_build_changes_no_byte(built, name):
    """Same input, same bytes, however odd the input."""
    made = built(name)

    assert () == build(Path(made.archive.root), options=Options(jobs=1)).published.changed


def test_a_reader_searches_filters_opens_and_comes_back(built, serve_under, page):
    """On a project site under /repo/ the whole way of a reader works, and the way back keeps it."""
    address = serve_under(built("18f").site, "/repo/")
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill('"open source"')
    page.locator(".hits > li mark").first.wait_for()
    total = number_in(page, "articles? found")
    page.get_by_role("checkbox", name=re.compile(r"^2014")).check()
    page.wait_for_url(re.compile(r"year=2014"))
    page.wait_for_function(COUNT_DIFFERS, arg=f"{total:,}")
    fewer = number_in(page, "articles? found")
    titles = page.locator(".hits .hit-title").all_inner_texts()
    page.locator(".hits a").first.click()
    page.locator("h1[data-title]").wait_for()
    opened = page.locator("h1[data-title]").inner_text()
    page.go_back()
    page.locator(".hits > li").first.wait_for()

    assert 0 < fewer < total
    assert opened.split() == titles[0].split()
    assert '"open source"' == page.get_by_role("searchbox").input_value()
    assert titles == page.locator(".hits .hit-title").all_inner_texts()
    assert page.get_by_role("checkbox", name=re.compile(r"^2014")).is_checked()


def number_in(page, words):
    """Give the number that stands before some words on the page."""
    found = re.search(rf"([\d,]+) {words}", page.inner_text("body"))
    return int(found[1].replace(",", ""))
