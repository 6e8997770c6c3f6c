"""What is known of an article, line by line, as its page lists it beside the text."""

from collections.abc import Iterator

import msgspec

from ..config import Archive
from ..model import Article, Assertion, Basis, Record
from .wording import is_web_address, language_name, one_line, rights_words, when


class Fact(Record, frozen=True, kw_only=True):
    """One line of what is known of an article."""

    name: str
    text: str
    address: str = ""
    """A whole address on another site; empty: words only."""
    mark: str = ""
    """How we came by it, where the file does not say it plainly: `inferred`, `supplied`."""
    note: str = ""
    """For people: how it was inferred."""
    unknown: bool = False


def facts(article: Article, rights: Assertion) -> tuple[Fact, ...]:
    """List what is known, and of what every reader looks for, what is not.

    Args:
        article: The article.
        rights: From `rights_of`.
    """
    return tuple(_lines(article, rights))


def fact(name: str, assertion: Assertion, words: str = "") -> Fact:
    """Show a value, or `words` in its place; what the file does not say itself is marked."""
    if not assertion.known:
        return Fact(name=name, text="Unknown", unknown=True)
    stated = assertion.basis is Basis.STATED
    return Fact(
        name=name,
        text=one_line(words or assertion.value),
        mark="" if stated else assertion.basis.value,
        note="" if stated else assertion.note or assertion.where,
    )


def rights_of(article: Article, archive: Archive) -> Assertion:
    """Give an article's rights: its own, or else what the archive says of those that do not say."""
    if article.rights.known:
        return article.rights
    note = "for articles that do not say"
    outlet = next((outlet for outlet in archive.outlets if outlet.id == article.outlet_id), None)
    if outlet is not None and outlet.rights:
        where = f"outlets/{outlet.id}.toml"
        return Assertion(value=outlet.rights, basis=Basis.SUPPLIED, where=where, note=note)
    return Assertion(value=archive.rights, basis=Basis.SUPPLIED, where="archive.toml", note=note)


def _lines(article: Article, rights: Assertion) -> Iterator[Fact]:
    yield fact("Original publisher", article.outlet)
    yield from _authors(article)
    yield _dated("Published", article.published)
    yield _dated("Retrieved", article.retrieved)
    if article.modified.known:
        yield _dated("Changed by publisher", article.modified)
    url = article.url.value
    yield _linked(fact("Original address", article.url), url if is_web_address(url) else "")
    yield fact("Language", article.language, language_name(article.language.value))
    if article.section.known:
        yield fact("Section", article.section)
    statement = rights_words(rights.value)
    yield _linked(fact("Rights", rights, statement.name), statement.address)


def _authors(article: Article) -> Iterator[Fact]:
    known = [author for author in article.authors if author.known]
    for author in known:
        yield fact("Author", author)
    if not known:
        yield Fact(name="Author", text="No byline in the file", unknown=True)


def _dated(name: str, date: Assertion) -> Fact:
    return fact(name, date, when(date).words)


def _linked(line: Fact, address: str) -> Fact:
    return msgspec.structs.replace(line, address=address)
