"""What the order of parcours reads: what is sent, where the rest can be done, who is ready."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select

from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence.models import Campaign, CampaignAudience, ClassGroup, Participation, Student

Rows = Sequence[Row[*tuple[Any, ...]]]


def sent_pathways(learner_id: int, pathways: Collection[str]) -> set[str]:
    """Tell which of these parcours a person has sent, whatever the campaign."""
    query = (
        select(Campaign.pathway)
        .join(Participation, Participation.campaign_id == Campaign.id)
        .where(
            Participation.learner_id == learner_id,
            Participation.status == Status.SHARED,
            Campaign.pathway.in_(pathways),
        )
    )
    return set(db.session.scalars(query))


def tries(learner_id: int, school_id: int, pathways: Collection[str]) -> Rows:
    """List a pupil's tries at these parcours in open campaigns, or finished ones, the latest first."""
    query = (
        select(Campaign.pathway, Campaign.code, Participation.public_id, Participation.status)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.learner_id == learner_id,
            Campaign.school_id == school_id,
            Campaign.pathway.in_(pathways),
            or_(Campaign.archived_at.is_(None), Participation.status != Status.STARTED),
        )
        .order_by(Participation.id.desc())
    )
    return db.session.execute(query).all()


def open_campaigns(school_id: int, student_id: int, pathways: Collection[str]) -> Rows:
    """List the open campaigns of a school for these parcours: those for this pupil first, then the newest."""
    is_for_pupil = (
        select(CampaignAudience.id)
        .join(Student, Student.id == student_id)
        .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
        .where(
            CampaignAudience.campaign_id == Campaign.id,
            or_(
                CampaignAudience.class_group_id == Student.class_group_id,
                CampaignAudience.grade == ClassGroup.grade,
            ),
        )
        .exists()
    )
    query = (
        select(Campaign.pathway, Campaign.code)
        .where(
            Campaign.school_id == school_id,
            Campaign.pathway.in_(pathways),
            Campaign.archived_at.is_(None),
        )
        .order_by(case((is_for_pupil, 0), else_=1), Campaign.created_at.desc(), Campaign.id.desc())
    )
    return db.session.execute(query).all()


def readiness(
    school_id: int, grades: Collection[str], class_ids: Collection[int], pathways: Collection[str]
) -> Rows:
    """List the pupils of some grades and classes by name, each with how many of these parcours are sent."""
    sent = (
        select(Participation.learner_id, Campaign.pathway)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Participation.status == Status.SHARED, Campaign.pathway.in_(pathways))
        .distinct()
        .subquery()
    )
    query = (
        select(
            Student.first_name,
            Student.last_name,
            ClassGroup.name.label("class_name"),
            func.count(sent.c.pathway).label("sent"),
        )
        .join(ClassGroup, ClassGroup.id == Student.class_group_id)
        .outerjoin(sent, sent.c.learner_id == Student.learner_id)
        .where(
            Student.school_id == school_id,
            Student.disabled_at.is_(None),
            or_(
                and_(ClassGroup.grade.is_not(None), ClassGroup.grade.in_(grades)),
                ClassGroup.id.in_(class_ids),
            ),
        )
        .group_by(Student.id, Student.first_name, Student.last_name, Student.sort_key, ClassGroup.name)
        .order_by(ClassGroup.name, Student.sort_key)
    )
    return db.session.execute(query).all()
