"""Publish: the only writer of the site.

All files are made before the first one is put in place, so a build that fails leaves the last good site
as it was. A file whose bytes do not change is not touched, so its modification time stays. What the last
build wrote stands in the site's own `rendered-sha256.txt`; only that is ever removed, so a wrong output
folder can never be emptied.
"""

import glob
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from .config import RENDERED
from .errors import ArchiveError
from .model import Artifact, Kept, Record
from .provenance import manifest


class Published(Record, frozen=True, kw_only=True):
    """What publishing did."""

    changed: tuple[str, ...]
    """Paths written or removed, sorted."""
    files: int
    """All files of the site."""
    pages: int
    """How many of them are HTML pages."""
    size: int
    """Bytes of all files."""


def publish(artifacts: Iterable[Artifact | Kept], site: Path) -> Published:
    """Make the folder `site` hold these files, and of our own no others.

    Raises:
        ArchiveError: the folder holds something that no build of ours wrote, or two artifacts want one place.
    """
    owned = _owned(site)
    hashes: dict[str, str] = {}
    folders: set[str] = set()
    changed: list[str] = []
    size = 0
    with _staging(site) as staging:
        for artifact in artifacts:
            _check(artifact.path, hashes, folders)
            if isinstance(artifact, Kept):
                hashes[artifact.path] = artifact.sha256
                size += artifact.size
                continue
            hashes[artifact.path] = hashlib.sha256(artifact.content).hexdigest()
            size += len(artifact.content)
            if _stage(artifact, site, staging):
                changed.append(artifact.path)
        rendered = Artifact(path=RENDERED, content=manifest.make(hashes))
        if _stage(rendered, site, staging):
            changed.append(RENDERED)
        stale = sorted(owned - hashes.keys() - {RENDERED})
        _remove(stale, site)
        for path in changed:
            _place(staging / path, site / path)
    return Published(
        changed=tuple(sorted([*changed, *stale])),
        files=len(hashes) + 1,
        pages=sum(path.endswith(".html") for path in hashes),
        size=size + len(rendered.content),
    )


def _owned(site: Path) -> set[str]:
    """Say what the last build wrote here; refuse a folder that is somebody else's."""
    rendered = site / RENDERED
    if rendered.is_file():
        return {
            path for path in manifest.parse(rendered.read_bytes()) if manifest.stays_inside(path)
        }
    if site.exists() and (not site.is_dir() or any(site.iterdir())):
        raise ArchiveError(
            "this folder holds files that site-builder did not write",
            path=str(site),
            hint="choose an empty or a new folder for the site with -o",
        )
    return set()


@contextmanager
def _staging(site: Path) -> Iterator[Path]:
    """Give a folder beside the site, on the same disk, that is gone afterwards."""
    site.mkdir(parents=True, exist_ok=True)
    staging = site.parent / f".{site.name}.staging-{os.getpid()}"
    for left in site.parent.glob(f".{glob.escape(site.name)}.staging-*"):
        if left == staging or not _is_at_work(left.name.rpartition("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_at_work(process: str) -> bool:
    """Whether a process of this id may be running: only where the system can be asked is it told."""
    if os.name != "posix" or not process.isdecimal():
        return True
    try:
        os.kill(int(process), 0)  # signal 0 asks and does nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _check(path: str, hashes: Mapping[str, str], folders: set[str]) -> None:
    """Make sure that a path is free, and add its folders to those that are known."""
    if not manifest.stays_inside(path) or path == RENDERED:
        message = f"a page wants to be written outside the site, to {path!r}"
        raise ArchiveError(message, hint="this is a fault of site-builder: please report it")
    above = {parent.as_posix() for parent in PurePosixPath(path).parents}
    folders |= above
    hint = "rename one of the two articles, or give one a `slug:` of its own"
    if path in hashes:
        raise ArchiveError(f"two pages want to be written to {path}", hint=hint)
    for clash in sorted({path} & folders | above & hashes.keys()):
        raise ArchiveError(f"{clash} would have to be both a file and a folder", hint=hint)


def _stage(artifact: Artifact, site: Path, staging: Path) -> bool:
    """Write an artifact to the staging folder unless the site has it already."""
    if _on_disk(site / artifact.path, len(artifact.content)) == artifact.content:
        return False
    target = staging / artifact.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(artifact.content)
    return True


def _on_disk(path: Path, size: int) -> bytes | None:
    """Read a file of the size wanted; None if there is no such file."""
    try:
        if path.stat().st_size != size:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _place(staged: Path, target: Path) -> None:
    """Put a staged file in place in one step, whatever of ours stands in its way."""
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    target.parent.mkdir(parents=True, exist_ok=True)
    staged.replace(target)


def _remove(stale: Iterable[str], site: Path) -> None:
    """Remove files of an earlier build, and the folders that are left empty."""
    for path in stale:
        target = site / path
        target.unlink(missing_ok=True)
        for folder in target.relative_to(site).parents:
            try:
                (site / folder).rmdir()
            except OSError:
                break
