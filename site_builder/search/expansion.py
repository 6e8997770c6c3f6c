"""Which of the archive's terms a word of the query stands for: docs/search-format.md, section 4."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple
from unicodedata import category

from ..model import Record
from .analysis import is_unspaced
from .index import Index
from .spelling import distance, near

PREFIX_TERMS = 64
"""How many terms a prefix stands for at most: those in most articles."""
SPELLINGS = 3
"""How many near spellings stand in for a word that the archive does not have."""
RARE = 2
"""A word in no more articles than this may be a misspelling of a common one."""
_COMMON = 50
"""Common is what so many times as many articles have as have the rare word."""
_SHORTENED = 3
_SHORTEST = 4
_SLIP = 4
"""A letter left out and two swapped are that much likelier than other slips."""
_FAR_RARER = 20
"""A spelling so many times less likely than the likeliest one is not searched."""
_OFFERED_LENGTH = 5
_SHARED = 3
"""With so many first code points in common, a word and what is offered for it stand in one file."""


class Kind(StrEnum):
    """What a note tells."""

    FAMILY = "family"
    """The word was searched with the other members of its family."""
    BEGINNING = "beginning"
    """The archive has only the word's beginning: that was searched instead."""
    SPELLING = "spelling"
    """The archive has only words spelled nearly so: those were searched instead."""
    NOTHING = "nothing"
    """The archive has nothing like it."""
    OFFER = "offer"
    """The word was searched, but is so rare that a common one spelled nearly so may be meant."""


class Note(Record, frozen=True, kw_only=True, omit_defaults=False):
    """What a word of the query stood for, if not for itself alone."""

    kind: Kind
    term: str
    """The word, as a term."""
    instead: tuple[str, ...] = ()
    """What was looked up in its place, the likeliest first; or what is offered."""
    terms: tuple[str, ...] = ()
    """All terms that were searched, but for the word itself, by code point."""


class Group(NamedTuple):
    """Terms counted as one."""

    own: Sequence[str]
    """Those asked for, or standing in for what was: their occurrences count whole."""
    others: Sequence[str] = ()
    """The other members of their families: their occurrences count half."""


def word_group(index: Index, word: str, note: Callable[[Note], None]) -> Group:
    """Give the terms that a word stands for; `note` is told what there is to tell of it."""
    if not index.frequency(word):
        return _stand_in(index, word, note)
    others = tuple(term for term in index.family(word) if term != word)
    if others:
        note(Note(kind=Kind.FAMILY, term=word, terms=others))
    if offered := _offered(index, word, others):
        note(Note(kind=Kind.OFFER, term=word, instead=(offered,)))
    return Group((word,), others)


def prefix_terms(index: Index, beginning: str) -> Sequence[str]:
    """Give the terms that begin so: if there are too many, those in most articles."""
    found = index.terms(beginning)
    if len(found) <= PREFIX_TERMS:
        return found
    return sorted(found, key=lambda term: (-index.frequency(term), term))[:PREFIX_TERMS]


def fuzzy_terms(index: Index, word: str) -> Sequence[str]:
    """Give the terms near enough to a word, itself among them if the archive has it."""
    return [term for _, term in near(word, index.terms(word[0]))]


def _stand_in(index: Index, word: str, note: Callable[[Note], None]) -> Group:
    """Find what comes nearest to a word that the archive does not have."""
    if is_unspaced(word):
        return Group(())
    beginning = _known_beginning(index, word)
    instead = _likeliest(index, word, _candidates(index, word, beginning))
    family = {member for term in instead for member in index.family(term)}
    kind = Kind.SPELLING if instead else Kind.NOTHING
    if instead == (beginning,):
        kind = Kind.BEGINNING
    note(Note(kind=kind, term=word, instead=instead, terms=tuple(sorted(family))))
    return Group(instead, tuple(sorted(family.difference(instead))))


def _candidates(index: Index, word: str, beginning: str) -> Iterable[str]:
    """Give the terms one edit away and the known beginning; if there is none, those two edits away."""
    found = list(near(word, index.terms(word[0])))
    nearest = {term for edits, term in found if edits == 1}
    if beginning:
        nearest.add(beginning)
    return nearest or [term for _, term in found]


def _likeliest(index: Index, word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Choose the spellings that were most likely meant: common words, and common slips."""
    likely = {term: index.frequency(term) * _slip(word, term) for term in candidates}
    first = sorted(likely, key=lambda term: (-likely[term], term))[:SPELLINGS]
    return tuple(term for term in first if likely[term] * _FAR_RARER >= likely[first[0]])


def _slip(written: str, meant: str) -> int:
    """Weigh how likely a term came to be written so."""
    left_out = len(meant) == len(written) + 1
    return _SLIP if left_out or sorted(meant) == sorted(written) else 1


def _known_beginning(index: Index, word: str) -> str:
    shortest = max(_SHORTEST, len(word) - _SHORTENED)
    for length in range(len(word) - 1, shortest - 1, -1):
        if index.frequency(word[:length]):
            return word[:length]
    return ""


def _offered(index: Index, word: str, others: Sequence[str]) -> str:
    """Find the common term that a rare one may be a misspelling of, or nothing."""
    articles = index.frequency(word)
    if articles > RARE or len(word) < _OFFERED_LENGTH or not _is_word(word):
        return ""
    common = [
        term
        for term in index.terms(word[:_SHARED])
        if index.frequency(term) >= articles * _COMMON
        and term not in others
        and distance(word, term, 1) == 1
    ]
    return min(common, key=lambda term: (-index.frequency(term), term), default="")


def _is_word(term: str) -> bool:
    return not is_unspaced(term) and not any(
        category(character).startswith("N") for character in term
    )
