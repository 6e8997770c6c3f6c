"""Markdown -> HTML: CommonMark with tables and strikethrough, raw HTML let through.

What comes out is not safe yet: `sanitise.py` makes it so. markdown-it-py works in time that grows with
the length of the text, but drops what is nested deeper than it likes, and lets a short text grow without
bound through link definitions. Both are refused here, and the caller shows the text as it is written.
"""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

LONGEST = 2_000_000
"""Code points; the worst case known takes about 12 microseconds each."""
DEEPEST = 40
"""Levels of blocks within blocks; a list counts two."""
_GROWTH = 100_000
"""Code points that link definitions may add at least, whatever the length of the text."""
_GROWTH_FACTOR = 10


class UnrenderableError(ValueError):
    """Markdown that would cost more time or memory than an article is worth; says why."""


def markdown_html(text: str) -> str:
    """Give the HTML of Markdown, not yet sanitised.

    Raises:
        UnrenderableError: the text is too long, nested too deep, or grows without bound.
    """
    if len(text) > LONGEST:
        message = f"it is longer than {LONGEST:,} characters"
        raise UnrenderableError(message)
    parser = _parser()
    env: dict[str, object] = {}
    try:
        tokens = parser.parse(text, env)
        if env.get("references"):
            _refuse_growth(tokens, len(text))
        return str(parser.renderer.render(tokens, parser.options, env))
    except RecursionError as error:
        message = "its marks are nested too deep"
        raise UnrenderableError(message) from error


@cache
def _parser() -> MarkdownIt:
    """Make the parser, once in a process."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.block.ruler.before("code", "depth", _depth)
    for cell in ("td_open", "th_open"):
        parser.add_render_rule(cell, _aligned_cell)
    # Which addresses may stand is decided in one place: links.py, after nh3.
    parser.validateLink = _any_link  # type: ignore[method-assign, assignment]
    return parser


def _depth(state: StateBlock, _first: int, _last: int, _silent: bool) -> bool:  # noqa: FBT001 — the parser's signature
    """Refuse what the parser would silently leave out."""
    if state.level > DEEPEST:
        message = f"its quotes or lists are nested more than {DEEPEST} levels deep"
        raise UnrenderableError(message)
    return False


def _any_link(_address: str) -> bool:
    return True


def _aligned_cell(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """Write a cell's alignment as an attribute: our pages allow no inline style."""
    del env
    style = str(tokens[index].attrs.pop("style", ""))
    if style:
        tokens[index].attrs["align"] = style.removeprefix("text-align:")
    return str(renderer.renderToken(tokens, index, options, {}))  # type: ignore[attr-defined]


def _refuse_growth(tokens: Sequence[Token], length: int) -> None:
    """Refuse a text whose link definitions make it many times as long as it is written."""
    grown = sum(
        len(str(value))
        for token in tokens
        for child in token.children or ()
        for value in child.attrs.values()
    )
    if grown > _GROWTH + _GROWTH_FACTOR * length:
        message = "its link definitions make it many times as long as it is written"
        raise UnrenderableError(message)
