"""The browser modules, tested by Node's own runner: tests/js/ holds the tests."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from site_builder.pages import scripts

HERE = Path(__file__).parent
STATIC = HERE.parent / "static"
NODE = shutil.which("node") or "node"
IMPORT = re.compile(r'^import (?:.* from )?"\./(.+)";$', re.MULTILINE)
ENGINE_BYTES = 25_000
PAGE_BYTES = 30_000
PUBLISHED = scripts.joined({path.name: path.read_text("utf-8") for path in STATIC.glob("*.js")})

needs_node = pytest.mark.skipif(
    shutil.which("node") is None and "CI" not in os.environ,
    reason="no Node on this machine: version 20 or later runs the tests of the browser modules",
)


@needs_node
@pytest.mark.parametrize(
    "path", sorted((HERE / "js").glob("*.test.mjs")), ids=lambda path: path.stem
)
def test_browser_modules(path):
    """Every test in tests/js passes."""
    ran = subprocess.run([NODE, "--test", path], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


@needs_node
def test_browser_modules_as_they_are_published(tmp_path):
    """Every test in tests/js passes with each module joined to what it needs, and made small."""
    modules = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.js")}
    shutil.copytree(HERE / "js", tmp_path / "tests" / "js")
    shutil.copytree(HERE / "cases", tmp_path / "tests" / "cases")
    (tmp_path / "static").mkdir()
    for name in modules:
        (tmp_path / "static" / name).write_text(scripts.join(name, modules), "utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    paths = sorted((tmp_path / "tests" / "js").glob("*.test.mjs"))
    ran = subprocess.run([NODE, "--test", *paths], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


@needs_node
@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_scripts_are_whole(tmp_path, name):
    """Each is JavaScript, and imports nothing more before it runs."""
    (tmp_path / "script.mjs").write_text(PUBLISHED[name], "utf-8")
    ran = subprocess.run([NODE, "--check", tmp_path / "script.mjs"], check=False)

    assert ran.returncode == 0
    assert not re.search(r"(^|[;}])import\b(?!\()", PUBLISHED[name])


def imports_of(module, seen):
    """Add a module and all that it imports, by name."""
    if module not in seen:
        seen.add(module)
        for name in IMPORT.findall((STATIC / module).read_text("utf-8")):
            imports_of(name, seen)
    return seen


def test_the_engine_is_small():
    """Engine and worker fit the budget of DESIGN section 9, as a server packs them."""
    packed = {name: len(gzip.compress(text.encode(), 6)) for name, text in PUBLISHED.items()}

    assert {
        "article.js",
        "engine.js",
        "found.js",
        "references.js",
        "search-page.js",
        "verify.js",
        "worker.js",
    } == set(packed)
    assert packed["worker.js"] <= ENGINE_BYTES
    assert packed["search-page.js"] + packed["worker.js"] <= PAGE_BYTES


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
