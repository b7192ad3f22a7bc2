"""What the player reads: light rows, a fixed number of queries however long the try."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, and_, bindparam, case, func, or_, select

from portal.domain.campaign import CampaignKind
from portal.extensions import db
from portal.persistence.frequent import Frequent
from portal.persistence.models import (
    Answer,
    Campaign,
    ChallengeVersion,
    FrozenTestRow,
    Participation,
    Question,
    Snapshot,
    Withdrawal,
)

Json = dict[str, Any]

_TRY: Select[*tuple[Any, ...]] = select(
    Participation.id,
    Participation.public_id,
    Participation.learner_id,
    Participation.student_id,
    Participation.status,
    Participation.frozen_test,
    Participation.answered,
    Participation.skipped,
    Participation.progress,
    Participation.time_factor,
    Participation.closed_at,
    Participation.campaign_id,
    Campaign.code,
    Campaign.name,
    Campaign.sending,
    Campaign.archived_at,
).join(Campaign, Campaign.id == Participation.campaign_id)
_OWN_TRY = Frequent(
    _TRY.where(
        Participation.public_id == bindparam("public_id"), Participation.learner_id == bindparam("learner_id")
    )
)


def _questions(*columns: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Question.id,
            Question.position,
            Question.skill,
            Question.challenge,
            Question.version,
            Question.begun_at,
            Question.exits,
            Answer.outcome,
            Withdrawal.challenge.is_not(None).label("is_void"),
            *columns,
        )
        .outerjoin(Answer, Answer.question_id == Question.id)
        .outerjoin(
            Withdrawal,
            and_(
                Withdrawal.challenge == Question.challenge,
                Withdrawal.version == Question.version,
                Withdrawal.restored_at.is_(None),
            ),
        )
        .where(Question.participation_id == bindparam("participation_id"))
        .order_by(Question.position)
    )


_WHOLE = Question.public_id, Question.work, Answer.given
_QUESTIONS = Frequent(_questions(*_WHOLE))
# What only staff read: the player answers without it.
_QUESTIONS_WITH_REASONS = Frequent(_questions(*_WHOLE, Question.reason))
_IS_IN_HAND = or_(Answer.outcome.is_(None), Question.public_id == bindparam("in_hand"))
_QUESTIONS_TO_ANSWER = Frequent(
    _questions(
        case((_IS_IN_HAND, Question.public_id)).label("public_id"),
        case((_IS_IN_HAND, Question.work)).label("work"),
        case((_IS_IN_HAND, Answer.given)).label("given"),
    )
)


def own_try(public_id: uuid.UUID, learner_id: int) -> Row[Any] | None:
    """Find a try of this learner."""
    return _OWN_TRY.run({"public_id": public_id, "learner_id": learner_id}).one_or_none()


def school_try(public_id: uuid.UUID, school_id: int) -> Row[Any] | None:
    """Find a try at a campaign of this school."""
    query = _TRY.where(Participation.public_id == public_id, Campaign.school_id == school_id)
    return db.session.execute(query).one_or_none()


def latest_try(campaign_id: int, learner_id: int) -> Participation | None:
    """Find the learner's last try at a campaign."""
    return db.session.scalar(
        select(Participation)
        .where(Participation.campaign_id == campaign_id, Participation.learner_id == learner_id)
        .order_by(Participation.attempt.desc())
        .limit(1)
    )


def questions(participation_id: int, *, with_reasons: bool = False) -> Sequence[Row[Any]]:
    """List the questions of a try in order, each with its answer when there is one."""
    query = _QUESTIONS_WITH_REASONS if with_reasons else _QUESTIONS
    return query.run({"participation_id": participation_id}).all()


def questions_to_answer(participation_id: int, in_hand: uuid.UUID) -> Sequence[Row[Any]]:
    """List the questions of a try, whole for the one in hand and the one that waits.

    Of the others, `public_id`, `work` and `given` are None: at each answer, reading them costs more than the rest.
    """
    return _QUESTIONS_TO_ANSWER.run({"participation_id": participation_id, "in_hand": in_hand}).all()


def context(public_id: uuid.UUID) -> Json:
    """Read what a try was given at its start."""
    query = select(Participation.context).where(Participation.public_id == public_id)
    content: Json = db.session.execute(query).scalar_one()
    return content


def frozen_test(digest: str) -> Json:
    """Read a frozen test."""
    query = select(FrozenTestRow.content).where(FrozenTestRow.digest == digest)
    content: Json = db.session.execute(query).scalar_one()
    return content


def challenge(key: str, version: str) -> Json:
    """Read a challenge as it stood in a version."""
    query = select(ChallengeVersion.content).where(
        ChallengeVersion.challenge == key, ChallengeVersion.version == version
    )
    content: Json = db.session.execute(query).scalar_one()
    return content


def withdrawn(challenges: Sequence[str]) -> set[tuple[str, str]]:
    """Name the versions of these challenges that are out of the draw."""
    query = select(Withdrawal.challenge, Withdrawal.version).where(
        Withdrawal.challenge.in_(challenges), Withdrawal.restored_at.is_(None)
    )
    return {(key, version) for key, version in db.session.execute(query)}


def past_answers(learner_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """List a learner's answers that feed the profile, the oldest first; withdrawn challenges are left out."""
    query = (
        select(
            Question.participation_id,
            Question.skill,
            Question.challenge,
            Answer.outcome,
            Answer.answered_at,
        )
        .join(Answer, Answer.question_id == Question.id)
        .join(Participation, Participation.id == Question.participation_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .outerjoin(
            Withdrawal,
            and_(
                Withdrawal.challenge == Question.challenge,
                Withdrawal.version == Question.version,
                Withdrawal.restored_at.is_(None),
            ),
        )
        .where(
            Participation.learner_id == learner_id,
            Campaign.kind.in_([kind for kind in CampaignKind if kind.feeds_profile]),
            Withdrawal.challenge.is_(None),
        )
        .order_by(Answer.answered_at, Question.id)
    )
    return db.session.execute(query).all()


def exposure(challenges: Sequence[str], school_id: int) -> dict[str, int]:
    """Count how often each challenge was served in a school: what its pupils may tell each other."""
    query = (
        select(Question.challenge, func.count())
        .join(Participation, Participation.id == Question.participation_id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Question.challenge.in_(challenges), Campaign.school_id == school_id)
        .group_by(Question.challenge)
    )
    return {key: count for key, count in db.session.execute(query)}


def seen_by(learner_id: int, *, since: datetime) -> set[str]:
    """List the challenges served to a learner since an instant."""
    query = (
        select(Question.challenge)
        .join(Participation, Participation.id == Question.participation_id)
        .where(Participation.learner_id == learner_id, Question.served_at >= since)
    )
    return set(db.session.scalars(query))


def of_learner(learner_id: int, school_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """List a learner's tries in a school, the latest first, with the campaign of each."""
    query = (
        select(
            Participation.public_id,
            Participation.status,
            Participation.progress,
            Participation.started_at,
            Participation.shared_at,
            Participation.closed_at,
            Campaign.name,
            Campaign.code,
            Campaign.archived_at,
        )
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.learner_id == learner_id, Campaign.school_id == school_id)
        .order_by(Participation.started_at.desc())
    )
    return db.session.execute(query).all()


def snapshot(participation_id: int) -> Json | None:
    """Read what was sent, or None."""
    return db.session.scalar(select(Snapshot.content).where(Snapshot.participation_id == participation_id))


def campaign_content(code: str) -> Json:
    """Read what was frozen with a campaign."""
    content: Json = db.session.execute(select(Campaign.content).where(Campaign.code == code)).scalar_one()
    return content
