"""docs/profiles.md: its example is read as it says, and every mistake in a profile is located."""

import re
from pathlib import Path

import pytest

from site_builder.config import load
from site_builder.errors import ConfigError
from site_builder.model import Original
from site_builder.reading import read

PAGE = (Path(__file__).parent.parent / "docs" / "profiles.md").read_text("utf-8")
(PROFILE,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
TEXT, EXPECTED = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)


def reading_of(tmp_path, profile, text):
    (tmp_path / "outlets").mkdir(exist_ok=True)
    (tmp_path / "outlets" / "echo.toml").write_text(profile, "utf-8")
    original = Original(path="a.txt", address="a.txt", reader="text")
    return read(original, text.encode(), load(tmp_path))


def test_the_example_is_read_as_the_page_says(tmp_path):
    """Breadcrumb, dateline, caption, footer, and a line that feeds a value and stays."""
    reading = reading_of(tmp_path, PROFILE, TEXT)
    article = reading.article
    lines = {
        "title": article.title.value,
        "section": article.section.value,
        "published": article.published.value,
        "authors": ", ".join(author.value for author in article.authors),
        "outlet": f"{article.outlet.value} ({article.outlet.basis}: {article.outlet.note})",
        "captions": ", ".join(caption.value for caption in article.captions),
        "text": reading.text.strip().replace("\n", " | "),
    }

    assert EXPECTED == "".join(f"{name}: {value}\n" for name, value in lines.items())
    assert {"echo.1@2", "echo.2@2", "echo.3@2", "echo.4@2"} <= {e.rule for e in reading.edits}


@pytest.mark.parametrize(
    ("order", "date"),
    [("day-month-year", "2023-11-04"), ("month-day-year", "2023-04-11"), ("", "")],
)
def test_the_order_of_a_date_is_known_or_it_is_none(tmp_path, order, date):
    """Without it, a date that may be two is no date, and its line stays."""
    profile = PROFILE.replace("day-month-year", order)
    reading = reading_of(tmp_path, profile, TEXT)

    assert date == reading.article.published.value
    assert ("Published 04/11/2023" in reading.text) is not bool(date)


def test_a_group_of_another_name_is_a_fault(tmp_path):
    """It would feed nothing, and nobody would notice."""
    with pytest.raises(ConfigError, match="has a group 'sectoin'") as caught:
        reading_of(tmp_path, PROFILE.replace("<section>", "<sectoin>"), TEXT)

    assert (caught.value.path, caught.value.line) == ("outlets/echo.toml", 8)
