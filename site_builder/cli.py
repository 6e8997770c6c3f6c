"""The commands: the only place that prints, exits, reads the clock or draws progress.

Results go to standard output, progress and problems to standard error. Exit status 0: fine; 1: the
archive has a problem; 2: the command was wrong.
"""

import os
import sys
import time
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.markup import escape

from . import __version__, terminal
from .build import Options, build, inspect, open_search
from .cluster import cluster
from .config import SITE
from .errors import ArchiveError
from .importing import import_files
from .model import Problem, Severity
from .progress import Watch, drawn
from .provenance.verify import verify as verify_target
from .scaffold import new as new_archive
from .search import search

PORT = 8000
"""Of the preview, unless another is asked for."""
SHOWN_PROBLEMS = 20
"""How many problems a build prints; `check` prints all of them."""

_FOLDER = click.Path(path_type=Path, file_okay=False)
_archive_argument = click.argument("archive", metavar="[DIR]", type=_FOLDER, default=Path())
_archive_option = click.option(
    "--archive", type=_FOLDER, default=Path(), help="The archive's folder.  [default: here]"
)
_jobs_option = click.option(
    "--jobs", type=click.IntRange(1), help="Processes to use.  [default: one for each processor]"
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


class _Commands(click.Group):
    """The one boundary where an error that a person can mend becomes words and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's own signature
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            _print_error(error)
            ctx.exit(1)


def _day_of_source() -> datetime | None:
    """Give the day of SOURCE_DATE_EPOCH (reproducible-builds.org), in UTC, if that is set."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="site-builder")
def main() -> None:
    """Turn a folder of articles into a static, searchable archive website with provenance."""


@main.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
def new(folder: Path) -> None:
    """Write an archive to start from into DIR, and the workflow that puts it on GitHub Pages."""
    for path in new_archive(folder):
        click.echo(f"wrote {path}")
    click.echo(f"\nPut articles into {folder / 'articles'}, then: site-builder serve {folder}")


@main.command("build")
@_archive_argument
@click.option("-o", "--out", type=_FOLDER, help="The site's folder.  [default: DIR/_site]")
@click.option("--base-url", help="Where it will be published, if not where archive.toml says.")
@_jobs_option
@click.option("--clean", is_flag=True, help="Forget what earlier builds derived.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=_day_of_source,
    metavar="DATE",
    help="The day that embargoes are held against.  [default: that of SOURCE_DATE_EPOCH]",
)
@click.option("--timings", is_flag=True, help="Tell how long each stage took.")
@click.option(
    "--dask", metavar="ADDRESS", help="Read articles on the Dask cluster with this scheduler."
)
@_json_option
def build_command(  # noqa: PLR0913 — one for each option
    archive: Path,
    out: Path | None,
    base_url: str | None,
    jobs: int | None,
    *,
    clean: bool,
    as_of: datetime | None,
    timings: bool,
    dask: str | None,
    as_json: bool,
) -> None:
    """Build the website of the archive in DIR (here, unless given)."""
    started = time.perf_counter()
    with _working(jobs, clean=clean, as_of=as_of) as options, ExitStack() as stack:
        watch = Watch(options.report)
        readers = stack.enter_context(cluster(dask, archive)) if dask else None
        watched = replace(options, report=watch.report, readers=readers)
        built = build(archive, out, address=base_url, options=watched)
    seconds, spent = time.perf_counter() - started, watch.spent if timings else None
    if as_json:
        _print_json(terminal.build_facts(built, seconds, spent))
    else:
        _print_problems(built.problems, SHOWN_PROBLEMS)
        _print_lines(terminal.summary(built, seconds, str(archive)))
        _print_lines(terminal.stages(spent or {}))
    sys.exit(0 if built.ok else 1)


@main.command()
@_archive_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Where on this machine; 0 takes a free one.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the web browser.")
@_jobs_option
def serve(archive: Path, port: int, jobs: int | None, *, open_browser: bool) -> None:
    """Build the archive in DIR, show it on this machine, and build again at each change."""
    archive = archive.resolve()
    options = Options(jobs=jobs or _processors(), as_of=_written(_day_of_source()))

    def rebuild(shown: Callable[[str], None]) -> str:
        started = time.perf_counter()
        try:
            built = build(archive, options=replace(options, shown=shown))
        except ArchiveError as error:
            _print_error(error)
            raise
        _print_problems(built.problems, SHOWN_PROBLEMS)
        changed = terminal.counted(len(built.published.changed), "file")
        click.echo(f"built in {time.perf_counter() - started:.1f} s: {changed} changed", err=True)
        return built.archive.base_path

    def answer(query: str, limit: int) -> bytes:
        with open_search(archive, options) as index:
            return msgspec.json.encode(terminal.search_facts(search(index, query, limit=limit)))

    def ready(address: str) -> None:
        click.echo(f"\nThe site is at {address} — Ctrl-C ends it")
        if open_browser:
            webbrowser.open(address)

    from .preview import Workshop  # noqa: PLC0415 — a server that no other command needs
    from .preview import serve as serve_preview  # noqa: PLC0415

    workshop = Workshop(root=archive, site=archive / SITE, build=rebuild, answer=answer)
    serve_preview(workshop, port=port, ready=ready)


@main.command("search")
@click.argument("query")
@_archive_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="How many articles to name.",
)
@_json_option
def search_command(query: str, archive: Path, limit: int, *, as_json: bool) -> None:
    """Search the archive for QUERY, as its website does."""
    with _working(None) as options, open_search(archive, options) as index:
        found = search(index, query, limit=limit)
    if as_json:
        _print_json(terminal.search_facts(found))
    else:
        _print_lines(terminal.results(found))


