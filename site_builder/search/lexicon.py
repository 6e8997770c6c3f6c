"""All terms of an archive: in how many articles each is, and which stand for each other.

Both the Whoosh index and the shards gather it from the same rows, while these pass by.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from ..derived import Tokens
from ..model import Record
from ..names import Authority
from .families import Vocabulary, families, stemmer_of
from .rows import IndexRow


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


class Gathering:
    """Collects the terms of rows as they pass by, so that nobody has to hold the rows."""

    def __init__(self) -> None:
        """Begin with no term."""
        self._articles: Counter[str] = Counter()
        self._spoken: dict[str, Vocabulary] = {}

    def passing(self, rows: Iterable[IndexRow]) -> Iterator[IndexRow]:
        """Hand the rows on, having seen their terms."""
        for row in rows:
            self._see(row.tokens, row.article.language.value)
            yield row

    def lexicon(self, names: Collection[Authority]) -> LexiconRecord:
        """Give the lexicon of all rows seen."""
        known = sorted(self._articles)
        places = {term: place for place, term in enumerate(known)}
        sets = families(self._spoken, self._articles, names)
        return LexiconRecord(
            terms=known,
            articles=[self._articles[term] for term in known],
            families=[[places[term] for term in family] for family in sets],
        )

    def _see(self, tokens: Tokens, language: str) -> None:
        terms = tokens.title.keys() | tokens.body.keys()
        self._articles.update(terms)
        if stemmer := stemmer_of(language):
            spoken = self._spoken.setdefault(stemmer, Vocabulary(set(), {}))
            spoken.add(terms, tokens.forms)
