"""Bytes -> text: which encoding a file is in, how we know, and what could not be read.

Tried in this order; the first that fits wins:

1. a byte order mark (UTF-8, UTF-16, UTF-32);
2. UTF-16 or UTF-32 without a mark, which zero bytes give away;
3. ISO-2022-JP, which is ASCII but for its escape sequences;
4. UTF-8, strictly: text in another encoding is all but never valid UTF-8 by accident;
5. what the file declares (HTML `meta`, XML declaration);
6. UTF-8 with a few broken bytes, each shown as U+FFFD and reported;
7. a suggestion, marked inferred and reported;
8. UTF-8 with many broken bytes, shown and reported in the same way.

Control characters stay as they are in the text, and are reported.

- `charset.py`: the names of encodings, and what people mean by them
- `suggest.py`: step 7
"""

import codecs
import hashlib
import re
from functools import lru_cache

from ...model import Assertion, Basis, Capture, Original, Problem, Record
from ..refused import Refused, refuse
from .charset import Text, as_declared, declared, decode_as, wide_without_mark
from .suggest import suggest

MEDIA_TYPES = {"markdown": "text/markdown", "text": "text/plain", "html": "text/html"}
"""Reader to media type of what it reads."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"SQLite format 3", "a database"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])
_CONTROLS_IN_UTF_8 = 0.1
_CONTROLS_IN_OTHERS = 0.02
"""Shares of control characters that a text may have; of random bytes, one in nine is one."""
_HEAD = 4096
"""Bytes in which a declaration is looked for."""
_BEYOND_ASCII = 0x80
_MALFORMED = re.compile(rb"[\xc0\xc1][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
"""Overlong forms and encoded surrogates: faults of a UTF-8 writer, not another encoding."""
_FEW = 3
"""Broken bytes that may stand beside as many good characters."""
_REPLACEMENT = "\ufffd"


class Decoded(Record, frozen=True, kw_only=True):
    """A file's text, ready for its reader."""

    text: str
    """The decoded original: byte order mark dropped, CRLF and CR turned to LF."""
    capture: Capture
    problems: tuple[Problem, ...] = ()


class _Choice(Record, frozen=True, kw_only=True):
    """The encoding, how it was come by, and the text it gives, line ends not yet touched."""

    text: str
    encoding: Assertion
    mark: bool = False
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=1)
def decode(original: Original, content: bytes) -> Decoded:
    """Turn a file's bytes into text, and describe the bytes; a file is decoded once for all who ask in turn.

    Raises:
        Refused: the file is empty, or it is not text.
    """
    choice = _choose(original.path, content)
    text = choice.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \n\t\f\v\u00a0"):
        raise refuse(original.path, "this file is empty", "write the article, or delete the file")
    capture = Capture(
        path=original.path,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        decoded_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        media_type=MEDIA_TYPES[original.reader],
        encoding=choice.encoding,
        byte_order_mark=choice.mark,
        line_ends=_line_ends(choice.text),
    )
    problems = (*choice.problems, *_control_problems(original.path, text))
    return Decoded(text=text, capture=capture, problems=problems)


def _choose(path: str, content: bytes) -> _Choice:
    """Find the encoding, in the order that the module's docstring gives."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            stated = _stated(name, "byte order mark")
            return _replaced(path, content, stated, mark=mark)
    text = decode_as(content, "utf-8")
    wide = _checked_for_binary(path, content, is_utf_8=text is not None)
    if wide is not None:
        return _wide(wide, content)
    if text is None:
        return _not_utf_8(path, content, declared(content[:_HEAD]))
    japanese = as_declared(content, "iso-2022-jp") if b"\x1b" in content else None
    if japanese is not None and not japanese.text.isascii():
        return _by_escapes(path, japanese, declared(content[:_HEAD]))
    return _Choice(text=text, encoding=_stated("utf-8", "every byte is valid UTF-8"))


def _checked_for_binary(path: str, content: bytes, *, is_utf_8: bool) -> Text | None:
    """Refuse what is no text; give the text where zero bytes turn out to be UTF-16 or UTF-32."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise _binary(path, kind)
    controls = len(content) - len(content.translate(None, _CONTROL_BYTES))
    many = controls > len(content) * (_CONTROLS_IN_UTF_8 if is_utf_8 else _CONTROLS_IN_OTHERS)
    wide = None
    if b"\0" in content and (many or not is_utf_8):
        wide = wide_without_mark(content)
    if many and wide is None:
        raise _binary(path, "binary data")
    return wide


def _binary(path: str, kind: str) -> Refused:
    return refuse(
        path,
        f"this is not a text file: it looks like {kind}",
        "save the article as text, Markdown or HTML; keep other files outside the articles",
    )


