"""An incremental build makes what a clean one makes, byte for byte, whatever happened to the archive."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder import article_files, finished, notes
from site_builder.build import Options, build, open_search
from site_builder.search import blocks, search, segments, shards, whoosh_index

from .shard_reader import Shards

NAMES = ("a", "b", "c", "d", "e")
PICTURE = b"\x89PNG\r\n\x1a\n"


def article(words, day=1, head=""):
    front = f"title: T {words}\ndate: 2023-01-{day:02}\noutlet: Post\n{head}"
    return f"---\n{front}---\n\nThe {words}. [see](b.md)\n"


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def rename(root, one, other):
    source, target = root / "articles" / f"{one}.md", root / "articles" / f"{other}.md"
    if source.exists():
        source.rename(target)


HEADS = (
    "",
    "status: withdrawn\n",
    "text_level: excerpt\n",
    "draft: true\n",
    "aliases: [/b/]\n",
    "slug: s/t\n",
)
ARTICLE = st.builds(
    lambda name, *said: lambda root: put(root / "articles" / f"{name}.md", article(*said)),
    st.sampled_from(NAMES),
    st.sampled_from(("tide", "wind", "wall")),
    st.integers(1, 9),
    st.sampled_from(HEADS),
)
CHANGES = st.one_of(
    ARTICLE,
    ARTICLE,
    st.sampled_from(NAMES).map(
        lambda name: lambda root: (root / "articles" / f"{name}.md").unlink(missing_ok=True)
    ),
    st.builds(
        lambda one, other: lambda root: rename(root, one, other),
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
    ),
    st.sampled_from(("Post", "Echo")).map(
        lambda name: (
            lambda root: put(root / "outlets" / "post.toml", f'name = "{name}"\nforms = ["Post"]\n')
        )
    ),
    st.sampled_from(("", "<hr>")).map(
        lambda more: (
            lambda root: put(root / "templates" / "dates.html", '{% extends "base.html" %}' + more)
        )
    ),
    st.sampled_from(("red", "blue")).map(
        lambda colour: lambda root: put(root / "static" / "own.css", f"p {{ color: {colour} }}")
    ),
    st.sampled_from(("A", "B")).map(
        lambda title: lambda root: put(root / "archive.toml", f'title = "{title}"\n')
    ),
    st.sampled_from((b"1", b"22")).map(
        lambda end: (
            lambda root: (
                put(root / "articles" / "p.png", PICTURE + end),
                put(root / "articles" / "e.md", article("pier") + "![p](p.png)\n"),
            )
        )
    ),
    st.sampled_from(("index.html", "record.json")).map(
        lambda name: (
            lambda root: [path.write_bytes(b"x") for path in (root / "_site").glob(f"*/{name}")]
        )
    ),
)


@pytest.fixture(autouse=True, scope="module")
def _small_units():
    """Have a few articles make several blocks, slices and segments, as thousands do."""
    with pytest.MonkeyPatch.context() as patched:
        for module, name, number in (
            (blocks, "ARTICLES", 2),
            (shards, "ARTICLES", 2),
            (shards, "SLICE", 16),
            (segments, "WHOLE", 4),
            (segments, "SMALLEST", 2),
            (segments, "_SHARE", 2),
            (whoosh_index, "BATCH", 3),
        ):
            patched.setattr(module, name, number)
        yield


@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=1, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_an_incremental_build_equals_a_clean_one(tmp_path_factory, rounds):
    """After each round of changes: pages, records, manifests, tree and shards, and the terminal's answers."""
    root = tmp_path_factory.mktemp("incremental") / "archive"
    for name in NAMES[:3]:
        put(root / "articles" / f"{name}.md", article("quay", ord(name) % 9 + 1))
    build(root)
    for changes in rounds:
        for change in changes:
            change(root)
        built = build(root)
        clean = tmp_path_factory.mktemp("clean") / "archive"
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns("_site", ".site-builder"))
        again = build(clean)

        assert contents(root / "_site") == contents(clean / "_site")
        assert built.problems == again.problems
        assert answers(root) == answers(clean)


def answers(root):
    with open_search(root, Options()) as index:
        return [[hit.id for hit in search(index, word).hits] for word in ("tide", "wind", "quay")]


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    for name in NAMES:
        put(root / "articles" / f"{name}.md", article(name, ord(name) % 9 + 1))
    build(root)
    return root


def made_by(monkeypatch, root, **options):
    """Build, and give which articles' files were made."""
    made = []
    make = article_files._made  # noqa: SLF001 — which pages are made is what is tested

    def noted(bench, one, shown):
        made.append(one.article.permalink)
        return make(bench, one, shown)

    monkeypatch.setattr(article_files, "_made", noted)
    build(root, options=Options(**options))
    monkeypatch.undo()
    return sorted(made)


