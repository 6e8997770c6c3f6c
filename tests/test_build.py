"""The whole way from a folder to a site: same input, same bytes, and nothing lost."""

import shutil
from pathlib import Path

import pytest

from site_builder.build import Options, build, inspect, open_search
from site_builder.cache import FILE_NAME
from site_builder.errors import ArchiveError
from site_builder.model import Severity
from site_builder.output import RENDERED
from site_builder.search import search


def write(root, **files):
    for name, text in files.items():
        path = root / "articles" / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def tree(site):
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def made(title, date="2023-11-04", outlet="Post", text="The tide rose over the quay."):
    return f"---\ntitle: {title}\ndate: {date}\noutlet: {outlet}\n---\n\n{text}\n"


@pytest.fixture
def example_copy(example, tmp_path):
    """The example in a folder of its own."""
    ignored = shutil.ignore_patterns("_site", ".site-builder")
    return shutil.copytree(example, tmp_path / "example", ignore=ignored)


@pytest.fixture
def harbour(tmp_path):
    """An archive of three articles."""
    root = tmp_path / "harbour"
    write(root, a=made("A"), b=made("B", "2023-11-05"), y2022__c=made("C", "2022", "Times"))
    return root


def test_building_twice_changes_no_byte(example_copy):
    """A second build of an unchanged archive writes nothing."""
    first = build(example_copy)
    before = tree(example_copy / "_site")

    second = build(example_copy)

    assert () == second.published.changed
    assert before == tree(example_copy / "_site")
    assert first.problems == second.problems


def test_the_number_of_processes_changes_no_byte(tmp_path, harbour):
    """Work is shared out by path, and results are put in order again."""
    write(harbour, **{f"n{i:03}": made(f"N{i}", f"2020-01-{i % 28 + 1:02}") for i in range(70)})
    build(harbour, tmp_path / "one", options=Options(jobs=1, clean=True))
    build(harbour, tmp_path / "two", options=Options(jobs=2, clean=True))

    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def removed(root):
    (root / "articles/a.md").unlink()


def renamed(root):
    (root / "articles/a.md").rename(root / "articles/z.md")


def edited(root):
    write(root, a=made("A again", text="Another text."))


def added(root):
    write(root, d=made("D", "2021-05-06", "Herald"))


def declared(root):
    (root / "outlets").mkdir()
    (root / "outlets/post.toml").write_text('name = "Harbour Post"\nforms = ["Post"]\n')


def pictured(root):
    write(root, a=made("A", text="![Map](map.png)"))
    build(root)
    (root / "articles/map.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def retitled(root):
    (root / "archive.toml").write_text('title = "Harbour"\naddress = "https://example.org/h/"\n')


@pytest.mark.parametrize(
    "change",
    [removed, renamed, edited, added, declared, pictured, retitled],
    ids=lambda c: c.__name__,
)
def test_an_incremental_build_equals_a_clean_one(tmp_path, harbour, change):
    """The cache may save work, never change the site."""
    build(harbour)
    change(harbour)
    build(harbour)
    build(harbour, tmp_path / "clean", options=Options(clean=True))

    assert tree(tmp_path / "clean") == tree(harbour / "_site")


def test_deleting_the_cache_changes_nothing_but_time(harbour):
    """The cache is disposable."""
    build(harbour)
    before = tree(harbour / "_site")
    shutil.rmtree(harbour / ".site-builder")

    assert () == build(harbour).published.changed
    assert before == tree(harbour / "_site")


def test_a_damaged_cache_and_index_are_made_anew(harbour):
    """Nothing under `.site-builder/` can break a build or a search."""
    build(harbour)
    for path in (harbour / ".site-builder").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0garbage")

    built = build(harbour)

    assert () == built.published.changed
    assert [".site-builder/derivations.sqlite", ".site-builder/lock.sqlite"] == [
        str(Path(problem.path).relative_to(harbour))
        for problem in built.problems
        if "damaged" in problem.message
    ]
    with open_search(harbour, Options()) as index:
        assert 3 == search(index, "tide").total
    assert (harbour / ".site-builder" / FILE_NAME).stat().st_size > 0


def test_what_cannot_be_read_is_listed_and_the_rest_is_built(harbour):
    """Bad input never stops the rest."""
    (harbour / "articles/bad.md").write_bytes(b"\x1f\x8b\x08\0\0\0\0")
    (harbour / "articles/empty.md").write_bytes(b"")

    built = build(harbour)
    errors = [p for p in built.problems if p.severity is Severity.ERROR]

    assert (3, False) == (built.articles, built.ok)
    assert ["articles/bad.md", "articles/empty.md"] == [p.path for p in errors]
    assert all(problem.hint for problem in errors)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.unlink(), "No such file or directory"),
        (lambda path: path.write_text("Other words."), "changed while the site was built"),
    ],
)
def test_an_original_that_changes_under_a_build_stops_it(harbour, change, said):
    """A page and the original beside it never disagree: the last site stays, and the file is named."""
    build(harbour)
    before = tree(harbour / "_site")
    path = harbour / "articles" / "a.md"

    def meddle(stage, _done, _total):
        if stage == "read":
            change(path)

    write(harbour, b=made("B", text="Something is new."))
    with pytest.raises(ArchiveError) as raised:
        build(harbour, options=Options(report=meddle))

    assert said in raised.value.message
    assert raised.value.path.endswith("articles/a.md")
    assert before == tree(harbour / "_site")


