"""What a reader types: the cases both languages share, and what must always hold."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.search.query import parse, to_json

CASES = json.loads((Path(__file__).parent / "cases" / "queries.json").read_text("utf-8"))

PIECES = [
    '"',
    "“",
    "(",
    ")",
    "-",
    "OR",
    "AND",
    " ",
    "storm",
    "海",
    "*",
    "~",
    "title:",
    "date:",
    "2023",
]
TYPED = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_shared_cases(case):
    """Both languages pass the cases of queries.json."""
    assert case["nodes"] == to_json(parse(case["query"]))


@given(st.text() | TYPED)
@settings(max_examples=300, deadline=None)
def test_nothing_a_person_can_type_is_an_error(text):
    """Any text parses, and its nodes can be written as JSON."""
    assert isinstance(json.dumps(to_json(parse(text))), str)


@given(TYPED)
@settings(max_examples=200, deadline=None)
def test_the_shape_of_quotes_is_no_difference(text):
    """Curly quotes are quotes."""
    straight = text.replace("“", '"')

    assert parse(straight) == parse(straight.replace('"', "”"))


@given(TYPED)
@settings(max_examples=200, deadline=None)
def test_parentheses_around_all_of_it_change_only_the_nesting(text):
    """A query in parentheses is one item: its own items, all of them."""
    inner = to_json(parse(text))
    if "(" in text or ")" in text or '"' in text or "“" in text:
        return
    expected = inner if len(inner) < 2 else [{"all": inner}]

    assert expected == to_json(parse(f"({text})"))


def test_deep_nesting_is_no_crash():
    """Thousands of parentheses are read, and those too deep are passed over."""
    assert [{"word": "sea"}] == to_json(parse("(" * 900 + "sea" + ")" * 900))
