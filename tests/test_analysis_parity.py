"""Python and JavaScript cut every text into the same terms."""

import json
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from site_builder.search.analysis import terms

PROGRAM = Path(__file__).parent / "js" / "analyse.mjs"
NODE = shutil.which("node") or "node"
SURROGATES = range(0xD800, 0xE000)

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None and "CI" not in os.environ,
    reason="no Node on this machine: version 20 or later is the other side of this test",
)


def assigned():
    """Give every character that Python's Unicode knows."""
    codes = (code for code in range(0x110000) if code not in SURROGATES)
    return [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]


def in_javascript(texts):
    """Give for each text its terms by `terms` and by `spans` of static/analysis.js."""
    ran = subprocess.run(
        [NODE, PROGRAM], input=json.dumps(texts), capture_output=True, encoding="utf-8", check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    "around",
    ["{}", "a{}b", "e\u0301{}", "Harbour's {}"],
    ids=["alone", "between letters", "after a letter and its mark", "after a possessive"],
)
def test_every_character_is_cut_alike(around):
    """No assigned code point, in any of four places, is seen differently; offsets change nothing."""
    texts = [around.format(character) for character in assigned()]
    answers = in_javascript(texts)
    differing = [
        (ascii(text), expected, answer)
        for text, answer in zip(texts, answers, strict=True)
        if [(expected := terms(text)), expected] != answer
    ]

    assert differing == []
