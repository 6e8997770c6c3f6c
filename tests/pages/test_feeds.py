"""Feed, sitemap, robots: what programs read."""

import msgspec
from lxml import etree

from site_builder.config import Archive
from site_builder.pages import feeds

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(text):
    return etree.fromstring(text.encode())


def entries(text):
    return parsed(text).findall(f"{ATOM}entry")


def test_the_feed_lists_dated_public_articles_newest_first(site):
    """Undated ones have no moment to stand under, withdrawn ones are not offered."""
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries(site.texts["feed.xml"])]
    known = ["2023/flood/", "2023/bridge/", "2023/year-only/", "hostile/"]

    assert links[:4] == [f"https://archive.example/harbour/{link}" for link in known]
    assert len(links) == 6
    assert not [link for link in links if "gone" in link or "supplied" in link]


def test_an_entry_says_what_the_article_says(site, make):
    """Headline, date, authors, outlet, summary; a hostile headline is text."""
    first, *_, hostile = entries(site.texts["feed.xml"])[:4]

    assert first.findtext(f"{ATOM}title") == "Flood “swallows” lower town"
    assert first.findtext(f"{ATOM}published") == "2023-11-04T00:00:00Z"
    assert first.findtext(f"{ATOM}source/{ATOM}title") == "Harbour Gazette"
    assert first.findtext(f"{ATOM}summary") == "The quay stood under water."
    assert [name.text for name in first.iterfind(f"{ATOM}author/{ATOM}name")] == [
        "Ann Doe",
        "Bo Roe",
    ]
    assert hostile.findtext(f"{ATOM}title") == make.HOSTILE.replace("\u202e", "")


def test_a_partial_date_gives_no_day_of_publication(site):
    """`updated` must be a moment and is the first day it may be; `published` is left out."""
    _, bridge, year_only, *_ = entries(site.texts["feed.xml"])

    assert bridge.findtext(f"{ATOM}updated") == "2023-11-01T00:00:00Z"
    assert year_only.findtext(f"{ATOM}updated") == "2023-01-01T00:00:00Z"
    assert bridge.find(f"{ATOM}published") is None


def test_the_archive_is_never_an_articles_author(site):
    """Without a byline the outlet is named, without an outlet nobody is."""
    _, bridge, _, hostile, *_ = entries(site.texts["feed.xml"])

    assert bridge.findtext(f"{ATOM}author/{ATOM}name") == "Harbour Gazette"
    assert hostile.findtext(f"{ATOM}author/{ATOM}name") == "[publisher not identified]"


def test_a_feed_has_the_newest_thirty(make, archive):
    """However many articles there are."""
    articles = tuple(make.article(f"a{n:02}", date=f"20{n:02}") for n in range(40))
    text = make.rendered(articles, archive).texts["feed.xml"]

    assert len(entries(text)) == 30
    assert parsed(text).findtext(f"{ATOM}updated") == "2039-01-01T00:00:00Z"


def test_without_an_address_links_are_relative_and_ids_are_urns(make, articles, archive):
    """Ids last all the same: they are made from names, and no two are equal."""
    bare = msgspec.structs.replace(archive, address="")
    root = parsed(make.rendered(articles, bare).texts["feed.xml"])
    ids = [element.text for element in root.iter(f"{ATOM}id")]

    assert root.find(f"{ATOM}entry/{ATOM}link").get("href") == "2023/flood/"
    assert all(name.startswith("urn:uuid:") for name in ids)
    assert len(ids) == len(set(ids)) == 7


def test_an_empty_feed_is_a_feed(make, tmp_path):
    """It still has the moment of change that Atom asks for, and no clock gives it."""
    text = make.rendered((), Archive(root=str(tmp_path), title="T")).texts["feed.xml"]

    assert parsed(text).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_sitemap_lists_what_search_engines_may_list(site):
    """The overviews, and articles whose rights are evaluated; each as an absolute address."""
    found = [element.text for element in parsed(site.texts["sitemap.xml"]).iter(f"{SITEMAP}loc")]
    base = "https://archive.example/harbour/"
    overviews = [base, f"{base}dates/", f"{base}outlets/", f"{base}tags/", f"{base}about/"]

    assert found == [*overviews, f"{base}2023/flood/"]


def test_a_long_sitemap_is_cut_and_has_an_index(make, archive, monkeypatch):
    """No file holds more addresses than sitemaps.org allows, and none is lost."""
    monkeypatch.setattr(feeds, "_SITEMAP_LENGTH", 4)
    licence = make.stated("https://creativecommons.org/licenses/by/4.0/")
    articles = tuple(make.article(f"a{n}", rights=licence) for n in range(5))
    texts = make.rendered(articles, archive).texts
    parts = [texts[f"sitemap-{number}.xml"] for number in (1, 2, 3)]

    assert [4, 4, 2] == [len(parsed(part).findall(f"{SITEMAP}url")) for part in parts]
    assert texts["sitemap.xml"].count("<sitemap>") == 3


def test_hosts_find_their_files(site, make, tmp_path):
    """GitHub Pages is told to leave names alone, and the domain where there is one."""
    plain = make.rendered((), Archive(root=str(tmp_path), title="T"))

    assert site.texts["CNAME"] == "archive.example\n"
    assert site.texts[".nojekyll"] == ""
    assert site.texts["robots.txt"].endswith(
        "Sitemap: https://archive.example/harbour/sitemap.xml\n"
    )
    assert "CNAME" not in plain.paths


def test_two_old_addresses_of_one_file_make_one_page(make, archive):
    """`flood` and `flood/index.html` are one file."""
    article = make.article("a", aliases=("flood", "flood/index.html", "flood.htm"))
    texts = make.rendered((article,), archive).texts
    redirects = [path for path, text in texts.items() if 'http-equiv="refresh"' in text]

    assert sorted(redirects) == ["flood.htm", "flood/index.html"]
