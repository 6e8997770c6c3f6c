"""Edits: what is shown is made from the original by a list that anybody can replay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Edit, Reason
from site_builder.reading.edits import EditError, apply, cut_length, cuts, merge


def edit(start, end, replacement=""):
    return Edit(
        start=start, end=end, replacement=replacement, rule="test.rule@1", reason=Reason.CURATOR
    )


@st.composite
def texts_with_edits(draw):
    """A text of any characters, and a fitting list of edits."""
    text = draw(st.text())
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, [edit(start, end, draw(st.text(max_size=4))) for start, end in pairs]


def replayed(text, edits):
    """The few lines that any other program would write."""
    for change in reversed(edits):
        text = text[: change.start] + change.replacement + text[change.end :]
    return text


@given(texts_with_edits())
def test_applying_is_what_a_replay_from_the_end_gives(case):
    """Any list of edits on any text gives what the plainest program would make of it."""
    text, edits = case

    assert replayed(text, edits) == apply(text, edits)


@given(texts_with_edits())
def test_nothing_outside_the_edits_is_lost(case):
    """The shown text is the original's pieces between the edits, and the replacements."""
    text, edits = case
    inserted = sum(len(change.replacement) for change in edits)

    assert len(text) - cut_length(edits) + inserted == len(apply(text, edits))


@given(st.text())
def test_no_edits_change_nothing(text):
    """A text without edits is shown as it stands."""
    assert text == apply(text, [])


@given(texts_with_edits(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_merged_lists_can_be_replayed(case, places):
    """Whatever is merged can be replayed, and nothing of the first list is missing."""
    text, edits = case
    text += " " * 30
    others = [[edit(min(place), max(place), "x")] for place in places]
    merged = merge(edits, *others)
    apply(text, merged)

    assert [] == [change for change in edits if change not in merged]


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([edit(2, 9)], "does not lie in a text of 8 characters"),
        ([edit(-1, 2)], "does not lie in a text of 8 characters"),
        ([edit(3, 2)], "does not lie in a text of 8 characters"),
        ([edit(4, 6), edit(1, 2)], "out of order"),
        ([edit(1, 4), edit(3, 5)], "overlaps the edit test.rule@1 at 1-4"),
        ([edit(1, 4), edit(2, 2, " ")], "overlaps"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(edits, message):
    """A list that is out of order, overlapping or out of bounds is an error, never half applied."""
    with pytest.raises(EditError, match=message):
        apply("harbours", edits)


def test_an_insertion_may_touch_a_cut():
    """Two edits may meet at one place without overlapping."""
    edits = [edit(0, 3), edit(3, 3, "<"), edit(3, 3, ">"), edit(3, 4)]

    assert "<>our" == apply("harbour", edits)


def test_merging_keeps_the_earlier_lists_edit():
    """Where two lists want the same words, the first has its way and touching edits both stay."""
    first, second = [edit(2, 5)], [edit(1, 3), edit(3, 3, " "), edit(5, 5, " "), edit(5, 7)]

    assert (edit(2, 5), edit(5, 5, " "), edit(5, 7)) == merge(first, second)


def test_cuts_leave_insertions_out():
    """Only what is no longer shown as it stood counts as cut."""
    edits = [edit(0, 3), edit(4, 4, " ")]

    assert ((0, 3),) == cuts(edits)
