"""HTML after the first pass of `sanitise.py` -> HTML with our rules for headings, links and media.

- The page has its own `h1`: the highest heading of the text becomes `h2`, the others keep their distance.
- Every heading gets an `id`; each `id` is unique in the article and begins with `h-`.
- What would load from another host becomes a link that says what it is and which host has it.
- Pictures and files of the archive are taken along; those that are not there leave their words.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import unquote

from ...derived import LocalFile
from ...model import Record
from .files import DOWNLOADS, IMAGES, Shelf
from .ids import Ids
from .sanitise import CONTROLS, EMBEDS, SECTIONS
from .tags import TAG, attributes_of, element, tag
from .targets import Targets, outward
from .visible import BLOCKS, visible_text


class Rewritten(Record, frozen=True, kw_only=True):
    """The new HTML, and what was met on the way, addresses as written, each once, in order."""

    html: str
    files: tuple[LocalFile, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses inside the archive."""
    missing: tuple[str, ...] = ()
    """Pictures and files that are not in the archive."""
    unfit: tuple[str, ...] = ()
    """Files that are there, but of no kind that a page may show."""
    inlined: int = 0
    """Pictures written into their address."""
    refused: tuple[str, ...] = ()
    """Addresses that are no link here."""


_HEADING = re.compile(r"<h([1-6])(?=[ >])")
_FRAME_CONTENT = re.compile(r"(<iframe\b(?:[^>\"]|\"[^\"]*\")*>).*?(?=</iframe>)", re.DOTALL)
"""nh3 writes what stands in a frame as it was: shown nowhere, and the one place with raw `<`."""
_LOWEST_HEADING = 6
_SPACES = " \t\n\f\r"


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
    targets = Targets(shelf, base)
    walk = _Walk(html, targets)
    done = 0
    for met in TAG.finditer(html):
        walk.add_words(html[done : met.start()])
        done = met.end()
        walk.out.append(walk.turned(met))
    walk.add_words(html[done:])
    return Rewritten(
        html="".join(walk.out),
        files=shelf.files,
        links=tuple(targets.links),
        missing=tuple(targets.missing),
        unfit=tuple(targets.unfit),
        inlined=targets.inlined,
        refused=tuple(targets.refused),
    )


class _Walk:
    """One way through one document, tag by tag."""

    def __init__(self, html: str, targets: Targets) -> None:
        self.html = html
        self.out: list[str] = []
        self._targets = targets
        self._ids = Ids()
        self._shift = 2 - min((int(level) for level in _HEADING.findall(html)), default=2)
        self._anchors: list[bool] = []
        """For each link that is open: whether its tag was written."""
        self._behind: list[str] = []
        """Links that have to wait for the end of the one they stand in."""
        self._put = False
        """Whether the last words are ours, in the place of a medium."""
        self._player = ""
        """The open player that has no address yet."""

    def turned(self, met: re.Match[str]) -> str:
        """Give what stands in the place of a tag."""
        closing, name, written = met.groups()
        if name in BLOCKS:
            self._put = False
        if closing:
            return _CLOSERS.get(name, _kept)(self, name)
        opener = _OPENERS.get(name)
        if opener is None and not written:
            return met[0]
        attributes = attributes_of(written)
        if opener is None:
            return tag(name, self._ids.keep(attributes))
        turned = opener(self, name, attributes, met.end())
        return self._apart(turned) if name in _MEDIA else turned

    def add_words(self, words: str) -> None:
        """Add what stands between two tags, apart from words put before it in a medium's place."""
        if words:
            self.out.append(f" {words}" if self._put and words[0] not in _SPACES else words)
            self._put = False

    def _apart(self, words: str) -> str:
        """Keep words put in the place of a medium apart from the words before and after."""
        if not words or words.startswith("<img"):
            return words
        before = " " if self._put or self._ends_in_word() else ""
        self._put = True
        return before + words

    def _ends_in_word(self) -> bool:
        """Whether a word stands at the end of the open line."""
        for piece in reversed(self.out):
            met = TAG.fullmatch(piece)
            if met is not None and met[2] in BLOCKS:
                return False
            if piece and met is None:
                return piece[-1] not in _SPACES
        return False

    def open_heading(self, name: str, attributes: dict[str, str], end: int) -> str:
        """Shift a heading, and give it an `id`: its own, else one made from its words."""
        own = self._ids.keep(attributes)
        if "id" not in own:
            words = visible_text(self.html[end : self.html.find(f"</{name}>", end)])
            own["id"] = self._ids.of_heading(words)
        return tag(self._shifted(name), own)

    def close_heading(self, name: str) -> str:
        """Shift the end of a heading."""
        return f"</{self._shifted(name)}>"

    def open_section(self, _name: str, attributes: dict[str, str], _end: int) -> str:
        """Make a division of a part of a page."""
        return tag("div", self._ids.keep(attributes))

    def open_link(self, _name: str, attributes: dict[str, str], _end: int) -> str:
        """Keep a link that may stand, and an anchor that has a name; of any other keep the words."""
        target = self._targets.of_link(attributes.pop("href", None))
        kept = self._ids.keep(attributes)
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
        alt = " ".join(attributes.pop("alt", "").split())
        found = self._targets.beside(written, IMAGES)
        if not found:
            return self._elsewhere("Image", alt, written)
        shown = {"src": found, "alt": alt, **self._ids.keep(attributes), "loading": "lazy"}
        return tag("img", shown)

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
        found = self._targets.beside(written, DOWNLOADS)
        if found:
            return self._link({"href": found}, f"{kind}: {unquote(found)}", unquote(found))
        return self._elsewhere(kind, "", written)

    def _elsewhere(self, kind: str, words: str, written: str | None) -> str:
        """Link to a medium on another host, or leave its words in place of one that is nowhere."""
        address = self._targets.elsewhere(written)
        label = f"{kind}: {words}" if words else kind
        if address is None:
            return element("span", {"class": "left-out"}, label)
        target = {"class": "remote", **outward(address)}
        return self._link(target, f"{label} ({address.host})", f"{kind} ({address.host})")

    def _link(self, target: Mapping[str, str], words: str, short: str) -> str:
        """Write a link; inside another link write its words, and the link behind that one."""
        if any(self._anchors):
            self._behind.append(element("a", target, short))
            return escape(words, quote=False)
        return element("a", target, words)

    def _shifted(self, name: str) -> str:
        return f"h{min(int(name[1]) + self._shift, _LOWEST_HEADING)}"


def _kept(_walk: _Walk, name: str) -> str:
    return f"</{name}>"


def _dropped(_walk: _Walk, _name: str) -> str:
    return ""


def _line_end(_walk: _Walk, _name: str) -> str:
    return "<br>"


def _end_division(_walk: _Walk, _name: str) -> str:
    return "</div>"


def _bare(_walk: _Walk, _name: str, _attributes: dict[str, str], _end: int) -> str:
    return ""


_MEDIA = EMBEDS | {"img"}
_HEADINGS = tuple(f"h{level}" for level in range(1, _LOWEST_HEADING + 1))
_OPENERS: Mapping[str, Callable[[_Walk, str, dict[str, str], int], str]] = {
    **dict.fromkeys(_HEADINGS, _Walk.open_heading),
    **dict.fromkeys(SECTIONS, _Walk.open_section),
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
