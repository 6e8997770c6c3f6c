"""The README and the docs fail here when they no longer say what the program does."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import site_builder
from site_builder import config
from site_builder.cli import main
from site_builder.errors import ConfigError
from site_builder.reading.front_matter.keys import SPELLINGS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(site_builder.__file__).parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]

COMMANDS = ("new", "build", "serve", "search", "import", "check", "verify")


def test_the_commands_are_those_of_the_design():
    """A command is promised, or it is not there."""
    assert sorted(COMMANDS) == sorted(main.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_the_readme_and_has_help(name):
    """A command nobody can find does not exist."""
    assert re.search(rf"^\$ site-builder {name}\b", README, re.MULTILINE)
    assert main.commands[name].help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_the_readme_s_table_and_has_help(name):
    """Each row of the table names the options that its command has, no more and no fewer."""
    options = [param for param in main.commands[name].params if param.param_type_name == "option"]
    row = re.search(rf"^\| `{name}` \|(.*)\|$", README, re.MULTILINE)
    told = set(re.findall(r"`(--?[a-z-]+)`", row[1] if row else ""))

    assert {spelling for option in options for spelling in option.opts} == told
    assert [] == [option.name for option in options if not option.help]


def keys_of(tmp_path, name):
    """Give the keys that a settings file may have, as the program tells someone who misspelt one."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("nonsense = true\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path)
    path.unlink()
    return caught.value.hint.removeprefix("the keys are: ").split(", ")


def section(title):
    """Give the README's text below a heading, up to the next one."""
    return re.split(r"^#+ ", README.partition(f"# {title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_key_of_archive_toml_is_in_the_readme(tmp_path):
    """A setting nobody can find does not exist, and one that is gone is not promised."""
    rows = re.findall(r"^\| `(\w+)` \|", section("archive.toml"), re.MULTILINE)

    assert keys_of(tmp_path, "archive.toml") == rows


def test_every_front_matter_key_is_in_the_readme():
    """Each spelling that is understood is written down, and none that is not."""
    table = section("What may stand in front of an article")
    cells = re.findall(r"^\|[^|]*\|([^|]*`[^|]*)\|$", table, re.MULTILINE)
    told = [re.sub(r"[\s_-]", "", key) for cell in cells for key in re.findall(r"`([^`]+)`", cell)]

    assert sorted(" ".join(SPELLINGS.values()).split()) == sorted(told)


@pytest.mark.parametrize("folder", ["outlets", "names"])
def test_every_key_of_outlets_and_names_is_in_the_readme(folder, tmp_path):
    """What can be said of a publisher or a name is written down, with or without an example."""
    known = keys_of(tmp_path, f"{folder}/one.toml")
    missing = [key for key in known if f"`{key}`" not in section("outlets and names")]

    assert [] == missing


def transcripts():
    """Give the README's (command, what it prints) pairs that stand below a transcript mark."""
    for block in re.findall(
        r"^<!-- transcript.*-->\n```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    ):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output.strip()


def masked(text):
    """Blank what differs between two machines: times, sizes, counts of files, and folders."""
    text = re.sub(r"[\d.,]+ (s|bytes|KB|MB|kB|files?)\b", r"# \1", text)
    text = re.sub(r"\S*/example/_site", "#/example/_site", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def test_the_readme_s_transcript_is_what_the_program_prints(example, tmp_path):
    """The first thing a reader tries gives what the first screen shows."""
    shutil.copytree(
        example, tmp_path / "example", ignore=shutil.ignore_patterns("_site", ".site-builder")
    )
    said = {}
    for command, _ in transcripts():
        program, *arguments = shlex.split(command)
        ran = subprocess.run(
            [sys.executable, "-m", program.replace("-", "_"), *arguments],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        said[command] = masked(ran.stdout)

    assert said
    assert {command: masked(output) for command, output in transcripts()} == said


def target_of(document, link):
    """Give the file that a link leads to; the package's files are looked for where it is installed."""
    path = (document.parent / link).resolve().relative_to(ROOT)
    inside = path.parts[:1] == ("site_builder",)
    return PACKAGE.joinpath(*path.parts[1:]) if inside else ROOT / path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    """A link to a file of the project names a file that is there."""
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    broken = [link for link in links if not target_of(document, link).exists()]

    assert [] == broken
