import json
import random
import shutil

import msgspec
import pytest

from site_builder.build import build
from site_builder.config import Archive
from site_builder.errors import ArchiveError
from site_builder.model import (
    Article,
    Assertion,
    Basis,
    Capture,
    Edit,
    Reading,
    Reason,
    Severity,
)
from site_builder.provenance import manifest
from site_builder.provenance.findings import Outcome
from site_builder.provenance.log import leaf, log
from site_builder.provenance.record import record
from site_builder.provenance.tree import leads_to_root
from site_builder.provenance.verify import verify
from site_builder.reading.origin import original_path

TEXTS = {
    "quay": ("utf-8", "Menu\nThe quay is dry.Boats wait.\n"),
    "2023/brücke": ("windows-1252", "Menu\r\nThe bridge \u2013 “closed”.\r\n"),
    "tide": ("utf-16-le", "\ufeffMenu\nHigh tide \U0001f30a at noon.\n"),
}
ARCHIVE = Archive(root="/nowhere", title="Saltmere")


def reading_of(permalink, encoding, raw):
    """Read a text as reading does: the first line is navigation, and is cut."""
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    content = raw.encode(encoding)
    capture = Capture(
        path=f"articles/{permalink}.txt",
        size=len(content),
        sha256=manifest.digest(content),
        decoded_sha256=manifest.digest(text.encode()),
        media_type="text/plain",
        encoding=Assertion(value=encoding, basis=Basis.STATED),
        byte_order_mark=raw.startswith("\ufeff"),
    )
    title = Assertion(value="T", basis=Basis.STATED)
    article = Article(permalink=permalink, capture=capture, reader="text", title=title)
    edits = (Edit(start=0, end=5, rule="menu@1", reason=Reason.NAVIGATION),)
    return Reading(article=article, markup="text", text=text[5:], edits=edits)


def own(permalink, digests):
    """Give what the manifest has of the files in an article's own folder."""
    return {path: digests[path] for path in digests if path.rpartition("/")[0] == permalink}


def write(site, files):
    """Write a site with both manifests, as a build does."""
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)
    holdings = {path for path in files if "/original." in path or path.endswith("/record.json")}
    digests = {path: manifest.digest(files[path]) for path in holdings}
    leaves = [leaf(permalink, own(permalink, digests)) for permalink in TEXTS]
    for artifact in log("saltmere.example", leaves):
        (site / artifact.path).parent.mkdir(parents=True, exist_ok=True)
        (site / artifact.path).write_bytes(artifact.content)
        files = files | {artifact.path: artifact.content}
    hashes = {path: manifest.digest(content) for path, content in files.items()}
    fixity = manifest.make(digests)
    (site / manifest.FILE_NAME).write_bytes(fixity)
    rendered = hashes | {manifest.FILE_NAME: manifest.digest(fixity)}
    (site / manifest.RENDERED).write_bytes(manifest.make(rendered))


def site_files():
    """Give a small site: a front page, three articles with originals and records."""
    files = {"index.html": b"<h1>Saltmere</h1>", ".nojekyll": b""}
    for permalink, (encoding, raw) in TEXTS.items():
        reading = reading_of(permalink, encoding, raw)
        files[f"{permalink}/index.html"] = b"<p>page</p>"
        files[f"{permalink}/original.txt"] = raw.encode(encoding)
        files[f"{permalink}/record.json"] = record(reading.article, reading, ARCHIVE)
    return files


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    write(folder, site_files())
    return folder


def errors(verification):
    return [(f.path, f.message) for f in verification.findings if f.severity is Severity.ERROR]


def test_a_site_as_built_holds(site):
    """Every file is hashed, every record's edits are replayed, and nothing is found."""
    verification = verify(site)

    assert verification.ok
    assert (verification.files, verification.replayed) == (15, 3)
    assert verification.findings == ()


