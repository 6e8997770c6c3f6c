"""The commands, as a person or a program calls them."""

import json
import shutil

import pytest
from click.testing import CliRunner

from site_builder.cli import main

ARTICLE = "---\ntitle: The pier\ndate: 2023-11-04\noutlet: Harbour Post\n---\n\nThe pier is open.\n"


@pytest.fixture
def run():
    """A function that runs a command and gives what came of it."""
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def archive(tmp_path):
    """An archive of one article."""
    (tmp_path / "archive" / "articles").mkdir(parents=True)
    (tmp_path / "archive" / "articles" / "pier.md").write_text(ARTICLE)
    return tmp_path / "archive"


def test_build_says_what_it_made_and_where(run, archive):
    """The summary stands on standard output, and the status is 0 when nothing is wrong."""
    ran = run("build", archive)

    assert (0, "") == (ran.exit_code, ran.stderr)
    assert "articles  1\n" in ran.stdout
    assert str(archive / "_site") in ran.stdout
    assert (archive / "_site" / "pier" / "index.html").is_file()


def test_build_prints_one_object_for_programs(run, archive):
    """The keys are those that DESIGN section 7 promises."""
    facts = json.loads(run("build", archive, "--json").stdout)

    assert {"articles", "pages", "problems", "seconds", "bytes", "changed"} == facts.keys()
    assert (1, []) == (facts["articles"], facts["problems"])


def test_what_was_left_out_is_said_on_standard_error_and_by_the_status(run, archive):
    """A refusal has path, words and hint; the rest is built; the status is 1."""
    (archive / "articles" / "empty.md").write_bytes(b"")

    ran = run("build", archive)

    assert 1 == ran.exit_code
    assert "error: articles/empty.md: this file is empty\n  hint: " in ran.stderr
    assert (archive / "_site" / "pier" / "index.html").is_file()


def test_a_fault_in_the_settings_stops_before_anything_is_written(run, archive):
    """The fault is located, nothing is built, the status is 1."""
    (archive / "archive.toml").write_text('title = "T"\nlanguage = en\n')

    ran = run("build", archive)

    assert (1, "") == (ran.exit_code, ran.stdout)
    assert ran.stderr.startswith("error: archive.toml:2:")
    assert ["archive.toml", "articles"] == sorted(path.name for path in archive.iterdir())


@pytest.mark.parametrize("words", [["build", "--jobs", "0"], ["bild"], ["search"], ["import"]])
def test_a_wrong_command_has_status_2(run, words):
    """A program can tell its own mistake from a fault of the archive."""
    assert 2 == run(*words).exit_code


def test_many_problems_are_cut_short_and_counted(run, archive):
    """A build of thousands of articles does not bury its summary."""
    for number in range(30):
        (archive / "articles" / f"empty{number:02}.md").write_bytes(b"")

    ran = run("build", archive)

    assert 20 == ran.stderr.count("error:")
    assert "… and 10 more" in ran.stderr


def test_what_was_left_out_is_named_before_what_is_only_doubtful(run, archive):
    """Twenty warnings never hide the one file that is not in the site."""
    for number in range(25):
        text = f"---\ntitle: {number}\ndate: some day\n---\nText.\n"
        (archive / "articles" / f"a{number}.md").write_text(text)
    (archive / "articles" / "z.md").write_bytes(b"")

    ran = run("build", archive)

    assert "articles/z.md" in ran.stderr.splitlines()[0]


def test_control_characters_of_a_file_name_do_not_reach_the_terminal(run, archive):
    """A stranger's file name cannot colour or clear the screen."""
    (archive / "articles" / "a\x1b[31mb.md").write_bytes(b"")

    ran = run("build", archive)

    assert "\x1b" not in ran.stderr + ran.stdout
    assert "a\\x1b[31mb.md" in ran.stderr


def test_search_answers_in_lines_and_in_json(run, archive):
    """Both name the article; JSON has the keys that DESIGN section 7 promises."""
    lines = run("search", "pier", "--archive", archive)
    facts = json.loads(run("search", "pier", "--archive", archive, "--json").stdout)
    (hit,) = facts["hits"]

    assert "The pier" in lines.stdout
    assert {"query", "total", "hits"} == facts.keys()
    assert {"id", "url", "title", "date", "outlet", "score"} == hit.keys()
    assert ("pier", "pier/", "2023-11-04", "Harbour Post") == (
        hit["id"],
        hit["url"],
        hit["date"],
        hit["outlet"],
    )


def test_a_search_without_answer_is_no_fault(run, archive):
    """Nothing found is an answer; what was tried instead is said."""
    ran = run("search", "xylophone", "--archive", archive)

    assert 0 == ran.exit_code
    assert "no article has 'xylophone'" in ran.stdout


