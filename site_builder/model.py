"""The records that the stages hand on: plain, frozen, and the same however an article came in.

    scan     -> Original                    one file of the archive, not yet opened
    reading  -> Reading                     an Article, its text, and the edits that led to it
    pages    -> Body                        the text as safe HTML, and as the words a reader sees
    search   -> Tokens                      the terms of title and text with their positions
    derive   -> Derivation                  the four above: what one article costs, and what is cached
    catalog  -> site_builder.catalog.Catalog
    pages, search, provenance -> Artifact   one file of the finished site, not yet on disk

Offsets are code points, half open, and count in the *decoded original*: the file's bytes decoded with
the encoding the record names, its byte order mark dropped, CRLF and CR turned to LF.
"""

from enum import StrEnum
from typing import TypeAlias

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What records have in common. Each repeats `frozen, kw_only`, which are not handed down in full."""


Span: TypeAlias = tuple[int, int]
"""Start and end in the decoded original, in code points, end not included."""


class Basis(StrEnum):
    """How we came by a value."""

    STATED = "stated"
    """The file says so."""
    INFERRED = "inferred"
    """Concluded from the file by a named rule; the assertion's note says how."""
    SUPPLIED = "supplied"
    """Said by the archive's keeper, in archive.toml or in an outlet's file."""
    UNKNOWN = "unknown"
    """Looked for and not found."""


class Reason(StrEnum):
    """Why a passage of the original is not shown as it stood. The list is closed."""

    HEADER = "header"
    FOOTER = "footer"
    NAVIGATION = "navigation"
    CAPTION = "caption"
    ADVERT = "advert"
    UI_TEXT = "ui-text"
    REPAIR_SPACE = "repair-space"
    REPAIR_LINEBREAK = "repair-linebreak"
    DUPLICATE_BLOCK = "duplicate-block"
    FRONT_MATTER = "front-matter"
    MARKUP = "markup"
    CURATOR = "curator"


class Severity(StrEnum):
    """What a problem did to the site."""

    ERROR = "error"
    """Something was left out: the build goes on, and exits with 1."""
    WARNING = "warning"
    """Nothing was left out, but a person should look."""


class Problem(Record, frozen=True, kw_only=True):
    """Something wrong with one file, said so that a person can mend it."""

    path: str
    """The file, relative to the archive, with forward slashes."""
    message: str
    line: int = 0
    """From 1; 0 where no line is meant."""
    hint: str = ""
    severity: Severity = Severity.WARNING


class Assertion(Record, frozen=True, kw_only=True):
    """One descriptive value, with what it rests on."""

    value: str = ""
    """The value as we use it (a date is EDTF: 2023, 2023-11, 2023-11-04); empty when unknown."""
    basis: Basis = Basis.UNKNOWN
    as_written: str = ""
    """The words of the file, where they differ from the value."""
    chars: Span | None = None
    """Where the words stand in the decoded original."""
    where: str = ""
    """The place in words, where no span says it: `front matter: title`, `meta og:site_name`, `file name`."""
    rule: str = ""
    """The rule that took it, with its version: `header.date-outlet@1`."""
    note: str = ""
    """For people: how an inferred value was concluded."""

    @property
    def known(self) -> bool:
        """Whether there is a value to show."""
        return self.basis is not Basis.UNKNOWN


UNKNOWN = Assertion()
"""Looked for and not found."""


class Edit(Record, frozen=True, kw_only=True):
    """One recorded change from the decoded original to the text that is shown."""

    start: int
    end: int
    replacement: str = ""
    rule: str
    """Rule and version: `repair.glued-sentence@1`."""
    reason: Reason
    feeds: str = ""
    """The field that took what was cut: `section`, `captions`, `published`; empty if none."""


class Original(Record, frozen=True, kw_only=True):
    """One file of the archive as the scan found it: named, not opened."""

    path: str
    """Relative to the archive root, forward slashes, spelled as on disk."""
    address: str
    """The path that the permalink is made from: below `articles/` where there is one, suffix kept."""
    reader: str
    """Which reader takes it: `markdown`, `text` or `html`."""


