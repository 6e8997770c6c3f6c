"""Raw values of front matter -> what is known of an article, each value with its place.

A known key is understood in any of its spellings (`keys.py`). What cannot be used as its key promises,
and every other key, stays in `extra` as written: nothing that an author wrote is dropped.
"""

from collections import defaultdict

from ...model import UNKNOWN, Assertion, Basis, Correction, Problem, Record
from ..dates import read_date
from ..permalinks import alias
from . import FrontMatter
from .corrections import correction
from .keys import field_of, rank_of
from .nodes import Entry, Node, as_text
from .values import (
    address_in,
    concluded_how,
    language_tag,
    members,
    name_of,
    one_line,
    only,
    percent,
    shortened,
    status_of,
    truth,
)

_CONTAINERS = frozenset(("taxonomies", "extra", "params"))
"""Where Zola and Hugo keep what their own keys have no room for."""
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
    corrections: tuple[Correction, ...] = ()
    approved_cut: float = 0.0
    """Share of the text that a person has seen taken by rules, and found right."""
    extra: dict[str, str] = {}  # noqa: RUF012 — msgspec copies it
    problems: tuple[Problem, ...] = ()


def read_fields(front: FrontMatter, text: str, path: str) -> Fields:
    """Understand a front matter; `text` is the decoded original, `path` is for problems."""
    source = _Source(front, text, path)
    status = source.status()
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
        corrections=source.corrections(),
        approved_cut=source.approved_cut(),
        extra=source.rest(),
        problems=tuple(source.problems),
    )


