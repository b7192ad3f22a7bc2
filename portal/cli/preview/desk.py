"""What an author did with a question on the preview: kept by this process alone, until the question changes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.bank.checks.exercises import draw_of
from portal.bank.workshop import Workshop
from portal.domain.errors import DomainError
from portal.domain.exercises import seconds_allowed
from portal.domain.marking import Given, Outcome
from portal.domain.participation import NotBegun
from portal.domain.referential import Challenge
from portal.material.simulators.scenario import State
from portal.services import exercises
from portal.services.exercises import Exercise
from portal.services.workbench import after_gesture


@dataclass
class Work:
    """What was done with a question: the state of its simulator, when its time began, the last answer."""

    state: State | None = None
    begun_at: datetime | None = None
    exits: int = 0
    given: Given | None = None
    outcome: Outcome | None = None
    error: str | None = None
    refused: str | None = None


@dataclass
class Desk:
    """The questions that were opened, each for some drawn pupils."""

    workshop: Workshop
    _works: dict[tuple[str, int], Work] = field(default_factory=dict)

    def work(self, challenge: Challenge, number: int) -> Work:
        """Give what was done with this question as it is written now, for the pupil drawn at this rank."""
        return self._works.setdefault((repr(challenge), number), Work())

    def question_of(self, challenge: Challenge, number: int) -> uuid.UUID:
        """Name the question of a drawn pupil: the one that `contenu verifier` draws at this rank."""
        return draw_of(challenge.id, number)

    def exercise(self, challenge: Challenge, number: int) -> Exercise:
        """Give a question as this pupil meets it."""
        question = self.question_of(challenge, number)
        if challenge.recipe is not None:
            made = self.workshop.made(challenge, number)
            drawn = {"values": dict(made.values), "answers": dict(made.answers), "wrong": dict(made.wrong)}
            return exercises.exercise_from(challenge, question, drawn)
        return exercises.exercise_from(challenge, question, {"state": self.work(challenge, number).state})

    def take_gesture(self, challenge: Challenge, number: int, fields: Mapping[str, str]) -> Exercise:
        """Do one thing in a simulator.

        Raises: Refused.
        """
        work, exercise = self.work(challenge, number), self.exercise(challenge, number)
        if exercise.scenario is not None:
            work.state = after_gesture(exercise.scenario, work.state, fields)
        return self.exercise(challenge, number)

    def begin(self, challenge: Challenge, number: int, at: datetime) -> None:
        """Start the time of a question, afresh: an author looks at it more than once."""
        work = self.work(challenge, number)
        work.begun_at, work.given, work.outcome, work.error = at, None, None, None

    def answer(self, challenge: Challenge, number: int, given: Given | None, at: datetime) -> None:
        """Correct an answer, None when the pupil passes.

        Raises: what a refused answer raises.
        """
        work = self.work(challenge, number)
        work.given, work.outcome, work.error = given, None, None
        work.outcome = Outcome.SKIPPED if given is None else self._mark(challenge, number, given, at)

    def _mark(self, challenge: Challenge, number: int, given: Given, at: datetime) -> Outcome:
        work, exercise = self.work(challenge, number), self.exercise(challenge, number)
        allowed = seconds_allowed(exercise.challenge, 1)
        if allowed is not None and work.begun_at is None:
            raise NotBegun
        is_late = (
            allowed is not None
            and work.begun_at is not None
            and at > work.begun_at + timedelta(seconds=allowed)
        )
        try:
            outcome = exercise.mark(given)
        except DomainError:
            if is_late:
                return Outcome.TIMED_OUT
            raise
        return Outcome.TIMED_OUT if is_late and outcome is Outcome.OK else outcome

    def start_again(self, challenge: Challenge, number: int) -> None:
        """Forget what was done with a question."""
        self._works.pop((repr(challenge), number), None)
