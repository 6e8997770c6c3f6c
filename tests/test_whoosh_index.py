"""The Whoosh index answers as the plain index in memory does, whatever has happened to it."""

import gc
import shutil
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.crew import Crew
from site_builder.search import search, sidecar, whoosh_index
from site_builder.search.stored_index import StoredIndex
from site_builder.search.whoosh_index import IndexMissing, open_index

from .reference_index import (
    NAMES,
    ReferenceIndex,
    archives,
    blocks_of,
    in_order,
    make_row,
    queries,
    terms_of,
    update,
)

FEW = settings(max_examples=15, deadline=None)

ROWS = in_order(
    [
        make_row("a", "Storm", "the storm at sea", date="2023-05", outlet="Post", tags=["sea"]),
        make_row("b", "Sea wall", "a wall by the sea", date="2022", authors=["Ann Lee"]),
        make_row("c", "海堤沿い", "storms and storms", language="en-GB"),
    ]
)


@contextmanager
def new_folder():
    """Lend a folder for one example; hypothesis wants a new one each time."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "index"


def facts(index, rows):
    """Ask an index all that can be asked of it."""
    terms = sorted({term for row in rows for term in terms_of(row)} | {"missing"})
    everywhere = range(index.articles)
    return {
        "articles": index.articles,
        "dates": list(index.dates),
        "lengths": {field: list(index.lengths(field)) for field in ("title", "body")},
        "tokens": {field: index.tokens(field) for field in ("title", "body")},
        "frequency": {term: index.frequency(term) for term in terms},
        "postings": {term: list(index.postings(term)) for term in terms},
        "places": {
            (term, field): {
                document: list(places)
                for document, places in index.positions(term, field, everywhere).items()
            }
            for term in terms
            for field in ("title", "body")
        },
        "terms": {
            beginning: list(index.terms(beginning)) for beginning in ("", "s", "st", "海", "z")
        },
        "families": {term: list(index.family(term)) for term in terms},
        "values": {
            facet: {value: list(found) for value, found in index.values(facet).items()}
            for facet in ("author", "language", "outlet", "tag")
        },
        "rows": [index.row(document) for document in everywhere],
    }


def same(folder, rows, names=()):
    """Compare the index in a folder with the plain one."""
    with open_index(folder) as index:
        return facts(ReferenceIndex(rows, names), rows) == facts(index, rows)


@given(archives(), st.lists(queries, max_size=8))
@FEW
def test_it_answers_as_the_index_in_memory(rows, asked):
    """Every number, every place, every hit and every score is the same."""
    with new_folder() as folder:
        update(folder, rows, NAMES)
        plain = ReferenceIndex(rows, NAMES)
        with open_index(folder) as index:
            assert facts(plain, rows) == facts(index, rows)
            for query in asked:
                assert search(plain, query, limit=99) == search(index, query, limit=99)


@given(st.lists(archives(size=6), min_size=2, max_size=4))
@FEW
def test_an_index_brought_up_to_date_equals_a_new_one(states):
    """Articles come, go and change: in the end only what is there now counts."""
    with new_folder() as folder:
        for rows in states:
            update(folder, rows, NAMES)

            assert same(folder, rows, NAMES)


def test_what_has_not_changed_is_not_written_again(tmp_path):
    """An update with the same rows leaves Whoosh's files alone; one new article adds one segment."""
    update(tmp_path, ROWS, ())
    before = sidecar.files(tmp_path)
    update(tmp_path, ROWS, ())

    assert before == sidecar.files(tmp_path)

    more = [*ROWS, make_row("d", "New", "news", date="2024")]
    update(tmp_path, more, ())

    assert 1 == len(segments(sidecar.files(tmp_path)) - segments(before))
    assert same(tmp_path, more)


def segments(files):
    return {name for name in files if name.endswith(".seg")}


def test_a_changed_facet_is_a_changed_article(tmp_path):
    """Not only the text is compared."""
    update(tmp_path, ROWS, ())
    changed = [msgspec.structs.replace(row, lead="other") for row in ROWS]
    update(tmp_path, changed, ())

    assert same(tmp_path, changed)