def test_drafts_are_nowhere_in_the_site(harbour):
    """A draft's words are in no file of the output."""
    write(harbour, secret=made("Secret").replace("---\n\n", "draft: true\n---\n\nxylophone "))

    built = build(harbour)

    assert (3, 1) == (built.articles, built.drafts)
    assert not [
        path for path, content in tree(harbour / "_site").items() if b"xylophone" in content
    ]


def test_a_withdrawn_text_is_nowhere_in_the_site(harbour):
    """Of a withdrawn article the record stays, and no word of its text."""
    write(harbour, a=made("A", text="marmalade").replace("title", "status: withdrawn\ntitle"))

    build(harbour)
    site = tree(harbour / "_site")

    assert "a/record.json" in site
    assert "a/original.md" not in site
    assert not [path for path, content in site.items() if b"marmalade" in content]


def test_the_original_is_published_byte_for_byte(harbour):
    """What a reader downloads is what the archive holds."""
    build(harbour)

    assert (harbour / "articles/a.md").read_bytes() == (
        harbour / "_site/a/original.md"
    ).read_bytes()


def test_every_file_of_the_site_is_in_the_list_of_files(harbour):
    """The list is how a build knows what is its own."""
    build(harbour)
    listed = {
        line.split("  ", 1)[1] for line in (harbour / "_site" / RENDERED).read_text().splitlines()
    }

    assert tree(harbour / "_site").keys() - {RENDERED} == listed


def test_the_articles_are_never_written_to(harbour):
    """A build leaves `articles/` as it is."""
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in harbour.rglob("*.md")}
    build(harbour)

    assert before == {
        p: (p.read_bytes(), p.stat().st_mtime_ns) for p in (harbour / "articles").rglob("*.md")
    }


def test_a_search_needs_no_build_before_it(harbour):
    """The index is made when it is asked for."""
    with open_search(harbour, Options()) as index:
        found = search(index, "quay")

    assert ["b", "a", "y2022/c"] == [hit.id for hit in found.hits]


def test_check_names_what_a_publisher_should_look_at(harbour):
    """An undated article and a broken link are found without building the site."""
    write(harbour, d="---\ntitle: D\n---\n\nSee [this](nowhere.md).\n")

    problems = inspect(harbour, Options())

    assert {"articles/d.md"} <= {problem.path for problem in problems}
    assert any("nowhere.md" in problem.message for problem in problems)
    assert not (harbour / "_site").exists()


def test_a_build_that_fails_leaves_site_and_index_as_they_were(harbour):
    """The index is written beside the pages; until these are in place it answers for the old ones."""
    build(harbour)
    before = tree(harbour / "_site")
    write(harbour, d=made("Storm"))
    template = harbour / "templates" / "article.html"
    template.parent.mkdir()
    template.write_text("{{ nothing.at_all }}", "utf-8")

    with pytest.raises(ArchiveError, match="nothing"):
        build(harbour)
    assert before == tree(harbour / "_site")
    assert 3 == found(harbour, "tide")

    template.unlink()
    build(harbour)
    assert 4 == found(harbour, "tide")


def found(root, words):
    with open_search(root, Options()) as index:
        return search(index, words).total
