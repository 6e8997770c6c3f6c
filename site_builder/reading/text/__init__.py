"""Plain text as scraped -> Reading: header, headline, captions and footers told from the article.

What the rules of `generic.py` and of the matching outlet take out of the text (`profiles.py`) feeds the
record; missing spaces between sentences are put in (`repairs.py`); nothing else changes. A date is only
taken from a header line.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from ...config import Archive
from ...model import UNKNOWN, Article, Assertion, Basis, Original, Reading
from ...outlet import Outlet
from ..decode import Decoded
from ..edits import apply, merge
from ..front_matter import FrontMatter, front_matter
from ..front_matter.fields import Fields, read_fields
from ..language import infer_language
from ..outlets import outlet_file, outlet_named
from ..permalinks import permalink
from ..titles import title_from_name
from . import approval, generic, profiles
from .headline import Headline, find_headline
from .profiles import Taken
from .repairs import spaces

_BY_PROFILE = "outlet.profile@1"


def read_text(original: Original, decoded: Decoded, archive: Archive) -> Reading:
    """Read a plain text.

    Raises:
        Refused: no permalink can be made from its address.
    """
    text = decoded.text
    front = _front_matter(text, original.path)
    said = read_fields(front, text, original.path)
    start = front.cut[1]
    taken, outlet = _take(text, start, archive.outlets, said.outlet)
    titled = _titled(find_headline(text, taken, start), taken, said, original)
    edits = merge(
        front.edits, taken.edits, (titled.edit,) if titled.edit else (), spaces(text, start)
    )
    shown = apply(text, edits)
    article = replace(
        _article(original, decoded, said, taken),
        front_matter=front.kind,
        title=titled.title,
        outlet=outlet,
        language=_language(said, taken, shown),
    )
    faults = (*decoded.problems, *front.problems, *said.problems)
    problems = (*faults, *approval.problems(original.path, text, start, edits, said.approved_cut))
    return Reading(article=article, markup="text", text=shown, edits=edits, problems=problems)


def _article(original: Original, decoded: Decoded, said: Fields, taken: Taken) -> Article:
    """Put together what the front matter says and what the rules found."""
    return Article(
        permalink=permalink(original.address, said.slug, path=original.path),
        capture=decoded.capture,
        reader="text",
        title=UNKNOWN,
        authors=said.authors or taken.all("authors"),
        published=_either(said, taken, "published"),
        retrieved=_either(said, taken, "retrieved"),
        modified=_either(said, taken, "modified"),
        url=_either(said, taken, "url"),
        section=_either(said, taken, "section"),
        rights=_either(said, taken, "rights"),
        description=said.description,
        tags=said.tags or tuple(dict.fromkeys(tag.value for tag in taken.all("tags"))),
        captions=taken.all("captions"),
        aliases=said.aliases,
        status=said.status,
        status_reason=said.status_reason,
        text_level=said.text_level,
        embargo=said.embargo,
        corrections=said.corrections,
        extra=said.extra,
    )


def _front_matter(text: str, path: str) -> FrontMatter:
    """Read the block at a text's beginning; a rule or a line above one is text, and no block."""
    front = front_matter(text, path)
    is_block = front.entries and front.title is None and front.kind != "lines"
    return front if is_block else FrontMatter()


def _take(
    text: str, start: int, outlets: Sequence[Outlet], said: Assertion
) -> tuple[Taken, Assertion]:
    """Run the generic rules, and before them those of the outlet that the text turns out to be from."""
    rules = generic.rules(outlets)
    taken = profiles.run(text, rules, start)
    named = said if said.known else _best(taken, "outlet")
    if not named.known:
        named = _by_profile(text, start, outlets)
    profile = outlet_named(named.value, outlets)
    if profile is not None and profile.rules:
        taken = profiles.run(text, (*profile.rules, *rules), start)
        # A line that names the outlet is better evidence than how many lines fit.
        if named.rule == _BY_PROFILE and taken.all("outlet"):
            named = _best(taken, "outlet")
    return taken, named


def _by_profile(text: str, start: int, outlets: Sequence[Outlet]) -> Assertion:
    """Conclude the outlet from its own reading rules, if those of one outlet alone fit the text."""
    fits = [(outlet, profiles.run(text, outlet.rules, start)) for outlet in outlets if outlet.rules]
    telling = [(outlet, taken) for outlet, taken in fits if _tells(text, outlet, taken)]
    if len(telling) != 1:
        return UNKNOWN
    outlet, taken = telling[0]
    return Assertion(
        value=outlet.name,
        basis=Basis.INFERRED,
        where=outlet_file(outlet),
        rule=_BY_PROFILE,
        note=f"{len(taken.lines)} lines fit this outlet's reading rules and no other's",
    )


def _tells(text: str, outlet: Outlet, taken: Taken) -> bool:
    """Whether two lines fit an outlet's rules, or one that has its name in it."""
    names = (outlet.name, *outlet.forms)
    named = any(name in text[start:end] for start, end in taken.lines for name in names)
    return named or len(taken.lines) > 1


def _best(taken: Taken, field: str) -> Assertion:
    """Give a field's first stated value, else its first inferred one."""
    values = taken.all(field)
    stated = (value for value in values if value.basis is Basis.STATED)
    return next(stated, values[0] if values else UNKNOWN)


def _either(said: Fields, taken: Taken, field: str) -> Assertion:
    """Give what the front matter says of a field, else what the text does."""
    value: Assertion = getattr(said, field)
    return value if value.known else _best(taken, field)


def _titled(found: Headline | None, taken: Taken, said: Fields, original: Original) -> Headline:
    """Choose the title: the front matter's, a header line's, the headline, the first words, the name.

    A headline is cut where it is the title, or says it again.
    """
    title = _either(said, taken, "title")
    if found is None:
        return Headline(title=title if title.known else title_from_name(original.address))
    if not title.known:
        return found
    repeats = found.edit is not None and found.title.value.casefold() == title.value.casefold()
    return Headline(title=title, edit=found.edit if repeats else None)


def _language(said: Fields, taken: Taken, shown: str) -> Assertion:
    stated = _either(said, taken, "language")
    return stated if stated.known else infer_language(shown)
