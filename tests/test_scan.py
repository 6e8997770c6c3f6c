"""Which files of a folder are taken for articles."""

import os

import pytest

from site_builder.model import Severity
from site_builder.scan import scan


def fill(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return root


def paths(root):
    return [original.path for original in scan(root).originals]


def test_every_suffix_has_its_reader(tmp_path):
    """Markdown, text and HTML are told apart by suffix, in any case."""
    fill(tmp_path, "a.md", "b.Markdown", "c.TXT", "d.html", "e.HTM", "f.jpg", "g", "h.md.bak")

    assert [
        ("a.md", "markdown"),
        ("b.Markdown", "markdown"),
        ("c.TXT", "text"),
        ("d.html", "html"),
        ("e.HTM", "html"),
    ] == [(original.path, original.reader) for original in scan(tmp_path).originals]


def test_addresses_are_below_the_articles_folder(tmp_path):
    """A path starts at the archive, an address at `articles/`; only articles/ is read then."""
    fill(tmp_path, "articles/2020/b.md", "articles/a.txt", "README.md", "originals/o.html")

    assert [("articles/2020/b.md", "2020/b.md"), ("articles/a.txt", "a.txt")] == [
        (original.path, original.address) for original in scan(tmp_path).originals
    ]


def test_a_bare_folder_is_an_archive(tmp_path):
    """Without articles/ the folder's own files are the articles, but not those beside them."""
    fill(
        tmp_path,
        "a.md",
        "deep/er/b.md",
        "deep/static/c.md",
        "originals/d.html",
        "outlets/e.md",
        "names/f.md",
        "static/g.html",
        "templates/h.html",
    )

    assert ["a.md", "deep/er/b.md", "deep/static/c.md"] == paths(tmp_path)


def test_a_folder_without_articles_is_a_problem(tmp_path):
    """Who names the wrong folder is told so, and what could have been read."""
    fill(tmp_path, "thesis.pdf")

    (problem,) = scan(tmp_path).problems

    assert (tmp_path.name, Severity.WARNING) == (problem.path, problem.severity)
    assert ".md" in problem.hint


def test_private_names_are_passed_over(tmp_path):
    """Names that begin with a dot or an underscore are no articles, files and folders alike."""
    fill(tmp_path, ".a.md", "_index.md", "_site/b.html", ".site-builder/c.md", "d_e.md")

    assert ["d_e.md"] == paths(tmp_path)


def test_the_posts_of_a_jekyll_blog_are_articles(tmp_path):
    """`_posts` is the one private name that is read, wherever it stands; drafts are not."""
    fill(tmp_path, "_posts/2019-03-04-a.md", "news/_posts/b.md", "_drafts/c.md", "_layouts/d.html")

    assert ["_posts/2019-03-04-a.md", "news/_posts/b.md"] == paths(tmp_path)


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path):
    """`x_files` belongs to `x.html`; without such a page it is a folder like any other."""
    fill(tmp_path, "x.html", "x_files/frame.html", "y.htm", "y_files/notes.txt", "case_files/z.txt")

    assert ["case_files/z.txt", "x.html", "y.htm"] == paths(tmp_path)


def test_a_site_that_was_built_among_the_articles_is_passed_over(tmp_path):
    """A folder that a build filled, known by its list of files, is never read as articles."""
    fill(
        tmp_path, "a.md", "public/index.html", "public/rendered-sha256.txt", "public/b/original.md"
    )

    assert ["a.md"] == paths(tmp_path)


def test_the_order_is_that_of_the_paths(tmp_path):
    """Originals come sorted by path, whatever order the file system gives."""
    fill(tmp_path, "b.md", "a/z.md", "a.md", "B.md", "é.md")

    assert ["B.md", "a.md", "a/z.md", "b.md", "é.md"] == paths(tmp_path)


