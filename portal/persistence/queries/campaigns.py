"""Campaigns of a school: one of them, or a page of them with its figures in a fixed number of queries."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, undefer
from sqlalchemy.sql.elements import ColumnElement

from portal.extensions import db
from portal.persistence.models import (
    Account,
    Campaign,
    CampaignAudience,
    ClassGroup,
    Member,
    Participation,
    Student,
)

OneRow = Row[*tuple[Any, ...]]
Rows = Sequence[OneRow]


class View(StrEnum):
    """Which campaigns a list holds."""

    ALL = "toutes"
    MINE = "mes-campagnes"
    ARCHIVED = "archivees"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `words` and `code` come from one search: either may match."""

    school_id: int
    member_id: int
    words: tuple[str, ...] = ()
    code: str = ""
    owner: uuid.UUID | None = None
    grade: str = ""
    kind: str = ""
    year: int | None = None


def by_code(school_id: int, code: str) -> Campaign | None:
    """Find a campaign of a school by its code, with its owner and school."""
    return db.session.scalar(
        select(Campaign)
        .options(joinedload(Campaign.owner), joinedload(Campaign.school), undefer(Campaign.content))
        .where(Campaign.school_id == school_id, Campaign.code == code)
    )


def joinable(code: str) -> Campaign | None:
    """Find the campaign a typed code names, whatever its school."""
    return db.session.scalar(
        select(Campaign).options(joinedload(Campaign.school)).where(Campaign.code == code)
    )


def listed(wanted: Wanted, view: View, *, first: int, count: int) -> Rows:
    """List campaigns, the newest first, each with the title of its pathway and its owner's name."""
    query = (
        select(
            Campaign.id,
            Campaign.code,
            Campaign.name,
            Campaign.created_at,
            Campaign.archived_at,
            Campaign.content["title"].as_string().label("title"),
            Account.first_name,
            Account.last_name,
        )
        .join(Member, Member.id == Campaign.owner_id)
        .join(Account, Account.id == Member.account_id)
        .where(_matches(wanted), _is_in(view, wanted.member_id))
        .order_by(Campaign.created_at.desc(), Campaign.id.desc())
    )
    return db.session.execute(query.offset(first).limit(count)).all()


def count_by_view(wanted: Wanted) -> dict[View, int]:
    """Count the campaigns of each view."""
    counts = [func.count(case((_is_in(view, wanted.member_id), 1))) for view in View]
    row = db.session.execute(select(*counts).where(_matches(wanted))).one()
    return dict(zip(View, row, strict=True))


def count_waiting(wanted: Wanted, view: View) -> int:
    """Count the pupils, each once, who have not started some campaign of the list that expects them."""
    learner = aliased(Student)
    is_elsewhere = exists().where(
        learner.school_id == wanted.school_id, learner.learner_id == Participation.learner_id
    )
    has_tried = (
        exists()
        .where(
            Participation.campaign_id == Campaign.id,
            or_(
                Participation.learner_id == Student.learner_id,
                and_(Student.learner_id.is_(None), Participation.student_id == Student.id, ~is_elsewhere),
            ),
        )
        .correlate(Campaign, Student)
    )
    is_awaited = exists(
        select(Campaign.id)
        .join(CampaignAudience, CampaignAudience.campaign_id == Campaign.id)
        .where(
            _matches(wanted),
            _is_in(view, wanted.member_id),
            or_(CampaignAudience.grade == ClassGroup.grade, CampaignAudience.class_group_id == ClassGroup.id),
            ~has_tried,
        )
        .correlate(Student, ClassGroup)
    )
    query = (
        select(func.count(Student.id))
        .join(ClassGroup, ClassGroup.id == Student.class_group_id)
        .where(Student.school_id == wanted.school_id, Student.disabled_at.is_(None), is_awaited)
    )
    return db.session.scalar(query) or 0


def _is_in(view: View, member_id: int) -> ColumnElement[bool]:
    if view is View.ARCHIVED:
        return Campaign.archived_at.is_not(None)
    if view is View.MINE:
        return and_(Campaign.archived_at.is_(None), Campaign.owner_id == member_id)
    return Campaign.archived_at.is_(None)


