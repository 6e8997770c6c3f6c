"""The last step for a page whose metadata is silent: what its wording suggests, always marked inferred."""

from copy import deepcopy

from ...model import UNKNOWN, Assertion, Basis
from ..dates import read_date
from .fields import Tree
from .tree import quiet

_EARLIEST, _LATEST = "1990-01-01", "2100-01-01"
"""Bounds for the dates that htmldate finds: without a latest one it would ask the clock."""
_LONGEST_NAME = 60


def guess_date(tree: Tree) -> Assertion:
    """Conclude the day of publication with htmldate: from labels, classes and addresses."""
    from htmldate import find_date  # noqa: PLC0415 — takes long to load: only where a page is read

    quiet("htmldate")
    try:
        found = find_date(
            deepcopy(tree),
            extensive_search=False,
            original_date=True,
            min_date=_EARLIEST,
            max_date=_LATEST,
        )
    except Exception:  # noqa: BLE001 — whatever trips it, the date stays unknown
        return UNKNOWN
    day = read_date(found or "").value
    if not day:
        return UNKNOWN
    return Assertion(
        value=day,
        basis=Basis.INFERRED,
        where="wording of the page",
        rule="html.htmldate@1",
        note="the page's metadata gives no date; htmldate found this one in its wording or addresses",
    )


def guess_authors(tree: Tree) -> tuple[Assertion, ...]:
    """Conclude the authors with trafilatura: from classes and bylines."""
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 — takes long to load

    quiet("trafilatura", "htmldate")
    try:
        document = extract_metadata(deepcopy(tree))
    except Exception:  # noqa: BLE001 — whatever trips it, the authors stay unknown
        return ()
    words = tree.text_content()
    names = (document.author or "").split(";") if document is not None else []
    return tuple(
        Assertion(
            value=name.strip(),
            basis=Basis.INFERRED,
            where="wording of the page",
            rule="html.byline@1",
            note="the page's metadata names no author; trafilatura took this for the byline",
        )
        for name in names
        if _is_name(name.strip()) and name.strip() in words
    )


def _is_name(words: str) -> bool:
    return 0 < len(words) <= _LONGEST_NAME and not any(letter.isdigit() for letter in words)
