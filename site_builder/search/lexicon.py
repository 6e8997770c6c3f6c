"""All terms of an archive: in how many articles each is, and which stand for each other.

It is gathered once, from the blocks, for the Whoosh index and for the shards.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import repeat
from operator import add

from ..model import Record
from ..names import Authority
from .blocks import Block
from .families import Vocabulary, families


class LexiconRecord(Record, frozen=True, kw_only=True):
    """A lexicon as it is kept in a file."""

    terms: list[str]
    """By code point."""
    articles: list[int]
    """In how many articles each is, in title or body."""
    families: list[list[int]]
    """Sets of terms, by their place in `terms`."""


class Lexicon:
    """Answers what a search asks of an archive's terms."""

    def __init__(self, record: LexiconRecord) -> None:
        """Take what `gather` or a file gave."""
        self.record = record

    def frequency(self, term: str) -> int:
        """Give how many articles have a term, 0 if none has it."""
        place = self._place(term)
        return 0 if place is None else self.record.articles[place]

    def terms(self, beginning: str) -> Sequence[str]:
        """Give the terms that begin so, by code point."""
        known, length = self.record.terms, len(beginning)
        start = bisect_left(known, beginning)
        end = bisect_right(known, beginning, lo=start, key=lambda term: term[:length])
        return known[start:end]

    def family(self, term: str) -> Sequence[str]:
        """Give the union of all families that hold a term, by code point; without one, itself alone."""
        place = self._place(term)
        if place is None:
            return [term]
        sets = (self.record.families[number] for number in self._families_of.get(place, ()))
        members = {place}.union(*sets)
        return [self.record.terms[member] for member in sorted(members)]

    def _place(self, term: str) -> int | None:
        place = bisect_left(self.record.terms, term)
        found = place < len(self.record.terms) and self.record.terms[place] == term
        return place if found else None

    @cached_property
    def _families_of(self) -> dict[int, list[int]]:
        """Give for each term's place the numbers of its families."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, members in enumerate(self.record.families):
            for member in members:
                found[member].append(number)
        return found


def gather(blocks: Iterable[Block], names: Collection[Authority]) -> LexiconRecord:
    """Give the lexicon of an archive's blocks."""
    articles: dict[str, int] = {}
    spoken: dict[str, Vocabulary] = {}
    for block in blocks:
        own, having = block.terms()
        before = map(articles.get, own, repeat(0))
        articles.update(zip(own, map(add, before, having), strict=True))
        for stemmer, words, forms in block.spoken():
            known = spoken.setdefault(stemmer, Vocabulary(set(), {}))
            known.words.update(map(own.__getitem__, words))
            known.forms.update(forms)
    terms = sorted(articles)
    places = {term: place for place, term in enumerate(terms)}
    return LexiconRecord(
        terms=terms,
        articles=[articles[term] for term in terms],
        families=[[places[term] for term in one] for one in families(spoken, articles, names)],
    )
