"""The files of terms: a segment's postings and positions, and the archive's lexicon.

docs/search-format.md, section 6. Files are cut at sizes that do not depend on anything but their content.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec

from ..model import Artifact
from .lexicon import LexiconRecord
from .runs import TermPostings
from .shard_files import encoded, shard

TERMS_SIZE = 60_000
"""Bytes of a terms file after which the next one begins."""
LEXICON_SIZE = 32_000
"""The same of a lexicon file."""
_MEMBER_SIZE = 6
"""About how many bytes a family takes for each of its members."""


class TermFiles(NamedTuple):
    """One range of a segment's terms."""

    first: str
    terms: Artifact
    positions: Artifact


class LexiconFile(NamedTuple):
    """One range of the archive's terms."""

    first: str
    file: Artifact


def term_files(found: Iterable[TermPostings]) -> Iterator[TermFiles]:
    """Write the postings of one segment, given in the order of terms."""
    terms: list[str] = []
    postings: list[msgspec.Raw] = []
    positions: list[msgspec.Raw] = []
    size = 0
    for one in found:
        if size >= TERMS_SIZE:
            yield _term_files(terms, postings, positions)
            terms, postings, positions, size = [], [], [], 0
        written = msgspec.Raw(encoded(list(one.postings)))
        terms.append(one.term)
        postings.append(written)
        positions.append(msgspec.Raw(encoded(list(one.positions))))
        size += len(bytes(written)) + len(one.term.encode())
    if terms:
        yield _term_files(terms, postings, positions)


def lexicon_files(lexicon: LexiconRecord) -> Iterator[LexiconFile]:
    """Write the terms of the whole archive, with their numbers of articles and their families."""
    starts = _lexicon_starts(lexicon)
    families = _families_by_file(lexicon, starts)
    for number, (start, end) in enumerate(pairwise([*starts, len(lexicon.terms)])):
        content = {
            "terms": lexicon.terms[start:end],
            "articles": lexicon.articles[start:end],
            "families": [
                [m - start if start <= m < end else lexicon.terms[m] for m in family]
                for family in families[number]
            ],
        }
        yield LexiconFile(lexicon.terms[start], shard("lexicon", content))


def _term_files(
    terms: list[str], postings: list[msgspec.Raw], positions: list[msgspec.Raw]
) -> TermFiles:
    return TermFiles(
        terms[0],
        shard("terms", {"terms": terms, "postings": postings}),
        shard("positions", {"positions": positions}),
    )


def _lexicon_starts(lexicon: LexiconRecord) -> list[int]:
    """Give the place of the first term of each file."""
    sizes = [
        len(term.encode()) + len(str(articles)) + len('"",,')
        for term, articles in zip(lexicon.terms, lexicon.articles, strict=True)
    ]
    for family in lexicon.families:
        for member in family:
            sizes[member] += _MEMBER_SIZE
    starts: list[int] = []
    size = LEXICON_SIZE
    for place, added in enumerate(sizes):
        if size >= LEXICON_SIZE:
            starts.append(place)
            size = 0
        size += added
    return starts


def _families_by_file(lexicon: LexiconRecord, starts: list[int]) -> dict[int, list[list[int]]]:
    """Give for each file the families that have a member in it."""
    file_of = [0] * len(lexicon.terms)
    for number, (start, end) in enumerate(pairwise([*starts, len(lexicon.terms)])):
        file_of[start:end] = [number] * (end - start)
    found: dict[int, list[list[int]]] = defaultdict(list)
    for family in lexicon.families:
        for number in sorted({file_of[member] for member in family}):
            found[number].append(family)
    return found
