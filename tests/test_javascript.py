"""The browser modules, tested by Node's own runner: tests/js/ holds the tests."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
NODE = shutil.which("node") or "node"
IMPORT = re.compile(r'^import (?:.* from )?"\./(.+)";$', re.MULTILINE)
ENGINE_BYTES = 25_000

needs_node = pytest.mark.skipif(
    shutil.which("node") is None and "CI" not in os.environ,
    reason="no Node on this machine: version 20 or later runs the tests of the browser modules",
)


def test_all_modules_of_the_page_are_fetched_in_one_wave():
    """The page's first module names every module that any of them imports."""
    named = set(IMPORT.findall((STATIC / "search-page.js").read_text("utf-8")))

    assert imports_of("search-page.js", set()) == named | {"search-page.js"}


@needs_node
@pytest.mark.parametrize(
    "path", sorted((HERE / "js").glob("*.test.mjs")), ids=lambda path: path.stem
)
def test_browser_modules(path):
    """Every test in tests/js passes."""
    ran = subprocess.run([NODE, "--test", path], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def imports_of(module, seen):
    """Add a module and all that it imports, by name."""
    if module not in seen:
        seen.add(module)
        for name in IMPORT.findall((STATIC / module).read_text("utf-8")):
            imports_of(name, seen)
    return seen


def test_the_engine_is_small():
    """Engine and all that it imports fit the budget of DESIGN section 9, as a server packs them."""
    modules = imports_of("engine.js", set())
    packed = len(gzip.compress(b"".join((STATIC / name).read_bytes() for name in sorted(modules)), 6))

    assert {"analysis.js", "query.js", "matching.js"} < modules
    assert packed <= ENGINE_BYTES


@pytest.mark.parametrize("module", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_no_text_becomes_markup(module):
    """Words from the archive reach the page as text nodes; nothing is evaluated."""
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"

    assert re.findall(forbidden, module.read_text("utf-8")) == []


@pytest.mark.parametrize("module", sorted(imports_of("engine.js", set())))
def test_the_engine_knows_no_page(module):
    """The engine can move into a worker, or into Node."""
    text = (STATIC / module).read_text("utf-8")
    found = re.findall(r"\b(?:document|window|navigator|localStorage)\.\w+", text)

    assert found == []
