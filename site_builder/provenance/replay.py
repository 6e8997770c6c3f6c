"""The way from an original's bytes to the shown text, gone again from its published record.

This is what `docs/record-format.md` tells readers to do: nothing here asks how the text was read, only
what the record says was done. It shares one function with reading, the one that applies edits.
"""

from hashlib import sha256

import msgspec

from ..model import Edit
from ..reading.decode.again import decoded_again
from ..reading.edits import EditError, apply
from ..reading.origin import body_of


class Unsound(Exception):  # noqa: N818 — it names a finding, not a fault of ours
    """What does not hold: the message says what differs."""


class _Value(msgspec.Struct, frozen=True):
    value: str


class _Capture(msgspec.Struct, frozen=True):
    bytes: int
    sha256: str
    encoding: _Value
    byte_order_mark: bool


class _Edits(msgspec.Struct, frozen=True):
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    ops: tuple[Edit, ...] | None


class _ByHand(msgspec.Struct, frozen=True):
    to: str = ""


class _Import(msgspec.Struct, frozen=True):
    original: str
    sha256: str
    by_hand: _ByHand = _ByHand()


class Published(msgspec.Struct, frozen=True):
    """Those keys of a record.json that can be checked against bytes."""

    permalink: str
    status: str
    capture: _Capture
    text_level: str = "full"
    edits: _Edits | None = None
    import_: _Import | None = msgspec.field(name="import", default=None)


def read_record(content: bytes) -> Published:
    """Read a record.json.

    Raises:
        Unsound: it is not JSON, or not a record.
    """
    try:
        return msgspec.json.decode(content, type=Published)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unsound(f"this is not a record: {error}") from error


def replay(published: Published, original: bytes) -> bool:
    """Check an original against its record, and replay the edits to the hash of the shown text.

    Returns:
        Whether there were edits to replay: those of an HTML page cannot be listed.

    Raises:
        Unsound: size, hash, encoding, edits or a text's hash differ from what the record says.
    """
    capture, edits = published.capture, published.edits
    _same("size in bytes", str(capture.bytes), str(len(original)))
    _same("SHA-256", capture.sha256, sha256(original).hexdigest())
    if edits is None:
        raise Unsound("the record does not say how the text was made from the original")
    text = _decoded(original, capture)
    _same("SHA-256 of the decoded text", edits.start, _digest(text))
    if published.import_ and published.import_.by_hand.to:
        by_hand = published.import_.by_hand.to
        _same("SHA-256 of the text edited by hand", by_hand, _digest(body_of(text)))
    if edits.ops is None:
        return False
    try:
        shown = apply(text, edits.ops)
    except EditError as error:
        raise Unsound(f"the edits cannot be replayed: {error}") from error
    _same("SHA-256 of the shown text", edits.end, _digest(shown))
    return True


def _decoded(original: bytes, capture: _Capture) -> str:
    """Decode as the record says."""
    mark = capture.byte_order_mark
    try:
        return decoded_again(original, capture.encoding.value, byte_order_mark=mark)
    except LookupError as error:
        raise Unsound(f"the record names an encoding that nobody knows: {error}") from error


def _digest(text: str) -> str:
    return f"sha256:{sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def _same(what: str, recorded: str, found: str) -> None:
    if recorded != found:
        raise Unsound(f"its {what} is {found}, and its record says {recorded}")
