"""Outlets as articles write them: which declared outlet a name means, and which file declares it."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ..config import OUTLETS
from ..outlet import Outlet


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Fold what makes no difference between two spellings of an outlet's name.

    >>> name_key("The  Harbour Post") == name_key("the harbour post")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def names_of(outlet: Outlet) -> tuple[str, ...]:
    """Give all that an outlet is called, its id included."""
    return (outlet.id, *outlet.forms, outlet.name)


def outlet_named(name: str, outlets: Iterable[Outlet]) -> Outlet | None:
    """Find the declared outlet that a name means; None if it is nobody's."""
    wanted = name_key(name)
    claims = (outlet for outlet in outlets if wanted in map(name_key, names_of(outlet)))
    return next(claims, None) if wanted else None


def outlet_file(outlet: Outlet) -> str:
    """Give the path, in the archive, of the file that declares an outlet."""
    return f"{OUTLETS}/{outlet.id}.toml"
