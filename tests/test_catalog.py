"""The catalogue: order, collisions, outlets, neighbours."""

import pytest

from site_builder.catalog import assemble
from site_builder.config import Archive
from site_builder.model import UNKNOWN, Article, Assertion, Basis, Capture, Severity
from site_builder.outlet import Outlet


def stated(value):
    return Assertion(value=value, basis=Basis.STATED) if value else UNKNOWN


def article(permalink, date="", outlet="", path="", **more):
    capture = Capture(
        path=path or f"articles/{permalink}.md",
        size=1,
        sha256="0" * 64,
        media_type="text/markdown",
        encoding=stated("utf-8"),
    )
    return Article(
        permalink=permalink,
        capture=capture,
        reader="markdown",
        title=stated(permalink),
        published=stated(date),
        outlet=stated(outlet),
        **more,
    )


def catalogue(*articles, outlets=()):
    return assemble(articles, Archive(root="/x", title="T", outlets=outlets))


def permalinks(articles):
    return [article.permalink for article in articles]


def test_the_order_is_oldest_first_then_id_downwards():
    """Undated first, a year before its months, those before their days, one date by id descending."""
    dates = {"f": "2023-11-04", "e": "2023-11-04", "d": "2023-11", "c": "2023", "b": "", "a": ""}
    catalog, _ = catalogue(*(article(name, date) for name, date in dates.items()))

    assert permalinks(catalog.articles) == ["b", "a", "c", "d", "f", "e"]
    assert permalinks(catalog.newest()) == ["e", "f", "d", "c", "a", "b"]


def test_neighbours_are_those_before_and_after():
    """The oldest has nothing before it, the newest nothing after it."""
    catalog, _ = catalogue(article("a", "2001"), article("b", "2002"), article("c", "2003"))

    around = {
        name: tuple(other and other.permalink for other in catalog.around(name)[:2])
        for name in "abc"
    }

    assert around == {"a": (None, "b"), "b": ("a", "c"), "c": ("b", None)}


def test_lists_by_year_month_outlet_and_tag_are_newest_first():
    """Each list holds all that belongs to it, and nothing else."""
    catalog, _ = catalogue(
        article("a", "2023-11-01", "Post", tags=("x",)),
        article("b", "2023-11-02", "Post", tags=("x", "y")),
        article("c", "2023", "Times"),
        article("d"),
    )

    assert permalinks(catalog.of_year("2023")) == ["b", "a", "c"]
    assert permalinks(catalog.of_month("2023-11")) == ["b", "a"]
    assert permalinks(catalog.of_outlet("post")) == ["b", "a"]
    assert permalinks(catalog.of_outlet("")) == ["d"]
    assert permalinks(catalog.of_tag("x")) == ["b", "a"]
    assert permalinks(catalog.undated()) == ["d"]
    assert (
        catalog.years,
        catalog.tags,
    ) == (("2023",), {"x": 2, "y": 1})


@pytest.mark.parametrize(
    ("first", "second"),
    [("pier", "pier"), ("pier", "Pier"), ("caf\u00e9", "cafe\u0301")],
    ids=["same", "capitals", "composition"],
)
def test_one_address_is_given_to_the_first_and_the_other_is_named(first, second):
    """Of two articles with one address neither is lost in silence."""
    catalog, (problem,) = catalogue(
        article(second, path="articles/z.md"), article(first, path="articles/a.md")
    )

    assert [first] == permalinks(catalog.articles)
    assert (problem.severity, problem.path) == (Severity.ERROR, "articles/z.md")
    assert "articles/a.md" in problem.message
    assert "slug" in problem.hint


@pytest.mark.parametrize(
    "taken",
    [
        "search",
        "Outlets/post",
        "feed.xml",
        "404",
        "sitemap-2.xml",
        "pier/record.json",
        "pier/original.md/x",
    ],
)
def test_the_sites_own_addresses_are_not_given_away(taken):
    """An article cannot take the place of a page of the site."""
    catalog, (problem,) = catalogue(article("pier"), article(taken))

    assert permalinks(catalog.articles) == ["pier"]
    assert problem.severity == Severity.ERROR


