"""A school at a glance."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from portal.extensions import db
from portal.persistence.models import Campaign, ClassGroup, Invitation, Member, Student


def overview(school_id: int, *, today_from: datetime) -> Row[*tuple[Any, ...]]:
    """Count what the first page tells: pupils, links of the day, campaigns, the team.

    Args:
        today_from: the instant the school's day began.
    """
    students = select(func.count(Student.id)).where(
        Student.school_id == school_id, Student.disabled_at.is_(None)
    )
    campaigns = select(func.count(Campaign.id)).where(Campaign.school_id == school_id)
    classes = select(func.count(ClassGroup.id)).where(ClassGroup.school_id == school_id)
    members = select(func.count(Member.id)).where(Member.school_id == school_id, Member.left_at.is_(None))
    invitations = select(func.count(Invitation.id)).where(Invitation.school_id == school_id)
    counts = select(
        students.scalar_subquery().label("students"),
        students.where(Student.linked_at >= today_from).scalar_subquery().label("linked_today"),
        campaigns.where(Campaign.archived_at.is_(None)).scalar_subquery().label("open_campaigns"),
        campaigns.scalar_subquery().label("campaigns"),
        classes.where(ClassGroup.is_grade_confirmed.is_(False)).scalar_subquery().label("unsure_classes"),
        members.scalar_subquery().label("members"),
        invitations.scalar_subquery().label("invitations"),
    )
    return db.session.execute(counts).one()
