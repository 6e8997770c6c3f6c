"""Makes the pages of a built site searchable with Pagefind, over the very same words.

Pagefind gets a copy of every article's page in which what our index holds carries Pagefind's own
attributes: the headline (`data-title`) and the text (`data-text`) become its body, the headline its
title too, the outlet and the year its filters. Nothing else of the page is indexed, so that both
engines know the same words.
"""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import measure

VERSION = "1.6.0"
BUNDLE = "pagefind"
"""The folder of Pagefind's own files, below the copied pages."""

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Search</title>
<link rel="icon" href="data:,">
<script type="module" src="bench.js"></script>
"""
SCRIPT = """const query = new URLSearchParams(location.search).get("q"); const pagefind = await
import("./pagefind/pagefind.js"); await pagefind.init(); const { results } = await
pagefind.search(query); const hits = await Promise.all(results.slice(0, 5).map((result) =>
result.data())); globalThis.answered = { total: results.length, shown: hits.map((hit) => [hit.url,
hit.meta.title, hit.excerpt]) };
"""
"""The least a page needs: no input box, no list, no filters. `init` starts what the reader's focus would."""

TEXT = re.compile(r"<(\w+)((?:\s[^<>]*)?)\sdata-text(?=[\s>])")
TITLE = re.compile(r"<(\w+)((?:\s[^<>]*)?)\sdata-title(?=[\s>])")


def article_pages(site: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Give each article's page, and the outlet and year by which readers narrow a search."""
    for record in sorted(site.rglob("record.json")):
        values = json.loads(record.read_bytes())["values"]
        outlet = values["outlet"].get("value") or "Unknown"
        year = (values["published"].get("value") or "Undated")[:7].split("-")[0]
        yield record.parent / "index.html", {"outlet": outlet, "year": year}


def marked(page: str, filters: dict[str, str]) -> str:
    """Put Pagefind's attributes where ours are."""
    page = TITLE.sub(r'<\1\2 data-title data-pagefind-body data-pagefind-meta="title"', page)
    page = TEXT.sub(r"<\1\2 data-text data-pagefind-body", page)
    metas = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{html.escape(value)}">'
        for name, value in sorted(filters.items())
    )
    return page.replace("</head>", f"{metas}</head>", 1)


def copy_pages(site: Path, copy: Path) -> None:
    """Copy the articles' pages of a built site for Pagefind, with a page that searches them."""
    measure.put_aside(copy, copy.parent)
    for page, filters in article_pages(site):
        target = copy / page.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(marked(page.read_text("utf-8"), filters), "utf-8")
    (copy / "search.html").write_text(PAGE, "utf-8")
    (copy / "bench.js").write_text(SCRIPT, "utf-8")


def installed(cache: Path) -> Path:
    """Install Pagefind through npm, once, and give its program."""
    folder = cache / f"pagefind-{VERSION}"
    program = folder / "node_modules" / ".bin" / "pagefind"
    if not program.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is needed to install Pagefind: install Node.js with npm.")
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(
            [npm, "install", "--prefix", str(folder), *quiet, f"pagefind@{VERSION}"], check=True
        )
    return program


def command(program: Path, pages: Path) -> list[str]:
    """Give the command that makes Pagefind's bundle of a folder of pages."""
    return [str(program), "--site", str(pages), "--output-subdir", BUNDLE, "--quiet"]
