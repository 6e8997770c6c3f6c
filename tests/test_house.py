"""The fixtures of this house are tried before others lean on them."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest


@pytest.fixture
def small_site(tmp_path):
    """A site of two pages, served as a project site of GitHub Pages would be."""
    (tmp_path / "index.html").write_text("<title>front</title><a href='inner/'>in</a>", "utf-8")
    (tmp_path / "404.html").write_text("<title>lost</title>", "utf-8")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "index.html").write_text("<h1>inner</h1>", "utf-8")
    return tmp_path


def test_a_folder_is_served_below_its_base_path_alone(small_site, serve_under):
    """What is below the base path is there; what is above it, or missing, is the site's 404 page."""
    address = serve_under(small_site, "/repo/")
    with urlopen(f"{address}inner/") as answer:  # noqa: S310 — our own server
        inner = answer.read()
    misses = {}
    for miss in (f"{address}nothing", address.replace("/repo/", "/inner/")):
        with pytest.raises(HTTPError) as caught:
            urlopen(miss)  # noqa: S310 — our own server
        with caught.value as answer:
            misses[miss] = (answer.code, answer.read())

    assert b"<h1>inner</h1>" == inner
    assert {(404, b"<title>lost</title>")} == set(misses.values())


def test_a_page_is_seen_by_a_real_browser(small_site, serve_under, page):
    """The browser follows a relative link under the base path."""
    page.goto(serve_under(small_site, "/repo/"))
    page.get_by_text("in").click()

    assert "inner" == page.text_content("h1")
