"""What a pupil does before answering: gestures in a simulator, the start of a timed question, leaving the page."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, select, update

from portal.domain import participation as rules
from portal.material.simulators.scenario import Scenario, State, read_step, take
from portal.persistence.models import Answer, Question
from portal.persistence.transaction import write_tx
from portal.services.turns import Served, Turn, served_of

START_AGAIN = "recommencer"
_UNANSWERED = ~exists().where(Answer.question_id == Question.id)


def waiting(turn: Turn, question_id: uuid.UUID) -> Row[Any]:
    """Give the question that waits for an answer.

    Raises: NotAsked if it is another one, or none.
    """
    asked = turn.asked
    if asked is None or turn.is_over or asked.public_id != question_id:
        raise rules.NotAsked
    return asked


def take_gesture(turn: Turn, question_id: uuid.UUID, fields: Mapping[str, str]) -> Served:
    """Do one thing in the simulator of the question that waits, and keep where it is left.

    Raises: NotAsked, also before a timed question is begun, and the simulator's Refused with its sentence.
    """
    asked = waiting(turn, question_id)
    served = served_of(asked._mapping)
    scenario = served.exercise.scenario
    if scenario is None or served.is_held:
        raise rules.NotAsked
    with write_tx() as session:
        query = select(Question.work).where(Question.id == asked.id, _UNANSWERED).with_for_update(of=Question)
        row = session.execute(query).one_or_none()
        if row is None:
            raise rules.NotAsked
        work = {"state": after_gesture(scenario, (row.work or {}).get("state"), fields)}
        session.execute(update(Question).where(Question.id == asked.id).values(work=work))
    return served_of({**asked._mapping, "work": work})


def after_gesture(scenario: Scenario, state: State | None, fields: Mapping[str, str]) -> State:
    """Give the state of a simulator after what a form asks.

    Raises: the simulator's Refused with its sentence.
    """
    if fields.get("do") == START_AGAIN:
        return scenario.begin()
    return take(scenario, state or scenario.begin(), read_step(fields))


def begin(turn: Turn, question_id: uuid.UUID, *, at: datetime) -> Served:
    """Start the time of a question; a second time changes nothing.

    Raises: NotAsked.
    """
    asked = waiting(turn, question_id)
    begun_at = asked.begun_at or at
    if asked.begun_at is None:
        with write_tx() as session:
            session.execute(
                update(Question)
                .where(Question.id == asked.id, Question.begun_at.is_(None))
                .values(begun_at=begun_at)
            )
    return served_of({**asked._mapping, "begun_at": begun_at})


def leave(turn: Turn, question_id: uuid.UUID) -> None:
    """Note that the page of a question that asks to stay was left.

    Raises: NotAsked, also before a timed question is begun.
    """
    asked = waiting(turn, question_id)
    served = served_of(asked._mapping)
    if served.is_held or not served.exercise.challenge.focus:
        raise rules.NotAsked
    with write_tx() as session:
        session.execute(update(Question).where(Question.id == asked.id).values(exits=Question.exits + 1))
