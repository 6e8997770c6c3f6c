"""Verify: does a site, an archive, or one saved article still hold what it says it holds?

A *site* is checked against its manifests, records and tree (`site.py`); an *archive* by the names of its
originals (`originals.py`), and then by the site in it, if one is built; a *saved article*, a folder with an
original, its record and perhaps the proof that the page's Verify button saves, by these alone (`saved.py`).
"""

from pathlib import Path

import msgspec

from ..config import SITE
from ..errors import ArchiveError
from ..reading.origin import ORIGINALS
from .anchors import check_anchors
from .findings import Finding, Verification
from .originals import verify_originals
from .saved import is_saved, verify_saved
from .site import id_digits, is_site, verify_site


def verify(target: Path, only: str | None = None, *, anchors: bool = False) -> Verification:
    """Check a built site, an archive's originals and the site built in it, or a saved article.

    Args:
        target: The folder.
        only: One article: its permalink, or the first six or more digits of its original's SHA-256.
        anchors: Whether to check signatures and time stamps too, by the machine's own git and openssl.

    Raises:
        ArchiveError: there is nothing here to verify, or nothing that is called so.
    """
    site = next((folder for folder in (target, target / SITE) if is_site(folder)), None)
    done: list[Verification] = []
    if site != target and (target / ORIGINALS).is_dir():
        done.append(_verify_archive(target, only))
    if site is not None:
        prefix = f"{site.relative_to(target).as_posix()}/" if site != target else ""
        done.append(_below(prefix, verify_site(site, only)))
    elif is_saved(target):
        done.append(verify_saved(target))
    if not done:
        raise ArchiveError(
            "there is nothing to verify here",
            path=str(target),
            hint="name the folder of a built site, or an archive with originals",
        )
    if only is not None and not any(part.files for part in done):
        raise ArchiveError(
            f"nothing here is called {only!r}",
            path=str(target),
            hint="give an article's address below the site's root, or the id in its record",
        )
    return _sum([*done, check_anchors(target, site)] if anchors else done)


def _verify_archive(root: Path, only: str | None) -> Verification:
    files, problems = verify_originals(root, only if only is None else id_digits(only))
    return Verification(files=files, findings=problems)


def _below(prefix: str, part: Verification) -> Verification:
    """Name the files of a part as seen from the folder that was asked about."""
    found = (
        msgspec.structs.replace(finding, path=f"{prefix}{finding.path}")
        for finding in part.findings
    )
    return msgspec.structs.replace(part, findings=tuple(found))


def _sum(parts: list[Verification]) -> Verification:
    """Put the parts together; only one of them has a tree, and one anchors."""
    found: list[Finding] = [finding for part in parts for finding in part.findings]
    tree = next((part for part in parts if part.root), Verification())
    return msgspec.structs.replace(
        tree,
        files=sum(part.files for part in parts),
        replayed=sum(part.replayed for part in parts),
        anchors=tuple(anchor for part in parts for anchor in part.anchors),
        findings=tuple(sorted(found, key=lambda finding: (finding.path, finding.message))),
    )
