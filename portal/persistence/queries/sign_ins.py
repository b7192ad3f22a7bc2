"""Who is behind a session's token."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, select, update

from portal.persistence.frequent import Frequent
from portal.persistence.models import Account, ClassGroup, Learner, Member, School, SignIn, Student
from portal.persistence.transaction import write_tx

PUPIL_IDLE, PUPIL_LONGEST = timedelta(hours=2), timedelta(hours=12)
STAFF_IDLE, STAFF_LONGEST = timedelta(hours=8), timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=2)

_PERSON = Frequent(
    select(
        SignIn.id,
        SignIn.school_id,
        SignIn.learner_id,
        SignIn.account_id,
        SignIn.created_at,
        SignIn.seen_at,
        School.name.label("school_name"),
        School.is_demonstration,
        Student.id.label("student_id"),
        Student.first_name.label("pupil_first_name"),
        Student.last_name.label("pupil_last_name"),
        Student.disabled_at,
        ClassGroup.name.label("class_name"),
        Learner.must_change_secret,
        Account.first_name,
        Account.last_name,
        Member.id.label("member_id"),
        Member.role,
        Member.function,
    )
    .join(School, School.id == SignIn.school_id)
    .outerjoin(Learner, Learner.id == SignIn.learner_id)
    .outerjoin(Student, and_(Student.learner_id == Learner.id, Student.school_id == SignIn.school_id))
    .outerjoin(ClassGroup, ClassGroup.id == Student.class_group_id)
    .outerjoin(Account, Account.id == SignIn.account_id)
    .outerjoin(
        Member,
        and_(
            Member.account_id == Account.id,
            Member.school_id == SignIn.school_id,
            Member.left_at.is_(None),
        ),
    )
    .where(SignIn.token_hash == bindparam("token_hash"))
)


def open_session(token_hash: str, *, at: datetime) -> Row[Any] | None:
    """Find the person of a session that is still open, and note that it was seen.

    A session ends when it was idle or lasted too long, when the pupil is detached from the list, and
    when the member left the school.
    """
    row = _PERSON.run({"token_hash": token_hash}).one_or_none()
    if row is None or (row.member_id is None and row.student_id is None):
        return None
    is_pupil = row.learner_id is not None
    idle, longest = (PUPIL_IDLE, PUPIL_LONGEST) if is_pupil else (STAFF_IDLE, STAFF_LONGEST)
    if at - row.seen_at > idle or at - row.created_at > longest:
        return None
    if at - row.seen_at > SEEN_EVERY:
        with write_tx() as session:
            session.execute(update(SignIn).where(SignIn.id == row.id).values(seen_at=at))
            if row.member_id is not None:
                session.execute(update(Member).where(Member.id == row.member_id).values(last_seen_at=at))
    return row
