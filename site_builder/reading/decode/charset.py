"""The names of encodings: what a file declares, what Python calls it, what people mean by it.

Declared names are taken as browsers take them (WHATWG Encoding Standard, section 4.2), as far as
Python has the codec: text that says `iso-8859-1` and holds curly quotes is in `windows-1252`.
"""

import codecs
import re

from ...model import Record

_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_TEXT_CODEC = re.compile(
    r"ascii|utf-8|utf-(?:16|32)(?:-[lb]e)?|cp\d{3,4}|iso8859-\d+|iso2022-\w+|koi8-\w|mac-\w+|tis-620"
    r"|shift-jis\w*|euc-[\w-]+|gb\w+|big5\w*|johab|hz|ptcp154|kz1048|hp-roman8"
)
"""Codecs that turn bytes into text and nothing else: no base64, no escapes, no UTF-7."""

_LABELS = {
    "dos-874": "cp874",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "unicode": "utf-16",
    "utf-8-sig": "utf-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-936": "gbk",
    "windows-949": "cp949",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "x-sjis": "shift_jis",
}
"""Names that Python does not know, or knows by another."""

_MEANT = {
    "ascii": ("cp1252",),
    "big5": ("cp950", "big5hkscs"),
    "euc-jp": ("euc_jis_2004",),
    "euc-kr": ("cp949",),
    "gb2312": ("gbk", "gb18030"),
    "gbk": ("gb18030",),
    "iso8859-1": ("cp1252",),
    "iso8859-11": ("cp874",),
    "iso8859-9": ("cp1254",),
    "shift-jis": ("cp932", "shift_jis_2004"),
    "tis-620": ("cp874",),
}
"""The wider encodings that people mean by a name, tried where the named one does not fit."""

_C1_CONTROLS = re.compile("[\x80-\x9f]")
"""Never in a text: a sign that windows-125x was meant by iso-8859-x."""
_WIDE_CODECS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_USUAL_IN_TEXT = re.compile("[ \n\r.,:<>\u3001\u3002]")
_NEVER_IN_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class Text(Record, frozen=True, kw_only=True):
    """Bytes as text, and the encoding that made them so."""

    text: str
    encoding: str
    """The name for the record: lower case, hyphens; Python's codec registry knows it."""


def recorded_name(codec: str) -> str:
    """Give the name of a codec as the record spells it.

    >>> recorded_name("cp1252"), recorded_name("latin_1"), recorded_name("mac_roman")
    ('windows-1252', 'iso-8859-1', 'mac-roman')
    """
    name = codecs.lookup(codec).name.replace("_", "-")
    name = re.sub(r"^cp(125\d)$", r"windows-\1", name)
    return re.sub(r"^iso(8859|2022)-", r"iso-\1-", name)


def decode_as(content: bytes, codec: str) -> str | None:
    """Decode strictly; None where a byte does not fit."""
    try:
        return content.decode(codec)
    except UnicodeError:
        return None


def declared(head: bytes) -> str:
    """Find the charset that an HTML or XML file names in its first bytes; empty if none."""
    found = _DECLARED.search(head)
    return (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""


def as_declared(content: bytes, label: str) -> Text | None:
    """Decode as a declared name says; None if the name is no text encoding or does not fit."""
    codec = _codec(label)
    if codec is None:
        return None
    for name in (codec, *_MEANT.get(codec, ())):
        text = decode_as(content, name)
        if text is not None and not (name.startswith("iso8859") and _C1_CONTROLS.search(text)):
            return Text(text=text, encoding=recorded_name(name))
    return None


def _codec(label: str) -> str | None:
    """Give Python's codec for a charset label; None if it is unknown or does more than decode."""
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name.replace("_", "-")
    except LookupError:
        return None
    return name if _TEXT_CODEC.fullmatch(name) else None


def wide_without_mark(content: bytes) -> Text | None:
    """Recognise UTF-16 or UTF-32 without a byte order mark: it must decode, and have its spaces."""
    best: Text | None = None
    most = 0
    for codec in _WIDE_CODECS:
        text = decode_as(content, codec)
        if text is None or _NEVER_IN_TEXT.search(text):
            continue
        usual = len(_USUAL_IN_TEXT.findall(text))
        if usual > most:
            best, most = Text(text=text, encoding=codec), usual
    return best
