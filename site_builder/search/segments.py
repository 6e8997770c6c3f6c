"""How the ordered articles are cut into segments: docs/search-format.md, section 2."""

WHOLE = 2_048
"""Up to so many articles make one segment."""
SMALLEST = 512
"""The first segment of more articles holds a multiple of this."""
_SHARE = 16


def cuts(articles: int) -> list[int]:
    """Give how many articles each segment holds, oldest first: a function of their number alone.

    The first holds nearly all of them and stays as it is while articles are added, until the second would
    hold a sixteenth of them.

    >>> cuts(10_000)
    [9728, 272]
    """
    if articles <= WHOLE:
        return [articles] if articles else []
    size = max(SMALLEST, 1 << ((articles // _SHARE).bit_length() - 1))
    last = articles % size
    return [articles - last, last] if last else [articles]
