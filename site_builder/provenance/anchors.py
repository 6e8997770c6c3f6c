"""Anchors: what others have signed of an archive's checkpoint, checked without network.

A keeper has `fixity/checkpoint.txt` of a built site stamped or signed, and keeps the outcome in the archive's
folder `anchors/`, which a build publishes as `fixity/anchors/`:

- RFC 3161: `NAME.txt`, the checkpoint as it was stamped, `NAME.txt.tsr`, the reply of the time-stamping
  authority, and `NAME.pem` or `tsa.pem`, the certificates to trust; checked by `openssl ts -verify`
- git: a signed tag whose message is a checkpoint; checked by `git verify-tag`, SSH keys by
  `anchors/allowed_signers`

`docs/fixity.md` says how to make both, and what they prove.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..model import Artifact, Severity
from .findings import Anchor, Finding, Kind, Verification
from .log import FOLDER, Checkpoint, parse_checkpoint
from .site import read_site_tree
from .tree import Tree

ANCHORS = "anchors"
"""The folder, in an archive and in a site's `fixity/`."""
_PATIENCE = 60
"""Seconds that a program may take."""
_STAMPED = re.compile(r"^Time stamp: (.+) GMT$", re.MULTILINE)
_SIGNED = re.compile(
    r"^(?:gpg: Good signature from |Good \"git\" signature for )(.+)$", re.MULTILINE
)
_TRUSTED_PROGRAMS = (
    "gpg.program=gpg", "gpg.openpgp.program=gpg", "gpg.x509.program=gpgsm", "gpg.ssh.program=ssh-keygen",
    "core.fsmonitor=false",
)  # fmt: skip
"""An archive comes from strangers: its own git settings name no program that we run."""


class _Broken(Exception):  # noqa: N818 — it names a finding, not a fault of ours
    """What does not hold of an anchor: the message says what."""


def check_anchors(target: Path, site: Path | None) -> Verification:
    """Check the anchors of an archive and of the site in it.

    Args:
        target: The archive's folder, or the site's.
        site: The built site whose tree the anchors are held against; None where there is none.
    """
    tree = read_site_tree(site) if site else None
    folders = (target / ANCHORS, *((site / FOLDER / ANCHORS,) if site else ()))
    folder = next((folder for folder in folders if folder.is_dir()), None)
    checked: list[Anchor | Finding] = []
    try:
        checked += _stamps(target, folder, tree)
        checked += _tags(target, folder, tree)
    except _Broken as broken:
        checked.append(_finding(ANCHORS, str(broken), "install it, or check by hand"))
    held = [anchor for anchor in checked if isinstance(anchor, Anchor)]
    found = [finding for finding in checked if isinstance(finding, Finding)]
    if not held and not found:
        message = "there is no signed tag and no time stamp to check"
        hint = "docs/fixity.md says how to make one"
        found.append(_finding(ANCHORS, message, hint, Kind.MISSING))
    return Verification(anchors=tuple(held), findings=tuple(found))


def published_anchors(root: Path) -> Iterator[Artifact]:
    """Give the anchors of an archive as files of its site; a link that leads out of their folder stays."""
    folder = root / ANCHORS
    for path in sorted(folder.glob("*")):
        inside = path.resolve().parent == root.resolve() / ANCHORS
        if inside and path.is_file() and not path.name.startswith("."):
            place = f"{FOLDER}/{ANCHORS}/{path.name}"
            yield Artifact(path=place, content=path.read_bytes())


def _stamps(target: Path, folder: Path | None, tree: Tree | None) -> Iterator[Anchor | Finding]:
    for token in sorted(folder.glob("*.tsr")) if folder else ():
        try:
            yield _stamp(token, tree)
        except _Broken as broken:
            shown = token.relative_to(target).as_posix()
            yield _finding(
                shown, str(broken), "ask the authority for a new one over the checkpoint"
            )


def _stamp(token: Path, tree: Tree | None) -> Anchor:
    """Check one time stamp: its signature now, as of the time that it gives."""
    stamped = token.with_suffix("")
    checkpoint = _checkpoint(stamped)
    authority = next(
        (
            path
            for path in (stamped.with_suffix(".pem"), token.with_name("tsa.pem"))
            if path.is_file()
        ),
        None,
    )
    if authority is None:
        message = f"the certificates of its authority are missing: {stamped.stem}.pem or tsa.pem"
        raise _Broken(message)
    printed = _run("openssl", ["ts", "-reply", "-in", str(token), "-text"]).stdout
    at = _STAMPED.search(printed)
    if at is None:
        message = "it is not the reply of a time-stamping authority"
        raise _Broken(message)
    time = _time(at[1])
    trust = ["-CAfile", str(authority), "-attime", str(int(time.timestamp()))]
    asked = ["ts", "-verify", "-data", str(stamped), "-in", str(token), *trust]
    if (done := _run("openssl", asked)).returncode:
        reason = next(iter(done.stderr.strip().splitlines()[-1:]), "openssl gives no reason")
        message = f"the time stamp does not hold: {reason.rpartition(':')[2] or reason}"
        raise _Broken(message)
    return _anchor("rfc3161", token.name, _authority(authority), time.isoformat(), checkpoint, tree)


