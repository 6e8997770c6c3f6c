"""Outlets: one rule says which declared outlet a name means, wherever it is asked."""

import pytest

from site_builder.catalog import assemble
from site_builder.config import Archive
from site_builder.model import Original, Reason
from site_builder.outlet import Outlet, Rule
from site_builder.reading import read
from site_builder.reading.outlets import outlet_named

FOOTER = Rule(name="post.1@1", where="last", pattern="Read the Post daily", reason=Reason.FOOTER)
POST = Outlet(
    id="post", name="The Harbour Post", forms=("H. Post",), language="cy", rules=(FOOTER,)
)
TIMES = Outlet(id="times", name="Bay Times", forms=("H. Post",), language="en")
ARCHIVE = Archive(root="/x", title="T", outlets=(POST, TIMES))


def read_text(outlet, reader="text"):
    text = f"---\noutlet: {outlet}\n---\nThe pier\n\nIt is closed for the week.\n\nRead the Post daily\n"
    original = Original(path="articles/a.md", address="a.md", reader=reader)
    return read(original, text.encode(), ARCHIVE)


@pytest.mark.parametrize(
    "written", ["The Harbour Post", "the  harbour\u00a0POST", "post", "h. post", "\uff28. Post"]
)
def test_every_stage_finds_the_same_outlet(written):
    """Language, reading rules and the list of outlets agree on whose article it is."""
    reading = read_text(written)
    catalog, _ = assemble([reading.article], ARCHIVE)

    assert ("cy", "outlets/post.toml") == (
        reading.article.language.value,
        reading.article.language.where,
    )
    assert "Read the Post" not in reading.text
    assert ["post"] == [article.outlet_id for article in catalog.articles]


def test_a_name_that_nobody_declares_is_nobodys():
    """Neither an unknown name nor the lack of one means an outlet."""
    assert [None, None] == [outlet_named(name, ARCHIVE.outlets) for name in ("Gazette", " ")]


def test_an_outlet_whose_names_another_has_is_listed_all_the_same():
    """What the keeper declares is never lost: of two claims on a name the first in order counts."""
    twin = Outlet(id="h. post", name="H. Post")
    catalog, _ = assemble([], Archive(root="/x", title="T", outlets=(POST, twin)))

    assert ["h. post", "post"] == [outlet.id for outlet in catalog.outlets]
