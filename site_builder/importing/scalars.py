"""Texts as YAML on one line."""

import re
import sys

import yaml

_ORDINARY = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*")


def scalar(value: str) -> str:
    """Write a text as YAML on one line; anything that could be read as something else is quoted."""
    style = None if _ORDINARY.fullmatch(value) else '"'
    dumped: str = yaml.safe_dump(
        [value], default_flow_style=True, default_style=style, allow_unicode=True, width=sys.maxsize
    )
    return dumped.rstrip("\n").removeprefix("[").removesuffix("]")
