"""Which of the archive's terms a word of the query stands for: docs/search-format.md, section 4."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from ..model import Record
from .index import Index
from .spelling import near

PREFIX_TERMS = 64
"""How many terms a prefix stands for at most: those in most articles."""
SPELLINGS = 3
"""How many near spellings stand in for a word that the archive does not have."""
_SHORTENED = 3
_SHORTEST = 4


class Instead(StrEnum):
    """Why something else was searched."""

    BEGINNING = "beginning"
    """The archive has only the word's beginning."""
    SPELLING = "spelling"
    """The archive has only words spelled nearly so."""
    NOTHING = "nothing"
    """The archive has nothing like it."""


class Note(Record, frozen=True, kw_only=True):
    """What was searched instead of a word that the archive does not have."""

    word: str
    instead: Instead
    terms: tuple[str, ...] = ()


def word_terms(index: Index, word: str) -> tuple[Sequence[str], Note | None]:
    """Give the terms that a word stands for: its family, or a stand-in with a note that says so."""
    if index.frequency(word):
        return index.family(word), None
    beginning = _known_beginning(index, word)
    if beginning:
        found, rule = index.family(beginning), Instead.BEGINNING
    else:
        spellings = _nearest_spellings(index, word)
        found = sorted({member for term in spellings for member in index.family(term)})
        rule = Instead.SPELLING if found else Instead.NOTHING
    return found, Note(word=word, instead=rule, terms=tuple(found))


def prefix_terms(index: Index, beginning: str) -> Sequence[str]:
    """Give the terms that begin so: if there are too many, those in most articles."""
    found = index.terms(beginning)
    return found if len(found) <= PREFIX_TERMS else _commonest(index, found, PREFIX_TERMS)


def fuzzy_terms(index: Index, word: str) -> Sequence[str]:
    """Give the terms near enough to a word, itself among them if the archive has it."""
    return [term for _, term in near(word, index.terms(word[0]))]


def _known_beginning(index: Index, word: str) -> str:
    shortest = max(_SHORTEST, len(word) - _SHORTENED)
    for length in range(len(word) - 1, shortest - 1, -1):
        if index.frequency(word[:length]):
            return word[:length]
    return ""


def _nearest_spellings(index: Index, word: str) -> Sequence[str]:
    found = list(near(word, index.terms(word[0])))
    smallest = min((distance for distance, _ in found), default=0)
    nearest = [term for distance, term in found if distance == smallest]
    return _commonest(index, nearest, SPELLINGS)


def _commonest(index: Index, terms: Iterable[str], count: int) -> Sequence[str]:
    """Give the terms in most articles; of equals the first by code point."""
    return sorted(terms, key=lambda term: (-index.frequency(term), term))[:count]
