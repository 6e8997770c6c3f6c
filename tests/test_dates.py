"""Dates as people write them, to EDTF."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.reading.dates import Dated, read_date

CASES = re.findall(
    r"^ {4}(.+?) =>(.*)$",
    (Path(__file__).parent / "cases" / "dates.md").read_text("utf-8"),
    re.MULTILINE,
)
POINT = r"\d{4}(-\d\d(-\d\d)?)?[?~%]?"
EDTF = re.compile(rf"{POINT}(/{POINT})?")


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_a_written_date(written, expected):
    """Each line of cases/dates.md holds."""
    dated = read_date(written)

    assert expected.strip() == dated.value or expected.strip() == dated.fault
    assert not (dated.value and dated.fault)


def test_nothing_is_no_date():
    """An empty value is neither a date nor a fault."""
    assert Dated() == read_date(" ")


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00 GMT"]))
def test_whatever_can_be_read_is_read_right(day, form):
    """A day written in a certain form comes back as that day."""
    written = day.strftime(form.replace("%Y", f"{day.year:04}"))

    assert Dated(value=f"{day.year:04}-{day.month:02}-{day.day:02}") == read_date(written)


@given(st.text() | st.from_regex(r"[0-9 ./:TZ+?~%-]{1,30}"))
def test_any_text_is_a_real_date_or_none(text):
    """What comes out is always a date of the calendar, and never an exception."""
    dated = read_date(text)
    points = [re.sub("[?~%]", "", point) for point in dated.value.split("/") if point]

    assert not dated.value or EDTF.fullmatch(dated.value)
    assert all(date(*[*map(int, point.split("-")), 1, 1][:3]) for point in points)


@given(st.text())
def test_reading_a_value_again_changes_nothing(text):
    """A value in EDTF is its own value."""
    value = read_date(text).value

    assert value == read_date(value).value
