"""The example is an archive of one of everything: what is in it, and what its site says of each."""

import json
import re
from collections import Counter

import pytest

from site_builder import config
from site_builder.catalog import assemble
from site_builder.model import Severity
from site_builder.reading import read
from site_builder.scan import scan

STATED, INFERRED, UNKNOWN = "stated", "inferred", "unknown"
NOT_KNOWN = ("", UNKNOWN)
GAZETTE = ("Saltmere Gazette", STATED)
TIMES = ("Harbour Times", STATED)
RADIO = ("Coast Radio", STATED)

SHOWN = {
    "saltmere-gazette/1887-breakwater-opened.md": (
        ("The Breakwater Opened: A Work of Three Years Brought to Its End", STATED),
        ("1887", STATED),
        GAZETTE,
    ),
    "saltmere-gazette/2015/night-ferry-trial.md": (
        ("Night ferry to Sandholm begins a ten-week trial", STATED),
        ("2015-01-05", STATED),
        GAZETTE,
    ),
    "saltmere-gazette/2016-03-18-storm-opens-gap-in-breakwater.md": (
        ("Storm opens a gap in the Long Arm", STATED),
        ("2016-03-18", STATED),
        GAZETTE,
    ),
    "saltmere-gazette/2023/lower-town-flood/index.md": (
        ("Lower town under water after the highest tide in seventy years", STATED),
        ("2023-11-04", STATED),
        GAZETTE,
    ),
    "saltmere-gazette/2023/flooded-addresses.md": (
        ("Street by street: which homes were flooded", STATED),
        ("2023-11-12", STATED),
        GAZETTE,
    ),
    "harbour-times/2019/kittiwake-retires.md": (
        ("After 41 years and a million passengers, the Kittiwake ties up", STATED),
        ("2019-06-02", STATED),
        TIMES,
    ),
    "coast-radio/council-votes-for-lifting-bridge.md": (
        ("Council votes for a lifting bridge, by one vote", STATED),
        ("2021-09-14", STATED),
        RADIO,
    ),
    "coast-radio/volunteers-at-the-sports-hall.md": (
        ("متطوعون يفتحون أبواب القاعة الرياضية لمتضرري فيضان سولتمير", STATED),
        ("2023-11-06", STATED),
        RADIO,
    ),
    "coast-radio/汐浜町の視察団.md": (
        ("高潮への備え学び合う　汐浜町の視察団がソルトミアに", STATED),
        ("2024-05-20", STATED),
        RADIO,
    ),
    "saved-pages/chandlers-bridge-first-lift.html": (
        ("New Chandler\u2019s Bridge lifts for the first time", STATED),
        ("2024-02-16", STATED),
        TIMES,
    ),
    "saved-pages/winter-ferry-timetable.html": (
        ("Fewer boats, but none at dawn: the ferry\u2019s winter timetable", STATED),
        ("2023-10-28", STATED),
        TIMES,
    ),
    "scraped/night-of-the-high-water.txt": (
        (
            "Around 260 homes and businesses in the lower town of Saltmere were flooded in…",
            "supplied",
        ),
        ("2023-11-04", STATED),
        TIMES,
    ),
    "scraped/cafe-mistral.txt": (
        ("Café on the quay reopens with the tide line still on its wall", STATED),
        ("2023-12-02", STATED),
        TIMES,
    ),
    "scraped/divers-breakwater.txt": (
        ("Divers find the foot of the breakwater sound", STATED),
        NOT_KNOWN,
        ("Coast Radio", INFERRED),
    ),
    "unsorted/harbour-seals.md": (
        ("Seals take over the slipway, and the lifeboat waits", STATED),
        NOT_KNOWN,
        NOT_KNOWN,
    ),
    "unsorted/the-lamp-is-lit-again.txt": (
        ("The lamp on the Long Arm is lit again", STATED),
        NOT_KNOWN,
        NOT_KNOWN,
    ),
}
"""Each article of the site: its title, its date and its outlet, each with its basis."""

FRONT_MATTER = {"yaml": 7, "toml": 1, "json": 1, "lines": 1, "": 7}
READERS = {"markdown": 11, "text": 4, "html": 2}


