"""What staff read of a campaign: every pupil it counts, every try, and what was sent."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from portal.domain.analysis import Pupil, Try
from portal.domain.mastery import Verdict
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import (
    Campaign,
    CampaignAudience,
    ClassGroup,
    Participation,
    Snapshot,
    Student,
)

AnyRow = Row[*tuple[Any, ...]]


def pupils(campaign: Campaign) -> tuple[Pupil, ...]:
    """List the audience and whoever else of the school joined, by name, in two queries.

    A try belongs to the pupil its learner is linked to now; when that learner is linked to nobody, to the
    row it was started under, unless somebody else has claimed this row since.
    """
    rows = _students(campaign)
    by_learner = {row.learner_id: row.id for row in rows if row.learner_id is not None}
    unlinked = {row.id for row in rows if row.learner_id is None}
    tries: dict[int, list[Try]] = {}
    for one in _tries(campaign.id):
        owner = by_learner.get(one.learner_id)
        if owner is None and one.student_id in unlinked:
            owner = one.student_id
        if owner is not None:
            tries.setdefault(owner, []).append(_try(one))
    return tuple(
        Pupil(
            first_name=row.first_name,
            last_name=row.last_name,
            sort_key=row.sort_key,
            class_name=row.class_name,
            is_expected=bool(row.is_expected),
            tries=tuple(tries.get(row.id, ())),
        )
        for row in rows
        if row.is_expected or row.id in tries
    )


def _students(campaign: Campaign) -> Sequence[AnyRow]:
    audience = select(CampaignAudience).where(CampaignAudience.campaign_id == campaign.id)
    classes = audience.with_only_columns(CampaignAudience.class_group_id)
    grades = audience.with_only_columns(CampaignAudience.grade)
    is_aimed_at: ColumnElement[bool] = or_(
        Student.class_group_id.in_(classes.where(CampaignAudience.class_group_id.is_not(None))),
        ClassGroup.grade.in_(grades.where(CampaignAudience.grade.is_not(None))),
    )
    played = select(Participation).where(Participation.campaign_id == campaign.id)
    is_expected = and_(Student.disabled_at.is_(None), is_aimed_at)
    query = (
        select(
            Student.id,
            Student.learner_id,
            Student.first_name,
            Student.last_name,
            Student.sort_key,
            ClassGroup.name.label("class_name"),
            is_expected.label("is_expected"),
        )
        .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
        .where(
            Student.school_id == campaign.school_id,
            or_(
                is_expected,
                Student.id.in_(played.with_only_columns(Participation.student_id)),
                Student.learner_id.in_(played.with_only_columns(Participation.learner_id)),
            ),
        )
        .order_by(Student.sort_key, Student.id)
    )
    return db.session.execute(query).all()


def _tries(campaign_id: int) -> Sequence[AnyRow]:
    query = (
        select(
            Participation.id,
            Participation.public_id,
            Participation.learner_id,
            Participation.student_id,
            Participation.attempt,
            Participation.status,
            Participation.answered,
            Participation.skipped,
            Participation.progress,
            Participation.acquired,
            Participation.started_at,
            Participation.last_answer_at,
            Participation.completed_at,
            Participation.shared_at,
            Participation.closed_at,
        )
        .where(Participation.campaign_id == campaign_id)
        .order_by(Participation.attempt, Participation.id)
    )
    return db.session.execute(query).all()


def _try(row: AnyRow) -> Try:
    return Try(
        id=row.id,
        public_id=row.public_id,
        attempt=row.attempt,
        status=Status(row.status),
        answered=row.answered,
        skipped=row.skipped,
        progress=row.progress,
        acquired=row.acquired,
        started_at=row.started_at,
        last_answer_at=row.last_answer_at,
        completed_at=row.completed_at,
        shared_at=row.shared_at,
        closed_at=row.closed_at,
    )


def sent_verdicts(campaign_id: int) -> dict[int, tuple[Verdict, ...]]:
    """Read what was sent in a campaign, by the database id of the try."""
    query = (
        select(Snapshot.participation_id, Snapshot.content)
        .join(Participation, Participation.id == Snapshot.participation_id)
        .where(Participation.campaign_id == campaign_id)
    )
    return {
        participation_id: tuple(mapping.verdict_from_json(one) for one in content["verdicts"])
        for participation_id, content in db.session.execute(query)
    }
