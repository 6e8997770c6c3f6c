"""Front matter: found, split off, and read into raw values with their places."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.reading.front_matter import front_matter
from site_builder.reading.front_matter.nodes import DEEPEST, as_text

PATIENCE = 2
"""Seconds for a hostile block; each of them once took many more, and gigabytes."""

CASES = re.findall(
    r"^## (.+?)\n\n\.\n(.*?)^\.\n(.*?)^\.$",
    (Path(__file__).parent / "cases" / "front_matter.md").read_text("utf-8"),
    re.MULTILINE | re.DOTALL,
)


def describe(text):
    """Write down what a file's front matter comes to."""
    front = front_matter(text, "a.md")
    title = [f"above: {front.title.text}"] if front.title else []
    entries = [f"{entry.line} {entry.key} = {as_text(entry.node)}" for entry in front.entries]
    problems = [f"a.md:{problem.line}: {problem.message}" for problem in front.problems]
    kind = [f"kind: {front.kind}"] if front.kind else []
    rest = text[front.cut[1] :].replace("\n", "⏎")
    lines = [
        *kind,
        *title,
        *entries,
        *(["kept as written"] if front.raw else []),
        f"text: {rest}",
        *problems,
    ]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(("name", "given_text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_block(name, given_text, expected):
    """Each case of cases/front_matter.md reads as documentation and runs as a test."""
    assert name
    assert expected == describe(given_text)


def nodes(node):
    """Give a node and all nodes in it."""
    yield node
    for inner in (*(node.items or ()), *(entry.node for entry in node.entries or ())):
        yield from nodes(inner)


@pytest.mark.parametrize(
    "name",
    [
        "YAML",
        "TOML",
        "JSON on one line",
        "Bold lines above a rule",
        "A colon too many",
        "A quote that is not closed",
        "Aliases are followed",
        "Tags of YAML are not obeyed",
        "Blank lines before the block",
    ],
)
def test_places_hold_the_words(name):
    """Where a value has a place, its words stand there; quotes and signs are left out."""
    (text,) = [case[1] for case in CASES if case[0] == name]
    front = front_matter(text, "a.md")
    placed = [node for entry in front.entries for node in nodes(entry.node) if node.chars]

    assert placed
    assert [node.text for node in placed] == [text[slice(*node.chars)] for node in placed]


@pytest.mark.parametrize(
    ("opening", "closing"), [("---\na: ", "\n---\n"), ("+++\na = ", "\n+++\n"), ('{"a": ', "\n}\n")]
)
@pytest.mark.parametrize("depth", [DEEPEST - 2, DEEPEST + 2, 500, 20_000])
def test_depth_is_bounded(opening, closing, depth):
    """Lists in lists are read up to a depth, and beyond it the lines are taken as they are."""
    text = f"{opening}{'[' * depth}{']' * depth}{closing}Text\n"
    front = front_matter(text, "a.md")

    assert text.endswith("Text\n")
    assert (depth > DEEPEST) is bool(front.problems)


@pytest.mark.parametrize(
    "block",
    [
        f'---\na: &a "{"x" * 100_000}"\nb: [{", ".join(["*a"] * 2000)}]\n---\n',
        "---\na: &a [1, 2]\n"
        + "".join(f"{this}: &{this} [{f'*{last}, ' * 9}]\n" for last, this in pairwise("abcdefgh"))
        + "---\n",
        f"+++\n{'a.' * 50_000}a = 1\n+++\n",
    ],
    ids=["a long text, many times", "lists of lists of lists", "a key of many tables"],
)
def test_a_few_lines_make_no_more_than_a_few_lines(block):
    """What a short block would grow to is worked out before it is made."""
    started = time.process_time()
    front = front_matter(f"{block}Text\n", "a.md")
    written = sum(len(as_text(entry.node)) for entry in front.entries)

    assert front.problems
    assert written < 2 * len(block)
    assert time.process_time() - started < PATIENCE


@given(
    st.sampled_from(
        ["---\n", "+++\n", '{"', "\n---\n", "# T\n---\n", "**a:** b\n**Year:** 1\n\n---\n"]
    ),
    st.text(st.sampled_from("ab:-=\"'[]{}#&*!|>%@`\n\t \\,.0\u0085\u2028\x00é")),
    st.sampled_from(["", "\n---\n", "\n+++\n", "\n}\n", "\n...\n"]),
)
def test_any_block_is_read(opening, inner, closing):
    """Nothing between fences crashes, and no cut leaves the text."""
    text = f"{opening}{inner}{closing}Text"
    front = front_matter(text, "a.md")

    assert 0 <= front.cut[0] <= front.cut[1] <= len(text)
    assert all(problem.hint and problem.line for problem in front.problems)
