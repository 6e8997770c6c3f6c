"""The one exception of reading: a file that cannot become an article."""

from ..model import Problem, Severity


class Refused(Exception):  # noqa: N818 — it names what happened to the file, not a fault of ours
    """A file that cannot become an article; `problem` says why, and what a person can do."""

    def __init__(self, problem: Problem) -> None:
        """Take the problem; its severity is an error, because the file is left out."""
        super().__init__(problem.message)
        self.problem = problem


def refuse(path: str, message: str, hint: str, line: int = 0) -> Refused:
    """Make the exception for a file that is left out of the site."""
    return Refused(
        Problem(path=path, message=message, line=line, hint=hint, severity=Severity.ERROR)
    )
