"""Simulated pupils: they play for real, through the services, with the key of each question."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from portal.bank_store import current_bank
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence.models import Campaign, Participation, Snapshot, Student
from portal.persistence.transaction import write_tx
from portal.services import participations, turns
from tests import answering
from tests.answering import RIGHT, SKIP, WRONG
from tests.factories import SEPTEMBER

# Told the id of the skill, its level and the number of the question, a pupil is RIGHT, WRONG or will SKIP.
Strategy = Callable[[str, int, int], str]
SECONDS_A_QUESTION = 40


def knows_all(skill: str, level: int, position: int) -> str:
    """Answer everything right."""
    return RIGHT


def knows_nothing(skill: str, level: int, position: int) -> str:
    """Answer everything wrong."""
    return WRONG


def skips_all(skill: str, level: int, position: int) -> str:
    """Skip every question."""
    return SKIP


def knows_up_to(highest: int) -> Strategy:
    """Answer right up to a level, wrong above."""
    return lambda skill, level, position: RIGHT if level <= highest else WRONG


def play(
    student: Student,
    campaign: Campaign,
    strategy: Strategy = knows_all,
    *,
    at: datetime = SEPTEMBER,
    questions: int | None = None,
    share: bool = False,
) -> uuid.UUID:
    """Start a try and answer `questions` of it, or all; then send it with `share`.

    Returns: the public id of the try.
    """
    public_id = participations.start(campaign, student, current_bank(), at=at)
    answered = 0
    while questions is None or answered < questions:
        turn = turns.load(public_id, student.learner_id)
        asked = turn.asked
        if asked is None or turn.is_over:
            break
        level = next(skill.level for skill in turn.test.skills if skill.id == asked.skill)
        answered += 1
        at += timedelta(seconds=SECONDS_A_QUESTION)
        answering.answer(turn, strategy(asked.skill, level, answered), at=at)
    if share:
        participations.share(turns.load(public_id, student.learner_id), at=at)
    return public_id


def begin_again(
    public_id: uuid.UUID, *, at: datetime = SEPTEMBER, share: bool = False, acquired: int = 0
) -> uuid.UUID:
    """Give the same pupil one more try, copied from this one: under way, or sent with `acquired` skills.

    Returns: the public id of the new try.
    """
    table = Participation.__table__
    with write_tx() as session:
        first = session.execute(select(table).where(table.c.public_id == public_id)).one()._asdict()
        key = first.pop("id")
        state = (
            {"status": Status.SHARED, "acquired": acquired}
            if share
            else {
                "status": Status.STARTED,
                "acquired": 0,
                "answered": 0,
                "progress": 0.0,
                "last_answer_at": None,
                "completed_at": None,
                "shared_at": None,
            }
        )
        row = {**first, **state, "public_id": uuid.uuid4(), "attempt": first["attempt"] + 1, "started_at": at}
        [new_key] = session.execute(insert(table).values(**row)).inserted_primary_key
        if share:
            session.add(
                Snapshot(participation_id=new_key, content=_with_acquired(key, acquired), taken_at=at)
            )
    return row["public_id"]


def _with_acquired(participation_id: int, acquired: int) -> dict[str, Any]:
    content = db.session.execute(
        select(Snapshot.content).where(Snapshot.participation_id == participation_id)
    ).scalar_one()
    verdicts = [{**one, "is_acquired": rank < acquired} for rank, one in enumerate(content["verdicts"])]
    return {**content, "verdicts": verdicts}
