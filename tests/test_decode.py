"""Bytes to text: which encoding, how we know, and what could not be read."""

# ruff: noqa: RUF001 — sentences in ten languages, in their own letters

import codecs
import gzip
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import Basis, Original, Severity
from site_builder.reading.decode import decode
from site_builder.reading.refused import Refused

SENTENCES = {
    "de": "Die Brücke über den Fluß trägt große Lasten, sagte der Bürgermeister am Nachmittag.",
    "en": "The mayor’s café – “closed” since the flood – opens again, he said to the naïve.",
    "pl": "Burmistrz powiedział, że most wytrzyma ciężkie ładunki, gdyż został wzmocniony już wiosną.",
    "tr": "Belediye başkanı köprünün ağır yükleri taşıdığını söyledi; sığınak bugün açılıyor.",
    "ru": "Мэр сказал, что мост выдержит тяжёлые грузы, потому что весной его укрепили.",
    "el": "Ο δήμαρχος είπε ότι η γέφυρα αντέχει τα βαριά φορτία, γιατί ενισχύθηκε την άνοιξη.",
    "ar": "قال رئيس البلدية إن الجسر يتحمل الأحمال الثقيلة لأنه تم تعزيزه في الربيع الماضي.",
    "he": "ראש העיר אמר כי הגשר עומד בעומסים כבדים משום שחוזק באביב האחרון לפני השיטפון.",
    "ja": "町長は、春に補強されたので橋は重い荷物に耐えられると述べた。港は今日開く。",
    "zh": "市长说,这座桥在春天得到了加固,可以承受沉重的货物。港口今天重新开放。",
}


def original(name="a.txt"):
    reader = {"txt": "text", "html": "html", "md": "markdown"}[name.rpartition(".")[2]]
    return Original(path=f"articles/{name}", address=name, reader=reader)


def test_the_bytes_are_described():
    """A capture holds size, hash, media type and line ends of the file as it is."""
    content = "\ufeffFirst\r\nsecond\r\n".encode()
    decoded = decode(original("a.md"), content)
    capture = decoded.capture

    assert "First\nsecond\n" == decoded.text
    assert len(content) == capture.size
    assert hashlib.sha256(content).hexdigest() == capture.sha256
    assert hashlib.sha256(b"First\nsecond\n").hexdigest() == capture.decoded_sha256
    assert ("text/markdown", "crlf", True) == (
        capture.media_type,
        capture.line_ends,
        capture.byte_order_mark,
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\nb\n", "lf"),
        (b"a\r\nb\r\n", "crlf"),
        (b"a\rb\r", "cr"),
        (b"a\r\nb\n", "mixed"),
        (b"a", "lf"),
    ],
)
def test_line_ends(content, expected):
    """Line ends are named as found, and all become LF."""
    decoded = decode(original(), content)

    assert expected == decoded.capture.line_ends
    assert "\r" not in decoded.text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("language", SENTENCES)
def test_a_byte_order_mark_settles_it(mark, codec, language):
    """The mark names the encoding, and is no part of the text."""
    decoded = decode(original(), mark + SENTENCES[language].encode(codec))

    assert SENTENCES[language] == decoded.text
    assert (codec, Basis.STATED, True) == (
        decoded.capture.encoding.value,
        decoded.capture.encoding.basis,
        decoded.capture.byte_order_mark,
    )


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", ["de", "ru", "ar"])
def test_wide_text_without_a_mark(codec, language):
    """UTF-16 and UTF-32 show by their zero bytes; without a mark that is a conclusion."""
    decoded = decode(original(), SENTENCES[language].encode(codec))

    assert SENTENCES[language] == decoded.text
    assert Basis.INFERRED is decoded.capture.encoding.basis
    assert decoded.capture.encoding.note


@pytest.mark.parametrize("language", SENTENCES)
def test_utf_8_is_known_by_its_bytes(language):
    """Valid UTF-8 is UTF-8, whatever the file declares, and nothing is reported."""
    text = f'<meta charset="windows-1252"><p>{SENTENCES[language]}'
    decoded = decode(original("a.html"), text.encode())

    assert text == decoded.text
    assert "utf-8" == decoded.capture.encoding.value
    assert () == decoded.problems


@pytest.mark.parametrize(
    ("language", "declared", "recorded"),
    [
        ("de", "iso-8859-1", "iso-8859-1"),
        ("en", "iso-8859-1", "windows-1252"),
        ("de", "macintosh", "mac-roman"),
        ("pl", "iso-8859-2", "iso-8859-2"),
        ("tr", "windows-1254", "windows-1254"),
        ("ru", "koi8-r", "koi8-r"),
        ("el", "iso-8859-7", "iso-8859-7"),
        ("he", "windows-1255", "windows-1255"),
        ("ja", "shift_jis", "shift-jis"),
        ("ja", "iso-2022-jp", "iso-2022-jp"),
        ("ja", "x-sjis", "shift-jis"),
        ("zh", "gb2312", "gb2312"),
    ],
)
def test_a_declared_charset(language, declared, recorded):
    """A file is read as it declares, by the names browsers know."""
    text = f'<html><meta charset="{declared}"><p>{SENTENCES[language]}'
    decoded = decode(
        original("a.html"),
        text.encode({"x-sjis": "shift_jis", "iso-8859-1": "cp1252"}.get(declared, declared)),
    )

    assert text == decoded.text
    assert (recorded, Basis.STATED) == (
        decoded.capture.encoding.value,
        decoded.capture.encoding.basis,
    )
    assert () == decoded.problems