def test_a_thousand_changed_bytes_are_found_and_their_files_named(site):
    """Wherever one byte changes, in a page, an original, a record, the tree or a manifest, it is said."""
    dice = random.Random(2)  # noqa: S311 — the same places at each run
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path.stat().st_size)
    unnoticed = []
    for trial in range(1_000):
        path = paths[trial % len(paths)]
        content = path.read_bytes()
        place = dice.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= dice.randrange(1, 256)
        path.write_bytes(changed)
        verification = verify(site)
        shown = path.relative_to(site).as_posix()
        # Nothing lists the list of all files: a change there is told at the file whose line it is.
        named = shown == manifest.RENDERED or shown in {name for name, _ in errors(verification)}
        if verification.outcome is Outcome.SOUND or not named:
            unnoticed.append((shown, place, bytes(changed)))
        path.write_bytes(content)

    assert unnoticed == []
    assert verify(site).ok


def test_a_missing_and_an_added_file_are_told_apart(site):
    """What is gone is an error; what nobody lists may be a person's own file."""
    (site / "index.html").unlink()
    (site / "notes.html").write_bytes(b"x")
    verification = verify(site)

    assert errors(verification) == [("index.html", "this file is missing")]
    assert [(p.path, p.severity) for p in verification.findings][1:] == [
        ("notes.html", Severity.WARNING)
    ]


@pytest.mark.parametrize("name", [manifest.FILE_NAME, manifest.RENDERED])
def test_a_missing_manifest_is_said(site, name):
    """Without its manifest a file cannot be vouched for."""
    (site / name).unlink()

    assert (name, "this manifest is missing") in errors(verify(site))


def forged(key, value):
    """Give the site with one key of a record replaced, and manifests made anew to match."""
    files = site_files()
    content = json.loads(files["quay/record.json"])
    outer, _, inner = key.partition(".")
    if inner:
        content[outer][inner] = value
    else:
        content[outer] = value
    return files | {"quay/record.json": json.dumps(content).encode()}


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("capture.sha256", "0" * 64, "SHA-256 is"),
        ("capture.bytes", 3, "size in bytes"),
        ("capture.encoding", {"value": "utf-16-le"}, "SHA-256 of the decoded text"),
        ("capture.encoding", {"value": "base64"}, "an encoding that nobody knows"),
        ("edits.from", "sha256:0", "SHA-256 of the decoded text"),
        ("edits.to", "sha256:0", "SHA-256 of the shown text"),
        ("edits.ops", [], "SHA-256 of the shown text"),
        (
            "edits.ops",
            [{"start": 0, "end": 999, "rule": "x@1", "reason": "header"}],
            "the edits cannot be replayed",
        ),
        ("edits", None, "does not say how the text was made"),
        ("permalink", "tide", "the record of 'tide'"),
        ("status", "withdrawn", "withdrawn, but its original is still here"),
        ("capture", None, "not a record"),
    ],
)
def test_a_record_is_checked_against_its_original(tmp_path, key, value, says):
    """Hashes in order are not enough: the shown text must come from these bytes by these edits."""
    write(tmp_path, forged(key, value))
    found = errors(verify(tmp_path))

    assert [path for path, _ in found] == ["quay/record.json"]
    assert says in found[0][1]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"x": ' + b"[" * 100_000])
def test_what_is_no_record_is_said(tmp_path, content):
    """A record that nobody can read vouches for nothing, however it is broken."""
    write(tmp_path, site_files() | {"quay/record.json": content})
    [(path, message)] = errors(verify(tmp_path))

    assert path == "quay/record.json"
    assert "not a record" in message


def test_a_withdrawn_article_needs_no_original(tmp_path):
    """A tombstone is whole as it is."""
    files = forged("status", "withdrawn")
    del files["quay/original.txt"]
    write(tmp_path, files)

    assert verify(tmp_path).ok


def test_manifests_that_disagree_are_said(site):
    """Somebody who mends one manifest has to mend both."""
    entries = manifest.parse((site / manifest.RENDERED).read_bytes())
    changed = entries | {"quay/original.txt": "0" * 64}
    (site / manifest.RENDERED).write_bytes(manifest.make(changed))
    (site / "notes.html").write_bytes(b"x")

    assert errors(verify(site)) == [
        ("quay/original.txt", "the two manifests list different hashes for this file")
    ]


