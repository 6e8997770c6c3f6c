"""The search files hold all that the rows say, in the form of docs/search-format.md, section 6."""

import hashlib
import json
from bisect import bisect_right

import pytest
from hypothesis import given, settings

from site_builder.search import blocks, runs, shards, term_files
from site_builder.search.segments import cuts
from site_builder.search.shard_files import distinguishing

from .reference_index import (
    NAMES,
    ReferenceIndex,
    archives,
    blocks_of,
    in_order,
    make_row,
    places_of,
    reference_families,
    shard_artifacts,
    terms_of,
)
from .shard_reader import FIELDS, Shards, read_terms


def written(rows, names=()):
    return list(shard_artifacts(list(rows), names))


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
            number: tuple(
                places_of(getattr(row.tokens, field).get(term, b"")) for field in ("title", "body")
            )
            for number, row in enumerate(rows)
            if term in terms_of(row)
        }
        assert expected == found.postings()[term]
        assert len(expected) == articles[term]
    assert plain.dates == found.dates()
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
def test_the_manifest_leads_to_every_file_and_counts_all(rows):
    """A folder's name is a hash of what is in it, no file comes twice, and none is forgotten."""
    files = written(rows)
    found = Shards(files)
    manifest = found.manifest
    folders = {}
    for file in files[:-1]:
        folder, path = file.path.removeprefix("search/").split("/", 1)
        folders.setdefault(folder, hashlib.sha256()).update(
            f"{path} {len(file.content)}\n".encode() + file.content
        )

    assert len(files) == len({file.path for file in files})
    assert "search/manifest.json" == files[-1].path
    for file in files:
        assert (
            file.content
            == json.dumps(
                json.loads(file.content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
            ).encode()
        )
    assert [segment["folder"] for segment in manifest["segments"]] == list(folders)
    for folder, content in folders.items():
        assert content.hexdigest()[:12] == folder
    plain = ReferenceIndex(rows)
    assert {"title": plain.tokens("title"), "body": plain.tokens("body")} == manifest["tokens"]
    assert (3, len(rows)) == (manifest["format"], manifest["articles"])
    for field in FIELDS:
        assert plain.lengths(field) == [
            length for segment in found.segments for length in found.lengths(segment)[field]
        ]


def test_the_same_rows_make_the_same_bytes():
    """Nothing depends on anything but the rows."""
    rows = [make_row(f"{n:03}", f"Title {n}", "storm sea wall " * (n % 5)) for n in range(150)]

    assert written(in_order(rows), NAMES) == written(in_order(reversed(rows)), NAMES)


def test_the_build_is_a_hash_of_all_else():
    """The build's name is made from the manifest without it."""
    manifest = json.loads(written([make_row("a", "Storm", "sea")])[-1].content)
    build = manifest.pop("build")
    rest = json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()

    assert hashlib.sha256(rest).hexdigest()[:16] == build


def test_an_empty_archive_has_a_manifest_alone():
    """No segments."""
    files = written([])
    manifest = json.loads(files[0].content)

    assert ["search/manifest.json"] == [file.path for file in files]
    assert (0, []) == (manifest["articles"], manifest["segments"])


def test_several_segments_make_one_archive(monkeypatch):
    """Articles are numbered on across segments and runs, and blocks of records do not cross them."""
    monkeypatch.setattr(blocks, "ARTICLES", 64)
    monkeypatch.setattr(shards, "ARTICLES", 64)
    monkeypatch.setattr(shards, "FEW", 64)
    monkeypatch.setattr(shards, "cuts", lambda count: [128, 64, count - 192])
    rows = in_order(
        make_row(f"{n:03}", f"No {n}", f"storm w{n % 7} {n}", tags=[f"t{n % 3}"])
        for n in range(200)
    )
    found = Shards(written(rows, NAMES))

    assert [128, 64, 8] == [segment["articles"] for segment in found.segments]
    assert [False, True, True] == ["lengths" in segment for segment in found.segments]
    assert [False, False, True] == ["lexicon" in segment for segment in found.segments]
    assert [row.article.permalink for row in rows] == [record[0] for record in found.records()]
    assert [row.article.tags for row in rows] == found.column("tag")
    assert list(range(200)) == list(found.postings()["storm"])
    assert [n for n, row in enumerate(rows) if "w3" in row.tokens.body] == list(
        found.postings()["w3"]
    )


def test_the_last_segment_knows_the_families_of_all(monkeypatch):
    """Also those of words that it does not have, in the file of their range."""
    monkeypatch.setattr(shards, "cuts", lambda count: [count - 1, 1])
    monkeypatch.setattr(blocks, "ARTICLES", 2)
    monkeypatch.setattr(shards, "ARTICLES", 2)
    texts = ("storms walls", "storm wall", "")
    found = Shards(written(make_row(f"{n}", "", text) for n, text in enumerate(texts)))
    first, last = found.segments

    assert {("storm", "storms"), ("wall", "walls")} == found.lexicon()[1]
    assert "families" not in found.read(first, "terms/0/0")
    assert "" == found.read(last, "terms/0/0")["terms"]


def test_new_articles_leave_the_large_segment_alone():
    """Twenty of the newest articles change a small segment and the manifest, nothing else."""
    rows = [make_row(f"{n:04}", "", f"storm {n}", date="2023") for n in range(2_100)]
    more = [make_row(f"new{n}", "", "storm", date="2024") for n in range(20)]
    before, after = written(in_order(rows)), written(in_order([*rows, *more]))
    folders = [
        [segment["folder"] for segment in Shards(files).segments] for files in (before, after)
    ]

    assert [2_048, 72] == [segment["articles"] for segment in Shards(after).segments]
    assert folders[0][0] == folders[1][0]
    assert folders[0][1] != folders[1][1]


def test_files_are_cut_by_their_size(monkeypatch):
    """No file but one of a single term is over the limit; the starts lead to each term's file."""
    monkeypatch.setattr(term_files, "TERMS_SIZE", 60)
    monkeypatch.setattr(term_files, "LEXICON_TERMS", 10)
    rows = [make_row(f"{n}", "", " ".join(f"word{k:02}" for k in range(n, 60))) for n in range(20)]
    found = Shards(written(in_order(rows)))
    (segment,) = found.segments
    starts, names = found.ranges(segment, "terms")

    assert 3 < len(starts) < 30
    assert 6 == len(found.ranges(segment, "lexicon")[0])
    assert "" == starts[0]
    for term in found.postings():
        read = found.read(segment, names[bisect_right(starts, term) - 1])
        assert term in read_terms(read["terms"])
        assert len(read["terms"] + read["postings"]) < 60 + 10


def test_files_part_where_neighbours_are_least_alike(monkeypatch):
    """So the forms of a word stand in one file."""
    monkeypatch.setattr(term_files, "TERMS_SIZE", 100)
    words = ["harbour", "harboured", "harbours", "quay", "storm", "stormed", "storms", "wall"]
    found = Shards(
        written([make_row("a", "", " ".join(f"a{n:02} x" for n in range(12)) + " ".join(words))])
    )
    (segment,) = found.segments
    starts, _ = found.ranges(segment, "terms")

    assert 1 < len(starts)
    assert not [start for start in starts if start.startswith(("harb", "stor", "wall"))]


def test_starts_are_as_short_as_can_be():
    """Each is the shortest text that stands after the term before its range."""
    assert ["b", "seas", "seaso"] == [
        distinguishing(before, first)
        for before, first in (("a", "boat"), ("seal", "season"), ("seasick", "season"))
    ]


@pytest.mark.parametrize("lead", ["", "short", "x" * 200])
def test_a_lead_is_short(lead):
    """No more than 100 code points of the text are in the records."""
    row = make_row("a", "Storm", lead)

    assert lead[:100] == Shards(written([row])).records()[0][4]


@given(archives())
@settings(max_examples=20, deadline=None)
def test_slices_lose_nothing(rows):
    """Terms are written in slices of a few: the same terms, postings and families are read back."""
    whole = Shards(written(rows, NAMES))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shards, "SLICE", 3)
        sliced = Shards(written(rows, NAMES))

    assert whole.postings() == sliced.postings()
    assert whole.lexicon() == sliced.lexicon()


