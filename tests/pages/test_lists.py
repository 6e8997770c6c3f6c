"""Lists: every article in each list that it belongs to, once."""

import re
from collections import Counter
from pathlib import Path

import pytest

from site_builder import pages
from site_builder.catalog import assemble
from site_builder.pages import lists, overviews
from site_builder.pages.views import row

LENGTH = lists.PAGE_LENGTH


@pytest.fixture(scope="module")
def many(make):
    """Articles enough for several pages of each kind of list."""
    dates = ("2023-11-04", "2023-11", "2023", "2022-02-02", "")
    return tuple(
        make.article(
            f"a{n:03}", date=dates[n % 5], outlet=f"Paper {n % 2}", tags=("News", f"t{n % 3}")
        )
        for n in range(5 * LENGTH + 5)
    )


def listed(texts, folder):
    """Give what the pages of a list link to, in order."""
    pattern = re.compile(rf"{folder}/(?:page/(\d+)/)?index\.html")
    pages = sorted((int(m[1] or 1), path) for path in texts if (m := pattern.fullmatch(path)))
    found = []
    for _, path in pages:
        rows = texts[path].partition('<ol class="rows">')[2].partition("</ol>")[0]
        found += re.findall(r'<a href="(?:\.\./)*([^"]+)/"', rows)
    return found


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        ("dates/2023", lambda a: a.published.value.startswith("2023")),
        ("dates/2023/11", lambda a: a.published.value.startswith("2023-11")),
        ("dates/undated", lambda a: not a.published.value),
        ("outlets/paper-1", lambda a: a.outlet.value == "Paper 1"),
        ("tags/news", lambda _: True),
        ("tags/t2", lambda a: "t2" in a.tags),
    ],
)
def test_every_article_is_in_its_lists_once(make, archive, many, folder, wanted):
    """Whatever the number of pages, newest first, nothing twice, nothing lost."""
    site = make.rendered(many, archive)
    expected = [a.permalink for a in site.catalog.newest() if wanted(a)]

    assert expected == listed(site.texts, folder)


def test_no_page_of_a_list_is_longer_than_the_rest(make, archive, many):
    """Fifty rows a page, whatever the list."""
    site = make.rendered(many, archive)
    rows = [text.count('<p class="meta">') for path, text in site.texts.items() if "/page/" in path]

    assert max(rows) <= LENGTH + 1


def test_pages_of_a_list_name_their_neighbours(archive, many):
    """The first page has no page before it, the last none after it."""
    catalog, _ = assemble(many, archive)
    rows = {article.permalink: row(article) for article in catalog.articles}
    pages = [p for listing in lists.listings(catalog) for p in lists.list_pages(listing, rows)]
    news = [page for page in pages if page.path.startswith("tags/news/")]

    assert ("", "tags/news/page/2/") == (news[0].before, news[0].after)
    assert ("tags/news/", "tags/news/page/3/") == (news[1].before, news[1].after)
    assert news[-1].after == ""


def test_no_tag_takes_the_place_of_the_list_of_tags(make, archive):
    """Whatever a stranger calls a tag, its page has a folder of its own."""
    site = make.rendered([make.article("a", tags=("index.html", "Index.HTML"))], archive)
    pages = [path.split("/") for path in site.paths if path.startswith("tags/")]
    (own,) = [folder for _, folder, *_ in pages if folder.startswith("index.html-")]

    assert sorted([["tags", "index.html"], ["tags", own, "index.html"]]) == sorted(pages)


