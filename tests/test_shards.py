"""The search files hold all that the rows say, in the form of docs/search-format.md, section 6."""

import hashlib
import json
import re
from bisect import bisect_right
from itertools import accumulate

import pytest
from hypothesis import given, settings

from site_builder.model import Tokens
from site_builder.search import runs, shards, term_files
from site_builder.search.lexicon import Gathering, LexiconRecord
from site_builder.search.runs import gather, merged
from site_builder.search.segments import cuts
from site_builder.search.term_files import lexicon_files

from .reference_index import (
    NAMES,
    ReferenceIndex,
    archives,
    in_order,
    make_row,
    reference_families,
    terms_of,
)

NAME = re.compile(
    r"search/(manifest|(lexicon|terms|positions|lengths|records|columns)/([0-9a-f]{12}))\.json"
)


class Shards:
    """Reads the files back, as the page says, with no help from what wrote them."""

    def __init__(self, files):
        """Take the files as `shards` gives them."""
        self.files = {file.path: json.loads(file.content) for file in files}
        self.manifest = self.read("manifest.json")
        self.segments = self.manifest["segments"]

    def read(self, name):
        """Give a file by its name in the manifest."""
        return self.files[f"search/{name}"]

    def bases(self):
        """Give the number of each segment's first article."""
        return [0, *accumulate(segment["articles"] for segment in self.segments)][:-1]

    def postings(self):
        """Give for each term its articles with their places in title and body."""
        found = {}
        for base, segment in zip(self.bases(), self.segments, strict=True):
            for first, terms, positions in segment["terms"]:
                read, places = self.read(terms), self.read(positions)["positions"]
                assert first == read["terms"][0]
                for term, numbers, flat in zip(
                    read["terms"], read["postings"], places, strict=True
                ):
                    found.setdefault(term, {}).update(unpacked(base, numbers, flat))
        return found

    def lexicon(self):
        """Give for each term its number of articles, and all families."""
        articles, families = {}, set()
        for first, name in self.manifest["lexicon"]:
            read = self.read(name)
            assert first == read["terms"][0]
            articles.update(zip(read["terms"], read["articles"], strict=True))
            for family in read["families"]:
                assert any(isinstance(member, int) for member in family)
                families.add(tuple(m if isinstance(m, str) else read["terms"][m] for m in family))
        return articles, families

    def column(self, name):
        """Give a facet's values, or the dates, article by article."""
        found = []
        for segment in self.segments:
            read = self.read(segment["columns"][name])
            if name == "date":
                found += accumulate(read["gaps"])
                continue
            assert sorted(read["values"]) == read["values"]
            for row in read["rows"]:
                places = row if isinstance(row, list) else [row] if row >= 0 else []
                found.append(tuple(read["values"][place] for place in places))
        return found

    def records(self):
        """Give the rows of all articles."""
        found = []
        for base, segment in zip(self.bases(), self.segments, strict=True):
            blocks = [self.read(name) for name in segment["records"]]
            assert all(len(block) == segment["block"] for block in blocks[:-1])
            found += (row for block in blocks for row in block)
            assert base + segment["articles"] == len(found)
        return found


def unpacked(base, numbers, flat):
    """Give a term's articles and places from its two lists."""
    numbers, flat, article = iter(numbers), iter(flat), -1
    for number in numbers:
        article += number // 2 + 1
        body, title = (next(numbers), next(numbers)) if number % 2 else (1, 0)
        in_title = list(accumulate(next(flat) for _ in range(title)))
        in_body = list(accumulate(next(flat) for _ in range(body)))
        yield base + article, (in_title, in_body)
    assert next(flat, None) is None


def written(rows, names=()):
    return list(shards.shards(rows, names))


