"""A suggestion for bytes that neither are UTF-8 nor say what they are.

charset-normalizer suggests by the frequency of letters. For text in Latin letters, and where the
file names its language, we ask instead whose alphabet the letters make up: the encodings of western,
central and northern Europe, of Turkish and of Vietnamese differ in a few letters only, where
frequency says little.
"""

import re

from charset_normalizer import from_bytes

from .charset import Text, decode_as, recorded_name

_LANGUAGE = re.compile(
    rb"""<html[^>]{0,300}?\slang\s*=\s*["']?([a-z]{2})\b"""
    rb"""|^["']?lang(?:uage)?["']?\s*[:=]\s*["']?([a-z]{2})\b""",
    re.IGNORECASE | re.MULTILINE,
)
_ASCII = bytes(range(128))
_SAMPLE = 1 << 16
"""Bytes looked at."""
_LATIN_SHARE = 0.12
"""Text in Latin letters has at most this share of bytes beyond ASCII."""
_GOOD_FIT = 0.95
"""Share of the letters beyond ASCII that must belong to one alphabet."""

_PUNCTUATION = frozenset("“”‘’„‚‹›«»–—…•·§©®°€£¥¢×½¼¾²³¹ºª¡¿™\u00a0\u00ad\u200c\u200d\u200e\u200f")  # noqa: RUF001 — these are the signs meant
_GLUED = re.compile("(?<=[^\\W\\d_m])[¿¡¥£¢½¼¾¹²³ºª]")
"""Signs that do not stand right behind a letter (but for m²): there they are misread letters."""
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_JAPANESE = ("cp932", "euc_jp")
_KANA_SHARE = 0.25
"""Japanese has more kana than this; what is read wrongly as Japanese has hardly any."""
_CENTRAL = ("cp1250", "iso8859-2")
_BALTIC = ("cp1257", "iso8859-13")
_WESTERN = frozenset(
    ("de", "en", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "no", "fi", "ca", "gl", "eu")
)

_ALPHABETS = (
    (("cp1252", "iso8859-15", "mac-roman"), _WESTERN, "àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿß"),
    (("cp1254", "iso8859-9"), {"tr", "az"}, "âçğıöşüîû\u0307"),
    (_CENTRAL, {"pl"}, "ąćęłńóśźż"),
    (_CENTRAL, {"cs", "sk"}, "áäčďéěíĺľňóôřŕšťúůýž"),
    (_CENTRAL, {"hu"}, "áéíóöőúüű"),
    (_CENTRAL, {"hr", "sl", "bs"}, "čćđšž"),
    (("cp1250", "iso8859-16", "iso8859-2"), {"ro"}, "ăâîșțşţ"),
    (_BALTIC, {"lt"}, "ąčęėįšųūž"),
    (_BALTIC, {"lv"}, "āčēģīķļņšūž"),
    (("cp1257", "cp1252"), {"et"}, "äöüõšž"),
    (("cp1258",), {"vi"}, "ăâđêôơưàáèéìíòóùúýãõ\u0300\u0301\u0303\u0309\u0323"),
    (("cp1252",), {"is", "fo"}, "áæéíðóöþúýø"),
    (("cp1253", "iso8859-7"), {"el"}, "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
)
"""Codecs in the order tried; the languages; the letters beyond ASCII that these languages use."""


def suggest(content: bytes) -> Text | None:
    """Suggest an encoding, and decode with it; None if nothing fits."""
    sample = _sample(content)
    best = from_bytes(sample).best()
    by_frequency = best.encoding if best is not None else ""
    by_letters = _by_alphabet(sample, _language(sample), str(best or ""))
    for codec in (_by_kana(sample), by_letters, by_frequency):
        text = decode_as(content, codec) if codec else None
        if text is not None:
            return Text(text=text, encoding=recorded_name(codec))
    return None


def _sample(content: bytes) -> bytes:
    """Take whole lines from the beginning, so that no character is cut."""
    if len(content) <= _SAMPLE:
        return content
    end = content.rfind(b"\n", 0, _SAMPLE)
    return content[: end if end > 0 else _SAMPLE]


def _language(sample: bytes) -> str:
    """Find the language that the file names in plain ASCII; empty if it names none."""
    found = _LANGUAGE.search(sample)
    return (found[1] or found[2]).decode("ascii").lower() if found else ""


def _by_alphabet(sample: bytes, language: str, by_frequency: str) -> str:
    """Find the codec that makes the letters one alphabet's; empty if none does.

    Where the language is named, its own alphabet is asked; else all are, if the text is in
    Latin letters.
    """
    own = [row for row in _ALPHABETS if language in row[1]]
    if not own and not _is_latin(sample, by_frequency):
        return ""
    best, most = "", _GOOD_FIT
    for names, _, letters in own or _ALPHABETS:
        for codec in names:
            text = decode_as(sample, codec)
            fit = _fit(text, frozenset(letters)) if text is not None else 0.0
            if fit > most:
                best, most = codec, fit
    return best


def _by_kana(sample: bytes) -> str:
    """Find the codec that makes the bytes Japanese; empty if none does."""
    for codec in _JAPANESE:
        text = decode_as(sample, codec) or ""
        beyond = sum(c > "\x7f" for c in text)
        if len(_KANA.findall(text)) > _KANA_SHARE * max(beyond, 1):
            return codec
    return ""


def _is_latin(sample: bytes, by_frequency: str) -> bool:
    """Whether most letters are ASCII, by the bytes or by the text that frequency suggests."""
    beyond = len(sample.translate(None, _ASCII))
    return beyond <= _LATIN_SHARE * len(sample) or _fit(by_frequency, _LATIN_LETTERS) > _GOOD_FIT


_LATIN_LETTERS = frozenset(chr(code) for code in range(0xC0, 0x250)) | {
    chr(code) for code in range(0x300, 0x370)
}


def _fit(text: str, letters: frozenset[str]) -> float:
    """Give the share of the characters beyond ASCII, usual signs aside, that are letters of these."""
    marked = _GLUED.sub("\x80", text)
    beyond = [c for c in marked if c > "\x7f" and c not in _PUNCTUATION]
    if not beyond:
        return 1.0
    return sum(c.lower() in letters or c in letters for c in beyond) / len(beyond)
