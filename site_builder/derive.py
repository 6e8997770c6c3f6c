"""The per-article stage: each original read, rendered and analysed on its own, in parallel, once.

An original whose key stands in the cache already is not derived again; results are stored as they come,
by path, so the number of processes changes nothing but time.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import msgspec

from .cache import Cache, Head, Row, head_of, row
from .config import Archive
from .crew import Crew
from .derived import Derivation, Shown, Words
from .digests import derivation_key, program_digest, settings_digest
from .importing.again import since_import
from .looks import look
from .model import Article, Original, Problem, Reading, Record, Severity
from .pages import indexed_text, lead
from .pages.body import render_body
from .reading import Refused, read
from .reading.decode import decode
from .reading.withheld import EMBARGO, embargoed, excerpt, marked, without_text
from .search.tokens import tokens

BATCH = 32
"""Originals handed to a process at a time: enough that handing over costs little."""


_Batch: TypeAlias = list[tuple[Original, str]]
"""Originals, each with the key under which it is known, or `""`."""


Derivations: TypeAlias = dict[str, tuple[str, Head]]
"""By path the key of what was derived, and its head."""


class Outcome(Record, frozen=True, kw_only=True):
    """What one process says of one original; neither a row nor a problem: the cache has it."""

    path: str
    row: Row | None = None
    problem: Problem | None = None


def derive(original: Original, content: bytes, archive: Archive) -> Derivation:
    """Derive from one original all that depends on it alone.

    Raises:
        Refused: it cannot be an article.
    """
    reading = _shown(read(original, content, archive), original, archive)
    body = render_body(reading, Path(archive.root))
    article = reading.article
    imported = None
    if article.whole and original.reader == "markdown":
        imported = since_import(decode(original, content).text, article, archive)
    text = indexed_text(article, body)
    words = Words(tokens=tokens(article.title.value, text), lead=lead(text))
    return Derivation(shown=Shown(reading=reading, body=body, imported=imported), words=words)


def _shown(reading: Reading, original: Original, archive: Archive) -> Reading:
    """Leave of a reading what may be shown."""
    article = marked(reading.article, archive)
    reading = msgspec.structs.replace(reading, article=article)
    match article.text_level:
        case "none":
            return without_text(reading, original)
        case "excerpt":
            return excerpt(reading, render_body(reading, Path(archive.root)).text)
        case _:
            return reading


def derive_all(
    originals: Sequence[Original],
    cache: Cache,
    archive: Archive,
    crew: Crew,
    report: Callable[[str, int, int], None],
) -> tuple[Derivations, tuple[Problem, ...]]:
    """Bring the cache up to date with these originals: no more, no fewer, none stale.

    A file that looks to the system as it did when it was last read is not read again.

    Returns:
        Key and head of each article, by path, and what is wrong with any of the originals.
    """
    known, seen = _usable(cache, archive), cache.looks()
    settings = f"{settings_digest(archive)} {program_digest()}"
    looks = {original.path: _look(original, archive.root, settings) for original in originals}
    same = {path for path, seen_as in seen.items() if path in known and looks.get(path) == seen_as}
    problems: list[Problem] = []
    found = {original.path: known[original.path] for original in originals if original.path in same}
    unsure = [original for original in originals if original.path not in same]
    done = len(same)
    for outcomes in _outcomes(_tasks(unsure, known), archive, crew):
        cache.put(outcome.row for outcome in outcomes if outcome.row is not None)
        problems += (outcome.problem for outcome in outcomes if outcome.problem is not None)
        found.update(
            (outcome.path, _derived(outcome.row) if outcome.row else known[outcome.path])
            for outcome in outcomes
            if outcome.problem is None
        )
        done += len(outcomes)
        report("read", done, len(originals))
    cache.keep_only(found)
    cache.put_looks({path: looks[path] for path in sorted(found)})
    problems += (problem for _, head in found.values() for problem in head.problems)
    return {path: found[path] for path in sorted(found)}, tuple(problems)


def _derived(row: Row) -> tuple[str, Head]:
    return row.key, head_of(row.head)


def _look(original: Original, root: str, settings: str) -> str:
    """Say what an original looks like to the system, and how it would be read."""
    seen = look(f"{root}/{original.path}")
    known = repr((settings, original.address, original.reader, seen))
    return blake2b(known.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _tasks(originals: Sequence[Original], known: Derivations) -> list[_Batch]:
    """Cut the work into batches."""
    pairs = [(original, known.get(original.path, ("",))[0]) for original in originals]
    return [pairs[start : start + BATCH] for start in range(0, len(pairs), BATCH)]


def _usable(cache: Cache, archive: Archive) -> Derivations:
    """Give the keys and heads of what need not be derived again.

    A key covers the article's own file. The pictures its page shows are other files: they must still be
    there, not links to somewhere else by now; and where one was missing the article is derived again.
    """
    return {
        path: (key, head)
        for path, key, head in cache.stored()
        if head.settled
        and _embargo_stands(head.article, archive)
        and all(_is_there(Path(archive.root, file)) for file in head.files)
    }


def _embargo_stands(article: Article, archive: Archive) -> bool:
    """Whether an embargo is still what it was when the article was derived: in force, or over."""
    if not article.embargo or article.status != "public":
        return True
    return (article.withheld_by == EMBARGO) == embargoed(article, archive.as_of)


def _is_there(file: Path) -> bool:
    """Whether an ordinary file stands under a path that leads through no link."""
    return file.resolve() == file and file.is_file()


def _outcomes(tasks: list[_Batch], archive: Archive, crew: Crew) -> Iterator[list[Outcome]]:
    """Give what came of each batch, in no order; an original that a process dies of is a problem."""
    work = partial(_derive_batch, archive=archive, settings=settings_digest(archive))
    fatal: list[_Batch] = []
    for number, outcomes in crew.each(work, tasks):
        if outcomes is None:
            fatal.append(tasks[number])
        else:
            yield outcomes
    single = [[pair] for batch in fatal for pair in batch]
    for number, outcomes in crew.each(work, single) if len(single) > 1 else ():
        yield outcomes if outcomes is not None else [_deadly(single[number][0][0])]
    if len(single) == 1:
        yield [_deadly(single[0][0][0])]


def _deadly(original: Original) -> Outcome:
    problem = Problem(
        path=original.path,
        message="the process that read this file was ended from outside, twice",
        hint="it may need more memory than there is: look at the file, or move it out of articles/",
        severity=Severity.ERROR,
    )
    return Outcome(path=original.path, problem=problem)


def _derive_batch(batch: _Batch, *, archive: Archive, settings: str) -> list[Outcome]:
    return [_outcome(original, known, archive, settings) for original, known in batch]


def _outcome(original: Original, known: str, archive: Archive, settings: str) -> Outcome:
    path = original.path
    try:
        content = (Path(archive.root) / path).read_bytes()
    except OSError as error:
        problem = Problem(
            path=path,
            message=f"this file cannot be opened: {error.strerror}",
            hint="look at its permissions, or remove it",
            severity=Severity.ERROR,
        )
        return Outcome(path=path, problem=problem)
    key = derivation_key(original, content, settings)
    if key == known:
        return Outcome(path=path)
    try:
        return Outcome(path=path, row=row(path, key, derive(original, content, archive)))
    except Refused as refused:
        return Outcome(path=path, problem=refused.problem)
