"""Recompute every decision of a try from what was stored, and say where it would differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from portal.domain.adaptive import Observation, Pick, Reason
from portal.domain.engine import ENGINE
from portal.domain.errors import DomainError, NotFound
from portal.domain.marking import Outcome
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import Answer, Participation, Question, Snapshot, Withdrawal
from portal.persistence.queries.calibration import Version
from portal.services import freezing

TOLERANCE = 1e-9


class NotReplayable(DomainError):
    """The first release chose these questions, by other rules."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a replay finds otherwise. `position`: of the question, 0 for what was sent."""

    position: int
    what: str
    stored: str
    replayed: str


def replay(participation_id: int) -> list[Difference]:
    """Decide again after each answer of a try, and compare the questions and what was sent.

    Raises: NotFound, NotReplayable for a try of the first release.
    """
    attempt = db.session.get(Participation, participation_id)
    if attempt is None:
        raise NotFound
    return list(_differences(attempt))


def _differences(attempt: Participation) -> Iterator[Difference]:
    test = freezing.frozen_test(attempt.frozen_test)
    context = mapping.context_from_json(attempt.context)
    questions = _questions(attempt.id)
    absences = _absences([one.challenge for one in questions])
    for rank, question in enumerate(questions):
        reason = mapping.reason_from_json(question.reason)
        if reason is None:
            raise NotReplayable("Cette participation date de la première version du moteur.")
        heard = _observations(questions[:rank], absences, question.served_at)
        stored = Pick(question.skill, question.challenge, reason)
        yield from _compare(question.position, stored, ENGINE.decide(test, context, heard).pick)
    if attempt.completed_at is not None:
        heard = _observations(questions, absences, attempt.completed_at)
        yield from _compare(len(questions) + 1, None, ENGINE.decide(test, context, heard).pick)
    sent = db.session.get(Snapshot, attempt.id)
    if sent is not None:
        heard = _observations(questions, absences, sent.taken_at)
        believed = ENGINE.estimate(test, context, heard).probabilities
        for verdict in sent.content["verdicts"]:
            yield from _compare_probability(verdict, believed.get(verdict["skill"]))


def _questions(participation_id: int) -> Sequence[Row[Any]]:
    query = (
        select(
            Question.position,
            Question.skill,
            Question.challenge,
            Question.version,
            Question.reason,
            Question.served_at,
            Answer.outcome,
        )
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Question.participation_id == participation_id)
        .order_by(Question.position)
    )
    return db.session.execute(query).all()


def _absences(challenges: Sequence[str]) -> dict[Version, tuple[datetime, datetime | None]]:
    """Tell since when, and until when, each version of these challenges was withdrawn."""
    query = select(Withdrawal.challenge, Withdrawal.version, Withdrawal.at, Withdrawal.restored_at)
    rows = db.session.execute(query.where(Withdrawal.challenge.in_(challenges)))
    return {(challenge, version): (begun, ended) for challenge, version, begun, ended in rows}


def _observations(
    questions: Sequence[Row[Any]], absences: dict[Version, tuple[datetime, datetime | None]], at: datetime
) -> list[Observation]:
    """Give the answers as the engine read them at an instant."""
    return [
        Observation(
            one.skill,
            one.challenge,
            Outcome(one.outcome),
            _is_void(absences.get((one.challenge, one.version)), at),
        )
        for one in questions
        if one.outcome is not None
    ]


def _is_void(absence: tuple[datetime, datetime | None] | None, at: datetime) -> bool:
    if absence is None:
        return False
    begun, ended = absence
    return begun <= at and (ended is None or at < ended)


def _compare(position: int, stored: Pick | None, replayed: Pick | None) -> Iterator[Difference]:
    if stored is None or replayed is None:
        if stored is not replayed:
            yield Difference(position, "question", _named(stored), _named(replayed))
        return
    if (stored.skill, stored.challenge) != (replayed.skill, replayed.challenge):
        yield Difference(position, "question", _named(stored), _named(replayed))
    for name in Reason.__slots__:
        old, new = getattr(stored.reason, name), getattr(replayed.reason, name)
        is_same = abs(old - new) <= TOLERANCE if isinstance(old, float) else old == new
        if not is_same:
            yield Difference(position, f"reason.{name}", str(old), str(new))


def _named(pick: Pick | None) -> str:
    return "end" if pick is None else f"{pick.skill} {pick.challenge}"


def _compare_probability(verdict: dict[str, Any], replayed: float | None) -> Iterator[Difference]:
    stored = verdict["probability"]
    if replayed is None or abs(stored - replayed) > TOLERANCE:
        yield Difference(0, f"probability of {verdict['skill']}", str(stored), str(replayed))
