"""The Verify button of an article's page, in a real browser: what is sound, and what somebody changed."""

import json
import shutil

import pytest
from playwright.sync_api import expect

from site_builder.build import build
from site_builder.importing import import_files
from site_builder.provenance.verify import verify

TEXT = "date 2023-11-04 Harbour Times\n\nThe quay is dry.Boats wait.\n\nA second paragraph with “quotes”.\n"
NOTE = "---\ntitle: Bridge\n---\nThe **bridge** is closed.\n"
PAGE = "<!doctype html><title>Tide</title><article><h1>Tide</h1><p>High tide at noon, the harbour says. "
PAGE += "It will be back at six.</p><p>Boats wait for it at the quay.</p></article>"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Three articles, one of each kind."""
    root = tmp_path_factory.mktemp("verify")
    for name, text in (("quay.txt", TEXT), ("100% true.md", NOTE), ("tide.html", PAGE)):
        (root / name).write_text(text, "utf-8")
    build(root)
    return root / "_site"


@pytest.fixture
def site(built, tmp_path):
    """The site, to be changed."""
    shutil.copytree(built, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def press(site, serve_under, page):
    """Open an article, press Verify, and give what the page then says."""

    def go(address="quay"):
        page.goto(f"{serve_under(site, '/repo/')}{address}/")
        page.get_by_role("button", name="Verify").click()
        report = page.locator(".verified")
        expect(report).not_to_have_text("Checking…")
        return report.inner_text()

    return go


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("quay", "The text on this page is that text, letter for letter."),
        ("100-true", "replayed on the original, give the text"),
        ("tide", "Not checked: The text was picked out of a saved web page"),
    ],
)
def test_a_sound_article_holds(press, address, says):
    """It says what holds, under which root, and what that does not show."""
    report = press(address)

    assert "Everything that can be checked here holds." in report
    assert "Does not hold" not in report
    assert says in report
    assert "of 3 under the archive\u2019s root" in report
    assert "It does not show that the publisher published these words" in report


def test_an_article_that_was_taken_in_holds_with_its_file(tmp_path, serve_under, page):
    """The file it came from belongs to what its leaf is made of."""
    root = tmp_path / "archive"
    (root / "articles").mkdir(parents=True)
    (tmp_path / "quay.txt").write_text(TEXT, "utf-8")
    import_files([tmp_path / "quay.txt"], root)
    build(root)
    page.goto(f"{serve_under(root / '_site', '/repo/')}quay/")
    page.get_by_role("button", name="Verify").click()
    report = page.locator(".verified")
    expect(report).to_contain_text("Everything that can be checked here holds.")

    assert (root / "_site" / "quay" / "imported.txt").is_file()


def change(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("quay/original.txt", b"dry", b"wet", "The original is not the one that the record describes."),
        ("quay/record.json", b'"rule": "', b'"rule": "x', "are not those that stand under"),
        ("quay/record.json", b'"to": "sha256:', b'"to": "sha256:0', "give another text than the record says"),
        ("quay/index.html", b"Boats wait.", b"Boats sank.", "The text on this page is another."),
        ("fixity/checkpoint.txt", b"\n3\n", b"\n3\nA", "could not be checked here"),
        ("fixity/places/all.json", b'"quay"', b'"key"', "has no place for this article"),
    ],
)  # fmt: skip
def test_what_somebody_changed_does_not_hold(press, site, name, old, new, says):
    """Whichever file it is, the page says what no longer fits."""
    change(site / name, old, new)
    report = press()

    assert says in report
    assert "Everything that can be checked here holds" not in report


def test_the_proof_can_be_saved_and_checked_elsewhere(press, page, site, tmp_path):
    """Together with original and record it verifies without the archive."""
    press()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the proof").click()
    folder = tmp_path / "saved"
    folder.mkdir()
    download.value.save_as(folder / "proof.json")
    for name in ("original.txt", "record.json"):
        shutil.copy(site / "quay" / name, folder)
    proof = json.loads((folder / "proof.json").read_text("utf-8"))

    assert verify(folder).ok
    assert verify(folder).root == verify(site).root
    assert set(proof) == {"origin", "size", "root", "index", "entry", "hashes"}


def test_there_is_no_button_without_an_original(page, site, serve_under):
    """A page whose original is not published has nothing to verify; without scripts no button promises it."""
    change(site / "quay" / "index.html", b" download=", b" data-was=")
    page.goto(f"{serve_under(site, '/repo/')}quay/")
    expect(page.get_by_role("button", name="Copy").first).to_be_visible()

    assert page.get_by_role("button", name="Verify").count() == 0
    assert "Verify</button>" not in (site / "tide" / "index.html").read_text("utf-8")
