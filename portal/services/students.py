"""Help a pupil: a new passphrase, an unlocked account, a wrong link undone; add and correct by hand."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import DomainError, NotFound
from portal.domain.identity import normalise_name
from portal.domain.school import Grade, proposed_grade
from portal.persistence.models import AuditEvent, ClassGroup, Learner, School, SignIn, Student
from portal.persistence.queries import students as queries
from portal.persistence.transaction import write_tx
from portal.services import identities, passwords
from portal.services.members import Doer

LONGEST_SORT_KEY = 160
# Of two clicks, the browser shows the answer to the second: its passphrase must be the one that stays.
_ONE_RESET_AT_A_TIME = threading.Lock()


class NoAccount(DomainError):
    """The pupil has no credentials yet."""


class Duplicate(DomainError):
    """The school's list already has this pupil."""


class IneTaken(DomainError):
    """Another pupil of the school has this INE."""


@dataclass(frozen=True, slots=True)
class StudentDraft:
    """What a member types of a pupil; no class name: no class."""

    last_name: str
    usage_name: str | None
    first_name: str
    birth_date: date
    class_name: str | None
    ine: str | None


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """What is shown once to the adult who helps."""

    student: Student
    username: str
    passphrase: str


def sort_key(last_name: str, usage_name: str | None, first_name: str) -> str:
    """Write the names as lists sort and search them: family name, first name, then the usage name."""
    names = (last_name, first_name, usage_name or "")
    return " ".join(normalise_name(name) for name in names).strip()[:LONGEST_SORT_KEY]


def reset_passphrase(public_id: uuid.UUID, doer: Doer) -> NewPassphrase:
    """Give a pupil a new passphrase for once: account unlocked, sessions closed, changed at the next sign-in.

    Raises: NotFound, NoAccount.
    """
    _account_of(queries.by_public_id(doer.school_id, public_id))
    passphrase = identities.new_passphrase()
    with _ONE_RESET_AT_A_TIME:
        return _replace_passphrase(public_id, passphrase, doer)


def _replace_passphrase(public_id: uuid.UUID, passphrase: str, doer: Doer) -> NewPassphrase:
    hashed = passwords.hash_secret(passphrase)
    with write_tx() as session:
        student = _hold(session, doer, public_id)
        learner = _account_of(student)
        learner.secret_hash, learner.must_change_secret = hashed, True
        learner.failures, learner.locked_until, learner.is_blocked = 0, None, False
        session.execute(delete(SignIn).where(SignIn.learner_id == learner.id))
        _note(session, "student_passphrase", student, doer)
    return NewPassphrase(student, learner.username, passphrase)


def unlock(public_id: uuid.UUID, doer: Doer) -> Student:
    """Let a pupil try again with the passphrase that he or she has. Twice changes nothing.

    Raises: NotFound, NoAccount.
    """
    with write_tx() as session:
        student = _hold(session, doer, public_id)
        learner = _account_of(student)
        learner.failures, learner.locked_until, learner.is_blocked = 0, None, False
        _note(session, "student_unlock", student, doer)
    return student


def detach(public_id: uuid.UUID, account: uuid.UUID, doer: Doer) -> Student:
    """Undo the link between a pupil and an account: its sessions close, its tries stay with it.

    Args:
        account: of the learner seen on the page, so that a page left open never undoes a newer link.
    Raises: NotFound.
    """
    with write_tx() as session:
        student = _hold(session, doer, public_id)
        learner = student.learner
        if learner is not None and learner.public_id == account:
            student.learner, student.linked_at = None, None
            closed = delete(SignIn).where(SignIn.learner_id == learner.id, SignIn.school_id == doer.school_id)
            session.execute(closed)
            _note(session, "student_detach", student, doer, username=learner.username)
    return student


def add(draft: StudentDraft, doer: Doer) -> Student:
    """Add a pupil by hand: imports keep the row, or recognise it.

    Raises: Duplicate, IneTaken.
    """
    student = Student(
        school_id=doer.school_id,
        public_id=uuid.uuid4(),
        is_by_hand=True,
        groups=[],
        created_at=doer.at,
    )
    with _unique_ine(), write_tx() as session:
        _hold_list(session, doer.school_id)
        _refuse_duplicate(session, draft, doer.school_id, None)
        _fill(session, student, draft)
        session.add(student)
        session.flush()
        _note(session, "student_add", student, doer)
    return student