def _wide(wide: Text, content: bytes) -> _Choice:
    """Take UTF-16 or UTF-32 found by its zero bytes: stated if a `meta` inside agrees."""
    label = declared(content[: 4 * _HEAD].replace(b"\0", b""))
    if label.startswith(wide.encoding[:6]):
        return _Choice(text=wide.text, encoding=_declared(wide.encoding, label))
    inferred = Assertion(
        value=wide.encoding,
        basis=Basis.INFERRED,
        rule="encoding.zero-bytes@1",
        note="it has no byte order mark; its zero bytes and spaces fit this encoding",
    )
    return _Choice(text=wide.text, encoding=inferred)


def _by_escapes(path: str, japanese: Text, label: str) -> _Choice:
    """Take ISO-2022-JP, which escape sequences give away."""
    if label.startswith("iso-2022-jp"):
        return _Choice(text=japanese.text, encoding=_declared(japanese.encoding, label))
    return _suggested(path, japanese, "encoding.escapes@1", "its escape sequences fit", 1)


def _not_utf_8(path: str, content: bytes, label: str) -> _Choice:
    """Choose for bytes that are not valid UTF-8: declared, nearly UTF-8, or suggested."""
    named = as_declared(content, label) if label else None
    if named is not None:
        return _Choice(text=named.text, encoding=_declared(named.encoding, label))
    if _nearly_utf_8(content):
        return _replaced(path, content, _stated("utf-8", "nearly every byte is valid UTF-8"))
    found = suggest(content)
    if found is None:
        return _replaced(path, content, _no_fit())
    first = next(i for i, byte in enumerate(content) if byte >= _BEYOND_ASCII)
    line = content.count(b"\n", 0, first) + 1
    return _suggested(path, found, "encoding.suggestion@1", "its letters fit", line)


def _nearly_utf_8(content: bytes) -> bool:
    """Whether this is damaged UTF-8: cut at its end, badly written, or mixed with other bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(_MALFORMED.sub(b"", content))
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        bad = text.count(_REPLACEMENT)
        good = sum(c > "\x7f" for c in text) - bad
        return bad * 4 <= good or bad <= min(good, _FEW)
    return True


def _replaced(path: str, content: bytes, encoding: Assertion, *, mark: bytes = b"") -> _Choice:
    """Decode with U+FFFD for what does not fit, and report the first such byte."""
    rest = content[len(mark) :]
    problems: tuple[Problem, ...] = ()
    try:
        text = rest.decode(encoding.value)
    except UnicodeDecodeError as error:
        text = rest.decode(encoding.value, "replace")
        problems = (_undecodable(path, error, len(mark)),)
    return _Choice(text=text, encoding=encoding, mark=bool(mark), problems=problems)


def _undecodable(path: str, error: UnicodeDecodeError, before: int) -> Problem:
    values = " ".join(f"{byte:02x}" for byte in error.object[error.start : error.end][:4])
    return Problem(
        path=path,
        line=error.object[: error.start].count(b"\n") + 1,
        message=f"byte {before + error.start} ({values}) is not {error.encoding};"
        " such bytes are shown as \ufffd",
        hint="open the file with the right encoding and save it as UTF-8, if it can be repaired",
    )


def _suggested(path: str, found: Text, rule: str, why: str, line: int) -> _Choice:
    """Take a suggestion, mark it inferred, and report it where it first matters."""
    encoding = Assertion(
        value=found.encoding,
        basis=Basis.INFERRED,
        rule=rule,
        note=f"the file does not say its encoding; {why} {found.encoding}",
    )
    problem = Problem(
        path=path,
        line=line,
        message=f"the file does not say its encoding; it was read as {found.encoding}",
        hint="look whether its letters are right; save it as UTF-8 to be sure",
    )
    return _Choice(text=found.text, encoding=encoding, problems=(problem,))


def _stated(name: str, where: str) -> Assertion:
    return Assertion(value=name, basis=Basis.STATED, where=where)


def _declared(name: str, label: str) -> Assertion:
    written = label if label != name else ""
    return Assertion(
        value=name, basis=Basis.STATED, where="declared in the file", as_written=written
    )


def _no_fit() -> Assertion:
    return Assertion(
        value="utf-8",
        basis=Basis.INFERRED,
        rule="encoding.fallback@1",
        note="no encoding fits the whole file",
    )


def _control_problems(path: str, text: str) -> tuple[Problem, ...]:
    """Report control characters, which are kept as they are."""
    first = _CONTROL.search(text)
    if first is None:
        return ()
    count = len(_CONTROL.findall(text))
    return (
        Problem(
            path=path,
            line=text.count("\n", 0, first.start()) + 1,
            message=f"{count} control character{'s' if count > 1 else ''},"
            f" the first is U+{ord(first[0]):04X}",
            hint="they cannot be seen; delete them if they have no business there",
        ),
    )


def _line_ends(text: str) -> str:
    """Name what ends the lines, before it was made LF."""
    crlf = text.count("\r\n")
    counts = {"crlf": crlf, "cr": text.count("\r") - crlf, "lf": text.count("\n") - crlf}
    found = [name for name, count in counts.items() if count]
    return "mixed" if len(found) > 1 else found[0] if found else "lf"