def test_an_xml_declaration_counts():
    """XHTML names its encoding in the XML declaration."""
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><p>{SENTENCES["de"]}</p>'

    assert text == decode(original("a.html"), text.encode("latin-1")).text


@pytest.mark.parametrize("label", ["utf-7", "base64", "unicode_escape", "no-such-charset"])
def test_a_declared_codec_that_is_none_is_ignored(label):
    """Only codecs that turn bytes into text are obeyed."""
    text = f'<meta charset="{label}"><p>{SENTENCES["de"]}'
    decoded = decode(original("a.html"), text.encode("cp1252"))

    assert text == decoded.text
    assert Basis.INFERRED is decoded.capture.encoding.basis


@pytest.mark.parametrize(
    ("language", "codec"),
    [
        ("de", "cp1252"),
        ("de", "mac-roman"),
        ("en", "cp1252"),
        ("pl", "cp1250"),
        ("pl", "iso8859-2"),
        ("tr", "cp1254"),
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("el", "cp1253"),
        ("ar", "cp1256"),
        ("he", "cp1255"),
        ("ja", "euc_jp"),
        ("ja", "cp932"),
        ("ja", "iso2022_jp"),
        ("zh", "gb18030"),
    ],
)
def test_an_undeclared_encoding_is_suggested(language, codec):
    """What is not said is concluded, marked as such, and reported."""
    decoded = decode(original(), SENTENCES[language].encode(codec))
    (problem,) = decoded.problems

    assert SENTENCES[language] == decoded.text
    assert Basis.INFERRED is decoded.capture.encoding.basis
    assert decoded.capture.encoding.note
    assert (1, Severity.WARNING) == (problem.line, problem.severity)
    assert decoded.capture.encoding.value in problem.message


@pytest.mark.parametrize(
    ("content", "text", "line", "byte"),
    [
        (
            "Ünïcödé all along\nänd then ".encode() + b"\xe9 alone",
            "Ünïcödé all along\nänd then \ufffd alone",
            2,
            "byte 32 (e9)",
        ),
        (b"cut in a character: \xc3", "cut in a character: \ufffd", 1, "byte 20 (c3)"),
        (b"a\nsurrogate \xed\xa0\x80.", "a\nsurrogate \ufffd\ufffd\ufffd.", 2, "byte 12 (ed)"),
        (b"overlong \xc0\xaf.", "overlong \ufffd\ufffd.", 1, "byte 9 (c0)"),
        (b"\xef\xbb\xbfmark \xff.", "mark \ufffd.", 1, "byte 8 (ff)"),
    ],
)
def test_broken_utf_8_is_shown_and_reported(content, text, line, byte):
    """Bytes that cannot be read stay visible as U+FFFD, and the first is named with its place."""
    decoded = decode(original(), content)
    (problem,) = decoded.problems

    assert text == decoded.text
    assert "utf-8" == decoded.capture.encoding.value
    assert line == problem.line
    assert byte in problem.message
    assert problem.hint


def test_control_characters_are_kept_and_reported():
    """A stray zero byte or escape harms nobody, but a person should look."""
    decoded = decode(original(), b"a long enough line of text\nwith a \0 and an \x1b in it\n")
    (problem,) = decoded.problems

    assert "a long enough line of text\nwith a \0 and an \x1b in it\n" == decoded.text
    assert (2, "2 control characters, the first is U+0000") == (problem.line, problem.message)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\t\r\n",
        "\ufeff\n".encode(),
        bytes(range(256)) * 4,
        gzip.compress(b"text"),
        b"%PDF-1.7 and text",
        b"\x89PNG\r\n\x1a\n",
        b"\0" * 100,
    ],
)
def test_what_is_no_text_is_refused(content):
    """Empty and binary files cannot be articles: an error with a hint, never a crash."""
    with pytest.raises(Refused) as refused:
        decode(original(), content)

    assert ("articles/a.txt", Severity.ERROR) == (
        refused.value.problem.path,
        refused.value.problem.severity,
    )
    assert refused.value.problem.hint


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_text_or_refused(content):
    """Decoding ends in text without CR that can be stored, or in a refusal."""
    try:
        decoded = decode(original(), content)
    except Refused:
        return

    assert "\r" not in decoded.text
    assert decoded.text.encode("utf-8")


@given(st.binary())
def test_the_record_is_enough_to_decode_again(content):
    """The bytes decoded with the recorded encoding give the same text again."""
    try:
        decoded = decode(original(), content)
    except Refused:
        return
    capture = decoded.capture
    again = content.decode(capture.encoding.value, "replace")
    again = again.removeprefix("\ufeff") if capture.byte_order_mark else again

    assert decoded.text == again.replace("\r\n", "\n").replace("\r", "\n")
