"""The terms of one article with their positions: what the index and the shards are made from."""

from array import array
from collections.abc import Iterable

from ..derived import PLACES, Tokens
from .analysis import forms, terms


def tokens(title: str, body: str) -> Tokens:
    """Analyse an article's headline and its text (`Body.text`: blocks separated by line feeds)."""
    title_terms, body_terms = terms(title), terms(body)
    in_title, in_body = _positions(title_terms), _positions(body_terms)
    written = forms(f"{title}\n{body}")
    return Tokens(
        title=in_title,
        body=in_body,
        title_length=len(title_terms),
        body_length=len(body_terms),
        # Not what became several terms: words of scripts without spaces, and those cut short.
        forms={term: written[term] for term in written if term in in_title or term in in_body},
    )


def _positions(found: Iterable[str]) -> dict[str, bytes]:
    places: dict[str, list[int]] = {}
    for position, term in enumerate(found):
        known = places.get(term)
        if known is None:
            places[term] = [position]
        else:
            known.append(position)
    return {term: array(PLACES, known).tobytes() for term, known in places.items()}
