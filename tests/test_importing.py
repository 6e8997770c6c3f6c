import os
from hashlib import sha256

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_builder import config
from site_builder.errors import ArchiveError
from site_builder.importing import import_files
from site_builder.importing.document import escaped, scalar
from site_builder.model import Original
from site_builder.provenance.verify import verify
from site_builder.reading import read

PAGE = b"""<!doctype html><html lang="en"><head>
<title>The quay is dry - Harbour Echo</title>
<meta property="og:title" content="The quay is dry">
<meta property="og:site_name" content="Harbour Echo">
<meta property="article:published_time" content="2023-11-04T08:00:00Z">
<link rel="canonical" href="https://echo.example/quay">
</head><body><nav><a href="/">Home</a></nav><article><h1>The quay is dry</h1>
<p>The quay of Saltmere fell dry on Saturday, for the *first* time since 1953, said the harbour
master.</p><p>Boats wait in the <a href="https://echo.example/roads">roads</a> until the tide turns; it is
expected at noon, and the ferry will leave an hour later than its timetable says.</p>
</article></body></html>
"""
SCRAPED = """date 2023-11-04 Harbour Echo - # 1 quay_side [closed]
The quay is *dry*.
1. Boats wait & nobody <knows> why, says the harbour master of Saltmere to everybody who asks him today.
"""
WITH_FRONT_MATTER = """---
title: "Bridge: closed"
date: 2023-11
author: [Ada Holt, Ben Marsh]
outlet: Tide Times
tags: [bridge, 'no']
mood: {sky: grey}
---
# Bridge

It is *closed*.
"""
MARKDOWN = MarkdownIt("commonmark", {"html": True})


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    (root / "articles").mkdir(parents=True)
    (root / "outlets").mkdir()
    (root / "outlets" / "echo.toml").write_text('name = "Harbour Echo"\n', "utf-8")
    return root


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder, name, content):
    """Write a file and give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def reread(archive, path):
    """Read an article as a build does."""
    original = Original(path=path, address=path.removeprefix("articles/"), reader="markdown")
    return read(original, (archive / path).read_bytes(), config.load(archive))


def front_matter(archive, path):
    """Give an article's front matter, every scalar as it is written."""
    text = (archive / path).read_text("utf-8")
    return yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506 — makes strings only


def shown_words(archive, path):
    """Give the words that Markdown shows of an article."""
    body = (archive / path).read_text("utf-8").split("---\n", 2)[2]
    tokens = MARKDOWN.parse(body)
    inline = (child for token in tokens for child in token.children or ())
    return " ".join(child.content or " " for child in inline).split()


def test_a_page_becomes_an_article_with_what_its_metadata_says(archive, inbox):
    """Title, outlet, date and address stand in the front matter, the text below it as Markdown."""
    page = put(inbox, "quay.html", PAGE)
    [added] = import_files([page], archive).added
    said = front_matter(archive, added.article)

    assert (said["title"], said["outlet"]) == ("The quay is dry", "Harbour Echo")
    assert said["date"].startswith("2023-11-04")
    assert said["url"] == "https://echo.example/quay"
    text = (archive / added.article).read_text("utf-8")
    assert "[roads](https://echo.example/roads)" in text
    assert "for the *first* time" in " ".join(shown_words(archive, added.article))


def test_the_bytes_are_kept_under_their_hash(archive, inbox):
    """The original is the archive; the article names it twice, by place and by hash."""
    [added] = import_files([put(inbox, "Quay.HTM", PAGE)], archive).added
    digest = sha256(PAGE).hexdigest()
    said = front_matter(archive, added.article)

    assert added.original == f"originals/{digest[:2]}/{digest}.htm"
    assert (archive / added.original).read_bytes() == PAGE
    assert (said["original"], said["original_sha256"]) == (added.original, digest)
    assert verify(archive).findings == ()


def test_git_is_told_to_leave_originals_alone_once(archive, inbox):
    """What stands in .gitattributes already stays, and the line is not repeated."""
    (archive / ".gitattributes").write_bytes(b"*.md text")
    import_files([put(inbox, "a.html", PAGE)], archive)
    import_files([put(inbox, "b.txt", SCRAPED)], archive)

    assert (archive / ".gitattributes").read_bytes() == b"*.md text\noriginals/** -text\n"