def test_names_alone_may_change(tmp_path):
    """New names make new families, though no article has changed."""
    update(tmp_path, ROWS, ())
    update(tmp_path, ROWS, NAMES)

    assert same(tmp_path, ROWS, NAMES)


def test_many_articles_are_committed_in_batches(tmp_path, monkeypatch):
    """The articles of all batches are found, with those of an earlier update."""
    monkeypatch.setattr(whoosh_index, "BATCH", 2)
    rows = in_order(make_row(f"{n}", f"t{n}", "storm") for n in range(7))
    update(tmp_path, rows[:5], ())
    update(tmp_path, rows, ())

    assert same(tmp_path, rows)


def test_a_worn_index_is_made_anew(tmp_path):
    """With more than a fifth of it dead, the next update starts from nothing."""
    rows = in_order(make_row(f"{n}", "", "storm") for n in range(10))
    update(tmp_path, rows, ())
    update(tmp_path, rows[:7], ())
    worn = sidecar.read(tmp_path, whoosh_index.ENGINE)
    update(tmp_path, rows[:7], ())
    anew = sidecar.read(tmp_path, whoosh_index.ENGINE)

    assert (10, 7) == (worn.slots, anew.slots)
    assert same(tmp_path, rows[:7])


def test_an_index_in_too_many_pieces_is_made_anew(tmp_path, monkeypatch):
    """Each segment costs time on every search."""
    monkeypatch.setattr(whoosh_index, "SEGMENTS", 2)
    rows = in_order(make_row(f"{n}", "", "storm") for n in range(9))
    for count in range(1, 6):
        update(tmp_path, rows[:count], ())
    update(tmp_path, rows, ())

    assert sidecar.read(tmp_path, whoosh_index.ENGINE).segments <= 3
    assert same(tmp_path, rows)


