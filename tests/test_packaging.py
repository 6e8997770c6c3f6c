"""The wheel is what people install: it carries all that the program needs, and nothing more."""

import ast
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import site_builder

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(site_builder.__file__).parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that SITE_BUILDER_WHEEL names, else one built now from the checkout."""
    named = os.environ.get("SITE_BUILDER_WHEEL")
    if named:
        return Path(named)
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


def files_below(folder, prefix):
    """Give the files of a folder as a wheel would name them; what Python compiled is not among them."""
    return {
        f"{prefix}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_carries_the_package_its_templates_its_static_files_and_nothing_else(wheel):
    """What stands at the top of the checkout is found inside the installed package, file by file."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    kinds = ("templates", "static")
    shipped = {kind: files_below(ROOT / kind, f"site_builder/{kind}") for kind in kinds}
    code = {
        name
        for name in files_below(PACKAGE, "site_builder")
        if not name.startswith(("site_builder/templates/", "site_builder/static/"))
    }

    assert all(shipped.values())
    assert code.union(*shipped.values()) == names


def test_the_wheel_says_what_a_registry_shows(wheel):
    """Name, licence, the README as description, and the command stand in the wheel's metadata."""
    with zipfile.ZipFile(wheel) as archive:
        told = {
            name.partition(".dist-info/")[2]: archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if ".dist-info/" in name
        }

    assert "Name: site-builder\n" in told["METADATA"]
    assert (ROOT / "README.md").read_text("utf-8").splitlines()[0] in told["METADATA"]
    assert (ROOT / "LICENSE").read_text("utf-8") == told["licenses/LICENSE"]
    assert "site-builder = site_builder.__main__:run" in told["entry_points.txt"]


def plain(name):
    """Write a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_packages():
    """Give the top-level names that the program imports, its own and Python's left out."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module.partition(".")[0]


def test_the_wheel_asks_for_all_that_the_program_imports(wheel):
    """Nothing is left to come along with something else: `lxml_html_clean` does not, with older pips.

    trafilatura needs it through justext, as `lxml[html_clean]`; pip before 23.3, which comes with
    Python 3.11, does not know this extra under the name that lxml gives it, and leaves it out.
    """
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode("utf-8")
    asked = {
        plain(found) for found in re.findall(r"^Requires-Dist: ([\w.-]+)", metadata, re.MULTILINE)
    }
    owners = packages_distributions()
    foreign = set(imported_packages()) - {"site_builder"} - sys.stdlib_module_names
    needed = {plain(owners[name][0]) for name in foreign} | {"lxml-html-clean"}

    assert set() == needed - asked
