"""How the bytes of an article came into the archive, each time that they came, noted in its front matter.

    acquired: [{method: file, name: quay.html}, {method: warc-record, name: crawl.warc.gz, record: "<urn:…>"}]

One line, so that a further one can be added without touching what a person has written.
"""

import re

from ..model import Acquisition
from .scalars import scalar

KEY = "acquired"
_LINE = re.compile(rf"^{KEY}: \[(.*)\]$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---\n.*?^---\n", re.DOTALL | re.MULTILINE)


def acquired_line(acquisitions: tuple[Acquisition, ...]) -> str:
    """Write the line of front matter."""
    return f"{KEY}: [{', '.join(map(_item, acquisitions))}]"


def with_acquisition(text: str, acquisition: Acquisition) -> str:
    """Give an article's file with one acquisition more; as it is where it has that, or no place for it.

    Args:
        text: The whole file, with its front matter.
        acquisition: How the same bytes came again.
    """
    block = _FRONT_MATTER.match(text)
    line = _LINE.search(text, 0, block.end()) if block else None
    item = _item(acquisition)
    if line is None or item in line[1]:
        return text
    return f"{text[: line.end(1)]}, {item}{text[line.end(1) :]}"


def _item(acquisition: Acquisition) -> str:
    said = (
        ("method", acquisition.method),
        ("name", acquisition.name),
        ("record", acquisition.record),
        ("url", acquisition.url),
        ("date", acquisition.date),
        ("digest", acquisition.digest),
    )
    return f"{{{', '.join(f'{key}: {scalar(value)}' for key, value in said if value)}}}"
