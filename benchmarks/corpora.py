"""The archives that the benchmarks build: made by `scale.py`, or real ones, unpacked.

None of them is part of this project. Each benchmark copies what it needs into a working folder of
its own and builds there.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT.parent / "shared" / "corpora"
REAL = ("digitalgov", "18f")


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where the benchmarks find and put things."""

    sources: tuple[Path, ...]
    """Folders that may hold scale.py and the corpora, packed or unpacked; the first counts."""
    work: Path
    """Where archives, sites and installed peers are kept between runs."""

    def source(self, *names: str) -> Path:
        """Find the first of some files or folders in the folders of sources."""
        found = (folder / name for folder in self.sources for name in names)
        for path in found:
            if path.exists():
                return path
        raise SystemExit(f"{names[0]} is in none of the folders given: name one with --corpora.")


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """One archive folder, ready to be built."""

    name: str
    """As on the command line: `1k`, `digitalgov`."""
    archive: Path
    queries: Path | None
    """Known-item queries that `scale.py` wrote beside it."""

    @property
    def site(self) -> Path:
        """Where its site is built."""
        return self.archive.with_name(f"{self.name}-site")

    @property
    def peer(self) -> Path:
        """Where Pagefind's copy of the pages is."""
        return self.archive.with_name(f"{self.name}-pagefind")


def parser(description: str | None) -> argparse.ArgumentParser:
    """Begin a benchmark's options with those that all of them have."""
    options = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    options.add_argument(
        "--corpora",
        type=Path,
        action="append",
        default=[],
        help="a folder with scale.py and the corpora (default: $SITE_BUILDER_CORPORA)",
    )
    options.add_argument(
        "--work",
        type=Path,
        default=os.environ.get("SITE_BUILDER_BENCH") or _cache(),
        help="the folder to work in (also SITE_BUILDER_BENCH; else the user's cache folder)",
    )
    options.add_argument(
        "--no-readme", action="store_true", help="print the tables, and write none of them down"
    )
    return options


def _cache() -> Path:
    return (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "site-builder-benchmarks"
    )


def places(options: argparse.Namespace) -> Places:
    """Read the common options."""
    named = os.environ.get("SITE_BUILDER_CORPORA")
    folders = [*options.corpora, *([Path(named)] if named else []), SOURCES]
    work = Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    return Places(sources=tuple(folder.resolve() for folder in folders), work=work)


def size(name: str) -> int:
    """Read how many articles a name like `1k` or `500` stands for.

    >>> size("10k"), size("500")
    (10000, 500)
    """
    return int(name.removesuffix("k")) * (1000 if name.endswith("k") else 1)


def corpus(name: str, where: Places) -> Corpus:
    """Make a corpus in the working folder, unless it is there already.

    Args:
        name: `digitalgov` or `18f`, else a number of articles for `scale.py`: `500`, `1k`.
        where: Sources and working folder.
    """
    archive = where.work / name
    if name in REAL:
        if not archive.exists():
            _unpack(where.source(name, f"{name}.tar.xz"), archive)
        return Corpus(name=name, archive=archive, queries=None)
    queries = where.work / f"{name}.queries.jsonl"
    if not queries.exists():  # written last
        scale = where.source("scale.py")
        subprocess.run([sys.executable, str(scale), str(size(name)), str(archive)], check=True)
    return Corpus(name=name, archive=archive, queries=queries)


def _unpack(source: Path, archive: Path) -> None:
    """Take the articles of a corpus, and no more, as an archive of their own."""
    if source.is_dir():
        shutil.copytree(source / "articles", archive / "articles")
        return
    with tarfile.open(source) as packed:
        packed.extractall(archive.with_name(f"{archive.name}-unpacked"), filter="data")
    shutil.move(archive.with_name(f"{archive.name}-unpacked") / archive.name, archive)


def articles(made: Corpus) -> list[Path]:
    """List the articles that `scale.py` made, oldest first: their paths begin with the year and month."""
    found = made.archive.rglob("[!.]*.md")
    return sorted(path for path in found if "_site" not in path.relative_to(made.archive).parts)


def build(built: Corpus) -> None:
    """Build a corpus with site-builder, from its cache where it has one.

    An archive with a few unreadable files is built all the same, with exit status 1.
    """
    program = [sys.executable, "-P", "-m", "site_builder", "build", str(built.archive)]
    done = subprocess.run(
        [*program, "-o", str(built.site), "--json"], check=False, stdout=subprocess.PIPE
    )
    if not done.stdout.startswith(b"{"):  # what it prints once it has come to the end
        raise SystemExit(f"site-builder could not build {built.name}.")
