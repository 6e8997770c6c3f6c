import re
import tomllib
from pathlib import Path

import pytest
import yaml

from site_builder import __version__, config, scaffold
from site_builder.errors import ArchiveError
from site_builder.scan import scan


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "new" / "archive"
    scaffold.new(folder)
    return folder


@pytest.fixture
def workflow(archive):
    return yaml.safe_load((archive / ".github" / "workflows" / "pages.yml").read_text("utf-8"))


def test_a_new_archive_is_one(archive):
    """Its settings are valid, and it has an article, an outlet and a name to look at."""
    settings = config.load(archive)

    assert settings.title == "archive"
    assert [outlet.name for outlet in settings.outlets] == ["Example Outlet"]
    assert [name.label for name in settings.names] == ["Saint Example"]
    assert [original.path for original in scan(archive).originals] == ["articles/welcome.md"]


def test_every_file_written_is_told(tmp_path):
    """What is told is what is there, no more and no less."""
    told = scaffold.new(tmp_path)
    there = sorted(path for path in tmp_path.rglob("*") if path.is_file())

    assert sorted(told) == there


def uncommented(path):
    """Give the text of a TOML file with its commented settings in force."""
    setting = re.compile(r'^# (?=\w+ = |\[\[|"""|Collected by)', re.MULTILINE)
    return setting.sub("", path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("archive.toml", config._ArchiveFile),  # noqa: SLF001 — the list of keys there are
        ("outlets/example-outlet.toml", config._OutletFile),  # noqa: SLF001
        ("names/saint-example.toml", config._AuthorityFile),  # noqa: SLF001
    ],
)
def test_every_setting_there_is_stands_in_the_new_files(archive, name, keys):
    """A person finds out what can be set by opening the file, and no line names what is gone."""
    assert tomllib.loads(uncommented(archive / name)).keys() == set(keys.__struct_fields__)


def test_the_commented_settings_are_valid(archive):
    """Taking a # away must not lead to an error."""
    for name in scaffold.FILES:
        if name.endswith(".toml"):
            (archive / name).write_text(uncommented(archive / name), "utf-8")
    settings = config.load(archive)

    assert settings.title == "The Harbour Archive"
    assert [rule.pattern for rule in settings.outlets[0].rules] == ["You can also read us on .*"]


@pytest.mark.parametrize("name", ["archive.toml", ".gitignore", "articles/welcome.md"])
def test_nothing_is_written_over(tmp_path, name):
    """A slip of the fingers must not cost a person their settings."""
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(ArchiveError, match=re.escape(name)) as caught:
        scaffold.new(tmp_path)

    assert caught.value.hint
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path):
    """Writing through it would make a file somewhere else."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "archive.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(ArchiveError, match="already a file"):
        scaffold.new(folder)

    assert not (tmp_path / "elsewhere.toml").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    """The error names the place."""
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ArchiveError, match="cannot be written") as caught:
        scaffold.new(tmp_path / "file" / "archive")

    assert str(tmp_path / "file") in caught.value.path


def test_the_output_is_not_committed_and_originals_stay_as_they_are(archive):
    """What a build makes is no part of the repository, and git changes no byte of an original."""
    assert {"_site/", ".site-builder/"} <= set((archive / ".gitignore").read_text().splitlines())
    lines = (archive / ".gitattributes").read_text().splitlines()

    assert {"articles/** -text", "originals/** -text"} <= set(lines)


def test_the_workflow_may_do_no_more_than_it_must(workflow):
    """The job that runs other people's code may only read; the one that publishes runs nothing else."""
    jobs = workflow["jobs"]

    assert workflow["permissions"] == {}
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert len(jobs["deploy"]["steps"]) == 1
    assert workflow["concurrency"]["group"] == "pages"


def test_every_action_is_pinned_to_a_commit_and_says_its_version(archive):
    """A tag can be moved to other code; a commit cannot."""
    text = (archive / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    used = re.findall(r"uses: (.*)", text)

    assert len(used) == 5
    assert [
        use for use in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d[\d.]+", use)
    ] == []


def test_the_workflow_builds_with_this_version_for_the_address_of_the_pages(workflow):
    """What was seen at home is what is published, below the path that the site will have."""
    steps = workflow["jobs"]["build"]["steps"]
    [build] = [step for step in steps if "site-builder build" in step.get("run", "")]
    [install] = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    python = next(step for step in steps if "setup-python" in step.get("uses", ""))

    assert install == f'pip install "site-builder=={__version__}"'
    assert build["run"] == 'site-builder build --base-url "${BASE_URL%/}/" --as-of "$(date -u +%F)"'
    assert build["env"] == {"BASE_URL": "${{ steps.pages.outputs.base_url }}"}
    assert python["with"]["python-version"] == "3.12"
    assert steps[-1]["with"]["path"] == config.SITE


def test_no_expression_is_written_into_a_shell_line(workflow):
    """What comes from outside reaches the shell as a variable, never as part of the command."""
    lines = [step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"]]

    assert [line for line in lines if "${{" in line] == []


def test_the_new_archive_is_the_same_wherever_it_is_made(tmp_path):
    """Nothing in it depends on the folder, the machine or the day."""
    made = []
    for name in ("a", "b"):
        files = scaffold.new(tmp_path / name)
        made.append({p.relative_to(tmp_path / name): Path(p).read_bytes() for p in files})

    assert made[0] == made[1]
