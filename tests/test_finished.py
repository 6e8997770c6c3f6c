"""A build that would change nothing reads nothing; whatever did change is never passed over."""

import os
import shutil

import pytest

from site_builder import finished
from site_builder import prepare as module
from site_builder.build import INDEX, Options, build, open_search
from site_builder.search import search

TEXT = "---\ntitle: {0}\ndate: 2023-11-04\noutlet: Post\n---\n\nThe {0} rose.\n"


@pytest.fixture
def archive(tmp_path):
    """A small archive, built."""
    root = tmp_path / "archive"
    (root / "articles").mkdir(parents=True)
    for name in ("tide", "wind"):
        (root / "articles" / f"{name}.md").write_text(TEXT.format(name), "utf-8")
    (root / "outlets").mkdir()
    (root / "outlets" / "post.toml").write_text('name = "Post"\n')
    build(root)
    return root


@pytest.fixture
def nothing_is_read(archive, monkeypatch):
    """Whoever reads the archive, once it is built, fails."""
    assert archive.is_dir()

    def refuse(*_all, **_named):
        message = "the archive was read"
        raise AssertionError(message)

    monkeypatch.setattr(module, "scan", refuse)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("nothing_is_read")
def test_an_unchanged_archive_is_not_read(archive):
    """The second build says what the first said, and that nothing changed."""
    again = build(archive)

    assert (again.articles, again.published.changed) == (2, ())
    assert again.published.files == len(contents(archive / "_site"))


CHANGES = {
    "an article's text": lambda root: (root / "articles" / "tide.md").write_text(
        TEXT.format("tyde")
    ),
    "a new article": lambda root: (root / "articles" / "new.md").write_text(TEXT.format("new")),
    "an article renamed": lambda root: (root / "articles" / "tide.md").rename(
        root / "articles" / "t.md"
    ),
    "an article gone": lambda root: (root / "articles" / "tide.md").unlink(),
    "an outlet": lambda root: (root / "outlets" / "post.toml").write_text(
        'name = "Post"\nnote = "x"\n'
    ),
    "settings": lambda root: (root / "archive.toml").write_text('title = "Other"\n'),
    "a template": lambda root: put(root / "templates" / "404.html", "<p>gone</p>"),
    "a style": lambda root: put(root / "static" / "site.css", "p { color: red }"),
    "a page of the site": lambda root: (root / "_site" / "tide" / "index.html").write_text("x"),
    "a page of the site gone": lambda root: (root / "_site" / "tide" / "index.html").unlink(),
    "the cache": lambda root: shutil.rmtree(root / ".site-builder"),
    "the index": lambda root: shutil.rmtree(root / ".site-builder" / INDEX),
}


def put(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changed_is_built(archive, tmp_path, change):
    """And comes out as a clean build makes it; the build after that has nothing to do."""
    CHANGES[change](archive)
    build(archive)
    copy = tmp_path / "copy" / "archive"
    shutil.copytree(archive, copy, ignore=shutil.ignore_patterns("_site", ".site-builder"))
    build(copy)
    made, clean = contents(archive / "_site"), contents(copy / "_site")

    assert {p.relative_to(archive): c for p, c in made.items()} == {
        p.relative_to(copy): c for p, c in clean.items()
    }
    assert build(archive).published.changed == ()
    with open_search(archive, Options()) as index:
        assert search(index, "rose").total == build(archive).articles


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_nothing_is_read_again(archive, change, request):
    """What the site looks like after a change is noted, though only what changed was looked at."""
    CHANGES[change](archive)
    build(archive)
    request.getfixturevalue("nothing_is_read")

    assert build(archive).published.changed == ()


def test_after_pages_came_first_nothing_is_read_again(archive, request):
    """Two steps are noted as one."""
    shown = []
    CHANGES["a new article"](archive)
    build(archive, options=Options(shown=shown.append))
    request.getfixturevalue("nothing_is_read")

    assert len(shown) == 1
    assert build(archive).published.changed == ()


def test_a_file_of_the_same_size_and_time_is_seen(archive):
    """A program may set a file's time back; the system's own note of the change stays."""
    path = archive / "articles" / "tide.md"
    before = path.stat()
    path.write_text(TEXT.format("tide").replace("rose", "fell"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert path.stat().st_size == before.st_size
    assert "tide/index.html" in build(archive).published.changed


@pytest.mark.parametrize(
    ("options", "address"),
    [(Options(as_of="2026-01-01"), None), (Options(), "https://a.example/")],
)
def test_another_question_is_another_build(archive, options, address, monkeypatch):
    """The day and the address are part of what is asked; so is the program."""
    read = []
    scan = module.scan
    monkeypatch.setattr(module, "scan", lambda root: read.append(root) or scan(root))
    build(archive, address=address, options=options)
    monkeypatch.setattr(finished, "program_digest", lambda: "another version")
    build(archive, address=address, options=options)

    assert len(read) == 2


def test_a_note_that_cannot_be_read_is_none(archive):
    """Damage costs a build, not a crash."""
    note = archive / ".site-builder" / finished.FILE_NAME
    note.write_bytes(note.read_bytes()[:40])

    assert finished.read_note(note.parent) is None
    assert build(archive).articles == 2


def test_clean_means_clean(archive, monkeypatch):
    """`--clean` builds whatever the note says."""
    read = []
    scan = module.scan
    monkeypatch.setattr(module, "scan", lambda root: read.append(root) or scan(root))
    build(archive, options=Options(clean=True))

    assert len(read) == 1
