"""The entries of one front matter, sorted by the fields that they mean; what no field uses is kept."""

from collections import defaultdict

from ...model import UNKNOWN, Assertion, Basis, Problem
from . import FrontMatter
from .keys import field_of, rank_of
from .nodes import Entry, Node, as_text
from .values import basis_noted, one_line

_CONTAINERS = frozenset(("taxonomies", "extra", "params"))
"""Where Zola and Hugo keep what their own keys have no room for."""


class Source:
    """The entries of one front matter; each is used for its field, and what is left goes to `extra`."""

    def __init__(self, front: FrontMatter, text: str, path: str) -> None:
        """Take a front matter, the text it stands above, and the file's path, for problems."""
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
                self.warn(entry.line, message, "delete one of them")
            last[entry.key] = entry
        return list(last.values())

    def warn(self, line: int, message: str, hint: str) -> None:
        """Tell the person of something in a line of the file."""
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

    def candidates(self, field: str) -> list[Entry]:
        """Give the entries of a field that say something, the most telling spelling first."""
        return self.by_field.get(field, [])

    def use(self, entry: Entry) -> None:
        """Leave an entry out of `extra`, unless a mapping in it says more than a name."""
        nodes = (entry.node, *(entry.node.items or ()))
        if all(len(node.entries or ()) <= 1 for node in nodes):
            self.used.add(id(entry))

    def stated(self, entry: Entry, node: Node, value: str) -> Assertion:
        """Assert a value that stands in the file, as stated unless a comment says it was concluded."""
        noted = basis_noted(self.text, node.chars[1]) if node.chars else (Basis.STATED, "")
        written = self.text[slice(*node.chars)] if node.chars else node.text
        return Assertion(
            value=value,
            basis=noted[0],
            as_written=written if written != value else "",
            chars=node.chars,
            where=f"front matter: {entry.key}",
            rule=f"front-matter.{self.front.kind}@1",
            note=noted[1],
        )

    def words(self, field: str) -> Assertion:
        """Read a field that is plain words."""
        for entry in self.candidates(field):
            value = one_line(entry.node.text)
            if value:
                self.use(entry)
                return self.stated(entry, entry.node, value)
            self.warn(entry.line, f"{entry.key!r} should be plain words", "write it on one line")
        return UNKNOWN

    def rest(self) -> dict[str, str]:
        """Give what no field has used, as written."""
        left = {
            entry.key: as_text(entry.node)
            for entry in self.entries
            if id(entry) not in self.used and not entry.node.empty
        }
        raw = {"front matter": self.front.raw} if self.front.raw else {}
        return {**left, **self.repeated, **raw}
