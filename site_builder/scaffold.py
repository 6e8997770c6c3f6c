"""New: an archive to start from, with one of everything, and the workflow that publishes it.

What each file says is written here as it will stand on disk, so that it can be read in one place.
"""

from collections.abc import Mapping
from pathlib import Path

from . import __version__
from .errors import ArchiveError

_ARCHIVE = """\
# The archive's settings. Every line is optional: take away the # in front of those you need.

# The archive's name; without it, the name of this folder.
# title = "The Harbour Archive"

# One or two sentences for the front page and for search engines.
# description = "Newspaper articles on the harbour, 1990 to today."

# The about page's own text, in Markdown.
# about = \"\"\"
# Collected by the local history society.
# \"\"\"

# Where the site will be, in full. The workflow for GitHub Pages finds this out by itself.
# address = "https://name.github.io/archive/"

# A domain of your own, for GitHub Pages.
# domain = "archive.example.org"

# The language of articles that do not say, as a code: en, fr, ar, pt-BR.
# language = "en"

# What readers may do with articles that do not say: an address from rightsstatements.org or
# creativecommons.org. Without it, the site says that nobody has evaluated the copyright.
# rights = "http://rightsstatements.org/vocab/InC/1.0/"

# How much of a text is shown where neither the article nor its outlet says: full, excerpt or none.
# text_level = "full"

# Why the archive may show the texts, and what someone can ask for who is named or harmed in one, or who owns
# the rights: both in Markdown, for the about page. The wording statement can be replaced too.
# publish_basis = "With the permission of the publishers."
# takedown = "Write to us. We answer within two weeks, and withdraw a text while we look into it."
# language_statement = "The words of the articles are their publishers', not ours."

# The licence of the archive's own records (not of the articles).
# metadata_licence = "CC0"

# Who keeps the archive. Readers see it as "Held by".
# maintainer = "The local history society"

# Where readers can write to: a mail address or a web address.
# contact = "archive@example.org"

# The web address of the repository that holds this folder, if it is public.
# repository = "https://github.com/name/archive"

# Which columns of a table that is imported hold what, where their names do not say.
# table = { text = "Article body", title = "Headline in print" }
"""

_WELCOME = """\
---
title: Welcome to your archive
outlet: Example Outlet
author: site-builder
language: en
tags: [example]
---

This is an article: a file in the folder `articles`. Put your own beside it, as Markdown (`.md`), plain text
(`.txt`) or saved web pages (`.html`), in folders as you like. Nothing ever changes your files.

The lines between the two `---` say what is known of the article. This one has no `date`, so the site says
that its date is not known: nothing is guessed in silence.

To see the site while you write, run `site-builder serve`. When you have articles of your own, delete
this file, and the examples in `outlets` and `names`.
"""

_OUTLET = """\
# One publisher. The name of this file without .toml is its id, and its page is at outlets/<id>/.
name = "Example Outlet"

# Other names it is written by.
# forms = ["The Example Outlet", "ExampleOutlet"]

# For readers, in Markdown.
# note = "A weekly paper, 1990 to 2012."

# Its own website, and the language of its articles where they do not say.
# url = "https://outlet.example.org/"
# language = "en"

# Its articles' rights, and how much of their text is shown (full, excerpt or none), where they do not say.
# rights = "InC"
# text_level = "excerpt"

# What to leave out of texts that were copied from its website. Each rule is tried on the first or
# last lines of a text, or on any line; the pattern has to fit the whole line. What is left out is
# recorded and shown. Raise the version when you change a rule.
# version = 1
# How it writes dates like 04/11/2023: day-month-year or month-day-year.
# date_order = "day-month-year"
# [[cut]]
# where = "last"
# lines = 4
# pattern = "You can also read us on .*"
# reason = "footer"
"""

_NAME = """\
# One person, group, place or event whose name is written in several ways. A search for one of the forms
# finds all of them; in the articles every name stays as it was published.
label = "Saint Example"
kind = "place"
forms = ["Saint Example", "St. Example", "St Example"]
# note = "The spelling changed in 1994."
"""

_IGNORE = """\
# Made by site-builder, and made again by every build.
_site/
.site-builder/
"""

ATTRIBUTES_LINES = "articles/** -text\noriginals/** -text"
"""Keep git from changing line ends in files whose bytes the archive vouches for."""

_ATTRIBUTES = f"""\
# These files are kept byte for byte: no line end is ever changed.
{ATTRIBUTES_LINES}
"""

_WORKFLOW = """\
# Builds the archive and puts it on GitHub Pages at every push to the main branch.
# Once, in the repository's settings: Pages, Build and deployment, Source: GitHub Actions.
name: Publish the archive

on:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

concurrency:
  group: pages
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      pages: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0
        with:
          python-version: "3.12"
      - run: pip install "site-builder==VERSION"
      - id: pages
        uses: actions/configure-pages@45bfe0192ca1faeb007ade9deae92b16b8254a0d # v6.0.0
      - run: site-builder build --base-url "${BASE_URL%/}/" --as-of "$(date -u +%F)"
        env:
          BASE_URL: ${{ steps.pages.outputs.base_url }}
      - uses: actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0
        with:
          path: _site

  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0
"""

FILES: Mapping[str, str] = {
    ".gitattributes": _ATTRIBUTES,
    ".github/workflows/pages.yml": _WORKFLOW.replace("VERSION", __version__),
    ".gitignore": _IGNORE,
    "archive.toml": _ARCHIVE,
    "articles/welcome.md": _WELCOME,
    "names/saint-example.toml": _NAME,
    "outlets/example-outlet.toml": _OUTLET,
}
"""Path below the new archive -> text."""


def new(folder: Path) -> tuple[Path, ...]:
    """Write an archive to start from; the folder may be there, and hold other files.

    Returns:
        The files written, by path.

    Raises:
        ArchiveError: one of the files is there already, or cannot be written. Then none is.
    """
    taken = [name for name in FILES if _is_taken(folder / name)]
    if taken:
        raise ArchiveError(
            f"there is already a file here: {', '.join(taken)}",
            path=str(folder),
            hint="name a new folder; a folder of articles needs none of this to be built",
        )
    try:
        for name, text in FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        raise ArchiveError(
            f"this cannot be written: {error.strerror}",
            path=str(error.filename or folder),
            hint="choose a folder that you may write to",
        ) from error
    return tuple(folder / name for name in FILES)


def _is_taken(path: Path) -> bool:
    """Whether something of this name is there, be it a link that leads nowhere."""
    return path.exists() or path.is_symlink()
