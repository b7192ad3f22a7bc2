"""What last year's answers spare: questions per try, for pupils with and without a history."""

import math
from dataclasses import dataclass
from statistics import mean, stdev

from sqlalchemy import Row, func, select

from portal.domain.school import Grade
from portal.extensions import db
from portal.labels import label
from portal.persistence.models import Campaign, ClassGroup, Participation, Student


@dataclass(frozen=True, slots=True)
class Group:
    """Questions per try: their mean, its standard error (None for one try), and how many tries."""

    mean: float
    error: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One pathway in one grade: those who had answered last year, and the others."""

    pathway: str
    grade: str
    returning: Group
    new: Group


def summary(school_id: int) -> list[Line]:
    """Compare, by pathway and grade, the finished first tries of this year with and without a history."""
    latest = db.session.scalar(select(func.max(Campaign.year)).where(Campaign.school_id == school_id))
    tries = _tries(school_id)
    had_answered = {one.learner_id for one in tries if one.year != latest and one.answered}
    groups: dict[tuple[str, str], dict[bool, list[int]]] = {}
    seen = set()
    for one in tries:
        # Of this year, the first try only: the next ones have this year's answers as history.
        if one.year != latest or one.learner_id in seen:
            continue
        seen.add(one.learner_id)
        if one.completed_at and one.grade:
            found = groups.setdefault((one.pathway, one.grade), {True: [], False: []})
            found[one.learner_id in had_answered].append(one.answered)
    return [
        Line(pathway, label(Grade(grade)), _group(found[True]), _group(found[False]))
        for (pathway, grade), found in sorted(groups.items())
        if found[True] and found[False]
    ]


def _tries(school_id: int) -> list[Row[tuple[int, int, object, str, int, str | None]]]:
    query = (
        select(
            Participation.learner_id,
            Participation.answered,
            Participation.completed_at,
            Campaign.pathway,
            Campaign.year,
            ClassGroup.grade,
        )
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Student, Student.id == Participation.student_id)
        .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
        .where(Campaign.school_id == school_id)
        .order_by(Participation.started_at, Participation.id)
    )
    return list(db.session.execute(query))


def _group(counts: list[int]) -> Group:
    error = stdev(counts) / math.sqrt(len(counts)) if len(counts) > 1 else None
    return Group(mean(counts), error, len(counts))
