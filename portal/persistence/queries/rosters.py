"""Imports of rosters: what was written aside, and the list it is compared with."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from portal.domain.roster import KnownStudent, RosterEntry
from portal.extensions import db
from portal.persistence.models import ClassGroup, RosterImport, RosterImportRow, School, Student

Json = dict[str, Any]


def uai_of(school_id: int) -> str:
    """Give the UAI of a school."""
    return db.session.execute(select(School.uai).where(School.id == school_id)).scalar_one()


def staged(school_id: int, public_id: uuid.UUID) -> RosterImport | None:
    """Find an import of a school."""
    return db.session.scalar(
        select(RosterImport)
        .where(RosterImport.school_id == school_id, RosterImport.public_id == public_id)
        .execution_options(populate_existing=True)
    )


def stale(school_id: int, *, before: datetime) -> Sequence[int]:
    """List the imports of a school that were neither published nor looked at since an instant."""
    query = select(RosterImport.id).where(
        RosterImport.school_id == school_id,
        RosterImport.created_at < before,
        RosterImport.published_at.is_(None),
    )
    return db.session.scalars(query).all()


def entries(import_id: int) -> list[RosterEntry]:
    """Read the pupils of a file written aside, in its order."""
    query = select(RosterImportRow.entry).where(RosterImportRow.import_id == import_id)
    return [entry_from_json(one) for one in db.session.scalars(query.order_by(RosterImportRow.id))]


def entry_to_json(entry: RosterEntry) -> Json:
    """Write a pupil of a file."""
    return asdict(entry) | {"birth_date": entry.birth_date.isoformat()}


def entry_from_json(content: Json) -> RosterEntry:
    """Read a pupil of a file as it was written."""
    birth_date = date.fromisoformat(content["birth_date"])
    return RosterEntry(**content | {"birth_date": birth_date, "groups": tuple(content["groups"])})


def known_students(school_id: int) -> list[KnownStudent]:
    """List every pupil of a school, disabled ones included, as imports compare them."""
    query = (
        select(
            Student.id,
            Student.ine,
            Student.last_name,
            Student.usage_name,
            Student.first_name,
            Student.second_name,
            Student.third_name,
            Student.birth_date,
            ClassGroup.name.label("class_name"),
            Student.groups,
            Student.mef,
            Student.disabled_at,
            Student.learner_id,
            Student.is_by_hand,
        )
        .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
        .where(Student.school_id == school_id)
        .order_by(Student.sort_key, Student.id)
    )
    return [
        KnownStudent(
            key=row.id,
            ine=row.ine,
            last_name=row.last_name,
            usage_name=row.usage_name,
            first_name=row.first_name,
            second_name=row.second_name,
            third_name=row.third_name,
            birth_date=row.birth_date,
            class_name=row.class_name,
            groups=tuple(row.groups),
            mef=row.mef,
            enabled=row.disabled_at is None,
            linked=row.learner_id is not None,
            by_hand=row.is_by_hand,
        )
        for row in db.session.execute(query)
    ]


def confirmed_classes(school_id: int) -> set[str]:
    """Name the classes whose grade the school has confirmed."""
    query = select(ClassGroup.name).where(
        ClassGroup.school_id == school_id, ClassGroup.is_grade_confirmed.is_(True)
    )
    return set(db.session.scalars(query))


def version(school_id: int) -> tuple[int, int]:
    """Give what changes when a pupil is added or an import is published."""
    last = select(func.coalesce(func.max(Student.id), 0)).where(Student.school_id == school_id)
    published = select(func.count(RosterImport.published_at)).where(RosterImport.school_id == school_id)
    row = db.session.execute(select(last.scalar_subquery(), published.scalar_subquery())).one()
    return row[0], row[1]
