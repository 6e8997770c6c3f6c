import pytest

from site_builder.catalog import assemble
from site_builder.checks import check_articles
from site_builder.config import CONFIG_NAME, Archive
from site_builder.derived import Body
from site_builder.model import Article, Assertion, Basis, Capture
from site_builder.outlet import Outlet
from site_builder.rights import NOT_EVALUATED

RIGHTS = "https://creativecommons.org/licenses/by/4.0/"


def said(value):
    return Assertion(value=value, basis=Basis.STATED) if value else Assertion()


def an_article(name="quay", outlet="Harbour Echo", date="2023-11-04", **more):
    capture = Capture(
        path=f"articles/{name}.md",
        size=1,
        sha256="0" * 64,
        media_type="text/markdown",
        encoding=said("utf-8"),
    )
    return Article(
        permalink=name,
        capture=capture,
        reader="markdown",
        title=said(name),
        outlet=said(outlet),
        published=said(date),
        **more,
    )


def archive_with(*outlets, address="https://example.org/repo/", rights=RIGHTS):
    return Archive(
        root="/a",
        title="Saltmere",
        address=address,
        rights=rights,
        outlets=outlets,
        contact="a@b.example",
    )


def by_permalink(link, _article, book):
    """Stand in for the rule of pages: a link is the permalink it means."""
    return link if link in book.permalinks else ""


def found(articles, archive=None, links=()):
    """Give path and message of each problem; every article has the same links."""
    archive = archive or archive_with()
    catalog, _ = assemble(articles, archive)
    pairs = [(article, Body(html="", text="", links=links)) for article in catalog.articles]
    problems = check_articles(pairs, catalog, archive, by_permalink)
    return [(problem.path, problem.message) for problem in problems]


def test_an_archive_in_order_has_nothing_to_look_at():
    """Silence means that all is well."""
    assert found([an_article("a"), an_article("b")]) == []


def test_each_article_that_lacks_what_others_have_is_named_once():
    """One line an article, whatever it lacks, in the order of the paths."""
    articles = [
        an_article("c", date=""),
        an_article("b", outlet="", date=""),
        an_article("a", outlet=""),
        an_article("d"),
    ]

    assert found(articles) == [
        ("articles/a.md", "no outlet is known"),
        ("articles/b.md", "no date of publication and no outlet is known"),
        ("articles/c.md", "no date of publication is known"),
    ]


def test_what_no_article_has_is_said_once():
    """Ten thousand articles of a blog without outlets need one line, not ten thousand."""
    assert found([an_article(name, outlet="") for name in "abc"]) == [
        ("archive.toml", "none of the 3 articles has a known outlet")
    ]


def test_a_withdrawn_article_is_left_in_peace():
    """Nobody will mend what is gone."""
    gone = an_article("gone", outlet="", date="", status="withdrawn")

    assert found([gone, an_article("a"), an_article("b")]) == []


@pytest.mark.parametrize(
    ("link", "broken"),
    [
        ("nowhere", True),
        ("quay", False),
        ("../about/", False),
        ("../tags/tide/#x", False),
        ("../", False),
        ("/repo/dates/2023/", False),
        ("/repo/", False),
        ("/dates/2023/", True),
        ("record.json", False),
        ("../bridge/original.md", False),
        ("../nowhere/original.md", True),
        ("../../outside/", True),
        ("%2e%2e/about/", False),
    ],
)
def test_links_into_the_archive_must_lead_somewhere(link, broken):
    """To an article, to a page of the site, or to an article's record or original."""
    problems = found([an_article("quay"), an_article("bridge")], links=(link,))

    assert [path for path, _ in problems] == ["articles/bridge.md", "articles/quay.md"] * broken


def test_many_broken_links_make_one_line():
    """The first three are named, the rest are counted."""
    problems = found([an_article("a")], links=("p", "q", "r", "s", "t"))

    assert problems == [("articles/a.md", "links to nothing in this archive: p, q, r and 2 more")]


@pytest.mark.parametrize("written", ["PressTV", "The Press TV", "Press.TV", "Préss TV"])
def test_an_outlet_that_looks_like_a_declared_one_is_pointed_out(written):
    """A space too few makes two publishers of one, and splits its articles over two pages."""
    archive = archive_with(Outlet(id="press-tv", name="Press TV"))
    problems = found([an_article("a", outlet="Press TV"), an_article("b", outlet=written)], archive)

    assert problems == [
        ("articles/b.md", f"the outlet {written!r} may be 'Press TV'; they are listed as two")
    ]


def test_outlets_that_nobody_declares_are_compared_too():
    """Without files for outlets the two spellings still stand side by side."""
    articles = [an_article("a", outlet="Tide Times"), an_article("b", outlet="TideTimes")]
    [(path, message)] = found(articles)

    assert path == "articles/b.md"
    assert "'TideTimes' may be 'Tide Times'" in message


def test_forms_of_a_declared_outlet_and_other_outlets_are_fine():
    """What the keeper has said once is not asked again."""
    archive = archive_with(Outlet(id="press-tv", name="Press TV", forms=("PressTV",)))
    articles = [an_article("a", outlet="PressTV"), an_article("b", outlet="Harbour Echo")]

    assert found(articles, archive) == []


def test_rights_on_neither_list_are_named():
    """A slip in an address, and words that no program understands: in the settings and in an article."""
    slip = "http://rightsstatements.org/vocab/CNEE/1.0/"
    own = an_article("own", rights=said("All rights reserved"))
    problems = found([own, an_article("b", rights=said(RIGHTS))], archive_with(rights=slip))

    assert [path for path, message in problems if "no statement or licence" in message] == [
        CONFIG_NAME,
        "articles/own.md",
    ]


def test_an_archive_that_cannot_be_written_to_is_said():
    """Who is harmed by an article must be able to reach somebody."""
    silent = Archive(root="/a", title="S", address="https://example.org/", rights=RIGHTS)

    assert [message for _, message in found([an_article("a")], silent)] == [
        "readers are not told where to write about errors, rights or harm"
    ]


def test_rights_that_nobody_chose_are_said():
    """The default is a statement that nothing was evaluated: a publisher should know."""
    archive = archive_with(address="https://example.org/", rights=NOT_EVALUATED)
    own = an_article("own", rights=said(RIGHTS))

    assert found([an_article("a"), own], archive) == [
        ("archive.toml", "for 1 article nobody has said what readers may do with the text")
    ]
    assert found([own], archive) == []


def test_an_unknown_address_is_said():
    """Without it there is no sitemap, and a citation has no address."""
    [(path, message)] = found([an_article("a")], archive_with(address=""))

    assert path == "archive.toml"
    assert "address is not known" in message


def test_the_links_of_a_withdrawn_article_are_nobodys_business():
    """Its text is gone from the site, and so are its links."""
    articles = [an_article("a", status="withdrawn"), an_article("b", status="withdrawn")]

    assert found(articles, links=("nowhere",)) == []


def test_a_name_that_two_outlets_claim_is_pointed_out():
    """Only one of them gets the articles, and the problem says which."""
    echo = Outlet(id="echo", name="Harbour Echo")
    times = Outlet(id="times", name="Harbour Times", forms=("harbour  echo",))

    ((path, message),) = found([an_article("a")], archive_with(echo, times))

    assert path == "outlets/times.toml"
    assert "outlets/echo.toml" in message
