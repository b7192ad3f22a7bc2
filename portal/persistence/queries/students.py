"""Pupils of a school."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Subquery, case, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from portal.extensions import db
from portal.persistence.models import Campaign, ClassGroup, Learner, Participation, Student

AnyRow = Row[*tuple[Any, ...]]
# Stands for « no class » among the ids of classes.
NO_CLASS = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pupils a list shows: of these classes (any when empty), whose names hold all these words."""

    classes: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    with_disabled: bool = False
    linked_since: datetime | None = None


def born_on(school_id: int, day: date) -> Sequence[Student]:
    """List the enabled pupils of a school born on a day, with class and learner."""
    return db.session.scalars(
        select(Student)
        .options(joinedload(Student.class_group), joinedload(Student.learner))
        .where(Student.school_id == school_id, Student.birth_date == day, Student.disabled_at.is_(None))
        .order_by(Student.id)
    ).all()


def by_id(student_id: int) -> Student | None:
    """Find a pupil with class and learner."""
    return db.session.scalar(
        select(Student)
        .options(joinedload(Student.class_group), joinedload(Student.learner))
        .where(Student.id == student_id)
    )


def by_public_id(school_id: int, public_id: uuid.UUID) -> Student | None:
    """Find a pupil of a school, with class and learner."""
    return db.session.scalar(
        select(Student)
        .options(joinedload(Student.class_group), joinedload(Student.learner))
        .where(Student.school_id == school_id, Student.public_id == public_id)
    )


def counts(school_id: int, *, since: datetime) -> AnyRow:
    """Count the enabled pupils, their classes, those with an account, without class, linked since an instant."""
    query = select(
        func.count().label("pupils"),
        func.count(Student.class_group_id.distinct()).label("classes"),
        func.count(Student.learner_id).label("linked"),
        func.count(case((Student.class_group_id.is_(None), 1))).label("without_class"),
        func.count(case((Student.linked_at >= since, Student.learner_id))).label("linked_since"),
    ).where(Student.school_id == school_id, Student.disabled_at.is_(None))
    return db.session.execute(query).one()


def classes(school_id: int) -> Sequence[AnyRow]:
    """List the classes of a school, each with its number of enabled pupils, in no useful order."""
    enabled = func.count(case((Student.disabled_at.is_(None), Student.id)))
    query = (
        select(
            ClassGroup.id,
            ClassGroup.name,
            ClassGroup.grade,
            ClassGroup.is_grade_confirmed,
            enabled.label("pupils"),
        )
        .outerjoin(Student, Student.class_group_id == ClassGroup.id)
        .where(ClassGroup.school_id == school_id)
        .group_by(ClassGroup.id)
    )
    return db.session.execute(query).all()


def count(school_id: int, wanted: Wanted) -> int:
    """Count the pupils that a list shows."""
    query = select(func.count()).select_from(Student).where(*_conditions(school_id, wanted))
    return db.session.scalar(query) or 0


def page(
    school_id: int, wanted: Wanted, order: str, ranks: Mapping[int, int], *, first: int, size: int
) -> Sequence[AnyRow]:
    """Read one page of a list of pupils, with class, account and last participation, in one query.

    Args:
        order: « nom », « classe » or « participation », after a « - » for the reverse.
        ranks: by id, the place of each class in the order of the school.
    """
    played = _last_participations(school_id)
    query = (
        select(
            Student.public_id,
            Student.last_name,
            Student.usage_name,
            Student.first_name,
            Student.disabled_at,
            Student.linked_at,
            ClassGroup.name.label("class_name"),
            Learner.public_id.label("account"),
            Learner.username,
            Learner.is_blocked,
            Learner.locked_until,
            Learner.must_change_secret,
            played.c.at.label("played_at"),
        )
        .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
        .outerjoin(Learner, Learner.id == Student.learner_id)
        .outerjoin(played, played.c.learner_id == Student.learner_id)
        .where(*_conditions(school_id, wanted))
        .order_by(*_order(order, ranks, played), Student.sort_key, Student.id)
        .offset(first)
        .limit(size)
    )
    return db.session.execute(query).all()


def _conditions(school_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [Student.school_id == school_id]
    if wanted.classes:
        in_classes = Student.class_group_id.in_(wanted.classes)
        without = Student.class_group_id.is_(None)
        conditions.append(or_(in_classes, without) if NO_CLASS in wanted.classes else in_classes)
    conditions += [Student.sort_key.contains(word, autoescape=True) for word in wanted.words]
    if not wanted.with_disabled:
        conditions.append(Student.disabled_at.is_(None))
    if wanted.linked_since is not None:
        conditions += [Student.learner_id.is_not(None), Student.linked_at >= wanted.linked_since]
    return conditions


def _last_participations(school_id: int) -> Subquery:
    last = func.max(func.coalesce(Participation.last_answer_at, Participation.started_at))
    return (
        select(Participation.learner_id, last.label("at"))
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(Campaign.school_id == school_id)
        .group_by(Participation.learner_id)
        .subquery()
    )


def _order(order: str, ranks: Mapping[int, int], played: Subquery) -> list[ColumnElement[Any]]:
    """What is missing comes last, whichever the direction."""
    is_down = order.startswith("-")
    match order.removeprefix("-"):
        case "classe" if ranks:
            column: Any = case(dict(ranks), value=Student.class_group_id, else_=None)
        case "participation":
            column = played.c.at
        case _:
            column = Student.sort_key
    return [column.is_(None), column.desc() if is_down else column.asc()]
