"""What recalibration reads: the answers of the instance, what they last said, what is withdrawn."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from portal.extensions import db
from portal.persistence.models import (
    Answer,
    Calibration,
    Campaign,
    Participation,
    Question,
    School,
    Withdrawal,
)


def latest() -> Calibration | None:
    """Find the last recalibration."""
    return db.session.scalar(select(Calibration).order_by(Calibration.id.desc()).limit(1))


def priors(*, most: int) -> dict[int, tuple[float, float] | None]:
    """Give, for the latest tries, what was believed before the first answer; None if that is not known.

    The simulated pupils of a demonstration teach nothing: what they taught would outlive them.
    """
    schools = select(School.id).where(School.is_demonstration.is_(False))
    query = (
        select(Participation.id, Participation.context["prior"])
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Campaign.school_id.in_(schools), Participation.answered > 0)
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
        .where(
            Question.participation_id >= since,
            Question.challenge.not_in(select(Withdrawal.challenge).where(Withdrawal.restored_at.is_(None))),
        )
        .order_by(Question.participation_id, Question.position)
    )
    return db.session.execute(query).all()


def withdrawals() -> Sequence[Withdrawal]:
    """List the questions out of the draw, the latest first."""
    query = (
        select(Withdrawal)
        .where(Withdrawal.restored_at.is_(None))
        .order_by(Withdrawal.at.desc(), Withdrawal.challenge)
    )
    return db.session.scalars(query).all()


def count_withdrawals() -> int:
    """Count the questions out of the draw."""
    query = select(func.count()).select_from(Withdrawal).where(Withdrawal.restored_at.is_(None))
    return db.session.scalar(query) or 0


def ever_withdrawn() -> set[str]:
    """Name the questions that were withdrawn one day, restored or not."""
    return set(db.session.scalars(select(Withdrawal.challenge)))


def try_key(public_id: UUID) -> int | None:
    """Find a try of any school, to replay it."""
    return db.session.scalar(select(Participation.id).where(Participation.public_id == public_id))
