"""HTML after the first pass of `sanitise.py` -> HTML with our rules for headings, links and media.

- The page has its own `h1`: the highest heading of the text becomes `h2`, the others keep their distance.
- Every heading gets an `id`; each `id` is unique in the article and begins with `h-`.
- What would load from another host becomes a link that says what it is and which host has it.
- Pictures and files of the archive are taken along; those that are not there leave their words.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote, urljoin

from ..model import LocalFile, Record
from .files import DOWNLOADS, IMAGES, Shelf
from .links import ID_PREFIX, Address, Kind, understand
from .sanitise import CONTROLS, EMBEDS, SECTIONS
from .tags import TAG, attributes_of, element, tag
from .visible import visible_text


class Rewritten(Record, frozen=True, kw_only=True):
    """The new HTML, and what was met on the way, addresses as written, each once, in order."""

    html: str
    files: tuple[LocalFile, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses inside the archive."""
    missing: tuple[str, ...] = ()
    """Pictures and files that are not in the archive."""
    inlined: int = 0
    """Pictures written into their address."""
    refused: tuple[str, ...] = ()
    """Addresses that are no link here."""


_HEADING = re.compile(r"<h([1-6])(?=[ >])")
_FRAME_CONTENT = re.compile(r"(<iframe\b(?:[^>\"]|\"[^\"]*\")*>).*?(?=</iframe>)", re.DOTALL)
"""nh3 writes what stands in a frame as it was: shown nowhere, and the one place with raw `<`."""
_NOT_SLUG = re.compile(r"[^\w-]+")
_LONGEST_SLUG = 80
_LOWEST_HEADING = 6


def rewrite(html: str, shelf: Shelf, base: str = "") -> Rewritten:
    """Apply the rules above.

    Args:
        html: what `sanitise.opened` gave.
        shelf: where the archive's files are looked for.
        base: for a page saved from the web, its address there: what its links are relative to when the
            archive does not hold their target. Empty otherwise.
    """
    if "<iframe" in html:
        html = _FRAME_CONTENT.sub(r"\1", html)
    walk = _Walk(html, shelf, base)
    done = 0
    for met in TAG.finditer(html):
        walk.out.append(html[done : met.start()])
        done = met.end()
        walk.out.append(walk.turned(met))
    walk.out.append(html[done:])
    return Rewritten(
        html="".join(walk.out),
        files=shelf.files,
        links=tuple(walk.links),
        missing=tuple(walk.missing),
        inlined=walk.inlined,
        refused=tuple(walk.refused),
    )


