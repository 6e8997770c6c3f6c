"""Raw values of front matter -> what is known of an article, each value with its place.

A known key is understood in any of its spellings (`keys.py`). What cannot be used as its key promises,
and every other key, stays in `extra` as written: nothing that an author wrote is dropped.
"""

from ...model import UNKNOWN, Acquisition, Assertion, Correction, Problem, Record
from ..dates import read_date
from ..permalinks import alias
from . import FrontMatter, keeper
from .keys import field_of
from .nodes import Entry, as_text
from .source import Source
from .values import (
    address_in,
    language_tag,
    members,
    name_of,
    one_line,
    only,
    shortened,
    truth,
)

_HINT_DATE = "write it as YYYY-MM-DD, or as much of that as is known"


class Fields(Record, frozen=True, kw_only=True):
    """What a front matter says of its article."""

    title: Assertion = UNKNOWN
    outlet: Assertion = UNKNOWN
    authors: tuple[Assertion, ...] = ()
    published: Assertion = UNKNOWN
    retrieved: Assertion = UNKNOWN
    modified: Assertion = UNKNOWN
    url: Assertion = UNKNOWN
    language: Assertion = UNKNOWN
    section: Assertion = UNKNOWN
    description: Assertion = UNKNOWN
    rights: Assertion = UNKNOWN
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    slug: str = ""
    status: str = "public"
    status_reason: str = ""
    text_level: str = ""
    """How much of the text may be shown; empty where the file does not say."""
    embargo: str = ""
    corrections: tuple[Correction, ...] = ()
    acquired: tuple[Acquisition, ...] = ()
    approved_cut: float = 0.0
    """Share of the text that a person has seen taken by rules, and found right."""
    extra: dict[str, str] = {}  # noqa: RUF012 — msgspec copies it
    problems: tuple[Problem, ...] = ()


def read_fields(front: FrontMatter, text: str, path: str) -> Fields:
    """Understand a front matter; `text` is the decoded original, `path` is for problems."""
    source = _Values(front, text, path)
    status = keeper.status(source)
    return Fields(
        title=source.words("title"),
        outlet=source.outlet(),
        authors=source.authors(),
        published=source.date("published"),
        retrieved=source.date("retrieved"),
        modified=source.date("modified"),
        url=source.url(),
        language=source.language(),
        section=source.words("section"),
        description=source.words("description"),
        rights=source.words("rights"),
        tags=source.tags(),
        aliases=source.aliases(),
        slug=source.words("slug").value,
        status=status,
        status_reason=source.words("status_reason").value if status != "public" else "",
        text_level=keeper.text_level(source),
        embargo=keeper.embargo(source),
        corrections=keeper.corrections(source),
        acquired=keeper.acquired(source),
        approved_cut=keeper.approved_cut(source),
        extra=source.rest(),
        problems=tuple(source.problems),
    )


class _Values(Source):
    """What the publisher says: each value with its place."""

    """The entries of one front matter; each is used for its field, and what is left goes to `extra`."""

    def outlet(self) -> Assertion:
        """Read who published it; an address is left for `url`."""
        for entry in self.candidates("outlet"):
            node = name_of(only(entry.node))
            value = one_line(node.text)
            if value and not address_in(value):
                self.use(entry)
                return self.stated(entry, node, value)
            if not value:
                self.warn(entry.line, f"{entry.key!r} should be one name", "write it on one line")
        return UNKNOWN

    def authors(self) -> tuple[Assertion, ...]:
        """Read the names of the first spelling that has any."""
        for entry in self.candidates("authors"):
            nodes = members(name_of(entry.node), names=self.front.kind == "lines")
            named = [(node, one_line(node.text)) for node in nodes]
            authors = {value: self.stated(entry, node, value) for node, value in named if value}
            if authors:
                self.use(entry)
                return tuple(authors.values())
        return ()

    def date(self, field: str) -> Assertion:
        """Read a date; one that cannot be used is unknown, keeps its words, and is reported."""
        unusable = UNKNOWN
        for entry in self.candidates(field):
            if truth(entry.node.text) is not None and entry.key.lower() == "published":
                continue
            node = only(entry.node)
            dated = read_date(one_line(node.text))
            if dated.value:
                self.use(entry)
                return self.stated(entry, node, dated.value)
            fault = dated.fault if node.is_text else "is a list or a table"
            if fault:
                written = shortened(as_text(entry.node))
                self.warn(entry.line, f"{entry.key}: {written!r} {fault}", _HINT_DATE)
            unusable = unusable if unusable.as_written else self._unusable(entry, fault)
        return unusable

    def _unusable(self, entry: Entry, fault: str) -> Assertion:
        self.use(entry)
        note = f"the date as written {fault}" if fault else "zeros stand for no date"
        stated = self.stated(entry, entry.node, "")
        return Assertion(
            as_written=as_text(entry.node), chars=stated.chars, where=stated.where, note=note
        )

    def url(self) -> Assertion:
        """Read where it was published: a full web address, under `url` or under `source`."""
        keyed = self.candidates("url") + self.candidates("outlet")
        if self.front.kind == "lines":
            keyed += [entry for entry in self.entries if entry.key.lower().endswith(" url")]
        for entry in keyed:
            address = address_in(entry.node.text)
            if address:
                self.use(entry)
                return self.stated(entry, entry.node, address)
            if field_of(entry.key) == "url" and ":" in entry.node.text:
                shown = shortened(entry.node.text)
                message = f"{entry.key}: {shown!r} is not the address of a web page"
                self.warn(entry.line, message, "write it in full, with https://")
        return UNKNOWN

    def language(self) -> Assertion:
        """Read the language, by its BCP 47 tag or its English name."""
        for entry in self.candidates("language"):
            tag = language_tag(entry.node.text)
            if tag:
                self.use(entry)
                return self.stated(entry, entry.node, tag)
            message = f"{entry.key}: {shortened(as_text(entry.node))!r} is not a language"
            self.warn(entry.line, message, "write its BCP 47 tag, such as en, pt-BR or ar")
        return UNKNOWN

    def tags(self) -> tuple[str, ...]:
        """Merge tags, topics and categories, in the order of the file, without repeats."""
        found: dict[str, None] = {}
        entries = self.candidates("tags")
        for entry in sorted(entries, key=lambda entry: entry.line):
            self.use(entry)
            nodes = members(entry.node, commas=True)
            found.update(dict.fromkeys(one_line(node.text) for node in nodes))
        return tuple(tag for tag in found if tag)

    def aliases(self) -> tuple[str, ...]:
        """Read the old addresses, each made safe."""
        found: dict[str, None] = {}
        for entry in self.candidates("aliases"):
            nodes = members(entry.node)
            if all(alias(node.text) for node in nodes):
                self.use(entry)
            for node in nodes:
                found[alias(node.text)] = None
                if not alias(node.text):
                    message = f"{entry.key}: {shortened(node.text)!r} cannot be an address"
                    self.warn(entry.line, message, "write it like /2020/old-name/")
        return tuple(address for address in found if address)
