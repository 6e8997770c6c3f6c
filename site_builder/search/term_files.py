"""The files of terms: a segment's postings and positions, and the archive's lexicon.

docs/search-format.md, section 6. Files are cut at sizes that do not depend on anything but their content.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from .codes import gamma, packed
from .lexicon import LexiconRecord
from .postings import positions_code, postings_code
from .runs import TermPostings
from .shard_files import distinguishing, encoded, family_line, front_coded, shared_beginning

TERMS_SIZE = 8_000
"""About how many bytes a terms file holds at most, unless one term alone takes more."""
LEXICON_TERMS = 4_000
"""How many terms a lexicon file holds."""
_TERM_SIZE = 4
"""About how many bytes the text of a term takes."""
_MEMBER_SIZE = 10
"""About how many bytes one member of a family takes."""
_BITS = 6
"""Of a character of Base64."""


class Range(NamedTuple):
    """A range of terms, and what its files hold."""

    start: str
    """It goes from here to the start of the next."""
    contents: tuple[bytes, ...]


class Span(NamedTuple):
    """Some successive terms of a segment; all of them unless more is said."""

    first: str = ""
    end: str = ""
    """The term that they end before; none where it is empty."""
    before: str = ""
    """The term before the first, if there is one."""

    def holds(self, term: str) -> bool:
        """Whether a term would stand here."""
        return self.first <= term and (not self.end or term < self.end)


WHOLE = Span()


class _Entry(NamedTuple):
    """What is written of one term."""

    term: str
    postings: str
    """As bits; empty for a member of a family that the segment does not have."""
    positions: str
    families: Sequence[int]

    @property
    def size(self) -> int:
        """About how many bytes of a terms file it takes."""
        said = _TERM_SIZE + len(self.postings) // _BITS if self.postings else 0
        return said + _MEMBER_SIZE * len(self.families)


def term_ranges(
    found: Iterable[TermPostings[str]],
    articles: int,
    families: Sequence[Sequence[str]] | None,
    span: Span = WHOLE,
) -> Iterator[Range]:
    """Write the postings and positions of one segment, or of some of its terms: two files a range.

    Args:
        found: in the order of terms.
        articles: how many the segment has.
        families: in the archive's last segment, those with a member among these terms; None in others.
        span: where these terms stand among those of the segment.
    """
    before = span.before
    for entries in _ranges(_entries(found, articles, families or (), span)):
        start = distinguishing(before, entries[0].term) if before else ""
        yield Range(start, tuple(_range_files(entries, families)))
        before = entries[-1].term


def lexicon_ranges(lexicon: LexiconRecord) -> Iterator[Range]:
    """Write the terms of the whole archive, with their numbers of articles: a file a range."""
    before = ""
    for at in range(0, len(lexicon.terms), LEXICON_TERMS):
        terms = lexicon.terms[at : at + LEXICON_TERMS]
        articles = packed(map(gamma, lexicon.articles[at : at + LEXICON_TERMS]))
        content = encoded({"terms": front_coded(terms), "articles": articles})
        start = distinguishing(before, terms[0]) if before else ""
        yield Range(start, (content,))
        before = terms[-1]


def _entries(
    found: Iterable[TermPostings[str]],
    articles: int,
    families: Sequence[Sequence[str]],
    span: Span,
) -> Iterator[_Entry]:
    """Give what is written of each term, members of families that the segment does not have among them."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, family in enumerate(families):
        for member in filter(span.holds, family):
            numbers[member].append(number)
    members = deque(sorted(numbers))
    for one in found:
        while members and members[0] < one.term:
            yield _absent(members[0], numbers[members.popleft()])
        if members and members[0] == one.term:
            members.popleft()
        postings = postings_code(one, articles)
        yield _Entry(one.term, postings, positions_code(one), numbers.get(one.term, ()))
    for member in members:
        yield _absent(member, numbers[member])


def _absent(member: str, families: Sequence[int]) -> _Entry:
    return _Entry(member, "", "", families)


def _ranges(entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
    """Cut the terms into files that are not too large."""
    together: list[_Entry] = []
    size = 0
    for entry in entries:
        together.append(entry)
        size += entry.size
        while size > TERMS_SIZE and len(together) > 1:
            place = _parting(together)
            yield together[:place]
            together = together[place:]
            size = sum(one.size for one in together)
    if together:
        yield together


def _parting(entries: Sequence[_Entry]) -> int:
    """Find where in the last quarter of a file, before its last term, neighbours are least alike.

    So the forms of a word, which mostly begin alike, stand together.
    """
    sizes = list(accumulate(entry.size for entry in entries[:-1]))
    first = min(bisect_left(sizes, TERMS_SIZE * 3 // 4), len(sizes) - 1)
    return min(
        range(first + 1, len(entries)),
        key=lambda place: (shared_beginning(entries[place - 1].term, entries[place].term), -place),
    )


def _range_files(
    entries: Sequence[_Entry], families: Sequence[Sequence[str]] | None
) -> Iterator[bytes]:
    own = [entry for entry in entries if entry.postings]
    content: dict[str, object] = {
        "terms": front_coded(entry.term for entry in own),
        "postings": packed(entry.postings for entry in own),
    }
    if families is not None:
        held = sorted({place for entry in entries for place in entry.families})
        content["families"] = [family_line(families[place]) for place in held]
    yield encoded(content)
    yield encoded({"positions": packed(entry.positions for entry in own)})
