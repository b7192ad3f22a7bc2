"""A problem with a question, told by a pupil. Source: docs/regles.md, « Questions signalées »."""

from enum import StrEnum

from portal.domain.errors import DomainError

LONGEST_COMMENT = 500
MOST_AN_HOUR = 20


class Problem(StrEnum):
    """What is wrong with a question."""

    UNCLEAR = "unclear"
    BROKEN = "broken"
    RIGHT = "right"
    OTHER = "other"


class NoProblem(DomainError):
    """A report says what is wrong."""


class TooManyReports(DomainError):
    """One pupil reports so much that it says nothing any more."""


def read_problem(typed: str) -> Problem:
    """Read what a form says is wrong.

    Raises: NoProblem.
    """
    if typed not in set(Problem):
        raise NoProblem
    return Problem(typed)


def read_comment(typed: str) -> str:
    """Read what is added, on one line; what is too long is cut."""
    return " ".join(typed.split())[:LONGEST_COMMENT]


def check_rate(in_the_last_hour: int) -> None:
    """Refuse one report more than an hour may hold.

    Raises: TooManyReports.
    """
    if in_the_last_hour >= MOST_AN_HOUR:
        raise TooManyReports
