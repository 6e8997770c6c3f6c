"""The pages in a real browser: nothing refused, nothing too wide, the words that the search knows."""

import pytest

from site_builder import pages
from site_builder.pages.assets import asset_root
from site_builder.pages.small import small_style

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3
PATHS = (
    "2023/flood/",
    "gone/",
    "hostile/",
    "long/",
    "",
    "dates/",
    "outlets/",
    "tags/",
    "about/",
    "404.html",
)


@pytest.fixture(scope="module")
def wide(make):
    """An article in which every value is one long word."""
    return make.article(
        "long",
        title=LONG,
        date="2024-01-01",
        outlet=LONG,
        authors=(LONG,),
        url=make.stated(f"https://long.example/{LONG}"),
        section=make.stated(LONG),
        description=make.stated(LONG),
        captions=(make.stated(LONG),),
        tags=(LONG[:80], "b"),
    )


@pytest.fixture(scope="module")
def wide_site(articles, wide, archive, derivations, make):
    """The site with that article."""
    return make.rendered((*articles, wide), archive, derivations)


@pytest.fixture(scope="module")
def address(wide_site, tmp_path_factory, serve_under):
    """Its address, served under its base path."""
    folder = tmp_path_factory.mktemp("site")
    for path, text in wide_site.texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return serve_under(folder, "/harbour/")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_wider_than_a_small_phone(page, address, path):
    """At 320 pixels nothing has to be scrolled sideways, with every panel open."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{address}{path}")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [*range(300, 800, 20), 1280])
def test_the_search_in_the_header_has_room_at_any_width(page, address, width):
    """Its field takes a few words and its button stands on one line; else it has a line of its own."""
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{address}about/")
    field = page.locator("header.site [type=search]").bounding_box()
    button = page.locator("header.site button").bounding_box()

    assert field["width"] >= 120
    assert button["height"] <= field["height"] <= 50


@pytest.mark.parametrize("path", PATHS)
def test_the_browser_has_nothing_to_refuse(page, address, path):
    """No page breaks its own policy, and none asks another host for anything."""
    complaints, asked = [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{path}")

    assert [] == complaints
    assert [] == [url for url in asked if not url.startswith(address)]
    assert any("static/site.css?v=" in url for url in asked)


def test_a_browser_sees_the_words_that_are_indexed(page, wide_site, derivations, make):
    """The page's own text, read the way the search page reads it, is what the search knows."""
    reader = (asset_root("static") / "page-text.js").read_text("utf-8")
    read = f"(html) => {{ {reader.replace('export function', 'function')} return pageText(html) }}"
    for article in wide_site.catalog.articles:
        body = (derivations.get(article.permalink) or make.derived(article)).body
        source = wide_site.texts[f"{article.permalink}/index.html"]

        assert pages.indexed_text(article, body) == page.evaluate(read, source)


def test_the_article_can_be_reached_by_keyboard(page, address):
    """The first stop is the link past the header, and it leads to the text."""
    page.goto(f"{address}2023/flood/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")

    assert focused == "skip"
    assert page.url.endswith("#main")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(page, address, scheme):
    """Text stands out from its ground by 4.5 to 1 at least (WCAG 2.2, AA)."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}2023/flood/")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")

    assert [] == page.evaluate(FAINT)


FAINT = """() => {
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    const color = numbers(getComputedStyle(element).backgroundColor);
    return color[3] === 0 ? ground(element.parentElement) : color;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .filter((element) => {
      const pair = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
      const [dark, bright] = pair.sort((a, b) => a - b);
      return (bright + 0.05) / (dark + 0.05) < 4.5;
    })
    .map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`);
}"""


def test_the_small_style_says_what_the_written_one_does(page):
    """What is published of site.css has the same rules, as a browser reads them."""
    written = (asset_root("static") / "site.css").read_text("utf-8")
    rules = """(text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return Array.from(sheet.cssRules, (rule) => rule.cssText.replace(/\\s+/g, " "));
    }"""
    small = small_style(written)

    assert page.evaluate(rules, written) == page.evaluate(rules, small)
    assert len(small) < 0.9 * len(written)