@pytest.fixture(scope="module")
def readings(example):
    """Every file of the example, read: by its path below articles/."""
    archive = config.load(example)
    return {
        original.address: read(original, (example / original.path).read_bytes(), archive)
        for original in scan(example).originals
    }


@pytest.fixture(scope="module")
def articles(example, readings):
    """The catalogue's articles by their path below articles/."""
    found = (reading.article for reading in readings.values())
    catalog, problems = assemble(found, config.load(example))
    assert problems == ()
    return {a.capture.path.removeprefix("articles/"): a for a in catalog.articles}


def test_the_example_has_one_of_every_kind(readings):
    """Each reader and each form of front matter has work to do."""
    assert READERS == Counter(r.article.reader for r in readings.values())
    assert FRONT_MATTER == Counter(r.article.front_matter for r in readings.values())


def test_every_article_but_the_draft_is_in_the_catalogue(readings, articles):
    """A draft is left out; what is withdrawn stays on record."""
    statuses = Counter(reading.article.status for reading in readings.values())

    assert {"public": 15, "draft": 1, "withdrawn": 1} == statuses
    assert sorted(SHOWN) == sorted(articles)


@pytest.mark.parametrize("path", SHOWN)
def test_an_article_says_what_it_is_and_what_that_rests_on(path, articles):
    """Title, date and outlet are what the file gives, and no more is claimed than it gives."""
    article = articles[path]
    asserted = (article.title, article.published, article.outlet)

    assert SHOWN[path] == tuple((a.value, a.basis) for a in asserted)


def test_the_saved_pages_say_where_they_were_and_when_they_were_kept(articles):
    """SingleFile's comment and the page's own metadata are both read."""
    kept = articles["saved-pages/winter-ferry-timetable.html"]
    plain = articles["saved-pages/chandlers-bridge-first-lift.html"]

    assert "https://harbourtimes.example/2023/10/28/winter-ferry-timetable" == kept.url.value
    assert "2023-11-04" == kept.retrieved.value
    assert "https://harbourtimes.example/2024/02/16/chandlers-bridge-first-lift" == plain.url.value
    assert not plain.retrieved.known


def test_the_text_in_an_old_encoding_is_read_whole(readings):
    """Its encoding is concluded and marked so; no letter of it is lost."""
    reading = readings["scraped/cafe-mistral.txt"]

    assert "windows-1252" == reading.article.capture.encoding.value
    assert INFERRED == reading.article.capture.encoding.basis
    for word in (
        "Café Mistral",
        "Zoë Ferrand",
        "Étretat",
        "£38,000",
        "“It is a clock",
        "— only damp",
    ):
        assert word in reading.text


def test_the_scraped_texts_lose_what_is_not_theirs(readings):
    """Header, breadcrumb, caption and footer go, each for a recorded reason; glued sentences part."""
    glued = readings["scraped/night-of-the-high-water.txt"]
    wrapped = readings["scraped/divers-breakwater.txt"]

    assert {"header", "repair-space"} <= {str(edit.reason) for edit in glued.edits}
    assert {"navigation", "caption", "footer"} <= {str(edit.reason) for edit in wrapped.edits}
    assert "date 2023" not in glued.text
    assert re.search(r"[.”][A-Z“]", glued.text) is None
    assert "FM" not in wrapped.text
    assert "Photo by" in wrapped.article.captions[0].value


def test_the_build_leaves_nothing_out(built_example):
    """The example is in good order: no error, and every article has its page and its record."""
    errors = [p for p in built_example.built.problems if p.severity is Severity.ERROR]
    records = list(built_example.site.rglob("record.json"))

    assert [] == errors
    assert len(SHOWN) == len(records)
    assert all((path.parent / "index.html").is_file() for path in records)


def holding(folder, *words):
    """Give the files below a folder that hold one of some words, in this case or in small letters."""
    wanted = {form.encode() for word in words for form in (word, word.lower())}
    contents = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [path for path, content in contents.items() if any(form in content for form in wanted)]


