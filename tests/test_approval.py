"""Where rules take much, a person is asked; and what the person said is heeded."""

import pytest

from site_builder.config import Archive
from site_builder.model import Edit, Original, Reason
from site_builder.reading import read
from site_builder.reading.text.approval import problems

ORIGINAL = Original(path="articles/pier.txt", address="pier.txt", reader="text")
TEXT = """Pier closes

The pier on March 9, 2021. (Photo: J. Doe)

It closed on Tuesday, 9 March 2021, and opens in May.
"""


def said(approved=""):
    """Read a text of which a caption is 39 %, with this front matter."""
    front = f"---\napproved_cut: {approved}\n---\n" if approved else ""
    reading = read(ORIGINAL, (front + TEXT).encode(), Archive(root="/", title="A"))
    return [problem.message for problem in reading.problems]


def test_a_person_approves_what_rules_take_up_to_a_share():
    """What was seen is not asked again; more than that is."""
    assert said() == ["the reading rules took 39% of this text out"]
    assert said("40%") == []
    assert said("30%") == ["the reading rules took 39% of this text out"]


def test_an_approval_that_is_no_share_is_said():
    """It approves nothing."""
    assert said("yes") == [
        "'approved_cut' should be a share",
        "the reading rules took 39% of this text out",
    ]


@pytest.mark.parametrize(
    ("start", "end", "is_asked"),
    [
        (0, 4, False),
        (0, 7, True),  # its beginning
        (8, 9, True),  # its middle
        (5, 16, False),  # all of it
        (8, 8, False),  # a space put in
    ],
)
def test_a_quotation_that_is_cut_in_part_needs_a_person(start, end, is_asked):
    """All of it may go, and a space may come in; else a person is asked, once."""
    text = "say: “the quay” fell, he said to them all and to others there.\n" * 2
    put = " " if start == end else ""
    edit = Edit(start=start, end=end, replacement=put, rule="r@1", reason=Reason.ADVERT)
    found = list(problems("a.txt", text, 0, [edit], 0.0))

    assert ["the reading rules took a part of a quotation out"] * is_asked == [
        problem.message for problem in found
    ]
    assert list(problems("a.txt", text, 0, [edit], 0.5)) == []
