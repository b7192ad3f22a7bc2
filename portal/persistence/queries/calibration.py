"""What recalibration reads: the answers of the instance, what they last said, what is withdrawn."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence.models import (
    Answer,
    Calibration,
    Campaign,
    ChallengeVersion,
    Participation,
    Question,
    School,
    Withdrawal,
)

# A question and one of its versions.
Version = tuple[str, str]

_IS_OUT = and_(
    Withdrawal.challenge == Question.challenge,
    Withdrawal.version == Question.version,
    Withdrawal.restored_at.is_(None),
)


def latest() -> Calibration | None:
    """Find the last recalibration."""
    return db.session.scalar(select(Calibration).order_by(Calibration.id.desc()).limit(1))


def priors(*, most: int) -> dict[int, tuple[float, float] | None]:
    """Give, for the latest tries, what was believed before the first answer; None if that is not known.

    The simulated pupils of a demonstration teach nothing: what they taught would outlive them.
    """
    query = (
        select(Participation.id, Participation.context["prior"])
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(School, School.id == Campaign.school_id)
        .where(School.is_demonstration.is_(False), Participation.answered > 0)
        .order_by(Participation.id.desc())
        .limit(most)
    )
    return {key: (prior[0], prior[1]) if prior else None for key, prior in db.session.execute(query)}


def answers(*, since: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the answers of the tries from this one on, but those to withdrawn questions."""
    query = (
        select(
            Question.participation_id, Question.skill, Question.challenge, Question.version, Answer.outcome
        )
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.participation_id >= since, ~exists().where(_IS_OUT))
        .order_by(Question.participation_id, Question.position)
    )
    return db.session.execute(query).all()


def has_answers_since(instant: datetime | None) -> bool:
    """Tell whether real pupils answered after an instant, or ever."""
    query = (
        select(Participation.id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(School, School.id == Campaign.school_id)
        .where(School.is_demonstration.is_(False), Participation.last_answer_at.is_not(None))
    )
    if instant is not None:
        query = query.where(Participation.last_answer_at > instant)
    return db.session.scalar(query.limit(1)) is not None


def unsent_tries(versions: Collection[Version]) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the tries that are not sent and were asked one of these questions."""
    asked = select(Question.participation_id).where(
        tuple_(Question.challenge, Question.version).in_(list(versions))
    )
    query = (
        select(Participation.id, Participation.frozen_test, Participation.context, Participation.acquired)
        .where(Participation.id.in_(asked), Participation.status != Status.SHARED)
        .order_by(Participation.id)
    )
    return db.session.execute(query).all()


def observed(participation_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the answers of a try in order, as the engine reads them now."""
    query = (
        select(Question.skill, Question.challenge, Answer.outcome, exists().where(_IS_OUT).label("is_void"))
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.participation_id == participation_id)
        .order_by(Question.position)
    )
    return db.session.execute(query).all()


def withdrawals() -> Sequence[Withdrawal]:
    """List the questions out of the draw, the latest first."""
    query = (
        select(Withdrawal)
        .where(Withdrawal.restored_at.is_(None))
        .order_by(Withdrawal.at.desc(), Withdrawal.challenge, Withdrawal.version)
    )
    return db.session.scalars(query).all()


def count_withdrawals() -> int:
    """Count the questions out of the draw, but those that were corrected since: nobody need read them."""
    judged, newer = aliased(ChallengeVersion), aliased(ChallengeVersion)
    is_corrected = (
        exists()
        .where(judged.challenge == Withdrawal.challenge, judged.version == Withdrawal.version)
        .where(newer.challenge == judged.challenge, newer.id > judged.id)
    )
    query = (
        select(func.count()).select_from(Withdrawal).where(Withdrawal.restored_at.is_(None), ~is_corrected)
    )
    return db.session.scalar(query) or 0


def instruction(challenge: str, version: str) -> str | None:
    """Read what one version of a question asks, or None when no trace of it is left."""
    content = db.session.scalar(
        select(ChallengeVersion.content).where(
            ChallengeVersion.challenge == challenge, ChallengeVersion.version == version
        )
    )
    return content["instruction"] if content else None


def ever_withdrawn() -> set[Version]:
    """Name the versions of questions that were withdrawn one day, restored or not."""
    query = select(Withdrawal.challenge, Withdrawal.version)
    return {(key, version) for key, version in db.session.execute(query)}


def out_of_draw(at: datetime) -> set[Version]:
    """Name the versions of questions that were out of the draw at an instant."""
    query = select(Withdrawal.challenge, Withdrawal.version).where(
        Withdrawal.at <= at, or_(Withdrawal.restored_at.is_(None), Withdrawal.restored_at > at)
    )
    return {(key, version) for key, version in db.session.execute(query)}


def try_keys(public_id: UUID | None) -> list[tuple[UUID, int]]:
    """Find a try of any school, or all of them, to replay them."""
    query = select(Participation.public_id, Participation.id).order_by(Participation.id)
    if public_id is not None:
        query = query.where(Participation.public_id == public_id)
    return [(one, key) for one, key in db.session.execute(query)]
