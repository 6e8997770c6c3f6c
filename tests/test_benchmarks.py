"""The benchmarks' own rules: how requests are counted, queries chosen, tables written. Nothing is timed."""

import importlib.util
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
MARKERS = "Above.\n<!-- speed: begin -->\nold\n<!-- speed: end -->\nBelow.\n"


def script(name):
    """Load one of the benchmarks' modules, which are scripts and no package."""
    if name not in sys.modules:
        found = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
        sys.modules[name] = importlib.util.module_from_spec(found)
        found.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(autouse=True)
def _only_here(monkeypatch):
    """Let the scripts find each other, and take their plain names out of the way of other tests again."""
    monkeypatch.syspath_prepend(FOLDER)
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) == str(FOLDER / f"{name}.py"):
            del sys.modules[name]


def spans(*times):
    """Make requests of the times they began and ended at."""
    return [
        script("waves").Span(url=str(number), began=began, ended=ended)
        for number, (began, ended) in enumerate(times)
    ]


def test_what_is_asked_for_before_an_answer_came_is_of_the_same_wave():
    """Two files that a page names are one wave, however long each takes."""
    asked = spans((0, 1), (1.1, 2), (1.2, 9))

    assert script("waves").waves(asked) == [0, 1, 1]


def test_each_wave_stands_on_the_deepest_that_had_ended():
    """A request counts from the deepest answer before it, in whatever order requests are told."""
    asked = spans((2.1, 3), (0, 1), (1.1, 2), (1.1, 5), (3.1, 4), (5.1, 6))

    assert script("waves").waves(asked) == [2, 0, 1, 1, 3, 4]


def test_what_begins_after_the_end_is_not_counted():
    """A request that began before the end counts even if it ended later."""
    asked = spans((0, 1), (1, 7), (3, 4))

    assert [span.url for span in script("waves").until(asked, 2)] == ["0", "1"]


def test_a_table_takes_the_place_between_its_markers():
    """All around stays as it is, and writing twice is writing once."""
    between = script("table").between
    once = between(MARKERS, "speed", "| new |\n")

    assert once == "Above.\n<!-- speed: begin -->\n| new |\n<!-- speed: end -->\nBelow.\n"
    assert between(once, "speed", "| new |") == once


@pytest.mark.parametrize(
    "text", ["", MARKERS + MARKERS, "<!-- speed: end --><!-- speed: begin -->"]
)
def test_markers_that_are_missing_double_or_swapped_are_refused(text):
    """Nothing is written where it is not plain what would be replaced."""
    with pytest.raises(ValueError, match="once each"):
        script("table").between(text, "speed", "new")


def test_every_table_of_the_readme_has_its_place():
    """The README's markers come in pairs, each name once."""
    readme = (FOLDER / "README.md").read_text("utf-8")
    begun = [line[5:-11] for line in readme.splitlines() if line.endswith(": begin -->")]

    for name in begun:
        assert "table" in script("table").between(readme, name, "table")
    assert {"cold search 10k", "index size 10k", "build time 10k"} <= set(begun)


def test_the_peer_is_given_the_words_that_we_index_and_no_more():
    """Headline and text carry Pagefind's attribute, each once; filters are escaped."""
    page = '<head></head><h1 data-title>Storm</h1><p class="deck" data-text>A deck.</p><p>Not this.</p>'
    marked = script("pagefind").marked(page, {"outlet": 'The "Echo"'})

    assert marked == (
        '<head><meta data-pagefind-filter="outlet[content]" content="The &quot;Echo&quot;"></head>'
        '<h1 data-title data-pagefind-body data-pagefind-meta="title">Storm</h1>'
        '<p class="deck" data-text data-pagefind-body>A deck.</p><p>Not this.</p>'
    )


def test_a_page_is_read_as_it_was_indexed():
    """Words come from the marked elements alone, blocks apart, tags gone."""
    page = script("queries").read_page(
        b"<body><h1 data-title>The wall</h1>"
        b'<div class="text" data-text><p>It <b>bro</b>ke.</p><p>Twice.</p></div>'
    )

    assert (page.title, page.body) == ("The wall", "It broke.\nTwice.")
    assert page.words == ["the", "wall", "it", "broke", "twice"]


