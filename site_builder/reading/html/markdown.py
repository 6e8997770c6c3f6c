"""The article of a saved page as Markdown, for `import`: written by trafilatura, checked word by word.

Trafilatura extracts and writes in one go, and may keep more or less than the reader of pages does. What
it writes is therefore rendered again and compared with what the reader shows. Where a word differs, the
reader's clean HTML is taken instead: Markdown may hold HTML, and no word is worth a nicer file.
"""

import re

from markdown_it import MarkdownIt

_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


def html_as_markdown(page: str, shown: str) -> str:
    """Write a page's article as Markdown, with the words that are shown of it, no more and no less.

    Args:
        page: The decoded page.
        shown: What the reader made of it: clean HTML.
    """
    words = _words(shown)
    for source in (page, f"<html><body><article>{shown}</article></body></html>"):
        if not source:
            continue
        markdown = _extracted(source)
        if _words(_rendered(markdown)) == words:
            return markdown
    return _html_block(shown)


def fragment_as_markdown(markup: str) -> str:
    """Write a piece of HTML, the whole of which is meant, as Markdown; what could run is taken out."""
    import nh3  # noqa: PLC0415 — of use for HTML only

    clean: str = nh3.clean(markup)
    return html_as_markdown("", clean) if clean.strip() else ""


def _extracted(page: str) -> str:
    import trafilatura  # noqa: PLC0415 — slow to load, and of use for HTML only

    extracted: str | None = trafilatura.extract(
        page,
        output_format="markdown",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
        include_tables=True,
        with_metadata=False,
    )
    return extracted or ""


def _rendered(markdown: str) -> str:
    rendered: str = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return rendered


def _words(markup: str) -> list[str]:
    """Give the words of a piece of HTML; every tag parts words, in what is compared on both sides."""
    from lxml import html  # noqa: PLC0415 — slow to load, and of use for HTML only

    return " ".join(html.fromstring(f"<div>{markup}</div>").itertext()).split()


def _html_block(shown: str) -> str:
    """Write HTML so that Markdown takes it as one block, which a blank line would end."""
    return f"<div>\n{_BLANK_LINE.sub('&#10;', shown)}\n</div>"
