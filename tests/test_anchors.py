"""Anchors: time stamps and signed tags over a checkpoint, as openssl and git make and check them."""

import shutil
import subprocess

import pytest

from site_builder.build import build
from site_builder.provenance.findings import Outcome
from site_builder.provenance.verify import verify

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not here")
needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not here")

AUTHORITY = """
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
[req]
distinguished_name = name
x509_extensions = stamps
prompt = no
[name]
CN = Saltmere Time Stamps
[stamps]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


def run(folder, *words):
    return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)


def article(root, name, day):
    folder = root / "articles"
    folder.mkdir(exist_ok=True)
    text = f"---\ntitle: {name}\ndate: {day}\n---\nThe {name} is open.\n"
    (folder / f"{name}.md").write_text(text, "utf-8")


@pytest.fixture
def archive(tmp_path):
    """An archive of two articles, built."""
    root = tmp_path / "archive"
    root.mkdir()
    article(root, "quay", "2023-01-02")
    article(root, "bridge", "2023-02-03")
    build(root)
    return root


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """A time-stamping authority of our own, made for this run."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(AUTHORITY)
    (folder / "serial").write_text("01\n")
    key = ("-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "2")
    run(folder, "openssl", "req", "-x509", *key, "-config", "tsa.cnf")
    return folder


def stamped(archive, authority):
    """Have the archive's checkpoint stamped, and keep stamp and certificate beside it."""
    folder = archive / "anchors"
    folder.mkdir()
    shutil.copy(archive / "_site" / "fixity" / "checkpoint.txt", folder / "day.txt")
    shutil.copy(authority / "tsa.pem", folder / "tsa.pem")
    query, reply = str(authority / "q.tsq"), str(folder / "day.txt.tsr")
    run(
        authority,
        "openssl",
        "ts",
        "-query",
        "-data",
        str(folder / "day.txt"),
        "-sha256",
        "-cert",
        "-out",
        query,
    )
    run(
        authority,
        "openssl",
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-queryfile",
        query,
        "-out",
        reply,
    )
    return folder


@needs_openssl
def test_a_time_stamp_holds(archive, authority):
    """It says who signed, when, and that it is over all articles of today."""
    stamped(archive, authority)
    found = verify(archive, anchors=True)
    [anchor] = found.anchors

    assert found.outcome is Outcome.SOUND
    assert (anchor.kind, anchor.stands_for, anchor.size) == ("rfc3161", "today", 2)
    assert "Saltmere Time Stamps" in anchor.by
    assert anchor.at.endswith("+00:00")


@needs_openssl
def test_a_stamp_is_published_and_checked_there(archive, authority):
    """A reader who has the site alone can check it too; the tree does not change by it."""
    before = verify(archive).root
    stamped(archive, authority)
    build(archive)
    found = verify(archive / "_site", anchors=True)

    assert found.ok
    assert before == found.root
    assert ["today"] == [anchor.stands_for for anchor in found.anchors]


@needs_openssl
def test_an_older_stamp_stands_for_the_beginning(archive, authority):
    """Newer articles are added at the end, so an earlier stamp still vouches for those before."""
    stamped(archive, authority)
    article(archive, "tide", "2023-03-04")
    build(archive)
    grown = verify(archive, anchors=True)
    article(archive, "bridge", "2023-02-04")
    build(archive)
    changed = verify(archive, anchors=True)

    assert ["beginning"] == [anchor.stands_for for anchor in grown.anchors]
    assert ["earlier"] == [anchor.stands_for for anchor in changed.anchors]
    assert changed.ok


@needs_openssl
@pytest.mark.parametrize("name", ["day.txt", "day.txt.tsr", "tsa.pem"])
def test_a_stamp_that_does_not_hold_is_found(archive, authority, name):
    """One byte of the checkpoint or of the reply, or another's certificate."""
    path = stamped(archive, authority) / name
    content = bytearray(path.read_bytes())
    content[-8 if name == "day.txt" else len(content) // 2] ^= 1
    path.write_bytes(content)
    found = verify(archive, anchors=True)

    assert found.outcome is Outcome.ANCHOR
    assert ["anchors/day.txt.tsr"] == [finding.path for finding in found.findings]
    assert found.anchors == ()


@needs_openssl
@pytest.mark.parametrize("name", ["day.txt", "tsa.pem"])
def test_a_stamp_without_what_it_needs_is_found(archive, authority, name):
    """The stamped checkpoint and the certificate belong to a stamp."""
    (stamped(archive, authority) / name).unlink()

    assert verify(archive, anchors=True).outcome is Outcome.ANCHOR


@pytest.fixture
def repository(archive, tmp_path):
    """The archive as a repository, with an SSH key that signs its tags."""
    run(tmp_path, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key")
    run(archive, "git", "init", "-q")
    for name, value in (
        ("user.name", "A Keeper"), ("user.email", "keeper@saltmere.example"), ("gpg.format", "ssh"),
        ("user.signingkey", str(tmp_path / "key")), ("commit.gpgsign", "false"),
    ):  # fmt: skip
        run(archive, "git", "config", name, value)
    run(archive, "git", "add", "articles")
    run(archive, "git", "commit", "-q", "-m", "Begin")
    (archive / "anchors").mkdir()
    public = (tmp_path / "key.pub").read_text()
    (archive / "anchors" / "allowed_signers").write_text(f"keeper@saltmere.example {public}")
    return archive


def tag(repository, name):
    checkpoint = str(repository / "_site" / "fixity" / "checkpoint.txt")
    run(repository, "git", "tag", "-s", name, "-F", checkpoint)


@needs_ssh
def test_a_signed_tag_holds(repository):
    """It names the signer; its date, which anyone can set, is not told as a fact."""
    tag(repository, "archive-1")
    run(repository, "git", "tag", "-a", "v1", "-m", "a tag of another kind")
    found = verify(repository, anchors=True)
    [anchor] = found.anchors

    assert found.ok
    assert (anchor.kind, anchor.name, anchor.at) == ("git-tag", "archive-1", "")
    assert "keeper@saltmere.example" in anchor.by
    assert anchor.stands_for == "today"


@needs_ssh
def test_a_tag_of_an_unknown_signer_is_found(repository):
    """A signature is worth what is known of its key; none at all is worth nothing."""
    tag(repository, "archive-1")
    (repository / "anchors" / "allowed_signers").write_text("")
    checkpoint = str(repository / "_site" / "fixity" / "checkpoint.txt")
    run(repository, "git", "tag", "-a", "archive-2", "-F", checkpoint)
    found = verify(repository, anchors=True)

    assert found.outcome is Outcome.ANCHOR
    assert ["archive-1", "archive-2"] == [finding.path for finding in found.findings]


@needs_ssh
def test_the_settings_of_a_repository_run_nothing(repository, tmp_path):
    """An archive comes from strangers: git is not told by it which program checks signatures."""
    tag(repository, "archive-1")
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key in ("gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "core.fsmonitor"):
        run(repository, "git", "config", key, str(trap))
    verify(repository, anchors=True)

    assert not (tmp_path / "sprung").exists()


def test_no_anchor_at_all_is_said(archive):
    """Asked for, it is missing; the site itself is sound."""
    assert verify(archive, anchors=True).outcome is Outcome.MISSING
    assert verify(archive).ok
