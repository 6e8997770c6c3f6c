"""What an archive's keeper says in front matter: what may be shown, what was put right, what is approved."""

import msgspec

from ...model import Acquisition, Correction
from ..dates import read_date
from .corrections import correction
from .keys import field_of
from .nodes import Entry, as_text
from .source import Source
from .values import one_line, only, percent, shortened, status_of, truth

LEVELS = ("full", "excerpt", "none")
"""How much of a text may be shown."""
_ACQUIRED = frozenset(field.name for field in msgspec.structs.fields(Acquisition))
FAR_AWAY = "9999-12-31"


def status(source: Source) -> str:
    """Read whether the article is public: `status`, `draft`, or Jekyll's `published: false`."""
    status = "public"
    for entry in source.candidates("draft") + source.candidates("published"):
        answer = truth(entry.node.text)
        is_draft_key = field_of(entry.key) == "draft"
        if answer is not None and (is_draft_key or entry.key.lower() == "published"):
            source.use(entry)
            status = "draft" if answer is is_draft_key else status
        elif is_draft_key:
            _warn_shown(source, entry, "is neither true nor false")
    for entry in source.candidates("status"):
        named = status_of(entry.node.text)
        if named:
            source.use(entry)
            status = named if named != "public" else status
        else:
            _warn_shown(source, entry, "is not known here")
    return status


def text_level(source: Source) -> str:
    """Read how much of the text may be shown, if the file says; what is in doubt is held back."""
    for entry in source.candidates("text_level"):
        level = entry.node.text.strip().lower()
        if level in LEVELS:
            source.use(entry)
            return level
        message = f"{_written(entry)} is not known here, so the text is held back"
        source.warn(entry.line, message, f"write one of: {', '.join(LEVELS)}")
        return "none"
    return ""


def embargo(source: Source) -> str:
    """Read until when the text is held back, as EDTF; a date that cannot be read is far away."""
    for entry in source.candidates("embargo"):
        date = read_date(one_line(only(entry.node).text)).value
        if date:
            source.use(entry)
            return date
        message = f"{_written(entry)} is not a date, so the text is held back"
        source.warn(entry.line, message, "write it as YYYY-MM-DD, or take it out")
        return FAR_AWAY
    return ""


def corrections(source: Source) -> tuple[Correction, ...]:
    """Read what the archive has put right; what cannot be understood stays in `extra`."""
    found: list[Correction] = []
    for entry in source.candidates("corrections"):
        read = [correction(node) for node in entry.node.items or (entry.node,)]
        if None in read:
            message = f"{entry.key!r} holds something that is no correction"
            source.warn(entry.line, message, "give each a `text`, and a `date` as YYYY-MM-DD")
        else:
            source.used.add(id(entry))
        found += (one for one in read if one is not None)
    return tuple(found)


def acquired(source: Source) -> tuple[Acquisition, ...]:
    """Read what `import` noted of how the bytes came; what it would not write so stays in `extra`."""
    found: list[Acquisition] = []
    for entry in source.candidates("acquired"):
        items = entry.node.items or ()
        said = [
            {inner.key: one_line(inner.node.text) for inner in item.entries or ()} for item in items
        ]
        if not said or any(not {"method", "name"} <= one.keys() <= _ACQUIRED for one in said):
            message = f"{entry.key!r} is not as `import` writes it"
            source.warn(entry.line, message, "take it out, or put back what import wrote")
            continue
        source.used.add(id(entry))
        found += (Acquisition(**one) for one in said)
    return tuple(found)


def approved_cut(source: Source) -> float:
    """Read how much of a text rules may take, in per cent."""
    for entry in source.candidates("approved_cut"):
        share = percent(entry.node.text)
        if share is not None:
            source.use(entry)
            return share
        source.warn(entry.line, f"{entry.key!r} should be a share", "write it like 40%")
    return 0.0


def _warn_shown(source: Source, entry: Entry, fault: str) -> None:
    """Say that a key which may have meant to keep the article back does not."""
    message = f"{_written(entry)} {fault}, so it does not keep the article back"
    source.warn(entry.line, message, "write draft: true or status: withdrawn to keep it back")


def _written(entry: Entry) -> str:
    return f"{entry.key}: {shortened(as_text(entry.node))!r}"
