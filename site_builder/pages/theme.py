"""The templates: found, compiled once, filled; a fault in one is located like any other.

An archive's own `templates/` stand in front of ours. One of them can build on ours of the same name:
`{% extends "shipped/article.html" %}`. `{{ root }}{{ asset("site.css") }}` links to a static file.
"""

import traceback
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)

from ..errors import ArchiveError
from ..model import Artifact
from .addresses import root_of
from .assets import TEMPLATES, Assets, asset_root
from .wording import count

_FAULTS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What an expression in a template can raise."""
_HINT = "compare it with the template of the same name that ships with site-builder, or remove it"


class Draft(NamedTuple):
    """A page that is not filled yet."""

    path: str
    template: str
    values: Mapping[str, object]

    def digest(self) -> str:
        """Digest all that it is filled with; the templates are not in it."""
        content = msgspec.msgpack.encode((self.template, self.values), order="sorted")
        return sha256(content).hexdigest()


class Theme:
    """The templates of one archive, ready to be filled: make one for a process, with `open_theme`."""

    def __init__(self, root: Path) -> None:
        """Take the archive's folder.

        Raises:
            ArchiveError: one of the archive's own scripts cannot be joined with ours.
        """
        self._root = root
        self.assets = Assets(root)
        shipped = FileSystemLoader(asset_root(TEMPLATES))
        self._environment = Environment(
            loader=ChoiceLoader(
                [FileSystemLoader(root / TEMPLATES), shipped, PrefixLoader({"shipped": shipped})]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters["count"] = count
        self._environment.globals["asset"] = self.assets.address

    def page(self, path: str, template: str, values: Mapping[str, object]) -> Artifact:
        """Fill a template for one file of the site; `root`, the way up from it, is added.

        Raises:
            ArchiveError: the template is faulty; the error says in which file and line.
        """
        return self.fill(Draft(path, template, values))

    def fill(self, draft: Draft) -> Artifact:
        """Fill a draft, as `page` does."""
        path, template, values = draft
        text = self._filled(template, {"root": root_of(path), **values})
        return Artifact(path=path, content=text.encode("utf-8", "replace"))

    def _filled(self, template: str, values: Mapping[str, object]) -> str:
        try:
            return self._environment.get_template(template).render(values)
        except TemplateSyntaxError as error:
            raise self._fault(error, error.filename or template, error.lineno) from error
        except TemplateNotFound as error:
            message = f"there is no template {error.name!r}"
            raise ArchiveError(message, path=template, hint=_HINT) from error
        except _FAULTS as error:
            file, line = self._place(error)
            raise self._fault(error, file or template, line) from error

    def _place(self, error: Exception) -> tuple[str, int]:
        """Find the innermost line of a template in an error's traceback."""
        folders = (str(self._root / TEMPLATES), str(asset_root(TEMPLATES)))
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename.startswith(folders):
                return frame.filename, frame.lineno or 0
        return "", 0

    def _fault(self, error: Exception, file: str, line: int) -> ArchiveError:
        path = Path(file)
        own = path.is_relative_to(self._root)
        shown = path.relative_to(self._root).as_posix() if own else file
        return ArchiveError(f"{error}", path=shown, line=line, hint=_HINT)


def open_theme(root: Path) -> Theme:
    """Open the templates and the static files of the archive in a folder.

    Raises:
        ArchiveError: one of its scripts cannot be joined with ours.
    """
    return Theme(root)
