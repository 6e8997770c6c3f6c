"""Plain text as scraped -> Reading: header, headline, captions and footers told from the article.

What the rules of `generic.py` and of the matching outlet take out of the text feeds the record; missing
spaces between sentences are put in; nothing else changes. A date is only taken from a header line.
"""

from collections.abc import Sequence

from ..config import Archive
from ..model import (
    UNKNOWN,
    Article,
    Assertion,
    Basis,
    Edit,
    Original,
    Outlet,
    Problem,
    Reading,
)
from . import generic, profiles
from .decode import Decoded
from .edits import apply, cut_length, merge
from .headline import FILE_NAME, find_headline
from .language import infer_language
from .permalinks import permalink, without_suffix
from .profiles import Taken
from .repairs import spaces

TOO_MUCH = 0.25
"""Share of a text's characters that rules may take without a person looking at it."""

_BY_PROFILE = "outlet.profile@1"


def read_text(original: Original, decoded: Decoded, archive: Archive) -> Reading:
    """Read a plain text.

    Raises:
        Refused: no permalink can be made from its address.
    """
    text = decoded.text
    taken, outlet = _take(text, archive.outlets)
    headline = find_headline(text, taken)
    cuts = (headline.edit,) if headline and headline.edit else ()
    edits = merge(taken.edits, cuts, spaces(text))
    shown = apply(text, edits)
    article = Article(
        permalink=permalink(original.address, "", path=original.path),
        capture=decoded.capture,
        reader="text",
        title=_title(taken, headline.title if headline else UNKNOWN, original),
        outlet=outlet,
        authors=taken.all("authors"),
        published=_best(taken, "published"),
        retrieved=_best(taken, "retrieved"),
        modified=_best(taken, "modified"),
        url=_best(taken, "url"),
        language=_language(taken, shown),
        section=_best(taken, "section"),
        rights=_best(taken, "rights"),
        tags=tuple(dict.fromkeys(tag.value for tag in taken.all("tags"))),
        captions=taken.all("captions"),
    )
    problems = (*decoded.problems, *_problems(original.path, text, edits))
    return Reading(article=article, markup="text", text=shown, edits=edits, problems=problems)


def _take(text: str, outlets: Sequence[Outlet]) -> tuple[Taken, Assertion]:
    """Run the generic rules, and before them those of the outlet that the text turns out to be from."""
    rules = generic.rules(outlets)
    taken = profiles.run(text, rules)
    named = _best(taken, "outlet")
    if not named.known:
        named = _by_profile(text, outlets)
    profile = next((outlet for outlet in outlets if _is_named(outlet, named.value)), None)
    if profile is not None and profile.rules:
        taken = profiles.run(text, (*profile.rules, *rules))
    return taken, named


def _is_named(outlet: Outlet, name: str) -> bool:
    return name.casefold() in {form.casefold() for form in (outlet.name, *outlet.forms)}


def _by_profile(text: str, outlets: Sequence[Outlet]) -> Assertion:
    """Conclude the outlet from its own reading rules, if those of one outlet alone fit the text."""
    fits = [(outlet, profiles.run(text, outlet.rules)) for outlet in outlets if outlet.rules]
    telling = [(outlet, taken) for outlet, taken in fits if _tells(text, outlet, taken)]
    if len(telling) != 1:
        return UNKNOWN
    outlet, taken = telling[0]
    return Assertion(
        value=outlet.name,
        basis=Basis.INFERRED,
        where=f"outlets/{outlet.id}.toml",
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


def _title(taken: Taken, headline: Assertion, original: Original) -> Assertion:
    """Give the title a header line states, else the headline, else the file's name."""
    stated = _best(taken, "title")
    if stated.known or headline.known:
        return stated if stated.known else headline
    return Assertion(
        value=without_suffix(original.address.rpartition("/")[2]),
        basis=Basis.INFERRED,
        where="file name",
        rule=FILE_NAME,
        note="the text has no words of its own",
    )


def _language(taken: Taken, shown: str) -> Assertion:
    stated = _best(taken, "language")
    return stated if stated.known else infer_language(shown)


def _problems(path: str, text: str, edits: Sequence[Edit]) -> tuple[Problem, ...]:
    """Ask a person to look where the rules took much of a text."""
    share = cut_length(edits) / len(text) if text else 0
    if share <= TOO_MUCH:
        return ()
    return (
        Problem(
            path=path,
            message=f"the reading rules took {share:.0%} of this text out",
            hint="needs a person's eye: compare the page with its original",
        ),
    )
