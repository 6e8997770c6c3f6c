"""Tables with one row an article, imported and built."""

from hashlib import sha256

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import build
from site_builder.errors import ConfigError
from site_builder.importing import import_files
from site_builder.provenance.verify import verify
from site_builder.reading import Refused
from site_builder.reading.tables import Row, rows

CSV = """\
Headline,date,site,text,mood
The quay is dry,2023-11-04,Harbour Echo,"The quay fell dry.

Boats *wait*, said the master.",grey
"Bridge, closed",2023-11,,It is closed.,
"""


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    (root / "articles").mkdir(parents=True)
    return root


def settings(archive, text):
    (archive / "archive.toml").write_text(f"[table]\n{text}\n", "utf-8")


def take(archive, content, name="paper.csv"):
    """Import one table."""
    path = archive.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_files([path], archive)


def said(archive, added):
    """Give an article's front matter and its text."""
    _, front, body = (archive / added.article).read_text("utf-8").split("---\n", 2)
    return yaml.load(front, Loader=yaml.BaseLoader), body.strip()  # noqa: S506 — makes strings only


def test_each_row_becomes_an_article_that_names_its_lines(archive):
    """The table is kept whole, once; each article says which lines are its own, and their hash."""
    settings(archive, 'outlet = "site"')
    first, second = take(archive, CSV).added
    front, body = said(archive, first)
    lines = CSV.splitlines(keepends=True)

    assert (first.article, second.article) == ("articles/paper-1.md", "articles/paper-2.md")
    assert (front["title"], front["date"]) == ("The quay is dry", "2023-11-04")
    assert (front["outlet"], front["mood"]) == ("Harbour Echo", "grey")
    assert front["original_lines"] == "2-4"
    digest = sha256("".join(lines[:4]).encode()).hexdigest()
    assert front["original_lines_sha256"] == digest
    assert (archive / first.original).read_bytes() == CSV.encode()
    assert body == "The quay fell dry.\n\nBoats \\*wait\\*, said the master."
    assert said(archive, second)[0]["title"] == "Bridge, closed"


def test_a_row_comes_in_once_also_from_a_table_that_has_grown(archive):
    """Run again, or with rows added below, an import writes only what is not there yet."""
    take(archive, CSV)
    again = take(archive, CSV)
    grown = take(archive, f"{CSV}Ferry,2024,,It sails.,\n")

    assert (len(again.added), len(again.known)) == (0, 2)
    assert [one.article for one in grown.added] == ["articles/paper-3.md"]
    assert len(grown.known) == 2


def test_json_lines_hold_lists_numbers_and_nested_values(archive):
    """What front matter can hold stays what it is; the rest stays JSON."""
    line = (
        '{"title": "Tide", "authors": ["Ada Holt", "Ben Marsh"], "year": 2023,'
        ' "body": "It rose.", "place": {"town": "Saltmere"}, "note": null}\n'
    )
    [added] = take(archive, line, "tide.jsonl").added
    front, body = said(archive, added)

    assert front["author"] == ["Ada Holt", "Ben Marsh"]
    assert (front["date"], front["place"]) == ("2023", '{"town":"Saltmere"}')
    assert ("note" in front, body) == (False, "It rose.")


@pytest.mark.parametrize(
    ("name", "content", "line", "says"),
    [
        ("a.csv", "title,text\nA,\nB,Words.\n", 2, "no text"),
        ("a.csv", "title,text\nA,x,y\nB,Words.\n", 2, "3 values"),
        ("a.csv", 'title,text\nA,"x"y\nB,Words.\n', 2, "cannot be read"),
        ("a.csv", 'title,text\nB,Words.\nA,"x\nand on\n', 3, "cannot be read"),
        ("a.jsonl", '{"text": "Words."}\n{"text"', 2, "not JSON"),
        ("a.jsonl", '{"text": "Words."}\n[1]', 2, "no JSON object"),
        ("a.jsonl", '{"text": "Words."}\n' + "[" * 100_000, 2, "not JSON"),
        ("a.jsonl", '{"text": "Words."}\n{"title": "A"}', 2, "no text"),
        ("a.jsonl", '{"text": "Words."}\n{"text": "x", "slug": "/"}', 2, "address"),
        ("a.jsonl", '{"text": "Words."}\n{"text": "x", "status": "withdrawn"}', 2, "withdrawn"),
    ],
)
def test_a_row_that_cannot_be_taken_in_stops_no_other(archive, name, content, line, says):
    """Each refusal names the line, says what can be done, and the good row is taken in."""
    done = take(archive, content, name)
    errors = [problem for problem in done.problems if problem.severity == "error"]

    assert [added.source.rpartition("/")[2].split(":")[0] for added in done.added] == [name]
    assert [problem.line for problem in errors] == [line]
    assert says in errors[0].message
    assert errors[0].hint


