"""The words of a page are those that a browser has in its text, blocks apart, inline tags nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.body.plain import paragraphs
from site_builder.pages.body.sanitise import sanitise
from site_builder.pages.body.visible import BLOCKS, visible_text

DOCUMENT = Path(__file__).parent.parent / "docs" / "search-format.md"

IN_BROWSER = r"""([html, blocks]) => {
  const root = document.createElement("div");
  root.innerHTML = html;
  let text = "";
  const walk = (parent) => {
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data.replace(/[ \t\n\f\r]+/g, " ");
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      const end = blocks.includes(child.localName) ? "\n" : "";
      text += end;
      walk(child);
      text += end;
    }
  };
  walk(root);
  return text.split("\n").map((line) => line.replace(/ +/g, " ").replace(/^ | $/g, ""))
    .filter((line) => line !== "").join("\n");
}"""
"""The rule of visible.py, written once more against a real document."""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>High</p><p>water</p>", "High\nwater"),
        ("<p>High<br>water</p>", "High\nwater"),
        ("<p>High<b>water</b>mark</p>", "Highwatermark"),
        ("<p>High\n  <b> water</b></p>", "High water"),
        ("<table><tbody><tr><td>4</td><td>5</td></tr></tbody></table>", "4\n5"),
        ('<p title="a > b">Tons &lt; 4 &amp; &gt; 3</p>', "Tons < 4 & > 3"),
        ('<p>A<img src="a.png" alt="boat">B</p>', "AB"),
        ("<p>&amp;lt;</p>", "&lt;"),
        ("<p>4&nbsp;tons</p>", "4\xa0tons"),
        ("<pre>one\n  two</pre>", "one two"),
        ("", ""),
    ],
)
def test_words_of_a_page(html, expected):
    """Blocks, line breaks and cells separate words; inline tags do not; references are read."""
    assert expected == visible_text(sanitise(html))


@given(st.text())
def test_text_comes_back_from_its_html(text):
    """What plain text says is what its page says, white space aside."""
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", visible_text(paragraphs(text)))


def test_the_documented_blocks_are_ours():
    """docs/search-format.md names the very elements that separate words here."""
    sentence = re.search(r"block elements are ([a-z0-9 `]+)\.", DOCUMENT.read_text("utf-8"))

    assert sorted(BLOCKS) == sentence[1].replace("`", "").split()


def test_a_browser_sees_the_same_words(page):
    """Chromium, given the HTML, has the same text by the same rule."""
    html = sanitise(
        "<h2>Flood &amp; <em>ebb</em></h2><p>a\n b<br>c<table><tr><td>1<td>2</table><ul><li>x<li>y</ul>"
        "<details><summary>s</summary>t</details><pre>\n\n k</pre>&nbsp; z <ruby>q<rt>w</ruby>"
        "<dl><dt>d<dd>e</dl><figure><figcaption>f</figcaption></figure><p>g<div>h</div>i"
    )

    assert visible_text(html) == page.evaluate(IN_BROWSER, [html, sorted(BLOCKS)])