def test_neither_the_draft_nor_the_withdrawn_text_is_published(built_example):
    """Words of these two texts are in no file of the site; withdrawn ones in no cache or index either."""
    assert [] == holding(built_example.site, "Lindqvist about the barge", "Pettigrew", "Marlow")
    assert [] == holding(built_example.archive / ".site-builder", "Pettigrew", "Marlow")
    assert holding(built_example.archive / ".site-builder", "Castellane")


def test_a_withdrawn_article_keeps_its_page(built_example):
    """The page says that the text was withdrawn, and why."""
    folder = built_example.site / "saltmere-gazette" / "2023" / "flooded-addresses"
    html = (folder / "index.html").read_text("utf-8")

    assert "Street by street: which homes were flooded" in html
    assert "at the request of residents" in html
    assert not list(folder.glob("original.*"))


def test_originals_are_published_bit_by_bit(built_example):
    """What a reader downloads is the file as it came."""
    site, articles = built_example.site, built_example.archive / "articles"
    pairs = [
        ("scraped/cafe-mistral.txt", "scraped/cafe-mistral/original.txt"),
        (
            "saved-pages/winter-ferry-timetable.html",
            "saved-pages/winter-ferry-timetable/original.html.txt",
        ),
        (
            "saltmere-gazette/2023/lower-town-flood/harbour-map.png",
            "saltmere-gazette/2023/lower-town-flood/harbour-map.png",
        ),
    ]

    assert all((articles / a).read_bytes() == (site / b).read_bytes() for a, b in pairs)


def loads(html):
    """Give the addresses that a page loads from by itself."""
    tags = re.findall(r"<(?:img|script|iframe|source|video|audio|embed)\b[^>]*>", html)
    links = re.findall(r'<link\b[^>]*rel="?(?:stylesheet|icon|preload)\b[^>]*>', html)
    return [
        a for tag in tags + links for a in re.findall(r'\b(?:src|srcset|href)="?([^" >]+)', tag)
    ]


def test_no_page_loads_anything_from_another_host(built_example):
    """Reading the archive tells nobody else about it."""
    loaded = [
        (path, address)
        for path in built_example.site.rglob("*.html")
        if not path.name.startswith("original.")
        for address in loads(path.read_text("utf-8"))
    ]

    assert loaded
    assert [] == [found for found in loaded if re.match(r"[a-z]+:|//", found[1])]


def test_two_outlets_tell_one_story_and_both_stand(built_example):
    """Figures that differ are kept as each published them."""
    site = built_example.site
    gazette = site / "saltmere-gazette" / "2023" / "lower-town-flood" / "index.html"
    times = site / "scraped" / "night-of-the-high-water" / "index.html"

    assert "5.9 metres" in gazette.read_text("utf-8")
    assert "6.1 metres" in times.read_text("utf-8")


def test_one_spelling_of_a_name_finds_the_other(built_example, serve_under, page):
    """A reader who types one outlet's spelling sees the articles that write the other."""
    address = serve_under(built_example.site, "/saltmere/")
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{address}search/?q=Okonio")
    page.get_by_role("link", name="Storm opens a gap in the Long Arm").wait_for()
    page.get_by_role("link", name="New Chandler\u2019s Bridge lifts for the first time").wait_for()

    assert all(url.startswith(address) for url in seen)


@pytest.mark.parametrize(
    ("permalink", "language", "direction"),
    [
        ("coast-radio/volunteers-at-the-sports-hall", "ar", "rtl"),
        ("coast-radio/汐浜町の視察団", "ja", "ltr"),
    ],
)
def test_other_scripts_are_set_in_their_language_and_direction(
    permalink, language, direction, built_example, serve_under, page
):
    """The headline and the text carry the article's language; Arabic runs from the right."""
    page.goto(f"{serve_under(built_example.site, '/saltmere/')}{permalink}/")
    headline = page.locator("h1")

    assert language == headline.evaluate("e => e.closest('[lang]').lang")
    assert direction == headline.evaluate("e => getComputedStyle(e).direction")


def test_every_record_is_json_that_names_its_original(built_example):
    """The record beside each page says which file it was made from."""
    records = [json.loads(path.read_bytes()) for path in built_example.site.rglob("record.json")]

    assert all("articles/" in json.dumps(record, ensure_ascii=False) for record in records)
