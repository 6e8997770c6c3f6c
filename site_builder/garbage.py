"""How often Python looks for garbage that refers to itself: seldom, while a build is at work.

A build makes many small objects and keeps most of them; little of what it drops refers to itself, and
reference counting frees the rest at once. Python's own thresholds would have it look through all that is kept
again and again. What does refer to itself waits at most until `_YOUNG` more objects have been made.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 100_000
"""Objects made, and not freed, until the youngest are looked through: a fraction of what an archive takes."""
_THRESHOLDS = (_YOUNG, 20, 50)


def look_seldom() -> None:
    """Look for garbage seldom from now on: so begins a process that only works for us."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Look for garbage seldom for a while; afterwards as before."""
    before = gc.get_threshold()
    look_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
