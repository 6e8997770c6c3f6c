"""What of the site need not be made again: what its files were made from, and what they came to.

A note is used only while its key is the same and its files in the site look the same to the system.
Deleting the notes changes nothing but time.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import msgspec

from .looks import look
from .model import Kept, Record

FILE_NAME = "notes.msgpack"
_DIGEST = 16
_LENGTH = 4
"""Bytes that say how long the next note is: the notes are many, and are never all in one piece of memory."""


class Note(Record, frozen=True, kw_only=True):
    """What is known of some files of the site that are made together."""

    key: str
    """A digest of what they were made from."""
    files: tuple[Kept, ...]
    said: bytes = b""
    """Whatever else is to be known of them."""
    looks: bytes = b""
    """A digest of how the files look to the system; empty until they are in place."""


class Notes:
    """The notes of the last build, and those of this one."""

    def __init__(
        self,
        desk: Path,
        site: Path,
        *,
        clean: bool = False,
        untouched: Callable[[], bool] = lambda: False,
    ) -> None:
        """Read what was noted.

        Args:
            desk: The folder they are in.
            site: What they are about.
            clean: Whether nothing of it is wanted.
            untouched: Tells whether the whole site is known to look as the last build left it;
                asked for when that first matters.
        """
        self._path, self._site, self._is_untouched = desk / FILE_NAME, site, untouched
        self._before = {} if clean else _read(self._path)
        self._now: dict[str, Note] = {}

    def kept(self, name: str, key: str) -> Note | None:
        """Give the note of files that are in the site as they should be; else None."""
        note = self._before.get(name)
        if note is None or note.key != key or not self._stands(note):
            return None
        self._now[name] = note
        return note

    def as_they_are(self, name: str) -> tuple[Kept, ...]:
        """Give the files noted under a name, and under names below it, whatever they were made from.

        Nothing if there are none, or if one of them is not in the site as it was.
        """
        found = {
            one: note
            for one, note in self._before.items()
            if one == name or one.startswith(f"{name}/")
        }
        if not all(map(self._stands, found.values())):
            return ()
        self._now |= found
        return tuple(file for one in sorted(found) for file in found[one].files)

    def made(self, name: str, key: str, files: Sequence[Kept], said: bytes = b"") -> None:
        """Note files that were just made."""
        self._now[name] = Note(key=key, files=tuple(files), said=said)

    def write(self) -> None:
        """Store the notes, once the site is as they say; whoever asks from then on is told of these."""
        beside = self._path.with_suffix(".new")
        with beside.open("wb") as file:
            for name, note in self._now.items():
                seen = note if note.looks else self._seen(note)
                self._now[name] = seen
                content = msgspec.msgpack.encode((name, seen))
                file.write(len(content).to_bytes(_LENGTH) + content)
        beside.replace(self._path)
        self._before, self._now = self._now, {}

    @cached_property
    def _untouched(self) -> bool:
        return self._is_untouched()

    def _stands(self, note: Note) -> bool:
        return self._untouched or self._looks(note.files) == note.looks

    def _seen(self, note: Note) -> Note:
        files = tuple(msgspec.structs.replace(file, changed=False) for file in note.files)
        return msgspec.structs.replace(note, files=files, looks=self._looks(files))

    def _looks(self, files: Sequence[Kept]) -> bytes:
        seen = [look(f"{self._site}/{file.path}") for file in files]
        return blake2b(repr(seen).encode(), digest_size=_DIGEST).digest()


def _read(path: Path) -> dict[str, Note]:
    found: dict[str, Note] = {}
    decoder = msgspec.msgpack.Decoder(tuple[str, Note])
    try:
        with path.open("rb") as file:
            while length := file.read(_LENGTH):
                name, note = decoder.decode(file.read(int.from_bytes(length)))
                found[name] = note
    except (OSError, msgspec.DecodeError):
        return {}
    return found
