"""Who read which page, who keeps it for later, and whether it helped."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from portal.domain.participation import Status
from portal.domain.tutorials import Rating
from portal.extensions import db
from portal.persistence.models import Answer, Campaign, Participation, Question, Reading, Snapshot, Student


def reading(learner_id: int, tube: str) -> Row[*tuple[Any, ...]] | None:
    """Read the marks of one person on one page."""
    query = select(Reading.read_at, Reading.saved_at, Reading.rating)
    return db.session.execute(
        query.where(Reading.learner_id == learner_id, Reading.tube == tube)
    ).one_or_none()


def readings(learner_id: int) -> dict[str, Row[*tuple[Any, ...]]]:
    """Read all the marks of one person, by subject."""
    query = select(Reading.tube, Reading.read_at, Reading.saved_at, Reading.rating)
    return {row.tube: row for row in db.session.execute(query.where(Reading.learner_id == learner_id))}


def read_at(learner_id: int) -> dict[str, datetime]:
    """Tell when one person read each page, by subject."""
    query = select(Reading.tube, Reading.read_at).where(
        Reading.learner_id == learner_id, Reading.read_at.is_not(None)
    )
    return {tube: at for tube, at in db.session.execute(query) if at}


def usage(school_id: int) -> dict[str, Row[*tuple[Any, ...]]]:
    """Count, by subject, the present pupils of a school who read the page, and each of their opinions."""
    opinions = [
        func.count().filter(Reading.rating == rating.value).label(rating.name.lower()) for rating in Rating
    ]
    query = (
        select(Reading.tube, func.count(Reading.read_at).label("readers"), *opinions)
        .join(Student, Student.learner_id == Reading.learner_id)
        .where(Student.school_id == school_id, Student.disabled_at.is_(None))
        .group_by(Reading.tube)
    )
    return {row.tube: row for row in db.session.execute(query)}


def asked_of(learner_id: int, challenges: Collection[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """List which of these questions were put to one person, each with whether it waits for an answer."""
    query = (
        select(
            Question.participation_id, Question.challenge, Answer.question_id.is_(None).label("is_waiting")
        )
        .join(Participation, Participation.id == Question.participation_id)
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Participation.learner_id == learner_id, Question.challenge.in_(challenges))
    )
    return db.session.execute(query).all()


def open_tests(learner_id: int, *, archived_since: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the tries of one person that are not sent, each with what it is played with, in open campaigns.

    One that an archived campaign cut short is among them when it was archived since an instant.
    """
    may_go_on = and_(Participation.status == Status.STARTED, Campaign.archived_at > archived_since)
    query = (
        select(Participation.id, Participation.frozen_test)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .where(
            Participation.learner_id == learner_id,
            Participation.status != Status.SHARED,
            or_(Campaign.archived_at.is_(None), may_go_on),
        )
    )
    return db.session.execute(query).all()


def sent(learner_id: int, *, most: int) -> list[tuple[dict[str, Any], datetime]]:
    """Read what one person sent with the latest tries, the last first, each with its date."""
    query = (
        select(Snapshot.content, Snapshot.taken_at)
        .join(Participation, Participation.id == Snapshot.participation_id)
        .where(Participation.learner_id == learner_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.participation_id.desc())
        .limit(most)
    )
    return [(content, at) for content, at in db.session.execute(query)]
