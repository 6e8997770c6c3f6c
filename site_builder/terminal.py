"""What the commands say, as plain lines: the wording of summaries, problems and search results."""

import shlex
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from .build import Built
from .errors import located
from .importing import Imported
from .model import Problem, Severity
from .provenance.findings import Anchor, Verification
from .search import Kind, Note, Results


def summary(built: Built, seconds: float, folder: str) -> Iterator[str]:
    """Say what a build made, how much of it, and where to look; `folder` is what the person called it."""
    serve = "site-builder serve" if folder == "." else f"site-builder serve {shlex.quote(folder)}"
    errors = sum(problem.severity is Severity.ERROR for problem in built.problems)
    published = built.published
    rows = {
        "articles": f"{built.articles:,}{_aside(built.drafts, 'left out as drafts')}",
        "undated": f"{built.undated:,}",
        "no outlet": f"{built.without_outlet:,}",
        "problems": f"{len(built.problems):,}{_aside(errors, 'left something out')}",
        "site": f"{counted(published.files, 'file')}, {size(published.size)}",
        "changed": counted(len(published.changed), "file"),
        "time": f"{seconds:.1f} s",
    }
    yield from (f"{name:>9}  {value}" for name, value in rows.items())
    yield ""
    yield f"The site is in {built.site}; to look at it: {serve}"


def results(found: Results) -> Iterator[str]:
    """Say what a search found, one article in two lines."""
    yield from (printable(words) for words in _notes(found.notes))
    if not found.hits:
        yield "nothing found"
        return
    yield f"{counted(found.total, 'article')}, the first {len(found.hits)}:"
    for number, hit in enumerate(found.hits, start=1):
        if number == found.complete + 1:
            yield "with only some of the words:"
        about = ", ".join(part for part in (hit.outlet, hit.date or "undated") if part)
        yield printable(f"{number:>3}  {hit.title}")
        yield printable(f"     {about} — {hit.url}")


def imported(found: Imported) -> Iterator[str]:
    """Say what was taken in, and what a person should look at in each article."""
    for added in found.added:
        yield printable(f"{added.source} -> {added.article}")
        if added.stated:
            yield f"  stated: {', '.join(added.stated)}"
        if added.removed:
            yield f"  set aside: {', '.join(added.removed)}"
        yield from (printable(f"  look at: {doubt}") for doubt in added.doubts)
    for known in found.known:
        noted = ", which now says that it came again" if known.noted else ""
        yield printable(f"{known.source} is in the archive already: {known.article}{noted}")
    yield f"{counted(len(found.added), 'article')} written"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether something was left out."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def _notes(notes: Iterable[Note]) -> Iterator[str]:
    """Say what words of the query stood for, all families in one line."""
    others: list[str] = []
    for note in notes:
        match note.kind:
            case Kind.FAMILY:
                others += note.terms
            case Kind.OFFER:
                yield f"few articles have {note.term!r}; did you mean {note.instead[0]!r}?"
            case Kind.NOTHING:
                yield f"no article has {note.term!r}, or anything like it"
            case _:
                searched = ", ".join(note.terms)
                yield f"no article has {note.term!r}; searched instead: {searched}"
    if others:
        yield f"also: {', '.join(dict.fromkeys(others))} (in quotes a word stands for itself alone)"


def verification(found: Verification) -> Iterator[str]:
    """Say what was checked, and what that came to."""
    yield f"{counted(found.files, 'file')} hashed, the edits of {counted(found.replayed, 'record')} replayed"
    if found.root:
        held = f"tree of {counted(found.size, 'article')}, root {found.root}"
        yield held + ("" if found.proof is None else f"; the article is number {found.proof.index}")
    yield from map(_anchored, found.anchors)
    verdict = "everything is as it was recorded"
    yield f"{counted(len(found.findings), 'problem')} found" if found.findings else verdict


_STANDS_FOR = {
    "today": "all articles of today",
    "beginning": "the first {} of today's articles, unchanged",
    "earlier": "an earlier state of {}; articles were changed or taken out since",
}


def _anchored(anchor: Anchor) -> str:
    """Say what one signature or time stamp shows, as far as it shows it."""
    what = _STANDS_FOR[anchor.stands_for].format(counted(anchor.size, "article"))
    when = f", not later than {anchor.at}" if anchor.at else "; when is not vouched for"
    return printable(f"{anchor.name}: signed by {anchor.by}{when}: {what}")


def verification_facts(found: Verification) -> dict[str, object]:
    """Give what `verify --json` prints."""
    return {
        "files": found.files,
        "replayed": found.replayed,
        "tree": {"origin": found.origin, "size": found.size, "root": found.root},
        "proof": msgspec.to_builtins(found.proof),
        "anchors": msgspec.to_builtins(found.anchors),
        "problems": [
            {**problem_facts(finding), "kind": finding.kind} for finding in found.findings
        ],
    }


def problem_lines(problems: Iterable[Problem], limit: int) -> Iterator[tuple[Severity, str]]:
    """Give problems in words, those that left something out first, at most `limit` of them."""
    by_weight = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    for problem in by_weight[:limit]:
        words = located(problem.message, path=problem.path, line=problem.line, hint=problem.hint)
        yield problem.severity, printable(words)


def problem_facts(problem: Problem) -> dict[str, object]:
    """Give a problem as `--json` prints it."""
    return {
        "path": problem.path,
        "line": problem.line,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }


def stages(spent: Mapping[str, float]) -> Iterator[str]:
    """Say how long each stage of a build took, and which share of the whole that is."""
    whole = sum(spent.values()) or 1.0
    for stage, seconds in spent.items():
        yield f"{stage:>9}  {seconds:6.1f} s  {seconds / whole:4.0%}"


def build_facts(
    built: Built, seconds: float, spent: Mapping[str, float] | None = None
) -> dict[str, object]:
    """Give what `build --json` prints; with `--timings`, the seconds of each stage too."""
    timings = {} if spent is None else {"timings": {k: round(v, 3) for k, v in spent.items()}}
    return {
        "articles": built.articles,
        "pages": built.published.pages,
        "problems": [problem_facts(problem) for problem in built.problems],
        "seconds": round(seconds, 3),
        "bytes": built.published.size,
        "changed": len(built.published.changed),
        **timings,
    }


def printable(text: str) -> str:
    """Show control characters as escapes: file names and titles come from strangers."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def counted(number: int, thing: str) -> str:
    """Say a number of things: `1 file`, `2,000 files`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """Say a number of bytes in the largest unit that leaves a whole part (1 kB = 1,000 bytes)."""
    value, unit = float(number), "bytes"
    for larger in ("kB", "MB", "GB"):
        if value < 1000:  # noqa: PLR2004 — the step between decimal units
            break
        value, unit = value / 1000, larger
    return f"{value:,.0f} {unit}" if unit == "bytes" else f"{value:,.1f} {unit}"


def search_facts(found: Results) -> dict[str, object]:
    """Give what `search --json` and the preview's `/api/search` print."""
    return {
        "query": found.query,
        "total": found.total,
        "hits": [msgspec.to_builtins(hit) for hit in found.hits],
    }


def _aside(number: int, words: str) -> str:
    return f" ({number:,} {words})" if number else ""