class _Walk:
    """One way through one document, tag by tag."""

    def __init__(self, html: str, shelf: Shelf, base: str) -> None:
        self.html = html
        self.shelf = shelf
        self.base = base
        self.out: list[str] = []
        # Dictionaries serve as sets that keep their order.
        self.links: dict[str, None] = {}
        self.missing: dict[str, None] = {}
        self.refused: dict[str, None] = {}
        self.inlined = 0
        self._ids: set[str] = set()
        self._shift = 2 - min((int(level) for level in _HEADING.findall(html)), default=2)
        self._anchors: list[bool] = []
        """For each link that is open: whether its tag was written."""
        self._behind: list[str] = []
        """Links that have to wait for the end of the one they stand in."""
        self._player = ""
        """The open player that has no address yet."""

    def turned(self, met: re.Match[str]) -> str:
        """Give what stands in the place of a tag."""
        closing, name, written = met.groups()
        if closing:
            return _CLOSERS.get(name, _kept)(self, name)
        opener = _OPENERS.get(name)
        if opener is None and not written:
            return met[0]
        attributes = attributes_of(written)
        if opener is None:
            return tag(name, self._identified(attributes))
        turned = opener(self, name, attributes, met.end())
        return self._apart(turned, met) if name in _MEDIA else turned

    def _apart(self, words: str, met: re.Match[str]) -> str:
        """Keep words put in the place of a medium apart from the words beside it."""
        if not words or words.startswith("<img"):
            return words
        before = "" if self.html.endswith((" ", "\n", "<p>"), 0, met.start()) else " "
        after = "" if self.html.startswith((" ", "\n", "</p>"), met.end()) else " "
        return f"{before}{words}{after}"

    def open_heading(self, name: str, attributes: dict[str, str], end: int) -> str:
        """Shift a heading, and give it an `id`: its own, else one made from its words."""
        own = self._identified(attributes)
        if "id" not in own:
            words = visible_text(self.html[end : self.html.find(f"</{name}>", end)])
            own["id"] = self._new_id(_slug(words))
        return tag(self._shifted(name), own)

    def close_heading(self, name: str) -> str:
        """Shift the end of a heading."""
        return f"</{self._shifted(name)}>"

    def open_link(self, _name: str, attributes: dict[str, str], _end: int) -> str:
        """Keep a link that may stand, and an anchor that has a name; of any other keep the words."""
        target = self._target(understand(attributes.pop("href", None)), attributes)
        kept = self._identified(attributes)
        written = bool(target) or "id" in kept
        self._anchors.append(written)
        return tag("a", {**target, **kept}) if written else ""

    def close_link(self, _name: str) -> str:
        """End a link, and put behind it the links that could not stand inside."""
        end = "</a>" if self._anchors and self._anchors.pop() else ""
        waiting = "" if any(self._anchors) else "".join(f" {link}" for link in self._behind)
        if waiting:
            self._behind.clear()
        return end + waiting

    def open_image(self, _name: str, attributes: dict[str, str], _end: int) -> str:
        """Show a picture of the archive; link to one elsewhere; of any other keep its words."""
        written = attributes.pop("src", None)
        address = understand(written)
        alt = " ".join(attributes.pop("alt", "").split())
        found = self.shelf.take(address.path, IMAGES) if address.kind is Kind.LOCAL else ""
        if found:
            size = {key: attributes.pop(key, "") for key in ("width", "height")}
            shown = {"src": quote(found), "alt": alt, **{k: v for k, v in size.items() if v}}
            return tag("img", {**shown, **self._identified(attributes), "loading": "lazy"})
        return self._elsewhere("Image", alt, address, written or "")

    def open_player(self, name: str, attributes: dict[str, str], _end: int) -> str:
        """Link to what a player would play; without an address, its first source says."""
        written = attributes.get("src")
        self._player = "" if written else name.title()
        return self._medium(name.title(), written) if written else ""

    def open_source(self, _name: str, attributes: dict[str, str], _end: int) -> str:
        """Take the first source of a player; the sources of a picture only repeat it."""
        kind, self._player = self._player, ""
        return self._medium(kind, attributes.get("src")) if kind else ""

    def open_embed(self, name: str, attributes: dict[str, str], _end: int) -> str:
        """Link to what a frame or an object would load."""
        written = attributes.get("data" if name == "object" else "src")
        return self._medium("Embedded content", written) if written else ""

    def _medium(self, kind: str, written: str | None) -> str:
        address = understand(written)
        found = self.shelf.take(address.path, DOWNLOADS) if address.kind is Kind.LOCAL else ""
        if found:
            return self._link({"href": quote(found)}, f"{kind}: {found}", found)
        return self._elsewhere(kind, "", address, written or "")

    def _elsewhere(self, kind: str, words: str, address: Address, written: str) -> str:
        """Link to a medium on another host, or leave a note in place of one that is nowhere."""
        address = self._resolved(address)
        label = f"{kind}: {words}" if words else kind
        if address.kind is Kind.EXTERNAL:
            target = {"class": "remote", "href": address.href, "rel": "noreferrer"}
            return self._link(target, f"{label} ({address.host})", f"{kind} ({address.host})")
        if address.kind is Kind.LOCAL and not self.shelf.leaves(address.path):
            self.missing[written] = None
        elif address.kind is Kind.DATA:
            self.inlined += 1
        elif address.kind is not Kind.NONE:
            self.refused[written] = None
        return element("span", {"class": "left-out"}, label)

    def _link(self, target: Mapping[str, str], words: str, short: str) -> str:
        """Write a link; inside another link write its words, and the link behind that one."""
        if any(self._anchors):
            self._behind.append(element("a", target, short))
            return escape(words, quote=False)
        return element("a", target, words)

    def _target(self, address: Address, attributes: Mapping[str, str]) -> dict[str, str]:
        """Give a link's own attributes; none if it may not stand."""
        if address.kind is Kind.LOCAL:
            return self._inside(address)
        if address.kind is Kind.EXTERNAL:
            return {"href": address.href, "rel": "noreferrer"}
        if address.kind in {Kind.DATA, Kind.REFUSED}:
            self.refused[address.href or attributes.get("title", "") or address.kind] = None
            return {}
        return {"href": address.href} if address.href else {}

    def _inside(self, address: Address) -> dict[str, str]:
        """Link to a file that is taken along, or to another page, which only the catalogue can find."""
        found = self.shelf.take(address.path, DOWNLOADS)
        if found:
            return {"href": quote(found)}
        resolved = self._resolved(address)
        if resolved.kind is Kind.EXTERNAL:
            return {"href": resolved.href, "rel": "noreferrer"}
        if self.shelf.leaves(address.path):
            self.refused[address.href] = None
            return {}
        if address.path.lower().endswith(tuple(DOWNLOADS)):
            self.missing[address.href] = None
        self.links[address.href] = None
        return {"href": address.href}

    def _resolved(self, address: Address) -> Address:
        """Find on its first site what a saved page names and the archive does not hold."""
        if not self.base or address.kind is not Kind.LOCAL or self.shelf.find(address.path):
            return address
        try:
            return understand(urljoin(self.base, address.href))
        except ValueError:
            return address

    def _identified(self, attributes: dict[str, str]) -> dict[str, str]:
        """Give attributes with a safe `id`, made from their `id` or `name` if that is still free."""
        name = attributes.pop("name", "")
        own = attributes.pop("id", "") or name
        prefixed = ID_PREFIX + own
        if own and prefixed not in self._ids and not re.search(r"\s", own):
            self._ids.add(prefixed)
            return {**attributes, "id": prefixed}
        return attributes

    def _new_id(self, slug: str) -> str:
        number = 1
        candidate = ID_PREFIX + slug
        while candidate in self._ids:
            number += 1
            candidate = f"{ID_PREFIX}{slug}-{number}"
        self._ids.add(candidate)
        return candidate

    def _shifted(self, name: str) -> str:
        return f"h{min(int(name[1]) + self._shift, _LOWEST_HEADING)}"


