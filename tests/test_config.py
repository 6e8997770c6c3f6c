"""archive.toml, outlets/*.toml and names/*.toml."""

import pytest

from site_builder.config import articles_folder, load, site_address
from site_builder.errors import ConfigError
from site_builder.model import Reason
from site_builder.rights import NOT_EVALUATED


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_folder_without_settings_is_an_archive(tmp_path):
    """Every key and every file is optional: the folder's name is the title."""
    folder = tmp_path / "Harbour papers"
    folder.mkdir()

    archive = load(folder)

    assert (
        archive.title,
        archive.rights,
        archive.base_path,
    ) == ("Harbour papers", NOT_EVALUATED, "/")


def test_the_articles_folder_is_the_archive_itself_where_there_is_none(tmp_path):
    """A bare folder's own files are its articles."""
    before = articles_folder(tmp_path)
    (tmp_path / "articles").mkdir()

    assert (tmp_path, tmp_path / "articles") == (before, articles_folder(tmp_path))


def test_settings_are_read(tmp_path):
    """What stands in the three kinds of file comes out typed."""
    write(tmp_path, "archive.toml", 'title = "T"\naddress = "https://example.org/repo"\n')
    write(
        tmp_path,
        "outlets/post.toml",
        'name = "Harbour Post"\nforms = ["The Post"]\nversion = 2\n'
        '[[cut]]\npattern = "^Follow us"\nreason = "ui-text"\n',
    )
    write(tmp_path, "names/okonjo.toml", 'label = "Okonjo"\nforms = ["Okonio"]\n')

    archive = load(tmp_path)
    (outlet,) = archive.outlets
    (rule,) = outlet.rules

    assert (archive.address, archive.base_path) == ("https://example.org/repo/", "/repo/")
    assert (outlet.id, outlet.name, outlet.forms) == ("post", "Harbour Post", ("The Post",))
    assert (rule.name, rule.reason) == ("post.1@2", Reason.UI_TEXT)
    assert archive.names[0].forms == ("Okonio",)


def test_a_domain_of_its_own_is_the_address_where_none_is_given(tmp_path):
    """A CNAME says where the site is."""
    write(tmp_path, "archive.toml", 'domain = "archive.example.org"\n')

    assert load(tmp_path).address == "https://archive.example.org/"


FAULTS = {
    "a broken line": ("archive.toml", 'title = "T"\nlanguage = en\n', "archive.toml:2:"),
    "a text that never ends": ("archive.toml", 'title = "T\n', "archive.toml:1:"),
    "an unknown key": ("archive.toml", 'title = "T"\ncolour = "red"\n', "archive.toml:2: 'colour'"),
    "a wrong type": ("archive.toml", "description = 'x'\ntitle = 3\n", "archive.toml:2: title:"),
    "a wrong address": ("archive.toml", 'address = "example.org"\n', "archive.toml: 'example.org'"),
    "a missing name": ("outlets/p.toml", "note = 'x'\n", "outlets/p.toml: 'name' is missing\n"),
    "a pattern that may run away": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\npattern = "(a+)+b"\n',
        "outlets/p.toml:3: the pattern '(a+)+b' might take forever",
    ),
    "a faulty pattern": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\npattern = "("\n',
        "outlets/p.toml:3: the pattern",
    ),
    "an unknown reason": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\npattern = "x"\nreason = "dull"\n',
        "outlets/p.toml:4: reason: 'dull' cannot stand here\n  hint: a cut has pattern",
    ),
    "an unknown place": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\npattern = "x"\nwhere = "lsat"\n',
        "outlets/p.toml:4: where: 'lsat' cannot stand here\n  hint: a cut has pattern",
    ),
    "no lines at all": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\npattern = "x"\nlines = 0\n',
        "outlets/p.toml:4: lines: expected a whole number >= 1\n  hint: a cut has pattern",
    ),
    "an unknown key of a cut": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\npattern = "x"\nplace = "last"\n',
        "outlets/p.toml:4: 'place' is not a key that stands here\n  hint: a cut has pattern",
    ),
    "a cut without a pattern": (
        "outlets/p.toml",
        'name = "P"\n[[cut]]\nlines = 2\n',
        "outlets/p.toml:2: 'pattern' is missing\n  hint: a cut has pattern",
    ),
    "a form that is no list": (
        "names/n.toml",
        'label = "N"\nforms = "M"\n',
        "names/n.toml:2: forms: expected a list in square brackets, got a text in quotes\n",
    ),
}


@pytest.mark.parametrize(("name", "text", "start"), FAULTS.values(), ids=FAULTS)
def test_every_fault_is_located_and_has_a_hint(tmp_path, name, text, start):
    """A fault says file, line, what is wrong, and what to do."""
    write(tmp_path, name, text)

    with pytest.raises(ConfigError) as raised:
        load(tmp_path)

    assert str(raised.value).startswith(start)
    assert raised.value.hint


def test_hidden_files_are_no_settings(tmp_path):
    """What systems and editors leave beside a file is not read as one."""
    write(tmp_path, "outlets/._post.toml", "\x00\x01")
    write(tmp_path, "names/.#haniya.toml", "half a li")
    archive = load(tmp_path)

    assert ((), ()) == (archive.outlets, archive.names)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    """A settings file in another encoding is named, not guessed at."""
    (tmp_path / "archive.toml").write_bytes("title = 'é'".encode("latin-1"))

    with pytest.raises(ConfigError, match="not UTF-8: byte 9"):
        load(tmp_path)


def test_a_missing_folder_is_an_error(tmp_path):
    """There is nothing to read where there is no folder."""
    with pytest.raises(ConfigError, match="no such folder"):
        load(tmp_path / "nothing")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x/",
        "https://",
        "https://x/?q=1",
        "https://x/#y",
        "x",
        "https://[",
        "https://me:secret@x/",
        "https://x/a b/",
        'https://x/"><b>/',
    ],
)
def test_only_a_plain_web_address_is_an_address(address):
    """An address is where pages lie, so it has neither query nor fragment."""
    with pytest.raises(ConfigError):
        site_address(address)
