"""File changes -> rebuilds: which ones matter, when they have come to rest, one build at a time."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from ..errors import ArchiveError

QUIET = 0.1
"""Seconds without a change before a build begins: editors and `git` write in bursts."""
PATIENCE = 20
"""How many times QUIET a build is put off while changes go on."""

_CHANGES = frozenset({"created", "modified", "deleted", "moved"})
"""watchdog also tells of files that are merely opened, which every build does."""


class Rebuilder(threading.Thread):
    """Runs one rebuild at a time; a change during a rebuild leads to another one after it."""

    def __init__(self, rebuild: Callable[[], None]) -> None:
        """Take what rebuilds; it is called in this thread."""
        # A daemon, so that a second Ctrl-C need not wait for a long build to end.
        super().__init__(name="site-builder rebuild", daemon=True)
        self._rebuild = rebuild
        self._changed = threading.Event()
        self._stopping = threading.Event()

    def request(self) -> None:
        """Ask for a rebuild; asking many times in a short while leads to one."""
        self._changed.set()

    def run(self) -> None:
        """Rebuild at each change, until the `with` block ends."""
        while self._change_has_come_to_rest():
            self._rebuild()

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, after the rebuild under way if there is one."""
        self._stopping.set()
        self._changed.set()
        self.join()

    def _change_has_come_to_rest(self) -> bool:
        """Wait for a change and for the quiet after it; False when it is time to stop."""
        self._changed.wait()
        for _ in range(PATIENCE):
            self._changed.clear()
            if self._stopping.wait(QUIET):
                return False
            if not self._changed.is_set():
                break
        self._changed.clear()
        return True


@contextmanager
def watching(root: Path, site: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed` at every change below `root` but for the site and names that begin with a dot.

    Each folder below the root is watched on its own, so that the site's many folders, and those of
    version control, cost no watches.

    Raises:
        ArchiveError: the system refuses to watch.
    """
    observer = Observer()
    handler = _Handler(root.resolve(), site.resolve(), observer, changed)
    try:
        handler.begin()
        observer.start()
    except OSError as error:
        raise ArchiveError(
            f"the system refuses to watch this folder for changes: {error.strerror}",
            path=str(root),
            hint="on Linux, raise fs.inotify.max_user_watches; `build` works without watching",
        ) from error
    try:
        yield
    finally:
        observer.stop()
        observer.join()


class _Handler(FileSystemEventHandler):
    """Keeps the watches on the folders below the root, and passes on the changes that matter."""

    def __init__(
        self, root: Path, site: Path, observer: BaseObserver, changed: Callable[[], None]
    ) -> None:
        self.root = root
        self.site = site
        self.observer = observer
        self.changed = changed
        self.watches: dict[Path, ObservedWatch] = {}

    def begin(self) -> None:
        """Watch the root's own files, and each of its folders with all that is in it."""
        self.observer.schedule(self, str(self.root))
        for folder in sorted(self.root.iterdir()):
            if folder.is_dir() and self.matters(folder):
                self.watch(folder)

    def watch(self, folder: Path) -> None:
        self.watches[folder] = self.observer.schedule(self, str(folder), recursive=True)

    def matters(self, path: Path) -> bool:
        """Whether a change here can change the site."""
        if path == self.site or self.site in path.parents or self.root not in path.parents:
            return False
        parts = path.relative_to(self.root).parts
        return not any(part.startswith(".") or part.endswith("~") for part in parts)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take watchdog's event; called in its thread."""
        kind = event.event_type
        if kind not in _CHANGES or (event.is_directory and kind == "modified"):
            return
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        touched = [path for path in paths if self.matters(path)]
        for folder in touched:
            if event.is_directory and folder.parent == self.root:
                self._follow(folder)
        if touched:
            self.changed()

    def _follow(self, folder: Path) -> None:
        """Watch a folder that came, and forget one that went, directly below the root."""
        watch = self.watches.pop(folder, None)
        if watch is not None:
            self.observer.unschedule(watch)
        if folder.is_dir():
            self.watch(folder)
