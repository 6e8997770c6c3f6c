"""The program's ground plan, held by tests: who may import whom, who may print, and how long is long."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import site_builder

PACKAGE = Path(site_builder.__file__).parent
"""The source as installed: in CI the wheel's, not the checkout's."""

LAYERS = [
    {"model", "errors", "patterns", "garbage"},
    {"crew", "names", "columns", "addressbook", "derived", "edtf", "outlet", "rights", "toml"},
    {"config"},
    {"scan", "reading", "search.analysis", "looks"},
    {"schemas"},
    {"catalog"},
    {"pages", "search", "provenance", "checks", "recurring", "importing", "scaffold"},
    {"digests"},
    {"cache", "output"},
    {"cluster"},
    {"finished"},
    {"derive"},
    {"article_files", "notes"},
    {"search_files"},
    {"page_notes"},
    {"artifacts"},
    {"prepare"},
    {"build"},
    {"preview", "terminal", "progress"},
    {"cli"},
    {"__main__"},
]
"""A room imports from the layers above it in this list, never from its own or a later one."""

HOMES = {
    "jinja2": {"pages"},
    "whoosh": {"search.whoosh_index", "search.whoosh_terms"},
    "watchdog": {"preview"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "click": {"cli"},
    "rich": {"cli", "progress"},
    "lxml": {"reading"},
    "trafilatura": {"reading"},
    "Stemmer": {"search"},
    "distributed": {"cluster"},
    "warcio": {"importing.captures"},
}
"""The one place that each of these is imported in; the others are spread no wider than they need."""

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "core", "manager", "base", "common", "misc"}
FUNCTION_LINES = 40
MODULE_LINES = 320
UNSTEADY = {
    "time": {"time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "strftime"},
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "uuid": {"uuid1", "uuid4"},
}
"""What gives another answer each time it is asked: by the clock, or by chance."""
CHANCE = {"random", "secrets"}


def modules():
    """Give each module's dotted name below the package, its path and its syntax tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield name, path, ast.parse(path.read_text("utf-8"))


NAMES = {name for name, _, _ in modules()}
ROOMS = {room: rank for rank, layer in enumerate(LAYERS) for room in layer}


def room_of(name):
    """Give the room that a module belongs to: the longest beginning of its name with a layer."""
    parts = name.split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((beginning for beginning in beginnings if beginning in ROOMS), None)


def imported(name, path, tree):
    """Give (line, dotted name) of all that a module imports; ours as names below the package."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, below_package(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = resolved(package, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}".lstrip(".")
                yield node.lineno, inner if inner in NAMES else base


def resolved(package, node):
    """Give what a `from … import` names, below the package; the package itself is empty."""
    if not node.level:
        return below_package(node.module)
    parts = package.split(".") if package else []
    kept = parts[: len(parts) - node.level + 1]
    return ".".join([*kept, *(node.module.split(".") if node.module else [])])


def below_package(name):
    """Give a dotted name without the package's own in front."""
    return "" if name == "site_builder" else name.removeprefix("site_builder.")


def place(path, line):
    """Write a place as compilers do."""
    return f"{path.relative_to(PACKAGE).as_posix()}:{line}"


def test_every_module_has_a_layer():
    """A new module is put on the map before it is used."""
    homeless = sorted(name for name in NAMES - {""} if room_of(name) is None)

    assert [] == homeless


def test_imports_point_one_way():
    """A room imports only from layers before its own; peers never import each other."""
    upward = [
        f"{place(path, line)} imports {target}"
        for name, path, tree in modules()
        for line, target in imported(name, path, tree)
        if target in NAMES - {""}
        and room_of(target) != room_of(name)
        and ROOMS.get(room_of(target), len(LAYERS)) >= ROOMS.get(room_of(name), -1)
    ]

    assert [] == upward


@pytest.mark.parametrize("library", HOMES)
def test_a_library_stays_in_its_room(library):
    """What can be replaced in one place is imported in one place."""
    strays = [
        f"{place(path, line)} imports {target}"
        for name, path, tree in modules()
        for line, target in imported(name, path, tree)
        if target.split(".")[0] == library
        and not any(f"{name}.".startswith(f"{home}.") for home in HOMES[library])
    ]

    assert [] == strays


def test_slow_libraries_wait_until_they_are_needed():
    """A command that opens no saved page does not pay for the HTML extractor."""
    code = "import sys, site_builder.cli; print(*{'lxml', 'trafilatura'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert [] == ran.stdout.split()


def speaks(node):
    """Whether a node prints or ends the program."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        return called in {"print", "exit", "quit", "sys.exit", "os._exit"} or called.startswith(
            ("sys.stdout.", "sys.stderr.")
        )
    return isinstance(node, ast.Raise) and "SystemExit" in ast.unparse(node)


def is_unsteady(node):
    """Whether a node asks what gives another answer each time."""
    if isinstance(node, ast.Attribute):
        owner = ast.unparse(node.value).rpartition(".")[2]
        return node.attr in UNSTEADY.get(owner, ())
    if isinstance(node, ast.ImportFrom) and node.module in {"time", "uuid"}:
        return any(alias.name in UNSTEADY[node.module] for alias in node.names)
    return False


def test_only_the_command_line_speaks():
    """Stages return what they found; one module shows it, and decides the exit status."""
    voices = [
        place(path, node.lineno)
        for name, path, tree in modules()
        if name not in {"cli", "__main__"} and not name.startswith("cli.")
        for node in ast.walk(tree)
        if speaks(node)
    ]

    assert [] == voices


def test_nothing_depends_on_the_clock_or_on_chance():
    """The same input makes the same bytes at any time; only the preview, never published, may roll."""
    asked = [
        place(path, node.lineno)
        for name, path, tree in modules()
        if name not in {"cli", "progress"} and not name.startswith("cli.")
        for node in ast.walk(tree)
        if is_unsteady(node)
    ]
    dice = [
        place(path, line)
        for name, path, tree in modules()
        for line, target in imported(name, path, tree)
        if target.split(".")[0] in CHANCE and room_of(name) != "preview"
    ]

    assert ([], []) == (asked, dice)


def test_functions_are_short():
    """A function fits on a screen, its docstring aside."""
    long = [
        f"{place(path, node.lineno)} {node.name} has {size} lines"
        for _, path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := lines_without_docstring(node)) > FUNCTION_LINES
    ]

    assert [] == long


def lines_without_docstring(node):
    """Count a function's lines, those of its docstring left out."""
    docstring = (ast.get_docstring(node, clean=False) or "").splitlines()
    return node.end_lineno - node.lineno + 1 - len(docstring)


def test_modules_are_short():
    """A module that outgrows a few screens is split by subject."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for _, path, _ in modules()}
    long = [place(path, length) for path, length in lengths.items() if length > MODULE_LINES]

    assert [] == long


def test_what_is_public_is_explained():
    """Every module, public class, public function and public method says what it is for."""
    bare = [
        place(path, getattr(node, "lineno", 1))
        for _, path, tree in modules()
        if tree.body
        for node in [tree, *public_definitions(tree)]
        if ast.get_docstring(node) is None
    ]

    assert [] == bare


def public_definitions(tree):
    """Give a module's public functions and classes, and these classes' public methods."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node)


def test_no_module_is_named_after_nothing():
    """A module's name says what is in it."""
    empty = sorted(name for name in NAMES if EMPTY_NAMES & set(name.split(".")))

    assert [] == empty
