"""Verify: does a site, or an archive, still hold what it says it holds?

A *site* is checked without the archive and without trust in this program's other parts: every file of
both manifests is hashed again, and the edits of each record are replayed from the original beside it
to the hash of the text that is shown. An *archive* is checked by the names of its originals (see
`originals.py`), and then by the site in it, if one is built.

What this proves: nothing was changed since the manifests were made. Whoever can rewrite every file can
rewrite the manifests too, so keep `rendered-sha256.txt`, or the commit that holds it, elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import file_digest
from pathlib import Path, PurePosixPath

import msgspec

from ..config import SITE
from ..errors import ArchiveError
from ..model import Problem, Record, Severity
from ..reading.origin import ORIGINALS
from . import manifest
from .originals import verify_originals
from .replay import Published, Unsound, read_record, replay

RECORD = "record.json"
_SHORTEST_ID = 6
"""Hex digits of an id below which it names too much."""


class Verification(Record, frozen=True, kw_only=True):
    """What was checked, and what does not hold."""

    files: int = 0
    """How many files were hashed and compared."""
    replayed: int = 0
    """How many records' edits were replayed."""
    problems: tuple[Problem, ...] = ()
    """By path."""

    @property
    def ok(self) -> bool:
        """Whether all that was checked holds; files that nobody lists do not count."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def verify(target: Path, only: str | None = None) -> Verification:
    """Check a built site, or an archive's originals and the site built in it.

    Args:
        target: The site's folder or the archive's.
        only: One article: its permalink, or the first six or more digits of its original's SHA-256.

    Raises:
        ArchiveError: there is nothing here to verify, or nothing that is called so.
    """
    checks: list[tuple[Callable[[Path, str | None], Verification], Path, str]] = []
    if _is_site(target):
        checks.append((_verify_site, target, ""))
    else:
        if (target / ORIGINALS).is_dir():
            checks.append((_verify_archive, target, ""))
        if _is_site(target / SITE):
            checks.append((_verify_site, target / SITE, f"{SITE}/"))
    if not checks:
        raise ArchiveError(
            "there is nothing to verify here",
            path=str(target),
            hint="name the folder of a built site, or an archive with originals",
        )
    done = [_below(prefix, check(folder, only)) for check, folder, prefix in checks]
    if only is not None and not any(part.files for part in done):
        raise ArchiveError(
            f"nothing here is called {only!r}",
            path=str(target),
            hint="give an article's address below the site's root, or the id in its record",
        )
    return _sum(done)


def _is_site(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (manifest.RENDERED, manifest.FILE_NAME))


def _verify_archive(root: Path, only: str | None) -> Verification:
    files, problems = verify_originals(root, only if only is None else _digits(only))
    return Verification(files=files, problems=problems)


def _verify_site(site: Path, only: str | None) -> Verification:
    problems: list[Problem] = []
    listed = {
        name: _listed(site, name, problems) for name in (manifest.FILE_NAME, manifest.RENDERED)
    }
    expected = _expected(listed, problems)
    folders = _folders(expected, only)
    paths = sorted(path for path in expected if only is None or _parent(path) in folders)
    faults = {path: fault for path in paths if (fault := _fault(site, path, expected[path]))}
    problems += (_error(path, fault) for path, fault in faults.items())
    sound = [folder for folder in folders if f"{folder}/{RECORD}" not in faults]
    outcomes = [_replay(site, folder, expected, faults) for folder in sound]
    problems += (outcome for outcome in outcomes if isinstance(outcome, Problem))
    if only is None:
        problems += _unlisted(site, expected)
    return Verification(
        files=len(paths),
        replayed=sum(outcome is True for outcome in outcomes),
        problems=tuple(problems),
    )


def _listed(site: Path, name: str, problems: list[Problem]) -> dict[str, str]:
    """Read one of the manifests; what is wrong with it is added to the problems."""
    try:
        entries = manifest.parse((site / name).read_bytes(), name)
    except FileNotFoundError:
        problems.append(_error(name, "this manifest is missing"))
        return {}
    except ArchiveError as error:
        problems.append(_error(name, error.message, error.line))
        return {}
    unsafe = [path for path in entries if not manifest.stays_inside(path)]
    problems += (_error(name, f"it lists {path!r}, outside the site") for path in unsafe)
    return {path: entries[path] for path in entries if manifest.stays_inside(path)}


def _expected(listed: dict[str, dict[str, str]], problems: list[Problem]) -> dict[str, str]:
    """Put the manifests together; where they disagree, the one of originals and records counts."""
    holdings, rendered = listed[manifest.FILE_NAME], listed[manifest.RENDERED]
    both = sorted(holdings.keys() & rendered.keys())
    problems += (
        _error(path, "the two manifests list different hashes for this file")
        for path in both
        if holdings[path] != rendered[path]
    )
    if rendered:
        unknown = sorted(holdings.keys() - rendered.keys())
        problems += (_error(path, f"{manifest.RENDERED} does not list it") for path in unknown)
    return rendered | holdings


def _folders(expected: Mapping[str, str], only: str | None) -> list[str]:
    """Give the folders of the articles meant: those with a record, by permalink or by id."""
    records = sorted(_parent(path) for path in expected if PurePosixPath(path).name == RECORD)
    if only is None:
        return records
    if only.strip("/") in records:
        return [only.strip("/")]
    digits = _digits(only)
    meant = {
        _parent(path)
        for path, digest in expected.items()
        if digits and _is_original(path) and digest.startswith(digits)
    }
    return [folder for folder in records if folder in meant]


def _replay(
    site: Path, folder: str, expected: Mapping[str, str], faults: Mapping[str, str]
) -> Problem | bool:
    """Check one record; give whether its edits were replayed, or what does not hold."""
    path, original = f"{folder}/{RECORD}", _original_in(site, folder)
    try:
        published = read_record((site / path).read_bytes())
        _check_company(published, folder, original, listed=original in expected)
        if not original or original in faults:
            return False
        return replay(published, (site / original).read_bytes())
    except Unsound as finding:
        return _error(path, f"checked against {original or 'its folder'}: {finding}")


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
    if published.status == "withdrawn":
        if original:
            raise Unsound("the article is withdrawn, but its original is still here")
    elif not original:
        raise Unsound("the original is missing")
    elif not listed:
        raise Unsound("no manifest lists the original")


def _fault(site: Path, path: str, expected: str) -> str:
    """Say what is wrong with a listed file; empty if nothing is."""
    try:
        with (site / path).open("rb") as file:
            found = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        return "this file is missing" if missing else f"it cannot be read: {error.strerror}"
    return "" if found == expected else f"its SHA-256 is {found}, and the manifest says {expected}"


def _unlisted(site: Path, expected: Mapping[str, str]) -> Iterator[Problem]:
    """Give the files that no manifest knows: somebody put them there, or a manifest lost them."""
    for path in sorted(site.rglob("*")):
        inner = path.relative_to(site).as_posix()
        known = inner in expected or inner == manifest.RENDERED or inner.startswith(".")
        if not known and path.is_file():
            yield Problem(
                path=inner,
                message="no manifest lists this file",
                hint="if nobody of yours put it there, remove it",
            )


def _is_original(path: str) -> bool:
    return PurePosixPath(path).name.startswith("original.")


def _parent(path: str) -> str:
    return PurePosixPath(path).parent.as_posix()


def _digits(only: str) -> str:
    """Give an id's digits; empty if it is none, which then names nothing."""
    digits = only.removeprefix("sha256:").lower()
    is_id = len(digits) >= _SHORTEST_ID and not digits.strip("0123456789abcdef")
    return digits if is_id else ""


def _error(path: str, message: str, line: int = 0) -> Problem:
    hint = "build the site again from the archive, or take the file from a copy that verifies"
    return Problem(path=path, message=message, line=line, hint=hint, severity=Severity.ERROR)


def _below(prefix: str, part: Verification) -> Verification:
    """Name the files of a part as seen from the folder that was asked about."""
    problems = (
        msgspec.structs.replace(problem, path=f"{prefix}{problem.path}")
        for problem in part.problems
    )
    return msgspec.structs.replace(part, problems=tuple(problems))


def _sum(parts: list[Verification]) -> Verification:
    problems = (problem for part in parts for problem in part.problems)
    return Verification(
        files=sum(part.files for part in parts),
        replayed=sum(part.replayed for part in parts),
        problems=tuple(sorted(problems, key=lambda problem: (problem.path, problem.message))),
    )