def test_a_scraped_text_shows_the_same_words_as_markdown(archive, inbox):
    """Stars, hashes, brackets and numbers of a plain text mean nothing to Markdown."""
    [added] = import_files([put(inbox, "quay.txt", SCRAPED)], archive).added
    words = " ".join(shown_words(archive, added.article))

    assert "The quay is *dry*." in words
    assert "1. Boats wait & nobody <knows> why" in words


def test_markdown_stays_as_it_is_below_what_is_known(archive, inbox):
    """The body is the author's; the front matter gives the same values in one spelling."""
    [added] = import_files([put(inbox, "bridge.md", WITH_FRONT_MATTER)], archive).added
    text = (archive / added.article).read_text("utf-8")
    said = front_matter(archive, added.article)

    assert text.endswith("# Bridge\n\nIt is *closed*.\n")
    assert said["title"] == "Bridge: closed"
    assert said["author"] == ["Ada Holt", "Ben Marsh"]
    assert said["tags"] == ["bridge", "no"]
    assert said["mood"] == '{"sky":"grey"}'


@pytest.mark.parametrize(
    ("name", "content"),
    [("quay.html", PAGE), ("quay.txt", SCRAPED), ("bridge.md", WITH_FRONT_MATTER)],
)
def test_a_build_reads_from_the_article_what_import_wrote(archive, inbox, name, content):
    """Nothing is lost or changed between the original and the article that stands for it."""
    source = put(inbox, name, content)
    reader = {".html": "html", ".txt": "text", ".md": "markdown"}[source.suffix]
    settings = config.load(archive)
    before = read(Original(path=name, address=name, reader=reader), source.read_bytes(), settings)
    [added] = import_files([source], archive).added
    after = reread(archive, added.article)

    fields = ("title", "published", "outlet", "url")
    assert [getattr(before.article, field).value for field in fields] == [
        getattr(after.article, field).value for field in fields
    ]
    assert before.article.tags == after.article.tags
    assert after.problems == ()


@pytest.mark.parametrize(
    "said",
    [
        "corrections: [{date: 2024-03-01, text: 'Wrong: a, b'}, 'Its {date} was wrong.']",
        "status: draft\nstatus_reason: 'Not yet: #1'",
    ],
)
def test_what_a_keeper_said_of_an_article_comes_along(archive, inbox, said):
    """Corrections, and why an article is not public, are read from what import wrote as from the original."""
    path = put(inbox, "quay.md", f"---\ntitle: Quay\n{said}\n---\nThe quay fell.\n")
    import_files([path], archive)
    before = read(
        Original(path="q.md", address="q.md", reader="markdown"),
        path.read_bytes(),
        config.load(archive),
    )
    after = reread(archive, "articles/quay.md").article

    assert (before.article.status, before.article.corrections) == (after.status, after.corrections)
    assert before.article.status_reason == after.status_reason


def test_what_was_concluded_is_marked_in_the_file_and_told(archive, inbox):
    """A person who opens the file can judge the value, and knows from the report which to look at."""
    [added] = import_files([put(inbox, "no-title.md", "Just words.\n")], archive).added
    text = (archive / added.article).read_text("utf-8")

    assert any(doubt.startswith("title '") for doubt in added.doubts)
    assert {"date not found", "outlet not found", "author not found"} <= set(added.doubts)
    title = reread(archive, added.article).article.title
    assert (title.basis, title.value) == ("supplied", "Just words.")
    assert title.note
    confirmed = text.replace(" # supplied: " + title.note, "")
    (archive / added.article).write_text(confirmed, "utf-8")
    assert reread(archive, added.article).article.title.basis == "stated"
    assert "# supplied: " in next(line for line in text.splitlines() if line.startswith("title:"))
    assert "\ndate:" not in text


def test_the_report_says_what_is_stated_and_what_was_set_aside(archive, inbox):
    """Which values the file itself gives, and how much of its text is not in the article, and why."""
    text = "date 2023-11-04 Harbour Times - The quay is dry.\n\nBoats wait.\n\nShare this article\n"
    [added] = import_files([put(inbox, "scraped.txt", text)], archive).added

    assert {"date", "outlet"} <= set(added.stated)
    assert "title" not in added.stated
    assert any(one.startswith("header ") for one in added.removed)