def test_links_inside_the_archive_are_followed(tmp_path):
    """A link to a file or a folder of the archive gives an original at the link's own path."""
    fill(tmp_path, "articles/a.md", "originals/b.md", "originals/more/c.md")
    (tmp_path / "articles" / "b.md").symlink_to(tmp_path / "originals" / "b.md")
    (tmp_path / "articles" / "more").symlink_to(tmp_path / "originals" / "more")

    assert ["articles/a.md", "articles/b.md", "articles/more/c.md"] == paths(tmp_path)


def test_links_that_lead_out_are_refused(tmp_path):
    """What lies outside the archive is never read: each such link is a problem."""
    outside = fill(tmp_path / "outside", "secret.md")
    archive = fill(tmp_path / "archive", "a.md")
    (archive / "file.md").symlink_to(outside / "secret.md")
    (archive / "folder").symlink_to(outside)
    (archive / "gone.md").symlink_to(outside / "never.md")
    (archive / "picture.jpg").symlink_to(outside / "secret.md")
    found = scan(archive)

    assert ["a.md"] == [original.path for original in found.originals]
    assert [
        ("file.md", "this link leads out of the archive", Severity.ERROR),
        ("folder", "this link leads out of the archive", Severity.ERROR),
        ("gone.md", "this link leads nowhere", Severity.ERROR),
    ] == [(problem.path, problem.message, problem.severity) for problem in found.problems]
    assert all(problem.hint for problem in found.problems)


def test_an_articles_folder_elsewhere_is_refused(tmp_path):
    """articles/ itself may not be a link that leads out."""
    outside = fill(tmp_path / "outside", "secret.md")
    archive = fill(tmp_path / "archive", "a.md")
    (archive / "articles").symlink_to(outside)
    found = scan(archive)

    assert () == found.originals
    assert ["articles"] == [problem.path for problem in found.problems]


def test_links_in_circles_end(tmp_path):
    """A link to a folder that is read anyway is reported, and read once."""
    fill(tmp_path, "a/b.md", "c/d.md")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "c" / "a").symlink_to(tmp_path / "a")
    found = scan(tmp_path)

    assert ["a/b.md", "c/d.md"] == [original.path for original in found.originals]
    assert ["a/up", "c/a"] == [problem.path for problem in found.problems]
    assert {Severity.WARNING} == {problem.severity for problem in found.problems}


def test_links_to_themselves_are_no_folders(tmp_path):
    """A link that only leads to itself is refused if it is named like an article, else no matter."""
    for name in ("loop", "loop.md"):
        (tmp_path / name).symlink_to(tmp_path / name)

    assert ["loop.md"] == [problem.path for problem in scan(tmp_path).problems]


def test_pipes_are_not_opened(tmp_path):
    """Only plain files are articles: a pipe would never end."""
    os.mkfifo(tmp_path / "pipe.md")

    assert [] == paths(tmp_path)


def test_a_name_that_is_not_utf_8_is_a_problem(tmp_path):
    """A name that cannot be written in an address is left out, and said."""
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes no such names")
    found = scan(tmp_path)

    assert () == found.originals
    assert ["caf\ufffd.md"] == [problem.path for problem in found.problems]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_a_problem(tmp_path):
    """What cannot be listed is said, and the rest is read."""
    fill(tmp_path, "a.md", "closed/b.md")
    (tmp_path / "closed").chmod(0)
    found = scan(tmp_path)
    (tmp_path / "closed").chmod(0o700)

    assert ["a.md"] == [original.path for original in found.originals]
    assert ["closed"] == [problem.path for problem in found.problems]


def test_articles_in_kinds_that_are_not_read_are_counted_once_for_a_folder(tmp_path):
    """Nobody should believe that a folder of letters is in the archive when none of them was read."""
    for name in ("a.docx", "b.DOCX", "c.mhtml", "d.md", "e.png", ".f.docx"):
        (tmp_path / name).write_bytes(b"x")

    found = scan(tmp_path)

    assert [original.path for original in found.originals] == ["d.md"]
    assert [problem.path for problem in found.problems] == ["."]
    assert found.problems[0].message.endswith(": 2 .docx, 1 .mhtml")
