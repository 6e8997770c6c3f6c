"""A keeper's patterns are looked over before they are run, so that no line can hang a build."""

import re
import time

import pytest

from site_builder.patterns import fault

PATIENCE = 0.5
"""Seconds that a pattern that was let through may take on a hostile line."""


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(?:a*)*b",
        "(?P<url>a+){2,}b",
        "((a+))+b",
        "(a|a)*b",
        "(a?){30}a{30}",
        "(a+)+?b",
        "(?x)(a+) +b",
        "(a+)(?#c)+b",
        "(?i:a+)+b",
        "(?i:x(?=a+))*b",
        ".*.*.*.*b",
        ".{0,400}" * 4,
        "a?" * 11,
        "(?:a|a)" * 11,
    ],
)
def test_a_pattern_that_may_run_away_is_refused(pattern):
    """What can be fitted in too many ways is told in words."""
    re.compile(pattern)

    assert fault(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "Follow us",
        r"(Lenn Valley|Sandholm) \d{2,3}\.\d FM",
        r"(?P<authors>.+) on (?P<published>.+)",
        r"(\d{3}\.){3}",
        r"\(a+\)+",
        "[(a+)]+ []+]+",
        r"[^]+)]* \[a+\]",
        "(?i)you can also read us on .*",
        "(?:a|b)?c",
    ],
)
def test_a_plain_pattern_is_let_through_and_is_quick(pattern):
    """Groups, classes and escaped signs are told from repetitions, and a long line takes no time."""
    started = time.process_time()
    for line in ("a" * 2000, "(" * 2000, " on " * 500, "0" * 2000):
        re.fullmatch(pattern, line)

    assert not fault(pattern)
    assert time.process_time() - started < PATIENCE
