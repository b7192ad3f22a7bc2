"""One pupil's try at a campaign: its states and what each allows. Source: docs/regles.md, « Participations »."""

from enum import StrEnum

from portal.domain.campaign import Sending
from portal.domain.errors import DomainError

CHECKPOINT_EVERY = 5
# Beyond this share of skipped questions, a result says too little.
MOST_SKIPPED = 0.3


class Status(StrEnum):
    """Where a try stands. A pupil without a try is « pas commencé »."""

    STARTED = "started"
    COMPLETED = "completed"
    SHARED = "shared"


class PupilDisabled(DomainError):
    """The pupil is no longer on the school's list."""


class OtherSchool(DomainError):
    """The campaign belongs to another school than the pupil's."""


class NotFinished(DomainError):
    """Results are sent at the end only."""


class AlreadyShared(DomainError):
    """The results have been sent."""


class NotBegun(DomainError):
    """A timed question is answered once it was begun."""


class NotAsked(DomainError):
    """The question answered is not the one that is asked."""


class AnsweredOtherwise(DomainError):
    """The question already has another answer, which is kept."""


class OtherLearner(DomainError):
    """The answer was typed by somebody else than the person who signed in."""


def status_at_completion(sending: Sending) -> Status:
    """Tell the state of a try whose last question is answered."""
    return Status.SHARED if sending is Sending.AUTOMATIC else Status.COMPLETED


def check_can_share(status: Status) -> None:
    """Refuse to send what is not finished, or twice.

    Raises: NotFinished, AlreadyShared.
    """
    if status is Status.STARTED:
        raise NotFinished
    if status is Status.SHARED:
        raise AlreadyShared


def progress(answered: int, expected_remaining: float, *, before: float) -> float:
    """Give the share of a try that is done, in [0, 1); it never goes back."""
    return max(before, answered / (answered + max(expected_remaining, 1.0)))


def has_many_skips(*, answered: int, skipped: int) -> bool:
    """Tell whether so many of the questions answered were skipped that the result stays provisional."""
    return skipped > MOST_SKIPPED * answered


def checkpoint_after(answered: int) -> int | None:
    """Give the number of the checkpoint that this answer opens, or None."""
    return answered // CHECKPOINT_EVERY if answered and answered % CHECKPOINT_EVERY == 0 else None
