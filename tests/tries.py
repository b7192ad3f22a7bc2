"""Tries written straight into the tables, by the dozen: what recalibration reads."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.bank_store import current_bank
from portal.domain.adaptive import FrozenTest
from portal.domain.marking import Outcome
from portal.domain.referential import Challenge, Skill
from portal.persistence import mapping
from portal.persistence.models import Answer, Campaign, FrozenTestRow, Participation, Question
from portal.persistence.transaction import write_tx
from portal.services import bank as bank_service
from tests.conftest import NOON
from tests.factories import Cast


def chosen() -> list[tuple[Skill, Challenge]]:
    """One question for each of twelve skills of low level."""
    bank = current_bank()
    skills = [one for tube in bank.tubes.values() for one in tube.skills if one.level <= 3]
    return [(one, bank.challenges[one.id][0]) for one in skills[:12]]


def version_of(key: str) -> str:
    """The version of a question that the bank holds."""
    return next(bank_service.version_of(one) for _, one in current_bank().every_challenge() if one.id == key)


def write_tries(
    campaign: Campaign,
    cast: Cast,
    *,
    pupils: int = 20,
    failed: str | None = None,
    version: str | None = None,
    prior: tuple[float, float] | None = (4.0, 1.4),
    among: Collection[str] = (),
) -> None:
    """Write tries of pupils who know all, and fail the question `failed` all the same.

    Args:
        among: the questions asked, by default those of `chosen`.
    """
    questions = [one for one in current_bank().every_challenge() if one[1].id in among] or chosen()
    with write_tx() as session:
        if session.get(FrozenTestRow, "0" * 64) is None:
            content = mapping.frozen_test_to_json(FrozenTest(()))
            session.add(FrozenTestRow(digest="0" * 64, content=content))
            session.flush()
        for number in range(pupils):
            attempt = Participation(
                campaign_id=campaign.id,
                learner_id=cast.lina.learner_id,
                student_id=cast.lina.id,
                attempt=uuid.uuid4().int % 2_000_000_000,
                status="completed",
                frozen_test="0" * 64,
                context={"seed": "s", "exposure": {}, "seen": []} | ({"prior": list(prior)} if prior else {}),
                answered=12,
                started_at=NOON + timedelta(seconds=number),
            )
            session.add(attempt)
            session.flush()
            for position, (skill, challenge) in enumerate(questions, 1):
                outcome = Outcome.KO if challenge.id == failed else Outcome.OK
                _write_question(session, attempt.id, position, skill, challenge, version, outcome)


def _write_question(
    session: Session,
    attempt: int,
    position: int,
    skill: Skill,
    challenge: Challenge,
    version: str | None,
    outcome: Outcome,
) -> None:
    key = session.execute(
        insert(Question).values(
            public_id=uuid.uuid4(),
            participation_id=attempt,
            position=position,
            skill=skill.id,
            challenge=challenge.id,
            version=version or bank_service.version_of(challenge),
            reason={},
            served_at=NOON,
        )
    ).inserted_primary_key[0]
    session.add(Answer(question_id=key, outcome=outcome, given={}, answered_at=NOON))