class _Source:
    """The entries of one front matter; each is used for its field, and what is left goes to `extra`."""

    def __init__(self, front: FrontMatter, text: str, path: str) -> None:
        self.front, self.text, self.path = front, text, path
        self.problems: list[Problem] = []
        self.repeated: dict[str, str] = {}
        self.entries = self._without_repeats()
        self.used: set[int] = set()
        self.by_field = self._by_field()

    def _without_repeats(self) -> list[Entry]:
        """Keep the last of a repeated key, as YAML's loaders do, and the others' values aside."""
        last: dict[str, Entry] = {}
        for entry in self.front.entries:
            former = last.pop(entry.key, None)
            if former is not None:
                self.repeated[f"{former.key} (line {former.line})"] = as_text(former.node)
                places = f"on lines {former.line} and {entry.line}"
                message = f"{entry.key!r} is written twice, {places}; the last one counts"
                self._warn(entry.line, message, "delete one of them")
            last[entry.key] = entry
        return list(last.values())

    def _warn(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(path=self.path, line=line, message=message, hint=hint))

    def _by_field(self) -> dict[str, list[Entry]]:
        """Sort the entries that say something by field, the most telling spelling first."""
        by_field: dict[str, list[Entry]] = defaultdict(list)
        inner = [
            entry
            for outer in self.entries
            if outer.key.lower() in _CONTAINERS
            for entry in outer.node.entries or ()
        ]
        for entry in (*sorted(self.entries, key=lambda entry: rank_of(entry.key)), *inner):
            if not entry.node.empty:
                by_field[field_of(entry.key)].append(entry)
        return by_field

    def _candidates(self, field: str) -> list[Entry]:
        return self.by_field.get(field, [])

    def _use(self, entry: Entry) -> None:
        """Leave an entry out of `extra`, unless a mapping in it says more than a name."""
        nodes = (entry.node, *(entry.node.items or ()))
        if all(len(node.entries or ()) <= 1 for node in nodes):
            self.used.add(id(entry))

    def _stated(self, entry: Entry, node: Node, value: str) -> Assertion:
        """Assert a value that stands in the file, as stated unless a comment says it was concluded."""
        note = concluded_how(self.text, node.chars[1]) if node.chars else ""
        written = self.text[slice(*node.chars)] if node.chars else node.text
        return Assertion(
            value=value,
            basis=Basis.INFERRED if note else Basis.STATED,
            as_written=written if written != value else "",
            chars=node.chars,
            where=f"front matter: {entry.key}",
            rule=f"front-matter.{self.front.kind}@1",
            note=note,
        )

    def words(self, field: str) -> Assertion:
        """Read a field that is plain words."""
        for entry in self._candidates(field):
            value = one_line(entry.node.text)
            if value:
                self._use(entry)
                return self._stated(entry, entry.node, value)
            self._warn(entry.line, f"{entry.key!r} should be plain words", "write it on one line")
        return UNKNOWN

    def outlet(self) -> Assertion:
        """Read who published it; an address is left for `url`."""
        for entry in self._candidates("outlet"):
            node = name_of(only(entry.node))
            value = one_line(node.text)
            if value and not address_in(value):
                self._use(entry)
                return self._stated(entry, node, value)
            if not value:
                self._warn(entry.line, f"{entry.key!r} should be one name", "write it on one line")
        return UNKNOWN

    def authors(self) -> tuple[Assertion, ...]:
        """Read the names of the first spelling that has any."""
        for entry in self._candidates("authors"):
            nodes = members(name_of(entry.node), names=self.front.kind == "lines")
            named = [(node, one_line(node.text)) for node in nodes]
            authors = {value: self._stated(entry, node, value) for node, value in named if value}
            if authors:
                self._use(entry)
                return tuple(authors.values())
        return ()

    def date(self, field: str) -> Assertion:
        """Read a date; one that cannot be used is unknown, keeps its words, and is reported."""
        unusable = UNKNOWN
        for entry in self._candidates(field):
            if truth(entry.node.text) is not None and entry.key.lower() == "published":
                continue
            node = only(entry.node)
            dated = read_date(one_line(node.text))
            if dated.value:
                self._use(entry)
                return self._stated(entry, node, dated.value)
            fault = dated.fault if node.is_text else "is a list or a table"
            if fault:
                written = shortened(as_text(entry.node))
                self._warn(entry.line, f"{entry.key}: {written!r} {fault}", _HINT_DATE)
            unusable = unusable if unusable.as_written else self._unusable(entry, fault)
        return unusable

    def _unusable(self, entry: Entry, fault: str) -> Assertion:
        self._use(entry)
        note = f"the date as written {fault}" if fault else "zeros stand for no date"
        stated = self._stated(entry, entry.node, "")
        return Assertion(
            as_written=as_text(entry.node), chars=stated.chars, where=stated.where, note=note
        )

    def url(self) -> Assertion:
        """Read where it was published: a full web address, under `url` or under `source`."""
        keyed = self._candidates("url") + self._candidates("outlet")
        if self.front.kind == "lines":
            keyed += [entry for entry in self.entries if entry.key.lower().endswith(" url")]
        for entry in keyed:
            address = address_in(entry.node.text)
            if address:
                self._use(entry)
                return self._stated(entry, entry.node, address)
            if field_of(entry.key) == "url" and ":" in entry.node.text:
                shown = shortened(entry.node.text)
                message = f"{entry.key}: {shown!r} is not the address of a web page"
                self._warn(entry.line, message, "write it in full, with https://")
        return UNKNOWN

    def language(self) -> Assertion:
        """Read the language, by its BCP 47 tag or its English name."""
        for entry in self._candidates("language"):
            tag = language_tag(entry.node.text)
            if tag:
                self._use(entry)
                return self._stated(entry, entry.node, tag)
            message = f"{entry.key}: {shortened(as_text(entry.node))!r} is not a language"
            self._warn(entry.line, message, "write its BCP 47 tag, such as en, pt-BR or ar")
        return UNKNOWN

    def tags(self) -> tuple[str, ...]:
        """Merge tags, topics and categories, in the order of the file, without repeats."""
        found: dict[str, None] = {}
        entries = self._candidates("tags")
        for entry in sorted(entries, key=lambda entry: entry.line):
            self._use(entry)
            nodes = members(entry.node, commas=True)
            found.update(dict.fromkeys(one_line(node.text) for node in nodes))
        return tuple(tag for tag in found if tag)

    def aliases(self) -> tuple[str, ...]:
        """Read the old addresses, each made safe."""
        found: dict[str, None] = {}
        for entry in self._candidates("aliases"):
            nodes = members(entry.node)
            if all(alias(node.text) for node in nodes):
                self._use(entry)
            for node in nodes:
                found[alias(node.text)] = None
                if not alias(node.text):
                    message = f"{entry.key}: {shortened(node.text)!r} cannot be an address"
                    self._warn(entry.line, message, "write it like /2020/old-name/")
        return tuple(address for address in found if address)

    def status(self) -> str:
        """Read whether the article is public: `status`, `draft`, or Jekyll's `published: false`."""
        status = "public"
        for entry in self._candidates("draft") + self._candidates("published"):
            answer = truth(entry.node.text)
            is_draft_key = field_of(entry.key) == "draft"
            if answer is not None and (is_draft_key or entry.key.lower() == "published"):
                self._use(entry)
                status = "draft" if answer is is_draft_key else status
            elif is_draft_key:
                self._warn_shown(entry, "is neither true nor false")
        for entry in self._candidates("status"):
            named = status_of(entry.node.text)
            if named:
                self._use(entry)
                status = named if named != "public" else status
            else:
                self._warn_shown(entry, "is not known here")
        return status

    def _warn_shown(self, entry: Entry, fault: str) -> None:
        """Say that a key which may have meant to keep the article back does not."""
        written = f"{entry.key}: {shortened(as_text(entry.node))!r}"
        message = f"{written} {fault}, so it does not keep the article back"
        self._warn(entry.line, message, "write draft: true or status: withdrawn to keep it back")

    def corrections(self) -> tuple[Correction, ...]:
        """Read what the archive has put right; what cannot be understood stays in `extra`."""
        found: list[Correction] = []
        for entry in self._candidates("corrections"):
            read = [correction(node) for node in entry.node.items or (entry.node,)]
            if None in read:
                message = f"{entry.key!r} holds something that is no correction"
                self._warn(entry.line, message, "give each a `text`, and a `date` as YYYY-MM-DD")
            else:
                self.used.add(id(entry))
            found += (one for one in read if one is not None)
        return tuple(found)

    def approved_cut(self) -> float:
        """Read how much of a text rules may take, in per cent."""
        for entry in self._candidates("approved_cut"):
            share = percent(entry.node.text)
            if share is not None:
                self._use(entry)
                return share
            self._warn(entry.line, f"{entry.key!r} should be a share", "write it like 40%")
        return 0.0

    def rest(self) -> dict[str, str]:
        """Give what no field has used, as written."""
        left = {
            entry.key: as_text(entry.node)
            for entry in self.entries
            if id(entry) not in self.used and not entry.node.empty
        }
        raw = {"front matter": self.front.raw} if self.front.raw else {}
        return {**left, **self.repeated, **raw}