def test_check_lists_what_to_look_at(run, archive):
    """Every problem is named; without errors the status is 0."""
    (archive / "articles" / "undated.md").write_text("# Undated\n\nText.\n")

    ran = run("check", archive)

    assert 0 == ran.exit_code
    assert "articles/undated.md" in ran.stderr
    assert "to look at" in ran.stdout


def test_timings_tell_every_stage(run, archive):
    """Each stage has its line, and with `--json` its seconds; they are no longer than the whole."""
    told = run("build", archive, "--clean", "--timings")
    facts = json.loads(run("build", archive, "--clean", "--timings", "--json").stdout)
    stages = ["scan", "read", "order", "search", "pages", "shards", "publish", "index"]

    assert stages == list(facts["timings"])
    assert sum(facts["timings"].values()) <= facts["seconds"] + 0.01
    assert all(f"{stage:>9}  " in told.stdout for stage in stages)
    assert "timings" not in json.loads(run("build", archive, "--json").stdout)


def test_verify_finds_a_changed_byte(run, archive):
    """An untouched site verifies; a changed original is named, and the status is 1."""
    run("build", archive)
    fine = run("verify", archive / "_site")
    original = archive / "_site" / "pier" / "original.md"
    original.write_bytes(original.read_bytes().replace(b"open", b"shut"))
    tampered = run("verify", archive / "_site")

    assert (0, 1) == (fine.exit_code, tampered.exit_code)
    assert "pier/original.md" in tampered.stderr


def test_import_new_and_build_work_together(run, tmp_path):
    """What `new` wrote takes in a file, and builds without a problem that leaves something out."""
    archive = tmp_path / "mine"
    (tmp_path / "pasted.txt").write_text("The ferry is back\n\nIt sailed on Monday.\n")

    begun = run("new", archive)
    taken = run("import", tmp_path / "pasted.txt", "--archive", archive)
    built = run("build", archive, "--json")

    assert [0, 0, 0] == [begun.exit_code, taken.exit_code, built.exit_code], built.output
    assert 2 == json.loads(built.stdout)["articles"]
    assert 1 == len(list((archive / "originals").rglob("*.txt")))


def test_the_site_may_lie_anywhere(run, archive, tmp_path):
    """`-o` and `--base-url` decide for one build where it goes and where it will be."""
    out = tmp_path / "elsewhere"
    run("build", archive, "-o", out, "--base-url", "https://example.org/repo")

    assert "https://example.org/repo/pier/" in (out / "pier" / "index.html").read_text()
    assert not (archive / "_site").exists()


def test_somebody_elses_folder_is_not_built_into(run, archive, tmp_path):
    """The error says what to do."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "a.doc").write_text("x")

    ran = run("build", archive, "-o", tmp_path / "thesis")

    assert 1 == ran.exit_code
    assert "-o" in ran.stderr


@pytest.mark.parametrize("inner", ["static", "articles/site", "outlets", ".site-builder/site"])
def test_the_site_is_not_built_into_the_archives_own_folders(run, archive, inner):
    """There the next build would take the site for a part of the archive."""
    ran = run("build", archive, "-o", archive / inner)

    assert 1 == ran.exit_code
    assert f"error: {archive / inner}: " in ran.stderr
    assert not (archive / inner).exists()


def test_a_folder_that_cannot_be_written_is_said_in_words(run, archive):
    """Whatever the system refuses is named with its reason: no command ends in a traceback."""
    (archive / "in the way").write_text("a file")

    ran = run("build", archive, "-o", archive / "in the way" / "site")

    assert (1, SystemExit) == (ran.exit_code, type(ran.exception))
    assert f"error: {archive / 'in the way' / 'site'}: " in ran.stderr
    assert "\n  hint: " in ran.stderr


@pytest.mark.parametrize("command", ["build -o {0} {1}", "check {1}", "search pier --archive {1}"])
def test_an_archive_that_cannot_be_written_to_can_be_used(run, archive, tmp_path, command):
    """Where no cache can be kept, the work is done all the same."""
    (archive / ".site-builder").write_text("in the way")

    ran = run(*(word.format(tmp_path / "site", archive) for word in command.split()))

    assert 0 == ran.exit_code, ran.output


def test_a_bare_folder_of_files_is_an_archive(run, tmp_path, example):
    """The first page appears before any settings are written."""
    shutil.copytree(example / "articles", tmp_path / "papers")

    assert 0 == run("build", tmp_path / "papers").exit_code
    assert "papers" in (tmp_path / "papers" / "_site" / "index.html").read_text()
