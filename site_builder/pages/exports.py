"""An article's reference for the programs that keep references: RIS, CSL-JSON and BibTeX.

Which keys Zotero makes a newspaper article of was found by trying it. Names stand as printed and whole: no
program can tell family names. The address is that of the archive's page, which is what was read; the
original's stands in a note. The day of reading is the reader's: a script adds it.

Sources: RIS as EndNote and Zotero read it (two letters, two spaces, a hyphen, a space); the CSL-JSON input
schema 1.0.2 (citationstyles.org); BibTeX fields as biblatex 3.20 documents them.
"""

import json
import re

from ..config import Archive
from ..edtf import Point, parse
from ..model import Article, Assertion, Basis, Record
from .addresses import whole_address
from .wording import NO_PUBLISHER, plain, when

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_TEX_SIGNS = re.compile(r"[\\{}~^&%$#_]")
_URL_SIGNS = re.compile(r"[\\{}%\s]")


class Export(Record, frozen=True, kw_only=True):
    """A reference in one format."""

    kind: str
    """`ris`, `csl` or `bibtex`: by it scripts find the text."""
    name: str
    text: str
    file: str
    """What a saved copy is called."""


class _Reference(Record, frozen=True, kw_only=True):
    """What all formats are made from; an empty part is unknown."""

    key: str
    title: str
    names: tuple[str, ...]
    outlet: str
    date: tuple[int, ...]
    """Year, month, day, as far as they are known; of an interval, its beginning."""
    end: tuple[int, ...]
    """Of an interval."""
    edtf: str
    inexact: str
    """The date in words, where it is about, perhaps, between or concluded; else empty."""
    language: str
    url: str
    note: str
    archive: str


def exports(article: Article, archive: Archive) -> tuple[Export, ...]:
    """Give an article's reference in each format, that which Zotero reads best first."""
    one = _reference(article, archive)
    return (
        Export(kind="ris", name="RIS", text=_ris(one), file=f"{one.key}.ris"),
        Export(kind="csl", name="CSL-JSON", text=_csl(one), file=f"{one.key}.json"),
        Export(kind="bibtex", name="BibTeX", text=_bibtex(one), file=f"{one.key}.bib"),
    )


def _reference(article: Article, archive: Archive) -> _Reference:
    page, original = whole_address(article, archive), _value(article.url)
    title = plain(article.title.value)
    value = _value(article.published)
    said = when(article.published)
    dates = parse(value) if said.machine else None
    return _Reference(
        key=article.record_id,
        title=f"[{title}]" if article.title.basis is Basis.SUPPLIED else title,
        names=tuple(_value(author) for author in article.authors if author.known),
        outlet=_value(article.outlet),
        date=_numbers(dates.start) if dates else (),
        end=_numbers(dates.end) if dates and dates.end else (),
        edtf=value if dates else "",
        inexact="" if said.exact or not dates else said.words,
        language=_value(article.language),
        url=page or original,
        note=f"Original URL: {original}" if page and original else "",
        archive=plain(archive.title),
    )


def _ris(one: _Reference) -> str:
    year, month, day = (*one.date, 0, 0, 0)[:3]
    parts = [f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else ""]
    lines = (
        ("TY", "NEWS"),
        ("TI", one.title),
        *(("AU", name) for name in one.names),
        ("T2", one.outlet or NO_PUBLISHER),
        ("PY", parts[0] if year else ""),
        ("DA", "/".join((*parts, one.inexact)) if year else ""),
        ("LA", one.language),
        ("UR", one.url),
        ("DB", one.archive),
        ("AN", one.key),
        ("N1", one.note),
    )
    return "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  - \n"


def _csl(one: _Reference) -> str:
    parts = [list(date) for date in (one.date, one.end) if date]
    issued: dict[str, object] = {"date-parts": parts}
    if one.inexact:
        issued["circa"] = True
    item: dict[str, object] = {
        "id": one.key,
        "type": "article-newspaper",
        "title": one.title,
        "author": [{"literal": name} for name in one.names],
        "container-title": one.outlet or NO_PUBLISHER,
        "issued": issued if one.date else "",
        "language": one.language,
        "URL": one.url,
        "archive": one.archive,
        "archive_location": one.key,
        "note": one.note,
    }
    known = {key: value for key, value in item.items() if value not in ("", [])}
    lines = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in known.items()]
    return "[{\n" + ",\n".join(lines) + "\n}]\n"


def _bibtex(one: _Reference) -> str:
    date = "-".join(f"{part:02}" if place else f"{part:04}" for place, part in enumerate(one.date))
    fields = {
        "title": f"{{{_tex(one.title)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in one.names),
        "journal": _tex(one.outlet),
        "entrysubtype": "newspaper" if one.outlet else "",
        "year": date[:4],
        # biblatex reads EDTF; what is concluded is about right.
        "date": f"{date}~" if one.edtf == date and one.inexact else one.edtf,
        "url": _URL_SIGNS.sub(_percent, one.url),
        "note": _tex(one.note),
        "library": _tex(f"{one.archive}, record {one.key}"),
    }
    kind = "article" if one.outlet else "misc"
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return ",\n".join((f"@{kind}{{{one.key}", *lines)) + "\n}\n"


def _numbers(point: Point) -> tuple[int, ...]:
    return tuple(int(part) for part in point.date.split("-"))


def _percent(sign: re.Match[str]) -> str:
    return sign[0] if sign[0] == "%" else "".join(f"%{byte:02X}" for byte in sign[0].encode())


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda sign: _TEX[sign[0]], text)


def _value(assertion: Assertion) -> str:
    return plain(assertion.value) if assertion.known else ""
