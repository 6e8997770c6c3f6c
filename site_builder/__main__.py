"""Runs the command line, as `site-builder` and as `python -m site_builder`.

A process that works for another reads the file that this one began with; so nothing is read here until it is
called for.
"""


def run() -> None:
    """Run a command."""
    from site_builder.cli import main  # noqa: PLC0415 — no other process needs it

    main()


if __name__ == "__main__":
    run()
