"""The head of an article's page, read as Zotero's translators and as JSON-LD parsers read it."""

import json

import msgspec
import pytest

from site_builder.pages.facts import rights_of
from site_builder.pages.head import article_head
from site_builder.pages.wording import rights_words

ADDRESS = "https://archive.example/harbour/"


@pytest.fixture(scope="module")
def flood(site, make):
    """The page on which everything is known."""
    return make.Page(site.texts["2023/flood/index.html"])


@pytest.fixture(scope="module")
def unknown(site, make):
    """The page on which date, outlet, author and address are unknown."""
    return make.Page(site.texts["supplied/index.html"])


def head_of(article, archive):
    rights = rights_words(rights_of(article, archive).value)
    return article_head(article, rights, archive, "../")


def test_zotero_finds_a_newspaper_article(flood):
    """Item type, title, authors, publication, date, language, rights, summary, archive and place."""
    names = {
        "z:itemType": ["newspaperArticle"],
        "DC.title": ["Flood “swallows” lower town"],
        "DC.creator": ["Ann Doe", "Bo Roe"],
        "prism.publicationName": ["Harbour Gazette"],
        "DCTERMS.issued": ["2023-11-04"],
        "DC.source": ["https://gazette.example/flood?a=1&b=2"],
        "DC.language": ["en"],
        "DC.identifier": [f"{ADDRESS}2023/flood/"],
        "DCTERMS.abstract": ["The quay stood under water."],
        "z:archive": ["Harbour <Press> Archive"],
        "z:archiveLocation": ["8df2367aeb56"],
        "z:extra": ["Original URL: https://gazette.example/flood?a=1&b=2"],
        "og:type": ["article"],
        "og:site_name": ["Harbour <Press> Archive"],
    }

    assert names == {name: flood.named(name) for name in names}


def test_what_is_unknown_is_said_so_that_zotero_does_not_guess(unknown):
    """Without these words Zotero would credit the archive, or take any date on the page."""
    assert ["[publisher not identified]"] == unknown.named("prism.publicationName")
    assert ["n.d."] == unknown.named("DC.date")
    assert [] == unknown.named("DCTERMS.issued") == unknown.named("DC.creator")


def test_what_misleads_zotero_is_on_no_page(site, make):
    """No `author`, no Highwire names, no COinS, no class with "byline"."""
    for path, text in site.texts.items():
        if not path.endswith(".html"):
            continue
        for tag, values in make.Page(text).tags:
            name = values.get("name") or ""

            assert (path, tag, name) == (path, tag, name.removeprefix("citation_"))
            assert tag != "meta" or name.lower() != "author"
            assert "byline" not in (values.get("class") or "")
            assert "Z3988" not in (values.get("class") or "")


def test_links_say_what_the_page_is(flood):
    """Signposting: where it stands, its record, its original, its licence, where it was published."""
    expected = {
        "canonical": [f"{ADDRESS}2023/flood/"],
        "cite-as": [f"{ADDRESS}2023/flood/"],
        "describedby": ["record.json"],
        "item": ["original.md"],
        "collection": ["../../"],
        "license": ["https://creativecommons.org/licenses/by/4.0/"],
        "via": ["https://gazette.example/flood?a=1&b=2"],
    }

    assert expected == {rel: flood.links(rel) for rel in expected}


def test_only_evaluated_rights_let_search_engines_in(flood, unknown):
    """Rights that nobody has looked at ask search engines to stay away."""
    assert [] == flood.named("robots")
    assert ["noindex"] == unknown.named("robots")


def test_json_ld_keeps_record_and_article_apart(flood):
    """Ours is the record, the outlet's is the article."""
    record, article = json.loads("".join(flood.scripts))["@graph"]

    assert record["publisher"]["name"] == "Local History Society"
    assert record["mainEntity"]["@id"] == article["@id"] == f"{ADDRESS}2023/flood/#article"
    assert article["publisher"]["name"] == "Harbour Gazette"
    assert article["datePublished"] == "2023-11-04"
    assert article["encoding"]["sha256"].startswith("8df2367aeb56")


def test_json_ld_leaves_out_what_is_not_known(unknown):
    """No date, no publisher, no author is made up."""
    _, article = json.loads("".join(unknown.scripts))["@graph"]

    assert not {"datePublished", "publisher", "author", "url"} & article.keys()


def test_json_ld_cannot_end_its_script(site, make):
    """A headline with script tags and entities comes back as it was, and opens no tag on the way."""
    page = make.Page(site.texts["hostile/index.html"])
    _, article = json.loads("".join(page.scripts))["@graph"]

    assert article["headline"] == make.HOSTILE.replace("\u202e", "")
    assert "<" not in "".join(page.scripts)


def test_nothing_turns_the_direction_where_nothing_can_hold_it_back(site):
    """Characters that turn the direction of a line are in no title element and no metadata."""
    head, _, _ = site.texts["hostile/index.html"].partition("</head>")

    assert "\u202e" not in head


def test_an_inferred_date_says_so_in_the_extra_field(make, archive):
    """A reference manager keeps the words with the date."""
    article = make.article("a", date=make.inferred("2016-03-18"))
    names = {meta.key: meta.content for meta in head_of(article, archive).names}

    assert names["DCTERMS.issued"] == "2016-03-18"
    assert names["z:extra"] == "Date inferred: from the file name"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address", "http://[broken", "//x"])
def test_only_web_addresses_become_links(make, archive, url):
    """Whatever stands in a file's `url:`, no page links to anything but http and https."""
    article = make.article("a", url=make.stated(url), rights=make.stated(url))
    site = make.rendered((article,), archive)
    links = [v.get("href") for _, v in make.Page(site.texts["a/index.html"]).tags]

    assert url not in links


def test_without_an_address_the_head_says_nothing_that_needs_one(make, archive):
    """Identifiers stay relative, and no canonical link is made up."""
    head = head_of(make.article("a"), msgspec.structs.replace(archive, address=""))
    record, _ = json.loads(head.json_ld)["@graph"]

    assert record["@id"] == "#record"
    assert "url" not in record
    assert not {"canonical", "cite-as"} & {link.rel for link in head.links}
    assert "DC.identifier" not in {meta.key for meta in head.names}


def test_a_supplied_headline_keeps_its_brackets(unknown):
    """Metadata shows what is not the publisher's, too."""
    assert ["[Seals]"] == unknown.named("DC.title") == unknown.named("og:title")
