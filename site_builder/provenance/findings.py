"""What verifying comes to: findings, each of a kind, and what was checked."""

from enum import IntEnum, StrEnum

from ..model import Problem, Record, Severity


class Kind(StrEnum):
    """What is the matter with a file."""

    CHANGED = "changed"
    """It is not what it was, or does not fit what it should fit."""
    MISSING = "missing"
    UNLISTED = "unlisted"
    """Nobody vouches for it."""
    ANCHOR = "anchor"
    """A signature or time stamp does not hold."""


class Finding(Problem, frozen=True, kw_only=True):
    """A problem that verifying found."""

    kind: Kind = Kind.CHANGED


class Outcome(IntEnum):
    """What a verification comes to, as the status that the command ends with."""

    SOUND = 0
    CHANGED = 1
    MISSING = 2
    """Something is gone, and nothing is changed."""
    ANCHOR = 3
    """All is there and unchanged, but an anchor does not hold."""


class Proof(Record, frozen=True, kw_only=True):
    """That one article stands in a tree (RFC 9162, section 2.1.3); the page's Verify button saves one."""

    origin: str
    size: int
    """Articles in the tree."""
    root: str
    """Base64."""
    index: int
    entry: str
    """The article's lines of the manifest: what its leaf is the hash of."""
    hashes: tuple[str, ...]
    """From the leaf to the root, in hex."""


class Anchor(Record, frozen=True, kw_only=True):
    """A signature or time stamp that holds, over a checkpoint."""

    kind: str
    """`rfc3161` or `git-tag`."""
    name: str
    by: str
    """Who signed, as the signature says."""
    at: str
    """When, as far as that is vouched for; empty for a tag, whose date anyone can set."""
    size: int
    root: str
    stands_for: str
    """What that checkpoint is to the tree of today: `today`, `beginning` or `earlier`."""


class Verification(Record, frozen=True, kw_only=True):
    """What was checked, and what does not hold."""

    files: int = 0
    """How many files were hashed and compared."""
    replayed: int = 0
    """How many records' edits were replayed."""
    origin: str = ""
    size: int = 0
    root: str = ""
    """The tree of the site that was checked; empty where none was."""
    proof: Proof | None = None
    """Where one article was asked for."""
    anchors: tuple[Anchor, ...] = ()
    findings: tuple[Finding, ...] = ()
    """By path."""

    @property
    def outcome(self) -> Outcome:
        """What it comes to; files that nobody lists do not count."""
        kinds = {found.kind for found in self.findings if found.severity is Severity.ERROR}
        if kinds & {Kind.CHANGED, Kind.UNLISTED}:
            return Outcome.CHANGED
        if Kind.MISSING in kinds:
            return Outcome.MISSING
        return Outcome.ANCHOR if kinds else Outcome.SOUND

    @property
    def ok(self) -> bool:
        """Whether all that was checked holds."""
        return self.outcome is Outcome.SOUND


def fault(path: str, message: str, kind: Kind = Kind.CHANGED, line: int = 0) -> Finding:
    """Say what does not hold of a file of a site."""
    hint = "build the site again from the archive, or take the file from a copy that verifies"
    return Finding(
        path=path, message=message, line=line, hint=hint, severity=Severity.ERROR, kind=kind
    )