def correct(public_id: uuid.UUID, draft: StudentDraft, doer: Doer, *, is_enabled: bool) -> Student:
    """Correct a pupil by hand; one who has left the school keeps everything, and cannot start anything.

    Raises: NotFound, Duplicate, IneTaken.
    """
    with _unique_ine(), write_tx() as session:
        _hold_list(session, doer.school_id)
        student = _hold(session, doer, public_id)
        _refuse_duplicate(session, draft, doer.school_id, student.id)
        _fill(session, student, draft)
        student.disabled_at = None if is_enabled else student.disabled_at or doer.at
        _note(session, "student_correct", student, doer)
    return student


@contextmanager
def _unique_ine() -> Iterator[None]:
    """Say in words what the database refuses."""
    try:
        yield
    except IntegrityError:
        raise IneTaken("Un autre élève de l’établissement a cet INE\u00a0: vérifiez-le.") from None


def confirm_grades(grades: dict[str, Grade | None], doer: Doer) -> None:
    """Set the grade of classes, by name; None: the class is of no grade."""
    with write_tx() as session:
        groups = session.scalars(
            select(ClassGroup).where(ClassGroup.school_id == doer.school_id, ClassGroup.name.in_(grades))
        )
        for group in groups:
            group.grade = grades[group.name]
            group.is_grade_confirmed = group.grade is not None


def _account_of(student: Student | None) -> Learner:
    if student is None:
        raise NotFound
    if student.learner is None:
        raise NoAccount(
            "Cet élève n’a pas encore de compte\u00a0: il le crée en entrant le code d’une campagne."
        )
    return student.learner


def _hold(session: Session, doer: Doer, public_id: uuid.UUID) -> Student:
    """Read a pupil of the school again inside the transaction, and keep others from changing the row."""
    student: Student | None = session.scalar(
        select(Student)
        .options(joinedload(Student.learner), joinedload(Student.class_group))
        .where(Student.school_id == doer.school_id, Student.public_id == public_id)
        .with_for_update(of=Student)
        .execution_options(populate_existing=True)
    )
    if student is None:
        raise NotFound
    return student


def _hold_list(session: Session, school_id: int) -> None:
    """Let one writer at a time change a school's list, without holding those who sign in or answer."""
    session.execute(select(School.id).where(School.id == school_id).with_for_update(key_share=True))


def _refuse_duplicate(session: Session, draft: StudentDraft, school_id: int, own_id: int | None) -> None:
    """Refuse the same names and birth date, unless two different INEs tell homonyms apart."""
    born = select(Student).where(Student.school_id == school_id, Student.birth_date == draft.birth_date)
    names = normalise_name(draft.last_name), normalise_name(draft.first_name)
    for other in session.scalars(born):
        is_same = names == (normalise_name(other.last_name), normalise_name(other.first_name))
        is_homonym = draft.ine is not None and other.ine is not None and draft.ine != other.ine
        if is_same and not is_homonym and other.id != own_id:
            where = "parmi les élèves sortis" if other.disabled_at else "dans la liste"
            raise Duplicate(
                f"{other.first_name} {other.last_name}, avec la même date de naissance, est déjà {where}. "
                "S’il s’agit d’un homonyme, renseignez l’INE de chacun."
            )


def _fill(session: Session, student: Student, draft: StudentDraft) -> None:
    student.last_name, student.usage_name = draft.last_name, draft.usage_name
    student.first_name, student.birth_date = draft.first_name, draft.birth_date
    student.sort_key = sort_key(draft.last_name, draft.usage_name, draft.first_name)
    student.ine = draft.ine
    student.class_group = _class_named(session, draft.class_name, student.school_id)


def _class_named(session: Session, name: str | None, school_id: int) -> ClassGroup | None:
    """Find a class however its name is typed (« 5eb », « 5e B »), or make it."""
    if name is None:
        return None
    groups = session.scalars(select(ClassGroup).where(ClassGroup.school_id == school_id)).all()
    for group in sorted(groups, key=lambda one: one.name != name):
        if normalise_name(group.name) == normalise_name(name):
            return group
    group = ClassGroup(school_id=school_id, name=name, grade=proposed_grade(None, name))
    session.add(group)
    return group


def _note(session: Session, action: str, student: Student, doer: Doer, **details: str) -> None:
    session.add(
        AuditEvent(
            school_id=doer.school_id,
            member_id=doer.member_id,
            action=action,
            student_id=student.id,
            details=details,
            at=doer.at,
        )
    )
