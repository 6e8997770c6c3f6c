"""The terms of one article with their positions: what the index and the shards are made from."""

from array import array
from collections.abc import Iterable

from ..derived import PLACES, Tokens
from .analysis import forms, terms


def tokens(title: str, body: str) -> Tokens:
    """Analyse an article's headline and its text (`Body.text`: blocks separated by line feeds)."""
    title_terms, body_terms = terms(title), terms(body)
    return Tokens(
        title=_positions(title_terms),
        body=_positions(body_terms),
        title_length=len(title_terms),
        body_length=len(body_terms),
        forms=_known(forms(f"{title}\n{body}"), {*title_terms, *body_terms}),
    )


def _known(written: dict[str, list[str]], known: set[str]) -> dict[str, list[str]]:
    """Leave out what became several terms: words of scripts without spaces, and those cut short."""
    return {term: written[term] for term in written if term in known}


def _positions(found: Iterable[str]) -> dict[str, bytes]:
    places: dict[str, list[int]] = {}
    for position, term in enumerate(found):
        known = places.get(term)
        if known is None:
            places[term] = [position]
        else:
            known.append(position)
    return {term: array(PLACES, known).tobytes() for term, known in places.items()}
