"""Text that may not be shown: by level, embargo and withdrawal it is nowhere in what a build makes."""

import random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.build import Options, build, open_search
from site_builder.config import Archive
from site_builder.model import Article, Assertion, Capture, Reading
from site_builder.provenance.verify import verify
from site_builder.reading.withheld import embargoed, excerpt
from site_builder.search import search

from .shard_reader import Shards

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
WORDS = 80
TODAY = "2026-11-21"


def made_up(name, count):
    """Give words that stand nowhere else: no two of any two articles are alike."""
    dice = random.Random(name)  # noqa: S311 — the same words at each run
    pair = [c + v for c in CONSONANTS for v in VOWELS]
    return ["q" + "".join(dice.choices(pair, k=5)) for _ in range(count)]


class Made(NamedTuple):
    """A file of an archive, and the words that it may and may not show."""

    name: str
    content: str
    words: list
    caption: list


def article(name, head="", suffix="md"):
    """Make a file whose text, captions and odd keys are all words of its own."""
    words = made_up(name, WORDS)
    caption, odd = made_up(f"{name}/caption", 3), made_up(f"{name}/odd", 3)
    text = ". ".join(" ".join(words[at : at + 8]) for at in range(0, WORDS, 8))
    body = f"[{text}](https://example.org/{odd[0]})" if suffix == "md" else text
    picture = f"![{caption[0]}](missing-{caption[1]}.jpg)" if suffix == "md" else ""
    content = f"---\ntitle: T {name}\ndate: 2023-01-02\n{head}note: {odd[1]}\n---\n\n{body}\n\n{picture}\n"
    return Made(
        f"{name}.{suffix}", content, words, [*caption[: 1 + (suffix == "md")], odd[0], odd[1]]
    )


def write(root, articles, settings_file=""):
    (root / "articles").mkdir(exist_ok=True)
    for made in articles:
        (root / "articles" / made.name).write_text(made.content, "utf-8")
    (root / "archive.toml").write_text(settings_file, "utf-8")


def leaks(folder, words):
    """Give (file, word) of each word that a file's bytes hold."""
    wanted = [word.encode() for word in words]
    return sorted(
        (path.relative_to(folder).as_posix(), word.decode())
        for path in folder.rglob("*")
        if path.is_file()
        for word in wanted
        if word in path.read_bytes()
    )


def in_shards(site):
    """Give every term that a browser can look up, unpacked from the files' own code."""
    shards = Shards.of(site)
    articles, families = shards.lexicon()
    return {*shards.postings(), *articles, *(form for family in families for form in family)}


def assert_gone(root, words):
    """No output, cache or index has any of the words."""
    assert [] == leaks(root / "_site", words)
    assert [] == leaks(root / ".site-builder", words)
    assert set() == in_shards(root / "_site") & set(words)


HELD_BACK = [
    ("text_level: none\n", ""),
    ("embargo: 2030-01-01\n", ""),
    ("embargo: 2030\ntext_level: full\n", ""),
    ("embargo: when it is time\n", ""),
    ("text_level: a little\n", ""),
    ("status: withdrawn\n", ""),
    ("outlet: Post\n", ""),
    ("", 'text_level = "none"\n'),
]


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.parametrize(("head", "settings_file"), HELD_BACK)
def test_text_that_is_held_back_is_in_no_output(tmp_path, suffix, head, settings_file):
    """Not in pages, originals, records, shards, feeds, exports, nor in the private index."""
    hidden = article("hidden", head, suffix)
    write(tmp_path, [hidden, article("open", "text_level: full\n")], settings_file)
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "post.toml").write_text('name = "Post"\ntext_level = "none"\n')
    built = build(tmp_path, options=Options(as_of=TODAY))

    assert built.articles == 2
    assert_gone(tmp_path, hidden.words + hidden.caption)
    assert leaks(tmp_path / "_site", article("open").words)
    assert not list((tmp_path / "_site" / "hidden").rglob("original*"))
    assert verify(tmp_path / "_site").ok


@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_an_excerpt_shows_the_beginning_alone(tmp_path, suffix):
    """At most a quarter of the text, in whole words; the rest is nowhere."""
    some = article("some", "text_level: excerpt\n", suffix)
    write(tmp_path, [some, article("open")])
    build(tmp_path)
    shown = [word for word in some.words if leaks(tmp_path / "_site", [word])]

    assert some.words[: len(shown)] == shown
    assert 0.15 < len(shown) / len(some.words) <= 0.25
    assert_gone(tmp_path, some.words[len(shown) :] + some.caption)
    assert verify(tmp_path / "_site").ok
    with open_search(tmp_path, Options()) as index:
        assert ["some"] == [hit.id for hit in search(index, shown[0]).hits]


