"""Dependency depth: in how many waves a page's requests follow one another.

A request that begins after another's answer has come may have needed it; one that begins before
cannot have. So, greedily: a request belongs to the wave after the latest wave of all answers that
had ended before it began; one that began before any answer ended belongs to wave 0. The page itself
is wave 0, and what its HTML asks for is wave 1. The rule reads only two times of each request, when
it was asked for (not when it got a connection) and when its last byte came. It can only be trusted
when answers take long against the page's own work, so the server waits 100 ms before each; then
every wave is a round trip that a reader on a phone waits for.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Span:
    """One request."""

    url: str
    began: float
    """Seconds, by the browser's clock."""
    ended: float
    size: int = 0
    """Bytes of the answer's body as they went over the wire."""


def waves(spans: Sequence[Span]) -> list[int]:
    """Number the wave of each request.

    >>> times = (0, 1), (1.1, 2), (1.2, 2.2), (2.1, 3)  # page, style, script, what the script asks for
    >>> waves([Span(url="", began=began, ended=ended) for began, ended in times])
    [0, 1, 1, 2]
    """
    numbers: dict[int, int] = {}
    for index in sorted(range(len(spans)), key=lambda index: spans[index].began):
        before = (numbers[i] for i in numbers if spans[i].ended <= spans[index].began)
        numbers[index] = max(before, default=-1) + 1
    return [numbers[index] for index in range(len(spans))]


def until(spans: Sequence[Span], ended: float) -> list[Span]:
    """Leave out the requests that began only after some moment."""
    return [span for span in spans if span.began <= ended]
