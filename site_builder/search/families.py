"""Word families: which terms stand for each other (docs/search-format.md, section 2).

Stemming happens here, while building, and nowhere else: a query finds the sets made here, so the browser
carries no stemmer and cannot drift from this one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import Stemmer

from ..names import Authority
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

SHORTEST_STEM = 2
"""In code points: one letter is what is left of words that have nothing to do with each other."""

Family = tuple[str, ...]


class Vocabulary(NamedTuple):
    """The words of some articles, all of one stemmer."""

    words: set[str]
    """Terms that were written as they are."""
    forms: dict[str, str]
    """Other written forms, each with its term: folding takes letters that endings need apart."""

    def add(self, found: Collection[str], written: Mapping[str, Sequence[str]]) -> None:
        """Add the terms of an article and its `Tokens.forms`."""
        self.words.update(found if not written else (term for term in found if term not in written))
        for term, ways in written.items():
            self.forms.update(dict.fromkeys(ways, term))


def stemmer_of(language: str) -> str:
    """Give the name of a language's stemmer (`en-GB`: english), or `""` where there is none."""
    return STEMMERS.get(language.partition("-")[0].lower(), "")


def families(
    spoken: Mapping[str, Vocabulary], known: Collection[str], names: Iterable[Authority]
) -> list[Family]:
    """Find the families of an archive.

    Args:
        spoken: the words of the articles of each stemmer, by `stemmer_of`.
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


def _stem_families(stemmer: str, spoken: Vocabulary) -> Iterable[Family]:
    written = dict(zip(spoken.words, spoken.words, strict=True)) | spoken.forms
    stemmed = {form: term for form, term in written.items() if _has_stem(term)}
    groups: dict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    stems = Stemmer.Stemmer(stemmer, 0).stemWords(list(stemmed))
    for stem, term in zip(stems, stemmed.values(), strict=True):
        other = first.setdefault(stem, term)
        if other != term and len(stem) >= SHORTEST_STEM:
            groups[stem].update((other, term))
    return (tuple(sorted(group)) for group in groups.values())


def _has_stem(term: str) -> bool:
    """Whether a term is a word: without a digit, and no pair of characters of an unspaced script."""
    if term.isalpha():
        return term.isascii() or not is_unspaced(term)
    return not is_unspaced(term) and not any(character.isnumeric() for character in term)


def _single_terms(authority: Authority) -> Iterable[str]:
    for form in (authority.label, *authority.forms):
        found = terms(form)
        if len(found) == 1:
            yield found[0]
