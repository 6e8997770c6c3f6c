"""The browser modules, joined into one file for each that a page or a worker loads.

Each module keeps a scope of its own: it becomes a function that gives what it exports, in the order in which
modules that import each other are run. So only exported names must differ. Modules import each other by
`import { a, b } from "./x.js";` alone, and export what they declare.
"""

import re
from collections.abc import Iterator, Mapping

from ..errors import ArchiveError
from .small import small_script

PUBLIC = "engine.js"
"""The module that other sites' pages and programs may import."""

_IMPORT = re.compile(r'^import\s+(?:\{[^}]*\}\s+from\s+)?"\./([^"/]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const|let) ([\w$]+))", re.MULTILINE
)
_OTHER = re.compile(r"^(?:import\b(?!\()|export\b).*$", re.MULTILINE)
_HINT = (
    'a module has `import { a } from "./x.js";` and `export` before what it declares, nothing else'
)


def joined(modules: Mapping[str, str]) -> dict[str, str]:
    """Join modules, given by file name, into those that are loaded by themselves.

    Returns:
        The public module and all that no other imports, with what they need, made small.

    Raises:
        ArchiveError: a module cannot be joined.
    """
    imported = {other for name in modules for other in _imports(name, modules)}
    entries = (modules.keys() - imported) | (modules.keys() & {PUBLIC})
    return {entry: join(entry, modules) for entry in sorted(entries)}


def join(entry: str, modules: Mapping[str, str]) -> str:
    """Join a module and all that it needs, and leave out what only people read.

    Raises:
        ArchiveError: one of them cannot be joined.
    """
    exporting: dict[str, str] = {}
    pieces: list[str] = []
    for name in dict.fromkeys(_in_order(entry, modules, ())):
        exports = _EXPORT.findall(modules[name])
        for export in exports:
            if exporting.setdefault(export, name) != name:
                raise _fault(name, f"{exporting[export]} exports {export!r} too")
        pieces.append(_scope(name, modules[name], exports))
    if public := _EXPORT.findall(modules[entry]):
        pieces.append(f"export{{{','.join(public)}}};\n")
    return "".join(pieces)


def _in_order(entry: str, modules: Mapping[str, str], above: tuple[str, ...]) -> Iterator[str]:
    """Give a module and all that it needs, perhaps again and again, none before those it needs."""
    if entry in above:
        raise _fault(entry, f"imports itself by way of {above[-1]}")
    for other in _imports(entry, modules):
        yield from _in_order(other, modules, (*above, entry))
    yield entry


def _scope(name: str, text: str, exports: list[str]) -> str:
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    if strange := _OTHER.search(body):
        raise _fault(name, f"cannot be joined with the others: {strange[0]}")
    try:
        small = small_script(body)
    except ValueError as error:
        raise _fault(name, str(error)) from error
    names = f"{{{','.join(exports)}}}"
    return f"{f'const{names}=' if exports else ''}(()=>{{{small}return{names}}})();\n"


def _imports(name: str, modules: Mapping[str, str]) -> list[str]:
    found = _IMPORT.findall(modules[name])
    for other in found:
        if other not in modules:
            raise _fault(name, f"imports {other}, which is not there")
    return list(dict.fromkeys(found))


def _fault(name: str, message: str) -> ArchiveError:
    return ArchiveError(message, path=f"static/{name}", hint=_HINT)