@given(
    st.lists(
        st.sampled_from(["full", "excerpt", "none", "withdrawn", "embargo"]), min_size=3, max_size=5
    )
)
@settings(max_examples=12)
def test_what_was_shown_goes_when_it_may_no_longer_be(tmp_path_factory, levels):
    """Level after level, each build leaves exactly what that level allows, as a clean build would."""
    root = tmp_path_factory.mktemp("levels")
    heads = {"withdrawn": "status: withdrawn\n", "embargo": "embargo: 2030-01-01\n"}
    words = article("a").words
    for level in levels:
        write(root, [article("a", heads.get(level, f"text_level: {level}\n")), article("b")])
        build(root, options=Options(as_of=TODAY))
        seen = [word for word in words if leaks(root / "_site", [word])]

        assert {"full": WORDS, "excerpt": len(seen)}.get(level, 0) == len(seen)
        assert len(seen) <= WORDS // 4 or level == "full"
        assert (level == "full") == (root / "_site" / "a" / "original.md").is_file()


def test_an_embargo_ends_on_its_day(tmp_path):
    """The build is told the day; the same archive, unchanged, then shows the text."""
    held = article("held", "embargo: 2026-11-22\n")
    write(tmp_path, [held])
    build(tmp_path, options=Options(as_of="2026-11-21"))
    before = leaks(tmp_path / "_site", held.words)
    page = (tmp_path / "_site" / "held" / "index.html").read_text("utf-8")
    build(tmp_path, options=Options(as_of="2026-11-22"))

    assert before == []
    assert "under embargo until 22 November 2026" in page
    assert leaks(tmp_path / "_site", held.words)


def test_without_a_day_no_embargo_is_over(tmp_path):
    """No clock is read: the person is told how to say what day it is."""
    held = article("held", "embargo: 1999-01-01\n")
    write(tmp_path, [held])
    built = build(tmp_path)

    assert [] == leaks(tmp_path / "_site", held.words)
    assert ["--as-of" in problem.hint for problem in built.problems] == [True]


@pytest.mark.parametrize(
    ("date", "as_of", "holds"),
    [
        ("2026", "2025-12-31", True),
        ("2026", "2026-01-01", False),
        ("2026-03", "2026-02-28", True),
        ("2026-03-04", "2026-03-04", False),
        ("2026-03-04", "", True),
        ("", "", False),
        ("soon", "2026-03-04", True),
    ],
)
def test_an_embargo_holds_until_the_first_day_it_names(date, as_of, holds):
    """A year or a month begins with its first day."""
    capture = Capture(path="a", size=0, sha256="", media_type="text/plain", encoding=Assertion())
    one = Article(permalink="a", capture=capture, reader="text", title=Assertion(), embargo=date)

    assert holds is embargoed(one, as_of)


@given(st.text(max_size=3_000))
def test_an_excerpt_is_a_beginning(text):
    """Never more than 600 characters or a quarter; no other word than the text's, in its order."""
    capture = Capture(path="a", size=0, sha256="", media_type="text/plain", encoding=Assertion())
    one = Article(permalink="a", capture=capture, reader="text", title=Assertion())
    shown = excerpt(Reading(article=one, markup="markdown", text="all of it"), text).text

    assert text.startswith(shown)
    assert len(shown) <= min(600, len(text) // 4)


def test_the_level_nearest_to_the_article_counts(tmp_path):
    """Its own word, else its outlet's, else the archive's."""
    write(
        tmp_path,
        [
            article("own", "outlet: Post\ntext_level: full\n"),
            article("post", "outlet: Post\n"),
            article("other"),
        ],
        'text_level = "excerpt"\n',
    )
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "post.toml").write_text('name = "Post"\ntext_level = "none"\n')
    build(tmp_path)
    shown = {
        name: len({word for _, word in leaks(tmp_path / "_site" / name, article(name).words)})
        for name in ("own", "post", "other")
    }

    assert (WORDS, 0) == (shown["own"], shown["post"])
    assert 0 < shown["other"] <= WORDS // 4
    assert Archive(root="/", title="x").text_level == "full"
