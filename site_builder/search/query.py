"""What a reader types, as a list of nodes: docs/search-format.md, section 3.

Nothing a person can type is an error. `static/query.js` is the same grammar in JavaScript, and
tests/cases/queries.json holds the cases that both must pass. The text is cut into lexemes by `lexemes.py`;
here they become nodes.
"""

from typing import TypeAlias

import msgspec

from ..model import Record
from .analysis import is_unspaced, terms
from .lexemes import DATES, FILTERS, Lexeme, LexemeKind, lexemes

SIGN_LENGTH = 3
"""How many code points a term must have for `*` or `~` to count."""


class Word(Record, frozen=True, kw_only=True):
    """One term, standing for its family."""

    word: str
    field: str = ""
    """`title`, or empty for title and body."""


class Exact(Record, frozen=True, kw_only=True):
    """Terms at consecutive places; a single one stands for itself alone."""

    exact: tuple[str, ...]
    field: str = ""
    quoted: bool
    """Whether the reader wrote the quotes."""


class Prefix(Record, frozen=True, kw_only=True):
    """All terms that begin so."""

    prefix: str
    field: str = ""


class Fuzzy(Record, frozen=True, kw_only=True):
    """All terms spelled nearly so."""

    fuzzy: str
    field: str = ""


class Facet(Record, frozen=True, kw_only=True):
    """A value that outlet, author, tag or language must have."""

    facet: str
    value: str


class Date(Record, frozen=True, kw_only=True):
    """When the article must have been published."""

    date: str
    """`date`, `after` or `before`."""
    value: str


class Not(Record, frozen=True, kw_only=True, rename={"node": "not"}):
    """What must not be."""

    node: "Node"


class Any(Record, frozen=True, kw_only=True, rename={"nodes": "any"}):
    """One of several, or more."""

    nodes: tuple["Node", ...]


class All(Record, frozen=True, kw_only=True, rename={"nodes": "all"}):
    """All of several, from parentheses."""

    nodes: tuple["Node", ...]


Node: TypeAlias = Word | Exact | Prefix | Fuzzy | Facet | Date | Not | Any | All


def parse(text: str) -> tuple[Node, ...]:
    """Parse a query into its items, all of which an article should have.

    >>> to_json(parse('storm -"sea wall"'))
    [{'word': 'storm'}, {'not': {'exact': ['sea', 'wall'], 'quoted': True}}]
    """
    return _Parser(lexemes(text)).query()


def to_json(nodes: tuple[Node, ...]) -> list[dict[str, object]]:
    """Give the nodes in the form of the page, as both implementations compare them."""
    built: list[dict[str, object]] = msgspec.json.decode(msgspec.json.encode(nodes))
    return built


class _Parser:
    """A recursive descent: lexemes nest no deeper than `lexemes.DEPTH`."""

    def __init__(self, found: list[Lexeme]) -> None:
        self._lexemes = found
        self._at = 0

    def query(self) -> tuple[Node, ...]:
        """Take items up to the end or to the parenthesis that closes this group."""
        items: list[Node] = []
        while (kind := self._kind()) not in {LexemeKind.END, LexemeKind.CLOSE}:
            if kind is LexemeKind.OR:  # with nothing before it
                self._at += 1
            else:
                items += self._item()
        return tuple(items)

    def _item(self) -> tuple[Node, ...]:
        """Take a factor and those that an OR joins to it."""
        choices = [*self._factor()]
        while self._kind() is LexemeKind.OR:
            while self._kind() is LexemeKind.OR:
                self._at += 1
            if self._kind() in {LexemeKind.END, LexemeKind.CLOSE}:
                break
            choices += self._factor()
        return tuple(choices) if len(choices) < 2 else (Any(nodes=tuple(choices)),)  # noqa: PLR2004 — two make a choice

    def _factor(self) -> tuple[Node, ...]:
        """Take one factor: one node, or none if there is nothing in it to search."""
        lexeme = self._lexemes[self._at]
        self._at += 1
        if lexeme.kind is LexemeKind.MINUS:
            return tuple(Not(node=node) for node in self._factor())
        if lexeme.kind is LexemeKind.OPEN:
            nodes = self.query()
            self._at += 1  # the closing parenthesis: lexemes are balanced
            return nodes if len(nodes) < 2 else (All(nodes=nodes),)  # noqa: PLR2004 — one stands alone
        return _search_for(lexeme)

    def _kind(self) -> LexemeKind:
        return self._lexemes[self._at].kind


def _search_for(lexeme: Lexeme) -> tuple[Node, ...]:
    """Give the node of a word or phrase, or none if it has no term."""
    found = tuple(terms(lexeme.text))
    if not found:
        return ()
    if lexeme.field in FILTERS:
        return (Facet(facet=lexeme.field, value=lexeme.text),)
    if lexeme.field in DATES:
        return (Date(date=lexeme.field, value=lexeme.text),)
    quoted = lexeme.kind is LexemeKind.PHRASE
    if quoted or len(found) > 1:
        return (Exact(exact=found, field=lexeme.field, quoted=quoted),)
    return (_single(found[0], lexeme.text[-1], lexeme.field),)


def _single(term: str, sign: str, field: str) -> Node:
    if len(term) >= SIGN_LENGTH and sign == "*":
        return Prefix(prefix=term, field=field)
    if len(term) >= SIGN_LENGTH and sign == "~":
        return Fuzzy(fuzzy=term, field=field)
    if len(term) == 1 and is_unspaced(term):
        return Prefix(prefix=term, field=field)
    return Word(word=term, field=field)
