"""One article as a reader saved it: original, record, and the proof that it was in the archive's tree."""

from hashlib import sha256
from pathlib import Path

import msgspec

from ..errors import ArchiveError
from . import manifest
from .findings import Finding, Proof, Verification, fault
from .record import RECORD
from .replay import Unsound, read_record, replay
from .tree import leads_to_root

PROOF = "proof.json"


def is_saved(folder: Path) -> bool:
    """Whether a folder holds an article's record and, beside it, its original."""
    return (folder / RECORD).is_file() and bool(_originals(folder))


def verify_saved(folder: Path) -> Verification:
    """Replay the record's edits from the original; where a proof was saved, follow it to its root."""
    original = _originals(folder)[0]
    contents = {path.name: path.read_bytes() for path in (original, folder / RECORD)}
    found: list[Finding] = []
    replayed = False
    try:
        replayed = replay(read_record(contents[RECORD]), contents[original.name])
    except Unsound as finding:
        found.append(fault(RECORD, f"checked against {original.name}: {finding}"))
    proof = _proof(folder, found)
    if proof:
        found += _by_proof(proof, contents)
    return Verification(
        files=len(contents),
        replayed=int(replayed),
        origin=proof.origin if proof else "",
        size=proof.size if proof else 0,
        root=proof.root if proof else "",
        proof=proof,
        findings=tuple(found),
    )


def _originals(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("original.*") if path.is_file())


def _proof(folder: Path, found: list[Finding]) -> Proof | None:
    try:
        return msgspec.json.decode((folder / PROOF).read_bytes(), type=Proof)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        found.append(fault(PROOF, f"this is not a proof: {error}"))
        return None


def _by_proof(proof: Proof, contents: dict[str, bytes]) -> list[Finding]:
    """Compare the files with the proof's entry, and the entry with the proof's root."""
    try:
        entry = manifest.parse(proof.entry.encode(), PROOF)
        sound = leads_to_root(proof)
    except (ArchiveError, ValueError) as error:
        return [fault(PROOF, f"this is not a proof: {error}")]
    said = {path.rpartition("/")[2]: digest for path, digest in entry.items()}
    faults = [
        fault(name, "it is not the file that the proof is of")
        for name, content in contents.items()
        if said.get(name) != sha256(content).hexdigest()
    ]
    return faults if sound else [*faults, fault(PROOF, "the proof does not lead to its root")]
