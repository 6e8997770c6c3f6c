"""A built site, checked against what it says of itself: manifests, records, edits, tree.

Without the archive, and without trust in this program's other parts: every file of both manifests is hashed
again, the edits of each record are replayed from the original beside it to the hash of the shown text, and
the tree is made anew from the manifest. Whoever can rewrite every file can rewrite all of these; only the
root, kept elsewhere or anchored (`anchors.py`), tells then.
"""

from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path, PurePosixPath

import msgspec

from ..errors import ArchiveError
from . import log, manifest
from .findings import Finding, Kind, Verification, fault
from .record import RECORD
from .replay import Published, Unsound, read_record, replay
from .tree import Tree, leads_to_root, read_tree

_SHORTEST_ID = 6
"""Hex digits of an id below which it names too much."""


def is_site(folder: Path) -> bool:
    """Whether a folder holds a built site, or what is left of one."""
    return any((folder / name).is_file() for name in (manifest.RENDERED, manifest.FILE_NAME))


def id_digits(only: str) -> str:
    """Give an id's digits; empty if it is none, which then names nothing."""
    digits = only.removeprefix("sha256:").lower()
    is_id = len(digits) >= _SHORTEST_ID and not digits.strip("0123456789abcdef")
    return digits if is_id else ""


def read_site_tree(site: Path) -> Tree | None:
    """Read a site's tree as far as it can be read, to hold anchors against."""
    return read_tree(site, _listed(site, manifest.FILE_NAME, []))[0]


def verify_site(site: Path, only: str | None = None) -> Verification:
    """Check a site.

    Args:
        site: Its folder.
        only: One article, by its permalink or the first digits of its original's SHA-256.
    """
    found: list[Finding] = []
    listed = {name: _listed(site, name, found) for name in (manifest.FILE_NAME, manifest.RENDERED)}
    expected = _expected(listed, found)
    folders = _folders(expected, only)
    paths = sorted(path for path in expected if only is None or _parent(path) in folders)
    faults = {path: finding for path in paths if (finding := _fault(site, path, expected[path]))}
    sound = [folder for folder in folders if f"{folder}/{RECORD}" not in faults]
    outcomes = [_replay(site, folder, expected, faults) for folder in sound]
    tree, in_tree = read_tree(site, listed[manifest.FILE_NAME])
    # A file that is not what its manifest says is told once.
    found += (finding for finding in in_tree if finding.path not in faults)
    found += [*faults.values(), *(outcome for outcome in outcomes if isinstance(outcome, Finding))]
    found += _unlisted(site, expected) if only is None else ()
    verification = Verification(
        files=len(paths),
        replayed=sum(outcome is True for outcome in outcomes),
        findings=tuple(found),
    )
    return _with_tree(verification, tree, folders if only is not None else [])


def _with_tree(done: Verification, tree: Tree | None, asked: list[str]) -> Verification:
    """Add what the tree is called by, and the proof of the one article that was asked for."""
    if tree is None:
        return done
    proofs = [tree.proof(folder) for folder in asked if folder in tree.order]
    broken = [
        fault(log.CHECKPOINT, "the proof does not lead to the root")
        for p in proofs
        if not leads_to_root(p)
    ]
    return msgspec.structs.replace(
        done,
        origin=tree.origin,
        size=len(tree.order),
        root=tree.root(),
        proof=proofs[0] if len(proofs) == 1 else None,
        findings=(*done.findings, *broken),
    )


def _listed(site: Path, name: str, found: list[Finding]) -> dict[str, str]:
    """Read one of the manifests; what is wrong with it is added to the problems."""
    try:
        entries = manifest.parse((site / name).read_bytes(), name)
    except FileNotFoundError:
        found.append(fault(name, "this manifest is missing", Kind.MISSING))
        return {}
    except ArchiveError as error:
        found.append(fault(name, error.message, line=error.line))
        return {}
    unsafe = [path for path in entries if not manifest.stays_inside(path)]
    found += (fault(name, f"it lists {path!r}, outside the site") for path in unsafe)
    return {path: entries[path] for path in entries if manifest.stays_inside(path)}