def test_pages_first_then_the_search(archive, tmp_path):
    """When told, the pages are new and the search is as before; in the end all is as in a clean build."""
    shards = contents(archive / "_site" / "search")
    put(archive / "articles" / "new.md", article("pelican", 1))
    put(archive / "articles" / "a.md", article("other", ord("a") % 9 + 1))
    seen = []

    def shown(base_path):
        site = contents(archive / "_site")
        same = contents(archive / "_site" / "search") == shards
        seen.append((base_path, b"pelican" in site["new/index.html"], same))

    built = build(archive, options=Options(shown=shown))
    clean = tmp_path / "clean" / archive.name
    shutil.copytree(archive, clean, ignore=shutil.ignore_patterns("_site", ".site-builder"))
    build(clean)

    assert [("/", True, True)] == seen
    assert contents(archive / "_site") == contents(clean / "_site")
    assert {"new/index.html", "search/manifest.json"} <= set(built.published.changed)


@pytest.mark.parametrize("state", ["nothing", "damaged", "withheld", "gone"])
def test_where_there_is_no_search_to_leave_all_comes_at_once(archive, state):
    """A first build, one after somebody touched the search's files, or one that holds a text back."""
    if state == "nothing":
        shutil.rmtree(archive / "_site")
    elif state == "withheld":
        put(archive / "articles" / "a.md", article("a", 1, "text_level: excerpt\n"))
    elif state == "gone":
        (archive / "articles" / "a.md").unlink()
    else:
        (archive / "_site" / "search" / "manifest.json").write_bytes(b"{}")
    seen = []
    build(archive, options=Options(shown=seen.append))

    assert [] == seen
    assert b"segments" in (archive / "_site" / "search" / "manifest.json").read_bytes()


def test_only_what_changed_is_made(archive, monkeypatch):
    """An article, and the two beside it, which name it; the rest of the site's pages stay, times and all."""
    times = {path: path.stat().st_mtime_ns for path in (archive / "_site").glob("*/index.html")}
    put(archive / "articles" / "a.md", article("other", ord("a") % 9 + 1))
    made = made_by(monkeypatch, archive)

    assert "a" in made
    assert len(made) <= 3
    assert all(
        path.stat().st_mtime_ns == time
        for path, time in times.items()
        if path.parent.name in {*NAMES} - {*made}
    )


@pytest.mark.parametrize("change", ["settings", "template", "notes", "clean", "program"])
def test_what_all_pages_stand_on_makes_all(archive, monkeypatch, change):
    """Settings, a template, another version of the program; and where nothing is known, or wanted."""
    if change == "settings":
        put(archive / "archive.toml", 'title = "Other"\n')
    elif change == "template":
        put(archive / "templates" / "404.html", "x")
    elif change == "notes":
        (archive / ".site-builder" / notes.FILE_NAME).write_bytes(b"damaged")
        (archive / ".site-builder" / finished.FILE_NAME).unlink()
    elif change == "program":
        monkeypatch.setattr(finished, "program_digest", lambda: "another version")

    assert sorted(NAMES) == made_by(monkeypatch, archive, clean=change == "clean")


def test_a_page_that_somebody_changed_is_made_again(archive, monkeypatch):
    """And so is one whose file is gone, or that was changed with its size and its time as they were."""
    (archive / "_site" / "a" / "index.html").write_text("x")
    (archive / "_site" / "b" / "record.json").unlink()
    page = archive / "_site" / "c" / "index.html"
    before = page.stat()
    page.write_text(page.read_text("utf-8").replace("<h1", "<H1"), "utf-8")
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert page.stat().st_size == before.st_size
    assert ["a", "b", "c"] == made_by(monkeypatch, archive)
    assert "<h1" in Path(archive / "_site" / "a" / "index.html").read_text("utf-8")
    assert "<h1" in page.read_text("utf-8")


def test_only_what_changed_of_the_search_is_made(archive):
    """The newest article's block is gathered and its segment written; the others stay, times and all."""
    kept = archive / ".site-builder" / "blocks"
    before = {path: path.stat().st_mtime_ns for path in kept.iterdir()}
    large = Shards.of(archive / "_site").segments[0]["folder"]
    files = {
        path: path.stat().st_mtime_ns
        for path in (archive / "_site" / "search" / large).rglob("*.json")
    }
    put(archive / "articles" / "b.md", article("pelican", ord("b") % 9 + 1))
    build(archive)
    after = {path: path.stat().st_mtime_ns for path in kept.iterdir()}

    assert 1 == len(after.keys() - before.keys())
    assert all(after[path] == before[path] for path in after.keys() & before.keys())
    assert files
    assert large == Shards.of(archive / "_site").segments[0]["folder"]
    assert files == {path: path.stat().st_mtime_ns for path in files}
