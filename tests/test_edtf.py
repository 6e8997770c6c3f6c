"""Uncertain dates and intervals: in order, in words, in the browser as on the page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.edtf import beginning, parse, sort_key
from site_builder.pages.wording import date_words
from site_builder.reading.dates import read_date

from .shard_reader import Shards

WORDS = Path(__file__).parent.parent / "static" / "words.js"
NODE = shutil.which("node") or "node"

DAYS = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}")
POINTS = st.builds(
    lambda day, length, sign: day[:length] + sign,
    DAYS,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)
EXPRESSIONS = POINTS | st.builds("{}/{}".format, POINTS, POINTS)


def test_a_sort_key_has_00_for_what_is_not_known():
    """A partial date stands before the days it may mean, an undated article before all."""
    dates = ("2023-11-04", "2023-11", "2023", "")

    assert [20231104, 20231100, 20230000, 0] == [sort_key(date) for date in dates]


@given(EXPRESSIONS)
def test_an_expression_is_sorted_by_where_it_begins(value):
    """As that date would be, whatever sign or end stands behind it; and it has a year of the calendar."""
    assert sort_key(value) == sort_key(beginning(value))
    assert sort_key(value) // 10_000 == int(value[:4])


@given(EXPRESSIONS)
def test_what_a_person_writes_as_edtf_is_kept_as_edtf(value):
    """An interval that does not run backwards is its own value, in words of its own."""
    dated = read_date(value)

    assert dated.value in {value, ""}
    assert dated.value or dated.fault == "ends before it begins"
    assert date_words(value).exact == (parse(value).exact)


@given(EXPRESSIONS, EXPRESSIONS)
def test_no_two_dates_are_shown_alike(one, other):
    """The words keep what the expression says: its precision, its doubt and its end."""
    assert (one == other) == (date_words(one).words == date_words(other).words)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2023-11-05~", "about 5 November 2023"),
        ("2023?", "perhaps 2023"),
        ("2023-11%", "perhaps about November 2023"),
        ("2023-11-04/2023-11-06", "between 4 November 2023 and 6 November 2023"),
        ("1931~/1935", "between about 1931 and 1935"),
        ("2023-13~", "2023-13~"),
        ("2023/", "2023/"),
    ],
)
def test_an_expression_in_words(value, words):
    """What is no date of the calendar stays as it is."""
    assert words == date_words(value).words


def test_the_browser_says_what_the_page_says():
    """The words of both are the same for expressions of every form."""
    signs = ("", "?", "~", "%")
    points = [f"{date}{sign}" for date in ("1931", "2023-11", "2023-02-04") for sign in signs]
    values = [
        *points,
        *(f"{one}/{other}" for one in points for other in points),
        "",
        "soon",
        "2023-13",
    ]
    code = "import { readFileSync } from 'node:fs'; import { dateWords } from %s; process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf-8')).map(dateWords)))"  # noqa: E501 — a program
    ran = subprocess.run(
        [NODE, "--input-type=module", "-e", code % json.dumps(WORDS.as_uri())],
        input=json.dumps(values), capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert [date_words(value).words if value else "" for value in values] == json.loads(ran.stdout)


def test_the_whole_way_of_uncertain_dates(tmp_path):
    """Lists, order, facets, metadata and references of dates that are about, perhaps, between."""
    dates = {"a": "2023-11-04/2023-11-06", "b": "2023-11~", "c": "2022?", "d": "2023-11-05"}
    for name, value in dates.items():
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: T{name}\ndate: {value}\noutlet: O\n---\nx\n"
        )
    build(tmp_path)
    site = tmp_path / "_site"
    page = {name: (site / name / "index.html").read_text("utf-8") for name in dates}
    november = (site / "dates" / "2023" / "11" / "index.html").read_text("utf-8")

    assert [20220000, 20231100, 20231104, 20231105] == Shards.of(site).dates()
    assert all(f">T{name}<" in november for name in "abd")
    assert 'name="DCTERMS.issued" content="2023-11-04/2023-11-06"' in page["a"]
    assert '"datePublished":"2023-11-05"' in page["d"]
    assert all("datePublished" not in page[name] for name in "abc")
    assert "<time" in page["d"].partition("<h2>")[0]
    assert "<time" not in page["b"].partition("<h2>")[0]
    assert '"issued": {"date-parts": [[2023, 11, 4], [2023, 11, 6]], "circa": true}' in page[
        "a"
    ].replace("&#34;", '"')
    assert "date = {2023-11~}" in page["b"]
    assert "ca. November 2023" in page["b"]
    assert "DA  - 2023/11//about November 2023" in page["b"]
    assert "DA  - 2023/11/04/between 4 November 2023 and 6 November 2023" in page["a"]
    assert "DA  - 2023/11/05/\n" in page["d"]
    assert (site / "feed.xml").read_text("utf-8").count("<published>") == 1
    assert "[2022?]" in page["c"]