@given(archives())
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost(rows):
    """All that the rows say of words, names, dates and values can be read back."""
    found, plain = Shards(written(rows, NAMES)), ReferenceIndex(rows, NAMES)
    articles, families = found.lexicon()
    terms = sorted({term for row in rows for term in terms_of(row)})

    assert terms == sorted(found.postings()) == sorted(articles)
    assert set(reference_families(rows, NAMES)) == families
    for term in terms:
        expected = {
            number: (row.tokens.title.get(term, []), row.tokens.body.get(term, []))
            for number, row in enumerate(rows)
            if term in terms_of(row)
        }
        assert expected == found.postings()[term]
        assert len(expected) == articles[term]
    assert plain.dates == found.column("date")
    assert [
        [row.article.permalink, row.article.title.value, row.article.published.value]
        for row in rows
    ] == [record[:3] for record in found.records()]
    for facet in ("author", "language", "outlet", "tag"):
        for number, values in enumerate(found.column(facet)):
            assert sorted(v for v, those in plain.values(facet).items() if number in those) == list(
                values
            )


@given(archives())
@settings(max_examples=20, deadline=None)
def test_the_manifest_names_every_file_and_counts_all(rows):
    """Names hold a hash of the content, no file comes twice, and none is forgotten."""
    files = written(rows)
    found = Shards(files)
    manifest = found.manifest

    assert len(files) == len({file.path for file in files})
    assert "search/manifest.json" == files[-1].path
    for file in files:
        name = NAME.fullmatch(file.path)
        assert name[3] in {None, hashlib.sha256(file.content).hexdigest()[:12]}
        assert (
            file.content
            == json.dumps(
                json.loads(file.content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
            ).encode()
        )
    text = files[-1].content.decode()
    assert all(file.path.removeprefix("search/") in text for file in files[:-1])
    plain = ReferenceIndex(rows)
    assert {"title": plain.tokens("title"), "body": plain.tokens("body")} == manifest["tokens"]
    assert (1, len(rows)) == (manifest["format"], manifest["articles"])
    assert plain.lengths("body") == [
        length for s in found.segments for length in found.read(s["lengths"])["body"]
    ]


def test_the_same_rows_make_the_same_bytes():
    """Nothing depends on anything but the rows."""
    rows = [make_row(f"{n:03}", f"Title {n}", "storm sea wall " * (n % 5)) for n in range(150)]

    assert written(in_order(rows), NAMES) == written(iter(in_order(reversed(rows))), NAMES)


def test_the_build_is_a_hash_of_all_else():
    """The build's name is made from the manifest without it."""
    manifest = json.loads(written([make_row("a", "Storm", "sea")])[-1].content)
    build = manifest.pop("build")
    rest = json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()

    assert hashlib.sha256(rest).hexdigest()[:16] == build


def test_an_empty_archive_has_a_manifest_alone():
    """No lexicon files and no segments."""
    files = written([])
    manifest = json.loads(files[0].content)

    assert ["search/manifest.json"] == [file.path for file in files]
    assert (0, [], []) == (manifest["articles"], manifest["lexicon"], manifest["segments"])


def test_several_segments_make_one_archive(monkeypatch):
    """Articles are numbered on across segments and runs, and blocks of records do not cross them."""
    monkeypatch.setattr(runs, "RUN", 64)
    monkeypatch.setattr(shards, "RUN", 64)
    monkeypatch.setattr(shards, "cuts", lambda count: [128, 64, count - 192])
    rows = in_order(make_row(f"{n:03}", f"No {n}", f"storm w{n % 7} {n}") for n in range(200))
    found = Shards(written(rows))

    assert [128, 64, 8] == [segment["articles"] for segment in found.segments]
    assert [row.article.permalink for row in rows] == [record[0] for record in found.records()]
    assert list(range(200)) == list(found.postings()["storm"])
    assert [n for n, row in enumerate(rows) if "w3" in row.tokens.body] == list(
        found.postings()["w3"]
    )


def test_new_articles_leave_the_files_of_older_segments_alone():
    """The newest article changes its own segment, the lexicon and the manifest, nothing else."""
    rows = [make_row(f"{n:04}", "", f"storm {n}", date="2023") for n in range(1_030)]
    before = {f.path for f in written(in_order(rows))}
    more = in_order([*rows, make_row("new", "", "storm", date="2024")])
    files = written(more)
    first = json.loads(files[-1].content)["segments"][0]
    kept = {
        f"search/{name}" for name in (first["lengths"], *first["records"], *first["terms"][0][1:])
    }

    assert [1_024, 7] == [
        segment["articles"] for segment in json.loads(files[-1].content)["segments"]
    ]
    assert kept <= before


def test_files_are_cut_by_their_size(monkeypatch):
    """A file ends with the term that takes it over the limit; the manifest leads to each term's file."""
    monkeypatch.setattr(term_files, "TERMS_SIZE", 300)
    monkeypatch.setattr(term_files, "LEXICON_SIZE", 200)
    rows = [make_row(f"{n}", "", " ".join(f"word{k:02}" for k in range(n, 60))) for n in range(20)]
    found = Shards(written(in_order(rows)))
    ranges = [first for first, _, _ in found.segments[0]["terms"]]

    assert 3 < len(ranges) < 30
    assert 3 < len(found.manifest["lexicon"]) < 30
    for term in found.postings():
        place = bisect_right(ranges, term) - 1
        assert term in found.read(found.segments[0]["terms"][place][1])["terms"]
        content = json.dumps(
            found.read(found.segments[0]["terms"][place][1]), separators=(",", ":")
        )
        assert len(content) < 300 + 100 + 150


def test_a_family_stands_in_every_lexicon_file_that_has_a_member(monkeypatch):
    """A member in the file is its index there, any other its text."""
    monkeypatch.setattr(term_files, "LEXICON_SIZE", 1)
    record = LexiconRecord(
        terms=["haniya", "haniyeh", "sea"], articles=[1, 2, 3], families=[[0, 1]]
    )

    assert [
        ("haniya", {"terms": ["haniya"], "articles": [1], "families": [[0, "haniyeh"]]}),
        ("haniyeh", {"terms": ["haniyeh"], "articles": [2], "families": [["haniya", 0]]}),
        ("sea", {"terms": ["sea"], "articles": [3], "families": []}),
    ] == [(one.first, json.loads(one.file.content)) for one in lexicon_files(record)]


def test_postings_read_as_the_page_says():
    """Once in the body and nowhere else is one even number; all else is three."""
    articles = [
        Tokens(body={"sea": [4]}, body_length=5),
        Tokens(body={"wall": [0]}, body_length=1),
        Tokens(title={"sea": [1, 3]}, body={"sea": [2, 7, 8]}, title_length=4, body_length=9),
        Tokens(title={"sea": [0]}, title_length=1),
    ]
    whole = {
        one.term: (list(one.postings), list(one.positions)) for one in merged([gather(articles)])
    }
    halves = merged([gather(articles[:2]), gather(articles[2:])])

    assert {"sea": ([0, 3, 3, 2, 1, 0, 1], [4, 1, 2, 2, 5, 1, 0]), "wall": ([2], [0])} == whole
    assert whole == {one.term: (list(one.postings), list(one.positions)) for one in halves}


@pytest.mark.parametrize("lead", ["", "short", "x" * 200])
def test_a_lead_is_short(lead):
    """No more than 160 code points of the text are in the records."""
    row = make_row("a", "Storm", lead)

    assert lead[:160] == Shards(written([row])).records()[0][4]


def test_a_stream_of_rows_is_not_held():
    """Rows are taken one at a time: no more than a run of them is asked for before files come."""
    taken = []

    def rows():
        for number in range(runs.RUN + 100):
            taken.append(number)
            yield make_row(f"{number:05}", "", "")

    files = shards.shards(rows(), ())
    next(files)

    assert runs.RUN == len(taken)


def test_gathering_sees_every_row_once():
    """Rows pass through unchanged."""
    rows = [make_row("a", "x"), make_row("b", "y")]

    assert rows == list(Gathering().passing(rows))


def test_runs_and_segments_meet():
    """Every segment but the last is a whole number of runs."""
    for count in (1, 1_023, 1_024, 9_000, 70_000, 123_456):
        assert not any(size % runs.RUN for size in cuts(count)[:-1])