def _matches(wanted: Wanted) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Campaign.school_id == wanted.school_id]
    if wanted.words:
        in_name = and_(*(Campaign.search_key.contains(word, autoescape=True) for word in wanted.words))
        conditions.append(or_(in_name, Campaign.code.contains(wanted.code, autoescape=True)))
    if wanted.owner:
        conditions.append(Campaign.owner_id.in_(select(Member.id).where(Member.public_id == wanted.owner)))
    if wanted.grade:
        conditions.append(Campaign.id.in_(_for_grade(wanted.grade)))
    if wanted.kind:
        conditions.append(Campaign.kind == wanted.kind)
    if wanted.year:
        conditions.append(Campaign.year == wanted.year)
    return and_(*conditions)


def _for_grade(grade: str) -> Select[int]:
    return (
        select(CampaignAudience.campaign_id)
        .outerjoin(ClassGroup, ClassGroup.id == CampaignAudience.class_group_id)
        .where(or_(CampaignAudience.grade == grade, ClassGroup.grade == grade))
    )


def audiences(campaign_ids: Collection[int]) -> Rows:
    """List the grades and classes of some campaigns."""
    query = select(
        CampaignAudience.campaign_id, CampaignAudience.grade, CampaignAudience.class_group_id
    ).where(CampaignAudience.campaign_id.in_(campaign_ids))
    return db.session.execute(query).all()


def classes(school_id: int) -> Rows:
    """List the classes of a school, each with the number of its pupils who are on the list."""
    query = (
        select(ClassGroup.id, ClassGroup.name, ClassGroup.grade, func.count(Student.id).label("pupils"))
        .outerjoin(Student, and_(Student.class_group_id == ClassGroup.id, Student.disabled_at.is_(None)))
        .where(ClassGroup.school_id == school_id)
        .group_by(ClassGroup.id, ClassGroup.name, ClassGroup.grade)
        .order_by(ClassGroup.name)
    )
    return db.session.execute(query).all()


def states(school_id: int, campaign_ids: Collection[int]) -> Rows:
    """Count the pupils of some campaigns by class, state and whether they are still on the list.

    A pupil counts once a campaign, by the latest try. A try belongs to the pupil its learner is linked to
    now; when that learner is linked to nobody, to the row it was started under.
    """
    linked, unlinked = aliased(Student), aliased(Student)
    pupil_id = func.coalesce(linked.id, unlinked.id)
    newest = func.row_number().over(
        partition_by=(Participation.campaign_id, pupil_id),
        order_by=(Participation.attempt.desc(), Participation.id.desc()),
    )
    tries = (
        select(Participation.campaign_id, Participation.status, pupil_id.label("pupil_id"))
        .add_columns(newest.label("rank"))
        .outerjoin(linked, and_(linked.learner_id == Participation.learner_id, linked.school_id == school_id))
        .outerjoin(
            unlinked,
            and_(
                unlinked.id == Participation.student_id,
                unlinked.learner_id.is_(None),
                unlinked.school_id == school_id,
            ),
        )
        .where(Participation.campaign_id.in_(campaign_ids))
        .subquery()
    )
    is_enabled = Student.disabled_at.is_(None)
    query = (
        select(
            tries.c.campaign_id,
            tries.c.status,
            Student.class_group_id,
            is_enabled.label("is_enabled"),
            func.count().label("pupils"),
        )
        .join(Student, Student.id == tries.c.pupil_id)
        .where(tries.c.rank == 1)
        .group_by(tries.c.campaign_id, tries.c.status, Student.class_group_id, is_enabled)
    )
    return db.session.execute(query).all()


def owners(school_id: int) -> Rows:
    """List the members of a school who own a campaign, by name."""
    query = (
        select(Member.public_id, Account.first_name, Account.last_name)
        .join(Account, Account.id == Member.account_id)
        .where(Member.id.in_(select(Campaign.owner_id).where(Campaign.school_id == school_id)))
        .order_by(Account.last_name, Account.first_name)
    )
    return db.session.execute(query).all()


def years(school_id: int) -> Sequence[int]:
    """List the school years that have campaigns, the latest first."""
    query = select(Campaign.year).distinct().where(Campaign.school_id == school_id)
    return db.session.scalars(query.order_by(Campaign.year.desc())).all()