def test_the_sites_own_addresses_are_kept_whatever_the_order_of_the_files():
    """A file that comes first in path order does not take the place of a later article's record."""
    catalog, (problem,) = catalogue(
        article("pier/record.json", path="articles/a.md"), article("pier", path="articles/z.md")
    )

    assert permalinks(catalog.articles) == ["pier"]
    assert problem.path == "articles/a.md"


def test_drafts_are_left_out_and_withdrawn_articles_stay():
    """A draft is nobody's business yet; a withdrawn article's record stays."""
    catalog, problems = catalogue(
        article("a", status="draft"), article("a", path="b.md"), article("c", status="withdrawn")
    )

    assert (catalog.drafts, problems) == (1, ())
    assert permalinks(catalog.articles) == ["c", "a"]


def test_an_outlet_is_found_by_any_of_its_names():
    """A declared outlet's own name is shown; the name as written is kept."""
    post = Outlet(id="post", name="Harbour Post", forms=("The Post",))
    catalog, _ = catalogue(
        article("a", outlet="harbour  POST"),
        article("b", outlet="The Post"),
        article("c", outlet="Harbour Post"),
        outlets=(post,),
    )

    outlets = {a.permalink: a.outlet for a in catalog.articles}

    assert {"post"} == {a.outlet_id for a in catalog.articles}
    assert [outlets[name].as_written for name in "abc"] == ["harbour  POST", "The Post", ""]
    assert {"Harbour Post"} == {outlet.value for outlet in outlets.values()}


def test_outlets_nobody_declared_are_listed_under_their_commonest_spelling():
    """Spellings that differ in case or spaces are one outlet; a declared id is never taken."""
    catalog, _ = catalogue(
        article("a", outlet="Bay Times"),
        article("b", outlet="bay times"),
        article("c", outlet="Bay Times"),
        article("d", outlet="Post!"),
        outlets=(Outlet(id="post", name="Harbour Post"),),
    )

    assert [(outlet.id, outlet.name) for outlet in catalog.outlets] == [
        ("bay-times", "Bay Times"),
        ("post", "Harbour Post"),
        ("post-2", "Post!"),
    ]


def test_no_outlet_takes_the_place_of_the_list_of_outlets():
    """What a stranger calls a publisher never is the name of one of our files."""
    catalog, _ = catalogue(article("a", outlet="index.html"))

    assert ["index.html-2"] == [outlet.id for outlet in catalog.outlets]


def test_an_alias_leads_to_its_article_unless_it_is_an_address_already():
    """Old addresses never hide pages."""
    catalog, (problem,) = catalogue(article("a", aliases=("old/a", "b")), article("b"))

    assert catalog.aliases == {"old/a": "a"}
    assert "'b'" in problem.message


@pytest.mark.parametrize(
    "alias",
    [
        "b/record.json",
        "b/original.txt",
        "b/index.html",
        "c.html",
        "d.html/e",
        "tags/x",
        "sitemap-1.xml",
    ],
)
def test_an_alias_never_takes_the_place_of_a_file_or_a_folder(alias):
    """No file of the site is a folder too."""
    others = article("b"), article("c.html/d"), article("e", aliases=("d.html",))
    catalog, (problem,) = catalogue(*others, article("x", aliases=(alias,)))

    assert catalog.aliases == {"d.html": "e"}
    assert repr(alias) in problem.message


def test_an_alias_that_is_the_articles_own_page_is_no_problem():
    """Old sites name a folder and the file in it."""
    catalog, problems = catalogue(article("a", aliases=("a/index.html", "A")))

    assert ({}, ()) == (catalog.aliases, problems)
