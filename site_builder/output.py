"""Publish: the only writer of the site.

All files are made, and those that are new staged beside the site, before the first one is put in place, so a
build that fails leaves the last good site as it was. Several processes may stage; one puts in place. A file
whose bytes do not change is not touched, so its modification time stays. What the last build wrote stands
in the site's own `rendered-sha256.txt`; only that is ever removed, so a wrong output folder is never emptied.
"""

import glob
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from .config import RENDERED
from .errors import ArchiveError
from .looks import listing_of
from .model import Artifact, Kept, Record
from .provenance import manifest

_RENAME = "rename one of the two articles, or give one a `slug:` of its own"


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
    before: int = 0
    after: int = 0
    """What the changed files were and are in the listing of the site; see `looks`."""


class Stage(NamedTuple):
    """Where files wait until all of them are made; it may be handed to other processes."""

    site: Path
    waiting: Path
    """A folder beside the site, on the same disk."""

    def take(self, artifact: Artifact) -> Kept:
        """Have a file wait, unless the site has it already.

        Raises:
            ArchiveError: it wants to be written outside the site.
        """
        if not manifest.stays_inside(artifact.path) or artifact.path == RENDERED:
            message = f"a page wants to be written outside the site, to {artifact.path!r}"
            raise ArchiveError(message, hint="this is a fault of site-builder: please report it")
        content = artifact.content
        changed = _on_disk(f"{self.site}/{artifact.path}", len(content)) != content
        if changed:
            self._hold(artifact)
        digest = hashlib.sha256(content).hexdigest()
        return Kept(path=artifact.path, sha256=digest, size=len(content), changed=changed)

    def _hold(self, artifact: Artifact) -> None:
        target = f"{self.waiting}/{artifact.path}"
        try:
            try:
                _write(target, artifact.content)
            except FileNotFoundError:
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                _write(target, artifact.content)
        except (FileExistsError, IsADirectoryError, NotADirectoryError) as error:
            raise _both(artifact.path) from error


@contextmanager
def staging(site: Path) -> Iterator[Stage]:
    """Prepare to publish into a folder; what was staged and not put in place is gone afterwards."""
    site.mkdir(parents=True, exist_ok=True)
    waiting = site.parent / f".{site.name}.staging-{os.getpid()}"
    for left in site.parent.glob(f".{glob.escape(site.name)}.staging-*"):
        if left == waiting or not _is_at_work(left.name.rpartition("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    waiting.mkdir()
    try:
        yield Stage(site, waiting)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def publish(artifacts: Iterable[Artifact | Kept], stage: Stage) -> Published:
    """Make the site hold these files, and of our own no others.

    Args:
        artifacts: All files but the list of them; those that are kept, or staged already, as such.
        stage: From `staging`.

    Raises:
        ArchiveError: the folder holds something that no build of ours wrote, or two artifacts want one place.
    """
    site = stage.site
    owned = _owned(site)
    hashes: dict[str, str] = {}
    folders: set[str] = set()
    changed: list[str] = []
    size = 0
    for artifact in artifacts:
        _check(artifact.path, hashes, folders)
        file = artifact if isinstance(artifact, Kept) else stage.take(artifact)
        hashes[file.path] = file.sha256
        size += file.size
        if file.changed:
            changed.append(file.path)
    rendered = manifest.make(hashes)
    stale = sorted(owned - hashes.keys() - {RENDERED})
    if _on_disk(f"{site}/{RENDERED}", len(rendered)) != rendered:
        (stage.waiting / RENDERED).write_bytes(rendered)
        changed.append(RENDERED)
    places = [site / path for path in (*changed, *stale)]
    before = listing_of(places)
    _remove(stale, site)
    if not _put_in_place_at_once(stage):
        for path in changed:
            _place(stage.waiting / path, site / path)
    return Published(
        changed=tuple(sorted([*changed, *stale])),
        files=len(hashes) + 1,
        pages=sum(path.endswith(".html") for path in hashes),
        size=size + len(rendered),
        before=before,
        after=listing_of(places),
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
    if path in hashes:
        raise ArchiveError(f"two pages want to be written to {path}", hint=_RENAME)
    if path in folders:
        raise _both(path)
    folder = path.rpartition("/")[0]
    while folder and folder not in folders:
        if folder in hashes:
            raise _both(folder)
        folders.add(folder)
        folder = folder.rpartition("/")[0]


def _both(path: str) -> ArchiveError:
    return ArchiveError(f"{path} would have to be both a file and a folder", hint=_RENAME)


# The next two are called for every file of a site, and a `Path` costs more than what it is asked for.


def _on_disk(path: str, size: int) -> bytes | None:
    """Read a file of the size wanted; None if there is no such file."""
    try:
        if os.stat(path).st_size != size:  # noqa: PTH116
            return None
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return None


def _write(path: str, content: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(content)


def _put_in_place_at_once(stage: Stage) -> bool:
    """Make the folder of what waits the site, if that is empty: a hundred thousand moves take their time."""
    try:
        stage.site.rmdir()
        stage.waiting.rename(stage.site)
    except OSError:
        stage.site.mkdir(exist_ok=True)
        return False
    return True


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
