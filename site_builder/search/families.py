"""Word families: which terms stand for each other (docs/search-format.md, section 2).

Stemming happens here, while building, and nowhere else: a query finds the sets made here, so the browser
carries no stemmer and cannot drift from this one.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import Stemmer

from ..model import Authority
from .analysis import is_unspaced, terms

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""Main language subtag to Snowball's name of the stemmer."""

_RESTORED = {
    "russian": (re.compile("(?<=[аеоуыэюя])и|(?<=[шщ]и)и$"), "й"),
    "arabic": (re.compile("\u0647$"), "\u0629"),
}
"""What folding made one and endings need apart, where it is nearly always so: without it one in six pairs
of Russian forms and one in three of Arabic ones do not meet (measured on XQuAD's paragraphs)."""

Family = tuple[str, ...]


def stemmer_of(language: str) -> str:
    """Give the name of a language's stemmer (`en-GB`: english), or `""` where there is none."""
    return STEMMERS.get(language.partition("-")[0].lower(), "")


def families(
    spoken: Mapping[str, Collection[str]], known: Collection[str], names: Iterable[Authority]
) -> list[Family]:
    """Find the families of an archive.

    Args:
        spoken: the terms of the articles of each stemmer, by `stemmer_of`.
        known: all terms of the archive; families have no other members.
        names: what the names files declare equal.

    Returns:
        The families of two members or more, each once; members and families by code point.
    """
    found: set[Family] = set()
    for stemmer in spoken:
        found.update(_stem_families(stemmer, spoken[stemmer]))
    for authority in names:
        written = {term for term in _single_terms(authority) if term in known}
        found.add(tuple(sorted(written)))
    return sorted(family for family in found if len(family) > 1)


def _stem_families(stemmer: str, words: Collection[str]) -> Iterable[Family]:
    stemmed = [word for word in words if _has_stem(word)]
    groups: dict[str, list[str]] = defaultdict(list)
    stems = Stemmer.Stemmer(stemmer, 0).stemWords([_restored(word, stemmer) for word in stemmed])
    for stem, word in zip(stems, stemmed, strict=True):
        groups[stem].append(word)
    return (tuple(sorted(group)) for group in groups.values() if len(group) > 1)


def _restored(word: str, stemmer: str) -> str:
    if stemmer not in _RESTORED:
        return word
    pattern, letter = _RESTORED[stemmer]
    return pattern.sub(letter, word)


def _has_stem(term: str) -> bool:
    """Whether a term is a word: without a digit, and no pair of characters of an unspaced script."""
    return not is_unspaced(term) and (
        term.isalpha() or not any(character.isnumeric() for character in term)
    )


def _single_terms(authority: Authority) -> Iterable[str]:
    for form in (authority.label, *authority.forms):
        found = terms(form)
        if len(found) == 1:
            yield found[0]