def test_the_outlet_a_person_names_stands_where_the_file_says_none(archive, inbox):
    """It is supplied, and never in the place of what the file says."""
    paths = [put(inbox, "a.md", "Words.\n"), put(inbox, "b.md", WITH_FRONT_MATTER)]
    bare, said = import_files(paths, archive, "echo").added

    assert front_matter(archive, bare.article)["outlet"] == "Harbour Echo"
    assert "outlet not found" not in bare.doubts
    assert front_matter(archive, said.article)["outlet"] == "Tide Times"


def test_an_outlet_that_nobody_declared_is_an_error(archive, inbox):
    """A typing slip must not make a publisher."""
    with pytest.raises(ArchiveError, match="no outlet with the id 'ecko'") as caught:
        import_files([put(inbox, "a.md", "Words.\n")], archive, "ecko")

    assert "the ids are: echo" in caught.value.hint
    assert list((archive / "articles").iterdir()) == []


def test_the_same_bytes_are_taken_in_once(archive, inbox):
    """Under another name, in the same import or in a later one, they add nothing."""
    first, copy = put(inbox, "a.txt", SCRAPED), put(inbox, "copy.txt", SCRAPED)
    done = import_files([first, copy], archive)
    again = import_files([inbox], archive)

    assert ([added.article for added in done.added]) == ["articles/a.md"]
    assert [known.article for known in done.known] == ["articles/a.md"]
    assert (len(again.added), len(again.known)) == (0, 2)
    assert len(list((archive / "articles").iterdir())) == 1


def test_no_article_is_written_over(archive, inbox):
    """Whatever stands there, in any spelling or kind, the new one gets a number."""
    put(archive, "articles/Quay.md", "mine")
    put(archive, "articles/quay-2.txt", "mine too")
    paths = [put(inbox, "1/quay.md", "One.\n"), put(inbox, "2/quay.md", "Two.\n")]
    added = import_files(paths, archive).added

    assert [one.article for one in added] == ["articles/quay-3.md", "articles/quay-4.md"]
    assert (archive / "articles" / "Quay.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "slug", "written"),
    [
        ("about.md", "", "about-2.md"),
        ("_draft.md", "", "draft.md"),
        ("a.md", "../../etc/passwd", "passwd.md"),
        ("a.md", "/etc/../..", "etc.md"),
        ("a.md", "x\\..\\..\\y", "x-..-..-y.md"),
        ("a.md", "CON/.hidden", "hidden.md"),
        ("مرفأ المدينة.md", "", "مرفأ-المدينة.md"),
    ],
)
def test_names_are_safe_whatever_a_file_asks_for(archive, inbox, name, slug, written):
    """Nothing a file says can choose a place outside the articles, or one that a build passes over."""
    content = f"---\nslug: '{slug}'\n---\nWords.\n" if slug else "Words.\n"
    [added] = import_files([put(inbox, name, content)], archive).added

    assert added.article == f"articles/{written}"
    assert [path.name for path in (archive / "articles").iterdir()] == [written]


def test_front_matter_cannot_name_another_original(archive, inbox):
    """The keys that `verify` trusts are written by `import` alone."""
    forged = "---\noriginal: ../../secret\noriginal_sha256: '00'\ntitle: T\n---\nWords.\n"
    [added] = import_files([put(inbox, "a.md", forged)], archive).added

    assert front_matter(archive, added.article)["original"] == added.original
    assert verify(archive).findings == ()


def test_folders_are_walked_and_what_is_left_out_is_said(archive, inbox):
    """In the order of names; hidden files and folders are no articles, pictures are counted."""
    for name in ("b.md", "a/2.txt", "a/1.md", "_private.md", ".git/x.md", "_site/y.md"):
        put(inbox, name, f"Words of {name}.\n")
    put(inbox, "a/photo.jpg", b"\xff")
    put(inbox, "b.css", b"x")
    done = import_files([inbox], archive)

    assert [one.source for one in done.added] == [
        str(inbox / name) for name in ("b.md", "a/1.md", "a/2.txt")
    ]
    assert [problem.message for problem in done.problems] == [
        "2 files of other kinds not taken in (.css, .jpg)"
    ]


