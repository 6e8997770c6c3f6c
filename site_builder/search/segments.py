"""How the ordered articles are cut into segments: docs/search-format.md, section 2."""

SIZES = (65_536, 8_192, 1_024)
"""Each segment but the last holds a multiple of its size; so a new article changes only the last one."""


def cuts(articles: int) -> list[int]:
    """Give how many articles each segment holds, oldest first: a function of their number alone.

    >>> cuts(10_000)
    [8192, 1024, 784]
    """
    found: list[int] = []
    for size in SIZES:
        found.append(articles // size * size)
        articles %= size
    return [count for count in (*found, articles) if count]