def test_a_manifest_cannot_lead_out_of_the_site(site):
    """A hostile manifest learns nothing of other files."""
    entries = manifest.parse((site / manifest.RENDERED).read_bytes())
    (site / manifest.RENDERED).write_bytes(manifest.make(entries | {"../secret": "0" * 64}))

    assert errors(verify(site)) == [(manifest.RENDERED, "it lists '../secret', outside the site")]


@pytest.mark.parametrize("by", ["permalink", "slashes", "id"])
def test_one_article_can_be_verified_alone(site, by):
    """By its address or by its id; the rest is left alone."""
    encoding, raw = TEXTS["2023/brücke"]
    names = {
        "permalink": "2023/brücke",
        "slashes": "/2023/brücke/",
        "id": manifest.digest(raw.encode(encoding))[:12],
    }
    (site / "quay" / "original.txt").write_bytes(b"changed")
    alone = verify(site, names[by])

    assert alone.ok
    assert (alone.files, alone.replayed) == (3, 1)


def test_an_unknown_article_is_an_error(site):
    """A typing slip must not pass for a clean bill."""
    with pytest.raises(ArchiveError, match="nothing here is called 'brigde'"):
        verify(site, "brigde")


def test_a_folder_with_nothing_to_verify_is_an_error(tmp_path):
    """The same goes for the wrong folder."""
    with pytest.raises(ArchiveError, match="nothing to verify"):
        verify(tmp_path)


@pytest.mark.parametrize("title", ["   ", "A\\nB", "\\u2028"])
def test_whatever_an_archive_is_called_it_verifies(tmp_path, title):
    """A checkpoint has one line for the archive's name, and it is never empty."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_text("x\n")
    (tmp_path / "archive.toml").write_text(f'title = "{title}"\n')
    build(tmp_path)

    assert verify(tmp_path).ok


def test_the_kind_of_a_fault_is_the_status(site):
    """1 where something changed, 2 where something is only gone."""
    (site / "index.html").unlink()
    gone = verify(site).outcome
    (site / "quay" / "index.html").write_bytes(b"x")

    assert (Outcome.MISSING, Outcome.CHANGED) == (gone, verify(site).outcome)


def test_manifests_made_anew_do_not_hide_a_change(site):
    """Whoever changes a record and both manifests has to change the tree too, and with it the root."""
    before, path = verify(site), site / "quay" / "record.json"
    path.write_bytes(path.read_bytes().replace(b"Saltmere", b"Mereside"))
    for name in (manifest.FILE_NAME, manifest.RENDERED):
        entries = manifest.parse((site / name).read_bytes())
        found = {path: manifest.digest((site / path).read_bytes()) for path in entries}
        (site / name).write_bytes(manifest.make(found))
    after = verify(site)

    assert [name for name, _ in errors(after)] == [
        "fixity/checkpoint.txt",
        "fixity/tile/0/000.p/3",
    ]
    assert before.root != after.root


@pytest.mark.parametrize("digits", [b'{"quay":0,"2023/br\xc3\xbccke":1}', b'{"quay":9}', b"["])
def test_places_that_do_not_fit_are_said(site, digits):
    """A tree whose order is not told can vouch for nothing."""
    (site / "fixity" / "places" / "all.json").write_bytes(digits)

    assert "fixity/checkpoint.txt" in {path for path, _ in errors(verify(site))}


def test_the_proof_of_one_article_leads_to_the_root(site):
    """Asked for one article, verifying gives the proof that a saved copy needs."""
    found = verify(site, "2023/brücke")

    assert found.proof.root == found.root == verify(site).root
    assert leads_to_root(found.proof)
    assert found.proof.entry.encode() in (site / manifest.FILE_NAME).read_bytes()


@pytest.fixture
def saved(site, tmp_path):
    """What a reader took home of one article: its original, its record, and the proof."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for name in ("original.txt", "record.json"):
        shutil.copy(site / "quay" / name, folder)
    proof = verify(site, "quay").proof
    (folder / "proof.json").write_bytes(msgspec.json.encode(proof))
    return folder