def _expected(listed: dict[str, dict[str, str]], found: list[Finding]) -> dict[str, str]:
    """Put the manifests together; where they disagree, the one of originals and records counts."""
    holdings, rendered = listed[manifest.FILE_NAME], listed[manifest.RENDERED]
    both = sorted(holdings.keys() & rendered.keys())
    found += (
        fault(path, "the two manifests list different hashes for this file")
        for path in both
        if holdings[path] != rendered[path]
    )
    if rendered:
        unknown = sorted(holdings.keys() - rendered.keys())
        found += (fault(path, f"{manifest.RENDERED} does not list it") for path in unknown)
    return rendered | holdings


def _folders(expected: Mapping[str, str], only: str | None) -> list[str]:
    """Give the folders of the articles meant: those with a record, by permalink or by id."""
    records = sorted(_parent(path) for path in expected if PurePosixPath(path).name == RECORD)
    if only is None:
        return records
    if only.strip("/") in records:
        return [only.strip("/")]
    digits = id_digits(only)
    meant = {
        _parent(path)
        for path, digest in expected.items()
        if digits and _is_original(path) and digest.startswith(digits)
    }
    return [folder for folder in records if folder in meant]


def _replay(
    site: Path, folder: str, expected: Mapping[str, str], faults: Mapping[str, Finding]
) -> Finding | bool:
    """Check one record; give whether its edits were replayed, or what does not hold."""
    path, original = f"{folder}/{RECORD}", _original_in(site, folder)
    try:
        published = read_record((site / path).read_bytes())
        _check_company(published, folder, original, listed=original in expected)
        _check_imported(site, published, folder, expected)
        if not original or original in faults:
            return False
        return replay(published, (site / original).read_bytes())
    except Unsound as finding:
        return fault(path, f"checked against {original or 'its folder'}: {finding}")


def _original_in(site: Path, folder: str) -> str:
    """Find the original that stands beside a record; empty if there is none."""
    paths = sorted(path for path in (site / folder).iterdir() if path.is_file())
    return next((f"{folder}/{path.name}" for path in paths if _is_original(path.name)), "")


def _check_company(published: Published, folder: str, original: str, *, listed: bool) -> None:
    """See whether a record stands where it belongs, with the original that it should have.

    Raises:
        Unsound: it does not.
    """
    if published.permalink != folder:
        raise Unsound(f"this is the record of {published.permalink!r}")
    if published.status == "withdrawn" or published.text_level != "full":
        if original:
            kept = "withdrawn" if published.status == "withdrawn" else "held back"
            raise Unsound(f"the article is {kept}, but its original is still here")
    elif not original:
        raise Unsound("the original is missing")
    elif not listed:
        raise Unsound("no manifest lists the original")


def _check_imported(
    site: Path, published: Published, folder: str, expected: Mapping[str, str]
) -> None:
    """See whether the kept original beside a record, if it is published, is the one that the record names.

    Raises:
        Unsound: it is another.
    """
    paths = sorted((site / folder).glob("imported.*"))
    digests = [expected.get(f"{folder}/{path.name}") for path in paths]
    said = published.import_
    if digests and (said is None or digests != [said.sha256]):
        raise Unsound("the file that it was taken in from is not the one that the record names")


def _fault(site: Path, path: str, expected: str) -> Finding | None:
    """Say what is wrong with a listed file; None if nothing is."""
    try:
        with (site / path).open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return fault(path, "this file is missing", Kind.MISSING)
    except OSError as error:
        return fault(path, f"it cannot be read: {error.strerror}")
    if found == expected:
        return None
    return fault(path, f"its SHA-256 is {found}, and the manifest says {expected}")


def _unlisted(site: Path, expected: Mapping[str, str]) -> Iterator[Finding]:
    """Give the files that no manifest knows: somebody put them there, or a manifest lost them."""
    for path in sorted(site.rglob("*")):
        inner = path.relative_to(site).as_posix()
        known = inner in expected or inner == manifest.RENDERED or inner.startswith(".")
        if not known and path.is_file():
            yield Finding(
                path=inner,
                message="no manifest lists this file",
                hint="if nobody of yours put it there, remove it",
                kind=Kind.UNLISTED,
            )


def _is_original(path: str) -> bool:
    return PurePosixPath(path).name.startswith("original.")


def _parent(path: str) -> str:
    return PurePosixPath(path).parent.as_posix()
