"""How long parcours take: as simulated, and as this school's pupils took."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select

from portal.domain.campaign import Duration
from portal.domain.forecast import Ease, Length
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import Answer, Campaign, Forecast, Participation, Question


def digests() -> dict[str, str]:
    """Name what each forecast was made of, by parcours."""
    return {name: digest for name, digest in db.session.execute(select(Forecast.pathway, Forecast.digest))}


def lengths(pathways: Collection[str]) -> dict[str, dict[Ease, Length]]:
    """Read the forecasts of some parcours; one that is not made yet is left out."""
    query = select(Forecast.pathway, Forecast.content).where(Forecast.pathway.in_(pathways))
    return {name: mapping.lengths_from_json(content) for name, content in db.session.execute(query)}


def sent_tries(pathway: str, school_id: int, *, most: int) -> Sequence[int]:
    """Name the latest tries at a parcours that this school's pupils sent, at the usual duration."""
    query = (
        select(Participation.id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Campaign.pathway == pathway,
            Campaign.school_id == school_id,
            Campaign.duration == Duration.MEDIUM,
            Participation.status == Status.SHARED,
            Participation.answered > 0,
        )
        .order_by(Participation.id.desc())
        .limit(most)
    )
    return db.session.scalars(query).all()


def answer_times(tries: Collection[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """List when each question of some tries was served and answered."""
    query = (
        select(Question.participation_id, Question.served_at, Answer.answered_at)
        .join(Answer, Answer.question_id == Question.id)
        .where(Question.participation_id.in_(tries))
    )
    return db.session.execute(query).all()