def test_queries_are_words_of_the_archive_chosen_by_how_many_articles_have_them():
    """A rare word is in five to twelve articles; phrases of common words are really written so."""
    queries = script("queries")
    pages = [
        queries.Page(
            title=f"Notes {number}",
            body=f"One of the {'gannet' if number < 6 else 'herring'} boats came in.",
        )
        for number in range(40)
    ]
    kinds = queries.Choice(pages, None, each=2).kinds()

    assert kinds["one rare word"] == ["gannet"]
    assert kinds["exact phrase of common words"] == ['"herring boats came"', '"of the herring"']


def test_a_command_is_measured_with_its_children():
    """A child's memory counts where it is the largest process; a failure is not measured."""
    measure = script("measure")
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b = bytearray(150_000_000)'])"

    assert measure.run([sys.executable, "-c", child]).memory > 150_000_000
    with pytest.raises(SystemExit, match="status 3"):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_drawing_of_growth_has_a_line_for_each_build():
    """More articles stand further to the right, more seconds higher; the words are there."""
    growth, cost = script("growth"), script("measure").Cost
    costs = {
        size: {
            name: cost(wall=size / (100 * place), cpu=1, memory=10**8)
            for place, name in enumerate(growth.LINES, start=1)
        }
        for size in (1_000, 10_000)
    }
    drawn = growth.drawing(costs)
    lines = re.findall(r'points="([\d.]+),([\d.]+) ([\d.]+),([\d.]+)"', drawn)

    assert len(growth.LINES) == len(lines)
    assert all(float(x1) < float(x2) and float(y1) > float(y2) for x1, y1, x2, y2 in lines)
    assert all(words in drawn for words, _ in growth.LINES.values())
    assert "| 1,000 | 10.0 |" in growth.growth_table(costs)
    assert ET.fromstring(drawn)  # noqa: S314 — our own.tag.endswith("svg")


def test_what_was_written_anew_is_told_apart():
    """Files of the same size and time count as left alone, below search/ and elsewhere."""
    added = script("added")
    before = {"search/a": added.Seen(90, 1), "search/b": added.Seen(10, 1), "x": added.Seen(5, 1)}
    after = before | {"search/b": added.Seen(10, 2), "y": added.Seen(15, 2)}

    table = added.compared(before, after)

    assert "| search/ | 2 | 1 | 0.0 | 10.0 % | 10 % |" in table
    assert "| all else | 2 | 1 | 0.0 | 75.0 % |  |" in table


def test_new_articles_are_newer_than_all(tmp_path):
    """And stand beside those that they are copies of."""
    for number in range(3):
        (tmp_path / f"a{number}.md").write_text(
            f"---\ndate: 2023-01-0{number + 1}\n---\nx", "utf-8"
        )
    corpus = script("corpora").Corpus(name="3", archive=tmp_path, queries=None)
    made = script("added").added(script("corpora").articles(corpus)[-2:])

    assert ["added-00.md", "added-01.md"] == [path.name for path in made]
    assert all("date: 2099-12-0" in path.read_text("utf-8") for path in made)


def test_labels_do_not_stand_over_each_other():
    """However near their lines end; their order stays, and who has room stays where it is."""
    growth = script("growth")
    found = growth.apart({"a": 101.0, "b": 100.0, "c": 10.0, "d": 102.0})

    assert found == {"c": 10, "b": 100, "a": 100 + growth.LABEL, "d": 100 + 2 * growth.LABEL}


def test_what_is_put_aside_waits_until_the_end(tmp_path):
    """A folder is out of the way at once, and deleted last of all; one that is not there is no trouble."""
    measure = script("measure")
    site = tmp_path / "site"
    for number in range(2):
        site.mkdir()
        (site / "index.html").write_text(str(number))
        measure.put_aside(site, tmp_path)
        measure.put_aside(site, tmp_path)

    assert {"0", "1"} == {path.read_text() for path in tmp_path.glob("*/site/index.html")}
    measure._clear(tmp_path)  # noqa: SLF001 — what is called when the program ends
    assert [] == list(tmp_path.iterdir())