def test_links_are_not_followed(archive, inbox, tmp_path):
    """A folder from a stranger must not bring a file of one's own into a public archive."""
    secret = put(tmp_path, "secret.txt", "secret")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "folder").symlink_to(tmp_path)
    done = import_files([inbox], archive)

    assert done.added == ()
    assert [problem.path for problem in done.problems] == [str(inbox / "link.txt")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.md", b"", "empty"),
        ("scan.txt", b"%PDF-1.7 \x00\x01", "not a text file"),
        ("photo.jpg", b"\xff\xd8", "no kind of file that can be an article"),
        ("gone.md", b"---\nstatus: withdrawn\n---\nText.\n", "withdrawn"),
    ],
)
def test_what_cannot_be_taken_in_is_a_problem(archive, inbox, name, content, says):
    """Each refusal says why; nothing of the file is kept, and the others are taken in."""
    paths = [put(inbox, name, content), put(inbox, "good.md", "Words.\n")]
    done = import_files(paths, archive)

    assert [one.article for one in done.added] == ["articles/good.md"]
    assert [problem.severity for problem in done.problems] == ["error"]
    assert says in done.problems[0].message
    assert len(list((archive / "originals").rglob("*.*"))) == 1


@pytest.mark.parametrize("name", ["articles/a.md", "articles", ".", "originals/ab/x.txt"])
def test_what_is_in_the_archive_already_is_not_taken_in(archive, name):
    """An import of the archive's own folders would double everything."""
    put(archive, "articles/a.md", "Words.\n")
    put(archive, "originals/ab/x.txt", "Words.\n")
    done = import_files([archive / name], archive)

    assert done.added == ()


def test_a_folder_of_articles_without_settings_gets_its_articles_beside_them(tmp_path, inbox):
    """A new folder `articles` would make the build pass over the files that were articles before."""
    root = tmp_path / "bare"
    put(root, "old.md", "Old.\n")
    [added] = import_files([put(inbox, "new.md", "New.\n")], root).added

    assert added.article == "new.md"
    assert not (root / "articles").exists()


def test_an_original_with_other_bytes_under_its_name_is_not_trusted(archive, inbox):
    """Somebody changed it: no article may be made that claims to come from it."""
    digest = sha256(b"Words.\n").hexdigest()
    put(archive, f"originals/{digest[:2]}/{digest}.md", "Other words.\n")
    done = import_files([put(inbox, "a.md", "Words.\n")], archive)

    assert done.added == ()
    assert "holds other bytes" in done.problems[0].message


def test_an_archive_that_cannot_be_written_is_an_error(archive, inbox):
    """A file stands where a folder is needed: the error names the place."""
    put(archive, "originals", "a file")
    with pytest.raises(ArchiveError, match="cannot be read or written") as caught:
        import_files([put(inbox, "a.md", "Words.\n")], archive)

    assert "originals" in caught.value.path


def test_a_name_that_is_not_utf_8_is_taken_in(archive, inbox):
    """The article gets a name of its own; the bytes do not care."""
    try:
        (inbox / os.fsdecode(b"caf\xe9.md")).write_bytes(b"Words.\n")
    except OSError:
        pytest.skip("this file system has no such names")
    [added] = import_files([inbox], archive).added

    assert added.article == "articles/caf.md"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_one_line_of_yaml_that_reads_as_itself(text):
    """Colons, quotes, `no`, numbers and line feeds stay what they are, in a list as well."""
    line = f"key: {scalar(text)}\nkeys: [{scalar(text)}, b]\n"

    assert line.count("\n") == 2
    assert yaml.load(line, Loader=yaml.BaseLoader) == {"key": text, "keys": [text, "b"]}  # noqa: S506


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1))
def test_any_line_shows_as_itself_in_markdown(line):
    """No mark of Markdown is made by chance."""
    tokens = MARKDOWN.parse(escaped(line))
    shown = "".join(child.content for token in tokens for child in token.children or ())

    assert line.strip() == shown.strip()
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