def _slug(words: str) -> str:
    """Make the readable part of a heading's `id`.

    >>> _slug("What the flood left, 1931")
    'what-the-flood-left-1931'
    """
    normal = unicodedata.normalize("NFC", words).lower()
    return _NOT_SLUG.sub("-", normal).strip("-")[:_LONGEST_SLUG] or "section"


def _kept(_walk: _Walk, name: str) -> str:
    return f"</{name}>"


def _dropped(_walk: _Walk, _name: str) -> str:
    return ""


def _line_end(_walk: _Walk, _name: str) -> str:
    return "<br>"


def _division(walk: _Walk, _name: str, attributes: dict[str, str], _end: int) -> str:
    return tag("div", walk._identified(attributes))  # noqa: SLF001 — a rule of the walk, in its table


def _end_division(_walk: _Walk, _name: str) -> str:
    return "</div>"


def _bare(_walk: _Walk, _name: str, _attributes: dict[str, str], _end: int) -> str:
    return ""


_MEDIA = EMBEDS | {"img"}
_HEADINGS = tuple(f"h{level}" for level in range(1, _LOWEST_HEADING + 1))
_OPENERS: Mapping[str, Callable[[_Walk, str, dict[str, str], int], str]] = {
    **dict.fromkeys(_HEADINGS, _Walk.open_heading),
    **dict.fromkeys(SECTIONS, _division),
    **dict.fromkeys(CONTROLS, _bare),
    **dict.fromkeys(("audio", "video"), _Walk.open_player),
    **dict.fromkeys(("embed", "iframe", "object"), _Walk.open_embed),
    "a": _Walk.open_link,
    "img": _Walk.open_image,
    "source": _Walk.open_source,
}
_CLOSERS: Mapping[str, Callable[[_Walk, str], str]] = {
    **dict.fromkeys(_HEADINGS, _Walk.close_heading),
    **dict.fromkeys(SECTIONS, _end_division),
    **dict.fromkeys(CONTROLS, _line_end),
    **dict.fromkeys(("audio", "embed", "iframe", "object", "source", "video"), _dropped),
    "a": _Walk.close_link,
}
