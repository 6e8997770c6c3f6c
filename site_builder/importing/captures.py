"""The pages that a crawler or a browser kept in WARC (ISO 28500), its forerunner ARC, and WACZ files.

A page is what a server answered a request with: status 200 and HTML. Its bytes are those of the answer's
body, without the coding it was sent in, and what its record says of their digest must be true of them. Of a
WACZ file (a ZIP file of WARC files) each WARC file must have the hash that `datapackage.json` lists.

warcio reads the records; it is an extra, for few people have such files: `pip install "site-builder[warc]"`.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urlsplit

import msgspec

from ..errors import ArchiveError
from ..model import Problem, Record, Severity

WACZ = ".wacz"
_ARC = (".arc", ".arc.gz")
CAPTURES = (".warc", ".warc.gz", *_ARC, WACZ)
_LARGEST_PAGE = 64_000_000
"""Bytes; a page beyond this is no article, whatever its record claims to be packed into."""
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_STEP = 1 << 20


class Page(Record, frozen=True, kw_only=True):
    """One page of a capture."""

    content: bytes
    url: str
    date: str
    """WARC-Date: when it was captured."""
    record: str
    """WARC-Record-ID."""
    digest: str
    """WARC-Payload-Digest, which the bytes agree with; empty if the record has none."""

    @property
    def address(self) -> str:
        """What its article is named after: the last part of its address, else its host."""
        parts = urlsplit(self.url)
        steps = [step for step in unquote(parts.path, errors="replace").split("/") if step]
        name = steps[-1] if steps else parts.hostname or "page"
        stem = name.rpartition(".")[0] if name.lower().endswith((".html", ".htm", ".php")) else name
        return f"{stem or 'page'}.html"


def pages(path: Path, shown: str) -> Iterator[Page | Problem]:
    """Give the pages of a capture, and what is wrong with it.

    Raises:
        ArchiveError: warcio is not installed.
        OSError: the file cannot be opened.
    """
    if path.name.lower().endswith(WACZ):
        yield from _of_wacz(path, shown)
        return
    is_arc = path.name.lower().endswith(_ARC)
    with path.open("rb") as stream:
        for page in _of_warc(stream, shown):
            # ARC records have no ids: warcio makes one up, another each time.
            made_up = is_arc and isinstance(page, Page)
            yield msgspec.structs.replace(page, record="") if made_up else page


def _of_wacz(path: Path, shown: str) -> Iterator[Page | Problem]:
    try:
        with zipfile.ZipFile(path) as package:
            hashes = _listed(package)
            for name in sorted(package.namelist()):
                if not name.startswith("archive/") or not name.endswith((".warc", ".warc.gz")):
                    continue
                inner = f"{shown}/{name}"
                if fault := _fault(package, name, hashes):
                    yield _problem(inner, fault)
                    continue
                with package.open(name) as stream:
                    yield from _of_warc(stream, inner)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        yield _problem(shown, f"this is not a WACZ file that can be read: {error}")


def _listed(package: zipfile.ZipFile) -> dict[str, str]:
    """Give the hashes that the package says its files have; empty if it says none that can be read."""
    try:
        with package.open("datapackage.json") as file:
            resources = json.loads(file.read(_LARGEST_PAGE))["resources"]
        return {str(one["path"]): str(one["hash"]) for one in resources}
    except (KeyError, TypeError, ValueError):
        return {}


def _fault(package: zipfile.ZipFile, name: str, hashes: dict[str, str]) -> str:
    """Say what is wrong with a file of a package; empty if its hash is the one listed."""
    listed = hashes.get(name, "")
    if not listed.startswith("sha256:"):
        return "datapackage.json does not list its SHA-256"
    digest = sha256()
    with package.open(name) as file:
        while piece := file.read(_STEP):
            digest.update(piece)
    found = digest.hexdigest()
    return (
        ""
        if listed == f"sha256:{found}"
        else f"its SHA-256 is {found}, and datapackage.json says {listed}"
    )


def _of_warc(stream: IO[bytes], shown: str) -> Iterator[Page | Problem]:
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 — an extra
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    except ImportError as error:
        message = "captures are read by warcio, which is not installed"
        raise ArchiveError(message, hint='pip install "site-builder[warc]"') from error
    empty = True
    try:
        found = _pages_of(ArchiveIterator(stream, arc2warc=True, check_digests=True), shown)
        while True:
            with redirect_stderr(io.StringIO()):  # warcio's own remarks; ours are problems
                page = next(found, None)
            if page is None:
                break
            empty = False
            yield page
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError) as error:
        text = " ".join(str(error).split()).removeprefix("ERROR: ").partition(". ")[0]
        yield _problem(shown, f"it cannot be read to its end: {text}")
    else:
        if empty:
            yield _problem(shown, "there is no page in it")


def _pages_of(records: Any, shown: str) -> Iterator[Page | Problem]:  # noqa: ANN401 — warcio has no types
    for record in records:
        if record.rec_type not in {"response", "resource"} or not _is_page(record):
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        content = record.content_stream().read(_LARGEST_PAGE + 1)
        if len(content) > _LARGEST_PAGE:
            yield _problem(f"{shown} ({url})", f"this page has more than {_LARGEST_PAGE:,} bytes")
            continue
        checked = record.digest_checker
        if checked.passed is False:  # None: the record has no digest
            yield _problem(
                f"{shown} ({url})", "its bytes are not those that its record's digest is of"
            )
            continue
        if content.strip():
            headers = record.rec_headers
            yield Page(
                content=content,
                url=url,
                date=headers.get_header("WARC-Date", ""),
                record=headers.get_header("WARC-Record-ID", ""),
                digest=headers.get_header("WARC-Payload-Digest", "") if checked.passed else "",
            )


def _is_page(record: Any) -> bool:  # noqa: ANN401 — warcio has no types
    headers = record.http_headers
    if headers is None:
        kind = record.rec_headers.get_header("Content-Type") or ""
    elif headers.get_statuscode() != "200":
        return False
    else:
        kind = headers.get_header("Content-Type") or ""
    return kind.partition(";")[0].strip().lower() in _HTML


def _problem(path: str, message: str) -> Problem:
    hint = "take it from another copy; what could be read of the file is taken in"
    return Problem(path=path, message=message, hint=hint, severity=Severity.ERROR)