@pytest.mark.parametrize(
    "content", ["title,title,text\na,b,c\n", f"{'x' * 300},text\na,b\n", b"\x1f\x8b\x00", ""]
)
def test_a_table_without_a_usable_header_is_refused_whole(archive, content):
    """Nothing of it is kept: no original stands there that no article names."""
    done = take(archive, content)

    assert ((), ["error"]) == (done.added, [problem.severity for problem in done.problems])
    assert not (archive / "originals").exists()


@pytest.mark.parametrize("parter", [";", "\t", "|"])
def test_other_separators_are_found_in_the_header(archive, parter):
    """A spreadsheet in another country writes semicolons, and calls it CSV all the same."""
    table = parter.join(("title", "date", "text")) + "\r\n"
    table += parter.join(("Tide, high", "2023", "It rose, and fell.")) + "\r\n"
    [added] = take(archive, table.encode("utf-8-sig")).added

    assert said(archive, added)[0]["title"] == "Tide, high"


def test_a_text_longer_than_pythons_limit_for_a_cell_is_taken_in(archive):
    """Articles may be long."""
    words = "word " * 40_000
    [added] = take(archive, f'title,text\nA,"{words}"\n').added

    assert said(archive, added)[1].split() == words.split()


def test_columns_are_named_in_archive_toml(archive):
    """A mapped column comes before one whose name has the meaning by accident; both stay."""
    settings(archive, 'title = "Schlagzeile"\ntext = "inhalt"')
    table = "title,Schlagzeile,inhalt,original\nFrau,Ebbe,Worte.,mine\n"
    [added] = take(archive, table).added
    front, body = said(archive, added)

    assert (front["title"], front["title (column)"]) == ("Ebbe", "Frau")
    assert (front["original (column)"], body) == ("mine", "Worte.")


def test_a_text_in_html_keeps_its_words_and_loses_what_runs(archive):
    """Paragraphs, emphasis and links become Markdown."""
    settings(archive, 'markup = "html"')
    html = '<p>It <em>rose</em>, <a href=""https://e.example/"">far</a>.</p><script>x()</script>'
    [added] = take(archive, f'title,text\nA,"{html}"\n').added
    body = said(archive, added)[1]

    assert "https://e.example/" in body
    assert ("rose" in body, "script" in body, "x()" in body) == (True, False, False)


def test_a_key_that_does_not_stand_below_table_is_told(archive):
    """A slip in the mapping must not quietly lose a column."""
    settings(archive, 'headline = "x"')
    with pytest.raises(ConfigError, match="'headline' is not a key") as caught:
        take(archive, CSV)

    assert (caught.value.line, "title, date" in caught.value.hint) == (2, True)


def test_a_very_long_cell_hides_no_original(archive):
    """However much stands in the other columns, a second import finds the row again."""
    table = f'{{"text": "x", "title": "t", "aaa": "{"y" * 200_000}"}}\n'
    take(archive, table, "a.jsonl")

    assert len(take(archive, table, "a.jsonl").known) == 1
    assert verify(archive).findings == ()


def test_what_is_imported_builds_verifies_and_builds_the_same(archive):
    """The whole way: import, build, verify, and a build that changes nothing."""
    take(archive, CSV)
    built = build(archive)

    assert (built.articles, built.ok) == (2, True)
    assert verify(archive / "_site").findings == verify(archive).findings == ()
    assert build(archive).published.changed == ()
    assert "original_lines" in (archive / "_site/paper-1/record.json").read_text("utf-8")


def test_progress_is_told(archive):
    """Thousands of rows take a while."""
    path = archive.parent / "paper.csv"
    path.write_text(CSV, "utf-8")
    told = []
    import_files([path], archive, report=lambda done, total: told.append((done, total)))

    assert told == [(1, 1), (2, 2)]


@given(st.text(max_size=200), st.sampled_from([".csv", ".jsonl"]))
def test_no_text_makes_the_reader_of_tables_fail(text, suffix):
    """Whatever a file holds, it is rows and problems, each with a line that is there."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        found = list(rows(text, "t", suffix))
    except Refused as refused:
        found = [refused.problem]
    lines = [item.lines[0] if isinstance(item, Row) else item.line for item in found]

    assert lines == sorted(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)