def cut_in_half(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def turn_a_bit(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


DAMAGES = {
    "cut": cut_in_half,
    "one bit turned": turn_a_bit,
    "emptied": lambda file: file.write_bytes(b""),
    "gone": lambda file: file.unlink(),
    "foreign": lambda file: file.write_bytes(b"something else"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("pattern", ["sidecar.msgpack", "whoosh/*.seg", "whoosh/*.toc"])
def test_a_damaged_index_is_not_read_and_is_made_anew(tmp_path, pattern, damage):
    """Whatever happened to any of its files."""
    update(tmp_path, ROWS, ())
    damage(next(tmp_path.glob(pattern)))

    with pytest.raises(IndexMissing), open_index(tmp_path):
        pass
    update(tmp_path, ROWS, ())

    assert same(tmp_path, ROWS)


def test_an_index_of_another_version_is_made_anew(tmp_path, monkeypatch):
    """What was written by other rules or another Whoosh is not read."""
    with monkeypatch.context() as patched:
        patched.setattr(whoosh_index, "ENGINE", "Whoosh 1.0")
        update(tmp_path, ROWS, ())

    with pytest.raises(IndexMissing), open_index(tmp_path):
        pass
    update(tmp_path, ROWS, ())

    assert same(tmp_path, ROWS)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_damage_that_the_files_do_not_show_is_reported_and_mended(tmp_path, monkeypatch):
    """An index that Whoosh stumbles over is forgotten, so that the next update makes it anew."""
    update(tmp_path, ROWS, ())
    known = sidecar.read(tmp_path, whoosh_index.ENGINE)
    file = next((tmp_path / "whoosh").glob("*.seg"))
    file.write_bytes(bytes(file.stat().st_size))
    with monkeypatch.context() as patched:
        patched.setattr(sidecar, "files", lambda _folder: known.files)
        with pytest.raises(IndexMissing, match="damaged"), open_index(tmp_path):
            pass
    gc.collect()  # Whoosh leaves a file open when it cannot read it

    assert sidecar.read(tmp_path, whoosh_index.ENGINE) is None
    update(tmp_path, ROWS, ())
    assert same(tmp_path, ROWS)


class Damaged:
    """A reader over a file that cannot be unpacked."""

    def leaf_readers(self):
        """Give itself as its only part."""
        return [(self, 0)]

    def __contains__(self, term):
        """Fail, as all reading does."""
        raise zlib.error

    lexicon = stored_fields = __contains__


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: index.postings("storm"),
        lambda index: index.positions("storm", "body", [0]),
        lambda index: index.values("outlet"),
        lambda index: index.row(0),
    ],
)
def test_damage_met_while_reading_is_one_error(tmp_path, ask):
    """Whatever Whoosh raises, the caller learns that the index is damaged."""
    update(tmp_path, ROWS, ())
    known = sidecar.read(tmp_path, whoosh_index.ENGINE)
    index = StoredIndex(Damaged(), known, lambda error: IndexMissing(type(error).__name__))

    with pytest.raises(IndexMissing, match="error"):
        ask(index)


def failing(*_):
    raise ZeroDivisionError


def test_an_update_that_breaks_off_leaves_nothing_half_true(tmp_path, monkeypatch):
    """A fault comes through, the index is as it was, and no lock stays behind."""
    monkeypatch.setattr(whoosh_index, "BATCH", 1)
    update(tmp_path, ROWS[:1], ())

    with monkeypatch.context() as patched:
        patched.setattr(whoosh_index, "_write_segment", failing)
        with pytest.raises(ZeroDivisionError):
            update(tmp_path, ROWS[:2], ())
    assert same(tmp_path, ROWS[:1])
    update(tmp_path, ROWS, ())

    assert same(tmp_path, ROWS)


def test_a_commit_that_fails_holds_nothing_back(tmp_path, monkeypatch):
    """A full disk, say: the fault comes through, and the next update starts from nothing."""

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("whoosh.writing.SegmentWriter._commit_toc", full)
        with pytest.raises(OSError, match="No space"):
            update(tmp_path, ROWS, ())
    update(tmp_path, ROWS, ())

    assert same(tmp_path, ROWS)


def test_until_an_update_is_finished_the_index_is_as_it_was(tmp_path):
    """Segments that are written, and never committed, disturb nobody and are gone after the next update."""
    update(tmp_path, ROWS[:1], ())
    whoosh_index.begin_update(tmp_path, blocks_of(ROWS, tmp_path / "blocks"), Crew())

    assert same(tmp_path, ROWS[:1])
    assert 2 == len(segments(sidecar.files(tmp_path)))
    update(tmp_path, ROWS[:1], ())
    assert same(tmp_path, ROWS[:1])
    update(tmp_path, ROWS, ())
    assert same(tmp_path, ROWS)
    assert 2 == len(segments(sidecar.files(tmp_path)))


def test_an_index_that_somebody_else_committed_to_is_made_anew(tmp_path):
    """A table of contents of which the sidecar does not know says so."""
    update(tmp_path, ROWS, ())
    (tmp_path / "whoosh" / "_MAIN_9.toc").write_bytes(b"another generation")

    with pytest.raises(IndexMissing), open_index(tmp_path):
        pass
    update(tmp_path, ROWS, ())

    assert same(tmp_path, ROWS)


def test_where_there_is_no_index_that_is_said(tmp_path):
    """With a hint, whatever stands in the folder."""
    (tmp_path / "whoosh").mkdir()
    (tmp_path / "whoosh" / "notes.txt").write_text("mine", "utf-8")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match="site-builder build"), open_index(folder):
            pass


def test_an_archive_without_articles_can_be_searched(tmp_path):
    """It answers that there is nothing."""
    update(tmp_path, [], ())
    with open_index(tmp_path) as index:
        results = search(index, "storm OR -storm language:en date:2023", filters={"outlet": [""]})

    assert 0 == results.total


def test_values_come_back_as_they_were_written(tmp_path):
    """Facet values are whole: commas, spaces, any script, any length."""
    values = ["Smith, John & Sons", " two  spaces ", "海堤\n新聞", "x" * 70_000]
    update(tmp_path, in_order(make_row(f"{n}", outlet=value) for n, value in enumerate(values)), ())
    with open_index(tmp_path) as index:
        found = index.values("outlet")

    assert sorted(values) == sorted(found)


def test_an_open_index_outlives_an_update(tmp_path):
    """Whoever searches while the index is brought up to date sees the state it opened."""
    update(tmp_path, ROWS, ())
    with open_index(tmp_path) as index:
        update(tmp_path, ROWS[:1], ())
        shutil.rmtree(tmp_path / "whoosh")
        hits = search(index, "storm").total

    assert 2 == hits