@main.command("import")
@click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@_archive_option
@click.option("--outlet", default="", help="The id of the outlet that published them.")
def import_command(paths: tuple[Path, ...], archive: Path, outlet: str) -> None:
    """Take files into the archive: keep their bytes, and write an article from each.

    A table (.csv, .tsv, .jsonl, .ndjson) gives an article for each of its rows.
    """
    with drawn() as report:
        imported = import_files(paths, archive, outlet, partial(report, "import"))
    _print_problems(imported.problems, len(imported.problems))
    _print_lines(terminal.imported(imported))
    sys.exit(1 if terminal.has_errors(imported.problems) else 0)


@main.command()
@_archive_argument
@_jobs_option
@_json_option
def check(archive: Path, jobs: int | None, *, as_json: bool) -> None:
    """Say what a publisher must know before publishing the archive in DIR."""
    with _working(jobs) as options:
        problems = inspect(archive, options)
    if as_json:
        _print_json({"problems": [terminal.problem_facts(problem) for problem in problems]})
    else:
        _print_problems(problems, len(problems))
        click.echo(f"{terminal.counted(len(problems), 'thing')} to look at")
    sys.exit(1 if terminal.has_errors(problems) else 0)


@main.command()
@click.argument("target", metavar="[SITE_OR_DIR]", type=_FOLDER, default=Path())
@click.argument("article", metavar="[ID]", default="")
@click.option("--anchor", is_flag=True, help="Check signed tags and time stamps too.")
@_json_option
def verify(target: Path, article: str, *, anchor: bool, as_json: bool) -> None:
    """Check that originals and records are what they were, and replay the recorded edits.

    SITE_OR_DIR is a built site, an archive (here, unless given) or a saved article; with an ID, only that
    article. Ends with 1 if something is changed, 2 if something is missing, 3 if an anchor does not hold.
    """
    verification = verify_target(target, article or None, anchors=anchor)
    if as_json:
        _print_json(terminal.verification_facts(verification))
    else:
        _print_problems(verification.findings, len(verification.findings))
        _print_lines(terminal.verification(verification))
    sys.exit(verification.outcome)


def _written(day: datetime | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def _processors() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _working(
    jobs: int | None, *, clean: bool = False, as_of: datetime | None = None
) -> Iterator[Options]:
    """Give a command its options, with progress drawn on standard error if that is a terminal."""
    with drawn() as report:
        day = _written(as_of or _day_of_source())
        yield Options(jobs=jobs or _processors(), clean=clean, as_of=day, report=report)


def _print_error(error: ArchiveError) -> None:
    click.echo(f"error: {terminal.printable(str(error))}", err=True)


def _print_json(facts: object) -> None:
    click.echo(msgspec.json.encode(facts))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _print_problems(problems: tuple[Problem, ...], limit: int) -> None:
    """Print problems on standard error, in colour where that can show it."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    for severity, words in terminal.problem_lines(problems, limit):
        colour = "red" if severity is Severity.ERROR else "yellow"
        console.print(f"[{colour}]{severity}[/]: {escape(words)}")
    if len(problems) > limit:
        console.print(f"… and {len(problems) - limit} more; site-builder check lists them all")