def test_a_part_of_a_block_is_as_if_gathered_alone(tmp_path):
    """What an index takes of a block's articles is what it would be without the others."""
    rows = [make_row(f"{n}", f"Storm {n}", f"sea {'wall ' * n}") for n in range(6)]
    (path,) = blocks_of(rows, tmp_path)
    part = runs.restricted(blocks.Block(path).run(), [1, 4])
    alone = runs.gather(rows[n].tokens for n in (1, 4))

    def told(run):
        return [one for one in runs.merged([run]) if one.title.documents or one.body.documents]

    assert told(alone) == told(part)


def test_a_damaged_block_is_told(tmp_path):
    """Any byte that is not as it was; or no file."""
    (path,) = blocks_of([make_row("a", "Storm", "sea")], tmp_path)
    assert blocks.is_whole(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    assert not blocks.is_whole(path)
    assert not blocks.is_whole(tmp_path / "none")


def test_blocks_and_segments_meet():
    """Every segment but the last is a whole number of blocks."""
    for count in (1, 1_023, 1_024, 9_000, 70_000, 123_456):
        assert not any(size % blocks.ARTICLES for size in cuts(count)[:-1])


def test_places_far_into_a_long_article_are_kept():
    """Numbers beyond sixteen bits take more room, and no word is lost."""
    rows = [make_row("a", "", "sea"), make_row("b", "", "a " * 70_000 + "sea")]

    assert {0: ([], [0]), 1: ([], [70_000])} == Shards(written(rows)).postings()["sea"]