def test_no_page_has_more_than_a_few_hundred_links(make, archive):
    """However many years, outlets and tags there are: each is reached, from pages of bearable length."""
    articles = tuple(
        make.article(
            f"a{n:04}",
            date=f"{1700 + n % 260}-{1 + n % 12:02}",
            outlet=f"Paper {n % 450}",
            tags=(f"tag {n % 900}", "page"),
        )
        for n in range(1_800)
    )
    catalog, _ = assemble(articles, archive)
    theme = pages.open_theme(Path(archive.root))
    drafts = [
        one for one in pages.site_pages(theme, catalog, archive) if isinstance(one, pages.Draft)
    ]
    texts = {draft.path: theme.fill(draft).content.decode() for draft in drafts}
    links = {path: len(re.findall("<a ", text)) for path, text in texts.items()}

    assert [] == [path for path, number in links.items() if number > 350]
    for kind, number, parts in (("outlets", 450, 3), ("tags", 900, 5)):
        overview = re.compile(rf"{kind}/(page/\d+/)?index\.html")
        own = [text for path, text in texts.items() if overview.fullmatch(path)]
        named = (re.findall(rf'href="(?:\.\./)*({kind}/\w+-\d+)/"', text) for text in own)
        found = Counter(address for addresses in named for address in addresses)

        assert parts == len(own)
        assert {1} == set(found.values())
        assert number == len(found)


def test_tags_that_differ_in_case_or_signs_share_a_page(make, archive):
    """Both spellings are shown; an article that has both is listed once."""
    articles = (
        make.article("a", tags=("Sea ice", "sea-ice")),
        make.article("b", tags=("SEA ICE",)),
    )
    site = make.rendered(articles, archive)
    ((_, letters),) = overviews.tag_pages(site.catalog)
    names = [tag.text for letter in letters for tag in letter.tags]

    assert names == ["SEA ICE / Sea ice / sea-ice"]
    assert sorted(listed(site.texts, "tags/sea-ice")) == ["a", "b"]


def test_any_text_can_be_a_tag(make, archive):
    """Signs alone, slashes, other scripts, and tags longer than a file name may be."""
    tags = ("C/C++", "!!!", "???", "海の町", "é" * 300, "..", "page")
    site = make.rendered((make.article("a", tags=tags),), archive)
    pages = [path for path in site.paths if path.startswith("tags/") and path != "tags/index.html"]

    assert len(pages) == len(tags)
    assert all(path.count("/") == 2 for path in pages)
    assert all(len(part.encode()) <= 200 for path in pages for part in path.split("/"))


def test_a_month_counts_those_dated_to_it(archive, many):
    """An article of which only the year is known is in no month."""
    catalog, _ = assemble(many, archive)
    (november,) = lists.months("2023", catalog)
    counted = Counter(article.published.value for article in many)

    assert (november.text, november.address) == ("November", "dates/2023/11/")
    assert november.number == counted["2023-11-04"] + counted["2023-11"]


def test_many_years_are_counted_by_decade_on_the_front_page(make, archive):
    """Two centuries fit on a phone, and each decade leads to its place in the overview by date."""
    articles = tuple(make.article(f"a{year}", date=str(year)) for year in range(1861, 1891))
    site = make.rendered(articles, archive)
    decades = [line.text for line in overviews.front(site.catalog).years]

    assert decades == ["1890s", "1880s", "1870s", "1860s"]
    assert 'href="dates/#decade-1870"' in site.texts["index.html"]
    assert 'id="decade-1870"' in site.texts["dates/index.html"]


def test_the_front_page_counts_what_is_there(site):
    """Articles, outlets, undated ones, and the dates between which all others lie."""
    found = overviews.totals(site.catalog)

    assert (found.articles, found.undated, found.withdrawn, found.without_outlet) == (8, 1, 1, 3)
    assert found.coverage == "18 March 2016 to 4 November 2023"


@pytest.mark.parametrize(("date", "linked"), [("", True), ("2023", False)])
def test_undated_articles_are_led_to_where_there_are_some(make, archive, date, linked):
    """The overview by date does not offer an empty list."""
    site = make.rendered((make.article("a", date=date), make.article("b", date="2022")), archive)

    assert ("dates/undated/" in site.texts["dates/index.html"]) == linked
