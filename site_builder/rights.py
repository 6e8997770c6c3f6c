"""Rights as two closed lists name them: RightsStatements.org 1.0, and Creative Commons.

The twelve statements say what is known of a text's status; the licences and dedications say what its owner
allows. A value may be an address as either site gives it, or a short form: `InC`, `CC BY-SA 4.0`, `CC0`.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

STATEMENTS = {
    "InC": "In Copyright",
    "InC-OW-EU": "In Copyright: EU Orphan Work",
    "InC-EDU": "In Copyright: Educational Use Permitted",
    "InC-NC": "In Copyright: Non-Commercial Use Permitted",
    "InC-RUU": "In Copyright: Rights-holder(s) Unlocatable or Unidentifiable",
    "NoC-CR": "No Copyright: Contractual Restrictions",
    "NoC-NC": "No Copyright: Non-Commercial Use Only",
    "NoC-OKLR": "No Copyright: Other Known Legal Restrictions",
    "NoC-US": "No Copyright: United States",
    "CNE": "Copyright Not Evaluated",
    "UND": "Copyright Undetermined",
    "NKC": "No Known Copyright",
}
"""rightsstatements.org/vocab/…/1.0/"""
LICENCES = {
    "by": "Creative Commons Attribution",
    "by-sa": "Creative Commons Attribution-ShareAlike",
    "by-nd": "Creative Commons Attribution-NoDerivatives",
    "by-nc": "Creative Commons Attribution-NonCommercial",
    "by-nc-sa": "Creative Commons Attribution-NonCommercial-ShareAlike",
    "by-nc-nd": "Creative Commons Attribution-NonCommercial-NoDerivatives",
    "zero": "Creative Commons CC0 Public Domain Dedication",
    "mark": "Creative Commons Public Domain Mark",
}
"""creativecommons.org/licenses/…/ and, the last two, creativecommons.org/publicdomain/…/"""
NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/"

_VERSIONS = frozenset(("1.0", "2.0", "2.5", "3.0", "4.0"))
_DEDICATIONS = frozenset(("zero", "mark"))
_BY_NAME = {code.lower(): code for code in STATEMENTS}
_SHORT_LICENCE = re.compile(r"cc[ -](by(?:[ -](?:sa|nd|nc))*)[ -]([1-4]\.[05])(?: international)?")
_PORT = re.compile(r"[a-z]{2}|igo|scotland")
"""A licence's older versions were fitted to the law of a country: its part of the address."""
_SHORT_DEDICATION = {
    "cc0": "zero",
    "cc0 1.0": "zero",
    "cc-zero": "zero",
    "public domain mark": "mark",
    "public domain mark 1.0": "mark",
    "pdm 1.0": "mark",
}


@lru_cache(maxsize=1_024)
def address_of(value: str) -> str:
    """Give the address that a value means, as its list spells it; empty if it is on neither list.

    >>> address_of("CC BY-SA 4.0"), address_of("https://rightsstatements.org/page/InC/1.0/?language=en")
    ('https://creativecommons.org/licenses/by-sa/4.0/', 'http://rightsstatements.org/vocab/InC/1.0/')
    """
    words = " ".join(value.split())
    short = words.lower().removeprefix("rights: ")
    if short in _BY_NAME:
        return _statement(_BY_NAME[short])
    if short in _SHORT_DEDICATION:
        return _licence(_SHORT_DEDICATION[short], "1.0")
    found = _SHORT_LICENCE.fullmatch(short)
    if found and (name := found[1].replace(" ", "-")) in LICENCES:
        return _licence(name, found[2])
    return _address(words)


def name_of(address: str) -> str:
    """Give the name of a statement or licence by its address; empty if it is on neither list.

    >>> name_of("https://creativecommons.org/licenses/by/3.0/us/")
    'Creative Commons Attribution 3.0'
    """
    found = address_of(address)
    if not found:
        return ""
    code, version = found.split("/")[4:6]
    return STATEMENTS.get(code) or f"{LICENCES[code]} {version}"


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    steps = [step for step in parts.path.split("/") if step]
    if parts.scheme not in {"http", "https"} or len(steps) < 3:  # noqa: PLR2004 — list, name, version
        return ""
    _, name, version, *rest = steps
    if host == "rightsstatements.org" and name in STATEMENTS and version == "1.0":
        return _statement(name)
    if host == "creativecommons.org" and name in LICENCES and version in _VERSIONS:
        return _licence(name, version, next(filter(_PORT.fullmatch, rest[:1]), ""))
    return ""


def _statement(code: str) -> str:
    return f"http://rightsstatements.org/vocab/{code}/1.0/"


def _licence(name: str, version: str, port: str = "") -> str:
    folder = "publicdomain" if name in _DEDICATIONS else "licenses"
    country = f"{port}/" if port else ""
    return f"https://creativecommons.org/{folder}/{name}/{version}/{country}"
