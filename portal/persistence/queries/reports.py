"""The problems that the pupils of a school told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, update

from portal.extensions import db
from portal.persistence.models import ClassGroup, Participation, Report, Student

# A screen holds no more; the file holds them all.
MOST = 500


def count_since(learner_id: int, instant: datetime) -> int:
    """Count what a pupil told since an instant."""
    query = select(func.count(Report.id)).where(Report.learner_id == learner_id, Report.at > instant)
    return db.session.scalar(query) or 0


def find(learner_id: int, challenge: str, version: str) -> Report | None:
    """Find what a pupil told of a version of a question."""
    return db.session.scalar(
        select(Report)
        .where(Report.learner_id == learner_id, Report.challenge == challenge, Report.version == version)
        .execution_options(populate_existing=True)
    )


def counts(school_id: int) -> tuple[int, int]:
    """Count the questions that wait to be looked at, and those whose reports are all handled."""
    each = (
        select(func.count(Report.id).filter(Report.handled_at.is_(None)).label("waiting"))
        .where(Report.school_id == school_id)
        .group_by(Report.challenge, Report.version)
        .subquery()
    )
    query = select(func.count().filter(each.c.waiting > 0), func.count().filter(each.c.waiting == 0))
    waiting, handled = db.session.execute(query.select_from(each)).one()
    return waiting, handled


def _listed(school_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Report.skill,
            Report.challenge,
            Report.version,
            Report.problem,
            Report.comment,
            Report.at,
            Report.handled_at,
            Report.note,
        )
        .where(Report.school_id == school_id)
        .order_by(Report.at.desc(), Report.id.desc())
    )


def listed(school_id: int, *, is_handled: bool) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the latest reports that wait, or that were handled, with the class of each; never a name."""
    handled = Report.handled_at.is_not(None) if is_handled else Report.handled_at.is_(None)
    query = (
        _listed(school_id)
        .add_columns(ClassGroup.name.label("class_name"))
        .join(Participation, Participation.id == Report.participation_id)
        .join(Student, Student.id == Participation.student_id)
        # The try may be of a school that the pupil left: its classes are not ours to name.
        .outerjoin(
            ClassGroup,
            and_(ClassGroup.id == Student.class_group_id, ClassGroup.school_id == Report.school_id),
        )
        .where(handled)
    )
    return db.session.execute(query.limit(MOST)).all()


def everything(school_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """List every report of a school, for those who correct the questions: nothing says who told it."""
    return db.session.execute(_listed(school_id)).all()


def handled(school_id: int, challenge: str, version: str) -> Row[*tuple[Any, ...]] | None:
    """Read when the reports of a version of a question were last handled, and what was done of them."""
    query = select(Report.handled_at, Report.note).where(
        Report.school_id == school_id,
        Report.challenge == challenge,
        Report.version == version,
        Report.handled_at.is_not(None),
    )
    return db.session.execute(query.order_by(Report.handled_at.desc(), Report.id.desc()).limit(1)).first()


def mark_handled(school_id: int, challenge: str, version: str, *, note: str, at: datetime) -> int:
    """Mark the reports of a version of a question as handled, inside a transaction. Returns: how many."""
    handled = db.session.scalars(
        update(Report)
        .where(
            Report.school_id == school_id,
            Report.challenge == challenge,
            Report.version == version,
            Report.handled_at.is_(None),
        )
        .values(handled_at=at, note=note)
        .returning(Report.id)
    )
    return len(handled.all())
