"""Pages of captures: what is taken, what it says of itself, and what is refused."""

import io
import json
import zipfile
from hashlib import sha256

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from site_builder.build import build
from site_builder.importing import import_files
from site_builder.model import Severity
from site_builder.provenance.verify import verify

PAGE = (
    "<!doctype html><title>{0}</title><article><h1>{0}</h1><p>The {0} is open, the harbour board says,"
    " and will stay so until the end of the year, when the works on the other side begin.</p></article>"
)
DATE = "2019-05-01T10:00:00Z"

pytestmark = [
    # warcio leaves the buffers of what it writes to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def warc(*pages, gzip=True):
    """Write a capture: (address, page, HTTP status, type) each."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzip)
    for number, (url, page, status, kind) in enumerate(pages):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(page.encode()), http_headers=headers,
            warc_headers_dict={"WARC-Date": DATE, "WARC-Record-ID": f"<urn:uuid:{number}>"},
        )  # fmt: skip
        writer.write_record(record)
    return stream.getvalue()


def page(name, url="", status="200 OK", kind="text/html; charset=utf-8"):
    return url or f"https://echo.example/2019/{name}.html", PAGE.format(name), status, kind


def wacz(content, digest=""):
    """Pack a WARC file with the list of its hash."""
    stream = io.BytesIO()
    listed = {
        "path": "archive/data.warc.gz",
        "hash": digest or f"sha256:{sha256(content).hexdigest()}",
    }
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("archive/data.warc.gz", content)
        package.writestr("datapackage.json", json.dumps({"resources": [listed]}))
    return stream.getvalue()


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "archive" / "articles").mkdir(parents=True)
    return tmp_path / "archive"


def take(archive, name, content):
    path = archive.parent / name
    path.write_bytes(content)
    return import_files([path], archive)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz"])
def test_each_page_becomes_an_article_with_its_evidence(archive, name):
    """Its own bytes are kept; address and day are those of the record, which is named."""
    content = warc(page("quay"), page("pier"), gzip=name != "a.warc")
    found = take(archive, name, wacz(content) if name.endswith(".wacz") else content)
    text = (archive / "articles" / "quay.md").read_text("utf-8")
    digest = sha256(PAGE.format("quay").encode()).hexdigest()
    build(archive)
    record = json.loads((archive / "_site" / "quay" / "record.json").read_bytes())

    assert ["articles/quay.md", "articles/pier.md"] == [added.article for added in found.added]
    assert errors(found) == []
    assert f"original_sha256: {digest}" in text
    assert record["values"]["url"]["value"] == "https://echo.example/2019/quay.html"
    assert record["values"]["retrieved"]["value"] == "2019-05-01"
    assert record["acquired"][0]["record"] == "<urn:uuid:0>"
    assert record["acquired"][0]["digest"].startswith("sha1:")
    assert "captured on 1 May 2019" in (archive / "_site" / "quay" / "index.html").read_text(
        "utf-8"
    )
    assert verify(archive).ok


def test_what_is_no_page_is_left(archive):
    """Errors, pictures and data are not articles; a page without words is none either."""
    pages = (
        page("gone", status="404 Not Found"),
        page("data", kind="application/json"),
        page("quay"),
    )

    assert ["articles/quay.md"] == [
        a.article for a in take(archive, "a.warc.gz", warc(*pages)).added
    ]


def test_the_same_page_again_is_noted_once(archive):
    """Another capture of the same bytes is another acquisition; the same file again is none."""
    take(archive, "a.warc.gz", warc(page("quay")))
    again = take(archive, "b.warc.gz", warc(page("quay")))
    text = (archive / "articles" / "quay.md").read_text("utf-8")
    once_more = take(archive, "b.warc.gz", warc(page("quay")))

    assert [known.noted for known in again.known] == [True]
    assert [known.noted for known in once_more.known] == [False]
    assert text.count("warc-record") == 2
    assert text == (archive / "articles" / "quay.md").read_text("utf-8")


def arc(name):
    """Write an ARC file (version 1) of one page, as the Internet Archive's crawler did."""
    body = PAGE.format(name).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    about = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    head = f"filedesc://a.arc 0.0.0.0 20140216050221 text/plain {len(about)}\n".encode()
    line = f"https://echo.example/{name}.html 1.2.3.4 20140216050221 text/html {len(answer)}\n".encode()
    return head + about + b"\n" + line + answer + b"\n"


def test_an_arc_file_has_no_record_ids_and_none_are_made_up(archive):
    """So the same file again changes nothing, and nothing invented passes for evidence."""
    take(archive, "a.arc", arc("quay"))
    text = (archive / "articles" / "quay.md").read_text("utf-8")
    again = take(archive, "a.arc", arc("quay"))

    assert [known.noted for known in again.known] == [False]
    assert "record:" not in text
    assert "date: '2014-02-16T05:02:21Z'" in text
    assert text == (archive / "articles" / "quay.md").read_text("utf-8")


def errors(found):
    return [problem.message for problem in found.problems if problem.severity is Severity.ERROR]


def test_bytes_that_are_not_those_of_the_digest_are_refused(archive):
    """A page that was changed after it was captured is no evidence; the others are taken."""
    content = warc(page("quay"), page("pier"), gzip=False).replace(
        b"The quay is open", b"The quay is shut"
    )
    found = take(archive, "a.warc", content)

    assert ["articles/pier.md"] == [added.article for added in found.added]
    assert ["its bytes are not those that its record's digest is of"] == errors(found)


@pytest.mark.parametrize("cut", [10, 200, 700])
def test_a_broken_capture_gives_what_can_be_read(archive, cut):
    """Whatever is wrong with it is said, with no crash."""
    content = warc(page("quay"), page("pier"))
    found = take(archive, "a.warc.gz", content[:cut])

    assert len(found.added) < 2
    assert errors(found) or found.added


@pytest.mark.parametrize("content", [b"", b"PK", b"not a capture at all\n", b"\x1f\x8b\x08junk"])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.arc", "a.wacz"])
def test_what_is_no_capture_is_refused(archive, name, content):
    """It is told apart from an error of ours, and nothing is written."""
    found = take(archive, name, content)

    assert found.added == ()
    assert errors(found)


def test_a_package_with_another_hash_is_refused(archive):
    """A WACZ file vouches for its parts, or they are not taken."""
    found = take(archive, "a.wacz", wacz(warc(page("quay")), f"sha256:{'0' * 64}"))

    assert found.added == ()
    assert "datapackage.json says" in errors(found)[0]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://echo.example/", "echo.example"),
        ("https://echo.example/a/b/?x=1", "b"),
        ("https://echo.example/../../etc/passwd", "passwd"),
        ("https://echo.example/%2e%2e%2fx.html", "x"),
    ],
)
def test_an_address_names_an_article_and_never_a_place(archive, url, name):
    """Whatever stands in the address, the article lies in the articles' folder."""
    [added] = take(archive, "a.warc.gz", warc(page("quay", url))).added

    assert f"articles/{name}.md" == added.article
