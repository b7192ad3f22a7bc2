"""A try as it stands, and the rows that carry it further."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from portal.domain.adaptive import Estimate, FrozenTest, Observation, Pick, TryContext, evidence_of
from portal.domain.engine import ENGINE
from portal.domain.errors import NotFound
from portal.domain.marking import Outcome
from portal.domain.mastery import Verdict, count_acquired, tally, verdicts
from portal.domain.participation import Status
from portal.persistence import mapping
from portal.persistence.queries import participations as queries
from portal.services import freezing
from portal.services.exercises import Exercise, Work, begun, exercise_of


@dataclass(frozen=True, slots=True)
class Turn:
    """A try as it stands: its row, its questions, and what it is played with, kept from one turn to the next."""

    row: Row[Any]
    questions: Sequence[Row[Any]]
    test: FrozenTest
    context: TryContext

    @property
    def asked(self) -> Row[Any] | None:
        """Give the question that waits for an answer."""
        last = self.questions[-1] if self.questions else None
        return last if last is not None and last.outcome is None else None

    def question(self, public_id: uuid.UUID) -> Row[Any] | None:
        """Find one of the questions; it is nearly always the last."""
        return next((one for one in reversed(self.questions) if one.public_id == public_id), None)

    @property
    def observations(self) -> list[Observation]:
        """Give the answers as the engine reads them."""
        return [
            Observation(one.skill, one.challenge, Outcome(one.outcome), bool(one.is_void))
            for one in self.questions
            if one.outcome is not None
        ]

    @property
    def is_over(self) -> bool:
        """Tell whether no question waits any more."""
        return self.row.status != Status.STARTED or self.row.closed_at is not None

    def reloaded(self) -> "Turn":
        """Read the try again, as it stands now."""
        return load(self.row.public_id, self.row.learner_id)

    def estimate(self) -> Estimate:
        """Tell what the engine believes after the answers so far."""
        return ENGINE.estimate(self.test, self.context, self.observations)

    def verdicts(self, estimate: Estimate | None = None) -> tuple[Verdict, ...]:
        """Conclude from the answers so far."""
        return concluded(self.test, self.context, estimate or self.estimate(), self.observations)

    def resumed(self) -> int:
        """Count the skills that the answers of earlier tries were enough to give at the start."""
        if not self.context.history:
            return 0
        return tally(
            concluded(self.test, self.context, ENGINE.estimate(self.test, self.context, []), [])
        ).acquired


def concluded(
    test: FrozenTest, context: TryContext, estimate: Estimate, answers: Sequence[Observation]
) -> tuple[Verdict, ...]:
    """Conclude on every skill from what speaks: these answers, those kept from before, and history."""
    return verdicts(test, estimate, evidence_of(context, answers), heard=_heard(context))


def acquired_now(
    test: FrozenTest, context: TryContext, estimate: Estimate, answers: Sequence[Observation]
) -> int:
    """Count what `concluded` would call acquired."""
    return count_acquired(test, estimate, evidence_of(context, answers), heard=_heard(context))


def _heard(context: TryContext) -> set[str]:
    return {one.competence for one in context.history if one.outcome is not Outcome.SKIPPED}


@dataclass(frozen=True, slots=True)
class Served:
    """A question that was stored, and may be shown."""

    public_id: uuid.UUID
    position: int
    skill: str
    challenge: str
    version: str
    work: Work | None = None
    begun_at: datetime | None = None

    @property
    def exercise(self) -> Exercise:
        """Give the question as this pupil meets it."""
        return exercise_of(self.challenge, self.version, self.public_id, self.work)

    @property
    def is_held(self) -> bool:
        """Tell whether the time of the question has not begun: nothing of it is given before."""
        return self.begun_at is None and self.exercise.challenge.timer is not None


def served_of(row: Mapping[Any, Any]) -> Served:
    """Read a served question in the row of a question, old or new."""
    return Served(**{name: row[name] for name in Served.__slots__})


def load(public_id: uuid.UUID, learner_id: int) -> Turn:
    """Read a learner's own try.

    Raises: NotFound.
    """
    row = _found(queries.own_try(public_id, learner_id))
    return _turn(row, queries.questions(row.id))


def load_to_answer(public_id: uuid.UUID, learner_id: int, *, question: uuid.UUID) -> Turn:
    """Read a learner's own try to answer this question: of the others, only what the engine reads.

    Raises: NotFound.
    """
    row = _found(queries.own_try(public_id, learner_id))
    return _turn(row, queries.questions_to_answer(row.id, question))


def load_for_staff(public_id: uuid.UUID, school_id: int) -> Turn:
    """Read a try at a campaign of this school.

    Raises: NotFound.
    """
    row = _found(queries.school_try(public_id, school_id))
    return _turn(row, queries.questions(row.id, with_reasons=True))


def _found(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFound
    return row


def _turn(row: Row[Any], questions: Sequence[Row[Any]]) -> Turn:
    return Turn(row, questions, freezing.frozen_test(row.frozen_test), freezing.context(row.public_id))


def question_row(
    participation_id: int, position: int, pick: Pick, test: FrozenTest, at: datetime
) -> dict[str, Any]:
    """Make the row of a question that the engine picked."""
    version = next(
        one.version for skill in test.skills for one in skill.challenges if one.id == pick.challenge
    )
    public_id = uuid.uuid4()
    return {
        "public_id": public_id,
        "participation_id": participation_id,
        "position": position,
        "skill": pick.skill,
        "challenge": pick.challenge,
        "version": version,
        "reason": mapping.reason_to_json(pick.reason),
        "work": begun(freezing.challenge(pick.challenge, version), public_id),
        "begun_at": None,
        "served_at": at,
    }


def snapshot_row(
    participation_id: int, conclusions: Sequence[Verdict], estimate: Estimate, answered: int, at: datetime
) -> dict[str, Any]:
    """Make the row that keeps what is sent, as it is concluded now."""
    content = {
        "answered": answered,
        "verdicts": [mapping.verdict_to_json(one) for one in conclusions],
        "levels": mapping.levels_to_json(estimate.levels),
    }
    return {"participation_id": participation_id, "content": content, "taken_at": at}
