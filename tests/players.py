"""Simulated pupils: they play for real, through the services, with the key of each question."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from portal.bank_store import current_bank
from portal.domain.marking import Given
from portal.domain.participation import Status
from portal.domain.referential import CHOICES, Challenge, Entry, Kind
from portal.extensions import db
from portal.persistence.models import Campaign, Participation, Snapshot, Student
from portal.persistence.transaction import write_tx
from portal.services import answers, participations, turns
from tests.factories import SEPTEMBER

# Told the id of the skill, its level and the number of the question, a pupil is « right », « wrong » or « skip ».
Strategy = Callable[[str, int, int], str]
SECONDS_A_QUESTION = 40


def knows_all(skill: str, level: int, position: int) -> str:
    """Answer everything right."""
    return "right"


def knows_nothing(skill: str, level: int, position: int) -> str:
    """Answer everything wrong."""
    return "wrong"


def skips_all(skill: str, level: int, position: int) -> str:
    """Skip every question."""
    return "skip"


def knows_up_to(highest: int) -> Strategy:
    """Answer right up to a level, wrong above."""
    return lambda skill, level, position: "right" if level <= highest else "wrong"


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
        challenge = turns.served_of(asked._mapping).exercise.challenge
        level = next(skill.level for skill in turn.test.skills if skill.id == asked.skill)
        answered += 1
        given = answer_of(challenge, strategy(asked.skill, level, answered))
        at += timedelta(seconds=SECONDS_A_QUESTION)
        answers.answer(turn, asked.public_id, given, at=at)
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


def answer_of(challenge: Challenge, how: str) -> Given | None:
    """Give the right answer to a question, a wrong one, or None to skip."""
    if how == "skip":
        return None
    if challenge.kind in CHOICES:
        return _choice(challenge, is_right=how == "right")
    if how == "wrong":
        return Given(texts=tuple(_wrong_text(entry) for entry in challenge.entries))
    if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        groups = challenge.groups[: len(challenge.entries)]
        return Given(texts=tuple(group[0] for group in groups))
    return Given(texts=tuple(entry.solutions[0] for entry in challenge.entries))


def _choice(challenge: Challenge, *, is_right: bool) -> Given:
    right = [index for index, one in enumerate(challenge.proposals) if one.right]
    if is_right:
        return Given(choices=tuple(right))
    wrong = [index for index, one in enumerate(challenge.proposals) if not one.right]
    wanted = 1 if challenge.kind is Kind.SINGLE_CHOICE else 2
    return Given(choices=tuple((wrong + right)[:wanted]))


def _wrong_text(entry: Entry) -> str:
    if entry.options:
        return next(option for option in entry.options if option not in entry.solutions)
    return "987654321" if entry.is_number else "zzzzqqqq"
