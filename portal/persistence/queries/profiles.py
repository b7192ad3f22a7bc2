"""What a profile is made of, beside the answers."""

from typing import Any

from sqlalchemy import Row, select

from portal.domain.campaign import Sending
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence.models import Campaign, ClassGroup, Participation, Student


def schooling(learner_id: int) -> Row[*tuple[Any, ...]] | None:
    """Read the grade and the formation of the pupil whom a person is linked to."""
    query = (
        select(ClassGroup.grade, Student.mef)
        .select_from(Student)
        .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
        .where(Student.learner_id == learner_id)
        .order_by(Student.id.desc())
        .limit(1)
    )
    return db.session.execute(query).one_or_none()


def unsent(learner_id: int) -> set[int]:
    """List the tries that the person has not sent, where it is for him or her to send them."""
    query = (
        select(Participation.id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.learner_id == learner_id,
            Participation.status != Status.SHARED,
            Campaign.sending == Sending.EXPLICIT,
        )
    )
    return set(db.session.scalars(query))