def _time(written: str) -> datetime:
    """Read a time as openssl prints it: `Nov  4 05:11:31.25 2023`."""
    without_parts = re.sub(r"\.[0-9]+", "", written)
    try:
        return datetime.strptime(without_parts, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError as error:
        message = f"its time cannot be read: {written}"
        raise _Broken(message) from error


def _authority(certificates: Path) -> str:
    """Name who is trusted: whoever gives the certificate could have made it, so its hash is told."""
    asked = ["x509", "-in", str(certificates), "-noout", "-subject", "-fingerprint", "-sha256"]
    subject, _, rest = _run("openssl", asked).stdout.partition("\n")
    fingerprint = rest.strip().rpartition("=")[2].replace(":", "").lower()
    return f"{subject.removeprefix('subject=').strip()} (certificate {fingerprint})"


def _tags(target: Path, folder: Path | None, tree: Tree | None) -> Iterator[Anchor | Finding]:
    """Check the signed tags whose message is a checkpoint; a folder without git has none."""
    if not shutil.which("git"):
        return
    listing = ["for-each-ref", "refs/tags", "--format=%(objecttype) %(refname)"]
    for line in _git(target, listing, folder).stdout.splitlines():
        kind, _, name = line.partition(" ")
        content = _git(target, ["for-each-ref", name, "--format=%(contents)"], folder).stdout
        try:
            checkpoint = parse_checkpoint(content.encode())
        except ValueError:
            continue  # a tag of another kind
        shown = name.removeprefix("refs/tags/")
        done = _git(target, ["verify-tag", name], folder)
        if kind != "tag" or done.returncode:
            message = f"the signature of the tag does not hold: {_last_line(done.stderr)}"
            yield _finding(
                shown,
                message,
                "sign it again, or give git the key that signed it (SSH: anchors/allowed_signers)",
            )
            continue
        signer = _SIGNED.search(done.stderr + done.stdout)
        by = signer[1] if signer else "somebody whose key git knows"
        yield _anchor("git-tag", shown, by, "", checkpoint, tree)


def _git(
    target: Path, arguments: Sequence[str], folder: Path | None
) -> subprocess.CompletedProcess[str]:
    settings = [*_TRUSTED_PROGRAMS]
    signers = folder / "allowed_signers" if folder else None
    if signers and signers.is_file():
        settings.append(f"gpg.ssh.allowedSignersFile={signers.resolve()}")
    options = [part for setting in settings for part in ("-c", setting)]
    return _run("git", ["-C", str(target), *options, *arguments])


def _run(program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    found = shutil.which(program)
    if found is None:
        message = f"{program} is not on this machine, and only it can check this"
        raise _Broken(message)
    try:
        return subprocess.run(  # noqa: S603 — a program found by its fixed name, arguments as a list
            [found, *arguments],
            capture_output=True, check=False, timeout=_PATIENCE,
            encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        message = f"{program} does not come to an end"
        raise _Broken(message) from error


def _checkpoint(path: Path) -> Checkpoint:
    try:
        return parse_checkpoint(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path.name}, the checkpoint that was stamped, cannot be read: {error}"
        raise _Broken(message) from error


def _anchor(
    kind: str, name: str, by: str, at: str, checkpoint: Checkpoint, tree: Tree | None
) -> Anchor:
    return Anchor(
        kind=kind,
        name=name,
        by=by,
        at=at,
        size=checkpoint.size,
        root=checkpoint.root,
        stands_for=_stands_for(checkpoint, tree),
    )


def _stands_for(checkpoint: Checkpoint, tree: Tree | None) -> str:
    """Say what a checkpoint is to the tree of today."""
    if tree is None or checkpoint.size > len(tree.order):
        return "earlier"
    if tree.root(checkpoint.size) != checkpoint.root:
        return "earlier"
    return "today" if checkpoint.size == len(tree.order) else "beginning"


def _last_line(text: str) -> str:
    return next(iter(text.strip().splitlines()[-1:]), "git gives no reason")


def _finding(path: str, message: str, hint: str, kind: Kind = Kind.ANCHOR) -> Finding:
    return Finding(path=path, message=message, hint=hint, severity=Severity.ERROR, kind=kind)
