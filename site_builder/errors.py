"""The one error that says what is wrong with an archive, and where.

    ArchiveError            anything a person can mend: message, path, line, hint
    └── ConfigError         a fault in archive.toml, outlets/*.toml or names/*.toml

Stages never print and never exit. They raise one of these where the whole run has to stop, and hand
on a `model.Problem` where only one article is concerned. `cli.py` is the one place that shows them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager


class ArchiveError(Exception):
    """Something a person has to mend before the program can go on."""

    def __init__(self, message: str, *, path: str = "", line: int = 0, hint: str = "") -> None:
        """Take what happened, where (`path` as the person knows it, `line` from 1), and what to do."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        """Give `path:line: message`, and the hint on a line of its own."""
        return located(self.message, path=self.path, line=self.line, hint=self.hint)


class ConfigError(ArchiveError):
    """A fault in one of the archive's own TOML files: nothing is written until it is mended."""


@contextmanager
def file_faults() -> Iterator[None]:
    """Tell of a file or folder that the system refuses as of any other fault. Also a decorator.

    Raises:
        ArchiveError: in place of an OSError; but a reader of our output that went away is none.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        named = error.filename is not None
        raise ArchiveError(
            f"{'this' if named else 'a file'} cannot be read or written: {error.strerror or error}",
            path=os.fsdecode(error.filename) if named else "",
            hint="look at its permissions and the room on the disk, then try again",
        ) from error


def located(message: str, *, path: str = "", line: int = 0, hint: str = "") -> str:
    """Write a message the way compilers do, so that editors and people can jump to the place.

    >>> print(located("'spring 1931' is not a date", path="a.md", line=3, hint="write YYYY-MM-DD"))
    a.md:3: 'spring 1931' is not a date
      hint: write YYYY-MM-DD
    """
    place = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
    return f"{place}{message}\n  hint: {hint}" if hint else f"{place}{message}"