def test_a_saved_article_verifies_alone(saved, site):
    """Without the archive: the edits are replayed, and the proof leads to the archive's root."""
    found = verify(saved)

    assert found.ok
    assert (found.files, found.replayed, found.root) == (2, 1, verify(site).root)


@pytest.mark.parametrize("name", ["original.txt", "record.json", "proof.json"])
def test_a_saved_article_that_was_changed_is_found(saved, name):
    """In any byte of its three files; only what the proof calls the archive is not proved."""
    content = (saved / name).read_bytes()
    unnoticed = set()
    for place, byte in enumerate(content):
        (saved / name).write_bytes(content[:place] + bytes([byte ^ 1]) + content[place + 1 :])
        if verify(saved).ok:
            unnoticed.add(place)
    called = content.find(b"saltmere.example") if name == "proof.json" else 0
    vain = set(range(called, called + len("saltmere.example"))) if name == "proof.json" else set()

    assert unnoticed == vain


@pytest.fixture
def archive(tmp_path, site):
    """An archive as `import` leaves it, with a site built in it."""
    root = tmp_path / "archive"
    content = b"<p>The quay</p>"
    path = original_path(manifest.digest(content), ".html")
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes(content)
    (root / "articles").mkdir()
    note = f"---\ntitle: Quay\noriginal: {path}\noriginal_sha256: {manifest.digest(content)}\n---\n"
    (root / "articles" / "quay.md").write_text(note + "The quay\n", "utf-8")
    (root / "articles" / "plain.md").write_text("---\noriginal: Le Monde\n---\n", "utf-8")
    shutil.copytree(site, root / "_site")
    return root


def test_an_archive_as_imported_holds(archive):
    """Its originals are checked by their names, and the site in it by its manifests."""
    verification = verify(archive)

    assert verification.findings == ()
    assert verification.files == 1 + verify(archive / "_site").files


def test_a_changed_original_is_found_and_named(archive):
    """An original is named by its hash, so its bytes cannot change unnoticed."""
    original = next((archive / "originals").rglob("*.html"))
    original.write_bytes(b"<p>The key</p>")
    shown = original.relative_to(archive).as_posix()

    assert [path for path, _ in errors(verify(archive))] == [shown]


def test_a_change_in_the_site_is_named_from_the_archives_folder(archive):
    """The path can be opened from where the person stands."""
    (archive / "_site" / "index.html").write_bytes(b"x")

    assert [path for path, _ in errors(verify(archive))] == ["_site/index.html"]


def test_an_article_without_its_original_is_found(archive):
    """An article that names an original promises that it is there."""
    original = next((archive / "originals").rglob("*.html"))
    other = original.with_name("0" * 64 + ".html")
    original.rename(other)
    found = verify(archive)
    paths = [path for path, _ in errors(found)]

    assert paths == ["articles/quay.md", other.relative_to(archive).as_posix()]


def test_an_article_that_gives_another_hash_is_found(archive):
    """The two keys that `import` wrote must name the same bytes."""
    path = archive / "articles" / "quay.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("original_sha256: ", "original_sha256: 00"), "utf-8")
    [(named, message)] = errors(verify(archive))

    assert named == "articles/quay.md"
    assert "two hashes of its original" in message


def test_originals_nobody_names_are_pointed_out(archive):
    """They may be left from an article that was deleted."""
    (archive / "articles" / "quay.md").unlink()
    (archive / "originals" / "scan.pdf").write_bytes(b"x")
    verification = verify(archive)

    assert verification.ok
    assert [problem.message for problem in verification.findings] == [
        "no article names this original",
        "no article names this original",
        "this file is not named by its hash, so it cannot be checked",
    ]
