"""Addresses: from file names and slugs to paths below the site's root."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Severity
from site_builder.reading.permalinks import LONGEST_SEGMENT, alias, permalink, slugify
from site_builder.reading.refused import Refused


@pytest.mark.parametrize(
    ("address", "slug", "expected"),
    [
        ("2020/harbour.md", "", "2020/harbour"),
        ("a/b.HTML", "", "a/b"),
        ("1.0-notes.md", "", "1.0-notes"),
        ("notes-1.0", "", "notes-1.0"),
        ("Flood & bridge (final).md", "", "Flood-bridge-final"),
        ("a b/c#d%20?.md", "", "a-b/c-d-20"),
        ("nested/story/index.md", "", "nested/story"),
        ("index.md", "", "index"),
        ("مرفأ المدينة.txt", "", "مرفأ-المدينة"),
        ("港の町.md", "", "港の町"),
        ("cafe\u0301.md", "", "caf\u00e9"),
        ("-dash-.md", "", "dash"),
        ("a/_b.md", "", "a/_b"),
        ("x.md", "old/place", "old/place"),
        ("x.md", "/old//place/", "old/place"),
        ("x.md", "../../../tmp/x", "tmp/x"),
        ("x.md", "a\\..\\b", "a-..-b"),
        ("x.md", "Keep-Case", "Keep-Case"),
        ("x.md", "story.html", "story.html"),
    ],
)
def test_permalink(address, slug, expected):
    """A slug wins over the path; what is unsafe becomes hyphens; nothing climbs up."""
    assert expected == permalink(address, slug)


@pytest.mark.parametrize(("address", "slug"), [("🎉.md", ""), ("x.md", "../.."), ("x" * 201, "")])
def test_no_address(address, slug):
    """An address of nothing, or one too long for a disk, leaves the file out."""
    with pytest.raises(Refused) as refused:
        permalink(address, slug, path="articles/x.md")

    assert "articles/x.md" == refused.value.problem.path
    assert Severity.ERROR is refused.value.problem.severity
    assert refused.value.problem.hint


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("/2014/03/harbour/", "2014/03/harbour"),
        ("2015/a.html", "2015/a.html"),
        ("https://old.example/a/b?c#d", "a/b"),
        ("/../../etc", "etc"),
        ("/", ""),
        ("x" * 300, ""),
    ],
)
def test_alias(written, expected):
    """An old address keeps its suffix, and loses its host and its slashes."""
    assert expected == alias(written)


@given(st.text())
def test_slugifying_twice_changes_nothing(text):
    """A safe segment is its own slug."""
    assert slugify(text) == slugify(slugify(text))


@given(st.text(), st.text())
def test_permalinks_are_always_safe(address, slug):
    """Whatever is asked for, the address has no empty, hidden, climbing or overlong part."""
    try:
        parts = permalink(address, slug).split("/")
    except Refused:
        return

    assert all(part and part not in {".", ".."} for part in parts)
    assert not any(part.startswith(("-", ".")) or part.endswith(("-", ".")) for part in parts)
    assert all(len(part.encode()) <= LONGEST_SEGMENT for part in parts)
    assert all(unicodedata.is_normalized("NFC", part) for part in parts)