class Capture(Record, frozen=True, kw_only=True):
    """The original's bytes, described: what fixity is checked against."""

    path: str
    """As `Original.path`."""
    size: int
    """In bytes."""
    sha256: str
    """Hex digest of the bytes."""
    decoded_sha256: str = ""
    """Hex digest of the decoded original in UTF-8: what the edits of the record start from."""
    media_type: str
    """`text/markdown`, `text/plain` or `text/html`."""
    encoding: Assertion
    """Value is a Python codec name in lower case with hyphens: `utf-8`, `windows-1252`."""
    byte_order_mark: bool = False
    line_ends: str = "lf"
    """`lf`, `crlf`, `cr` or `mixed`."""


class Correction(Record, frozen=True, kw_only=True):
    """Something that the archive has put right in an article's record or text."""

    text: str
    date: str = ""
    """When, as EDTF; empty while unknown."""


class Acquisition(Record, frozen=True, kw_only=True):
    """How an article's bytes came into the archive, once."""

    method: str
    """`file`, `table-row`, `feed-entry` or `warc-record`."""
    name: str
    """Of the file, as it was named or below the folder that was."""
    record: str = ""
    """WARC-Record-ID."""
    url: str = ""
    """WARC-Target-URI."""
    date: str = ""
    """WARC-Date."""
    digest: str = ""
    """WARC-Payload-Digest, if the bytes agree with it."""


class Article(Record, frozen=True, kw_only=True):
    """What is known of one article: small, because the catalogue holds all of them at once."""

    permalink: str
    """Its address below the site's root, no slash at either end; also its id."""
    capture: Capture
    reader: str
    """How it was read: `markdown`, `text`, `html`."""
    front_matter: str = ""
    """`yaml`, `toml`, `json`, `lines` (bold lines above a rule), or empty."""
    title: Assertion
    outlet: Assertion = UNKNOWN
    outlet_id: str = ""
    """Set by the catalogue: the outlet's id, empty while the outlet is unknown."""
    authors: tuple[Assertion, ...] = ()
    published: Assertion = UNKNOWN
    retrieved: Assertion = UNKNOWN
    modified: Assertion = UNKNOWN
    """When the publisher last changed it, where the file says so."""
    url: Assertion = UNKNOWN
    """Where it was published."""
    language: Assertion = UNKNOWN
    """BCP 47."""
    section: Assertion = UNKNOWN
    description: Assertion = UNKNOWN
    """The publisher's own summary or deck."""
    rights: Assertion = UNKNOWN
    tags: tuple[str, ...] = ()
    captions: tuple[Assertion, ...] = ()
    aliases: tuple[str, ...] = ()
    """Old addresses that lead here, no slash at either end."""
    status: str = "public"
    """`public`, `draft` (left out of the site) or `withdrawn` (its record stays, its text goes)."""
    status_reason: str = ""
    text_level: str = "full"
    """How much of the text may be shown: `full`, `excerpt` (its beginning) or `none`."""
    withheld_by: str = ""
    """What holds text back: `embargo`, `front matter`, or the settings file that says so."""
    embargo: str = ""
    """The date (EDTF) until which the text is held back, whether or not it is over."""
    corrections: tuple[Correction, ...] = ()
    """In the order of the file."""
    acquired: tuple[Acquisition, ...] = ()
    """How its bytes were taken in by `import`, each time."""
    extra: dict[str, str] = {}
    """Front matter keys that we give no meaning to, as written; nested ones as JSON text."""

    @property
    def whole(self) -> bool:
        """Whether the site shows all of its text, and so its original."""
        return self.status == "public" and self.text_level == "full"

    @property
    def record_id(self) -> str:
        """What names the original's bytes, wherever the article stands: 48 bits of their hash."""
        return self.capture.sha256[:12]


class Reading(Record, frozen=True, kw_only=True):
    """What reading makes of one original."""

    article: Article
    markup: str
    """What `text` is written in: `markdown`, `text` or `html`."""
    text: str
    """The decoded original after its edits; for HTML the article's own part as clean HTML."""
    edits: tuple[Edit, ...] = ()
    """Sorted, not overlapping. Empty for HTML, whose extraction no edit list can replay."""
    problems: tuple[Problem, ...] = ()


class Artifact(Record, frozen=True, kw_only=True):
    """One file of the finished site, not yet on disk."""

    path: str
    """Relative to the site's root, forward slashes, as it stands on disk (not percent-encoded)."""
    content: bytes


class Kept(Record, frozen=True, kw_only=True):
    """One file that the site has already as it should be, or that waits to be put in place."""

    path: str
    """As `Artifact.path`."""
    sha256: str
    size: int
    """In bytes."""
    changed: bool = False
    """Whether it waits."""
