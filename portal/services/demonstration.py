"""The demonstration school: made in one go, played through the real services, erased in one transaction."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import Delete, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.bank.loader import Bank
from portal.domain import demonstration as world
from portal.domain import identity
from portal.domain.demonstration import SimulatedPupil
from portal.domain.errors import DomainError, NotFound
from portal.domain.school import Grade, school_year
from portal.extensions import db
from portal.persistence.models import (
    Account,
    AuditEvent,
    Campaign,
    ClassGroup,
    FrozenTestRow,
    Learner,
    Member,
    Participation,
    School,
    SignIn,
    Student,
)
from portal.persistence.transaction import write_tx
from portal.services import demonstration_play, identities, passwords
from portal.services.students import sort_key

READY = "demonstration_ready"


class AlreadyThere(DomainError):
    """The instance has its demonstration school, ready or under way."""


class NoDemonstration(DomainError):
    """There is no demonstration school to erase."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a school. `answers`: about how many questions are answered in all."""

    classes: tuple[tuple[str, Grade], ...] = world.CLASSES
    a_class: int = 25
    answers: int = 10_000


FULL = Scale()


@dataclass(frozen=True, slots=True)
class Credentials:
    """Secrets drawn at the creation, shown once: the RUPN's, and that of every pupil who has played."""

    email: str
    password: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class Founded:
    """A school whose pupils have not played yet."""

    school: School
    credentials: Credentials
    scale: Scale
    pupils: tuple[tuple[SimulatedPupil, Student], ...]


class Progress:
    """How far the tries are, told by the thread that plays them; `stop` asks it to give up."""

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.done, self.total = 0, 0
        self.stop = threading.Event()


def find() -> School | None:
    """Find the demonstration school."""
    return db.session.scalar(select(School).where(School.is_demonstration.is_(True)).limit(1))


def is_ready(school_id: int) -> bool:
    """Tell whether the school was made to the end."""
    query = select(AuditEvent.id).where(AuditEvent.school_id == school_id, AuditEvent.action == READY)
    return db.session.scalar(query.limit(1)) is not None


def create(
    bank: Bank,
    *,
    at: datetime,
    scale: Scale | None = None,
    progress: Progress | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Credentials:
    """Make the school whole: a minute or two.

    Args:
        tell: called after each try.
    Raises: AlreadyThere.
    """
    founded = found(at=at, scale=scale)
    complete(founded, bank, at=at, progress=progress or Progress(), tell=tell)
    return founded.credentials


def found(*, at: datetime, scale: Scale | None = None) -> Founded:
    """Make the school, its team, its classes and its pupils as they were last year.

    Raises: AlreadyThere.
    """
    refusal = "Un établissement de démonstration existe déjà\u00a0: supprimez-le pour en refaire un."
    if find():
        raise AlreadyThere(refusal)
    scale = scale or FULL
    emails = _emails()
    secrets_ = Credentials(emails[0], identities.new_passphrase(), identities.new_passphrase())
    hashes = passwords.hash_secret(secrets_.password), passwords.hash_secret(secrets_.passphrase)
    year = school_year(at) if demonstration_play.is_this_year(at) else school_year(at) - 1
    drawn = world.make_pupils(scale.classes, scale.a_class, year)
    school = School(uai=world.UAI, name=world.SCHOOL_NAME, is_demonstration=True, created_at=at)
    try:
        with write_tx() as session:
            session.add(school)
            _add_team(session, school, emails, hashes[0], at)
            pupils = _add_pupils(session, school, drawn, scale, hashes[1], at)
    except IntegrityError:
        raise AlreadyThere(refusal) from None
    return Founded(school, secrets_, scale, tuple(zip(drawn, pupils, strict=True)))


def complete(
    founded: Founded,
    bank: Bank,
    *,
    at: datetime,
    progress: Progress,
    tell: Callable[[Progress], None] | None = None,
) -> None:
    """Play last year and this one, then say that the school is ready.

    Raises: demonstration_play.Stopped, also when the school is erased meanwhile, wherever that cuts it.
    """
    stage = demonstration_play.Stage(
        founded.school, founded.scale.classes, founded.scale.a_class, founded.pupils, bank, at
    )
    try:
        demonstration_play.play(stage, founded.scale.answers, progress, tell or (lambda _: None))
        with write_tx() as session:
            session.add(AuditEvent(school_id=stage.school_id, action=READY, at=at))
    except Exception:
        db.session.rollback()
        if demonstration_play.is_there(stage):
            raise
        raise demonstration_play.Stopped("L’établissement de démonstration a été supprimé.") from None


def _emails() -> list[str]:
    """Make the team's addresses; one that a member of an earlier demonstration took elsewhere gets a number."""
    taken = set(db.session.scalars(select(Account.email)))
    emails = []
    for first, last, _, _ in world.TEAM:
        name = f"{identity.normalise_name(first)}.{identity.normalise_name(last)}"
        written = (f"{name}{number or ''}@{world.EMAIL_DOMAIN}" for number in count())
        emails.append(next(one for one in written if one not in taken))
    return emails


def _add_team(session: Session, school: School, emails: list[str], hashed: str, at: datetime) -> None:
    """Add the eight members; colleagues have the RUPN's password."""
    for person, email in zip(world.TEAM, emails, strict=True):
        first, last, role, function = person
        account = Account(email=email, first_name=first, last_name=last, password_hash=hashed, created_at=at)
        session.add(Member(school=school, account=account, role=role, function=function, joined_at=at))


def _add_pupils(
    session: Session,
    school: School,
    drawn: list[SimulatedPupil],
    scale: Scale,
    hashed: str,
    at: datetime,
) -> list[Student]:
    groups = {
        name: ClassGroup(school=school, name=name, grade=grade, is_grade_confirmed=True)
        for name, grade in scale.classes
    }
    session.add_all(groups.values())
    taken = set(session.scalars(select(Learner.username)))
    students = []
    for pupil in drawn:
        learner = Learner(username=_username(pupil, taken), secret_hash=hashed, created_at=at)
        student = Student(
            school=school,
            class_group=groups[pupil.class_before] if pupil.class_before else None,
            learner=learner if pupil.comes else None,
            ine=f"{pupil.number:09d}ZZ",
            last_name=pupil.last_name,
            first_name=pupil.first_name,
            sort_key=sort_key(pupil.last_name, None, pupil.first_name),
            birth_date=pupil.birth_date,
            groups=[],
            linked_at=at if pupil.comes else None,
            created_at=at,
        )
        students.append(student)
    session.add_all(students)
    return students


def _username(pupil: SimulatedPupil, taken: set[str]) -> str:
    dice = random.Random(f"{world.SEED}:username:{pupil.number}")
    name = identity.username(
        pupil.first_name, pupil.last_name, pupil.birth_date, taken=taken.__contains__, draw=dice.randrange
    )
    taken.add(name)
    return name


def remove(school_id: int) -> None:
    """Erase a demonstration school and all that is its own: learners, accounts, tries, in one transaction.

    Raises: NotFound for a school that is no demonstration.
    """
    with write_tx() as session:
        # Held until the end, with the campaigns: the process that plays here, if it is another one, waits,
        # then finds nothing to write in.
        school = session.get(School, school_id, populate_existing=True, with_for_update=True)
        if school is None or not school.is_demonstration:
            raise NotFound
        session.expunge(school)
        _erase_tries(session, school_id)
        _erase_people(session, school_id)
        _run(session, delete(School).where(School.id == school_id))


def _run(session: Session, statement: Delete) -> None:
    session.execute(statement, execution_options={"synchronize_session": False})


def _erase_tries(session: Session, school_id: int) -> None:
    """Erase the campaigns and their tries; questions, answers and snapshots go with each try."""
    own = select(Campaign.id).where(Campaign.school_id == school_id)
    session.execute(own.with_for_update())
    tests = set(
        session.scalars(
            select(Participation.frozen_test).where(Participation.campaign_id.in_(own)).distinct()
        )
    )
    _run(session, delete(Participation).where(Participation.campaign_id.in_(own)))
    _run(session, delete(Campaign).where(Campaign.school_id == school_id))
    used = set(
        session.scalars(
            select(Participation.frozen_test).where(Participation.frozen_test.in_(tests)).distinct()
        )
    )
    _run(session, delete(FrozenTestRow).where(FrozenTestRow.digest.in_(tests - used)))


def _erase_people(session: Session, school_id: int) -> None:
    """Erase pupils, learners and accounts, but whoever belongs to another school too."""
    learners = set(session.scalars(select(Student.learner_id).where(Student.school_id == school_id)))
    accounts = set(session.scalars(select(Member.account_id).where(Member.school_id == school_id)))
    _run(session, delete(SignIn).where(SignIn.school_id == school_id))
    _run(session, delete(Student).where(Student.school_id == school_id))
    _run(session, delete(Member).where(Member.school_id == school_id))
    elsewhere = or_(
        Learner.id.in_(select(Student.learner_id).where(Student.learner_id.is_not(None))),
        Learner.id.in_(select(Participation.learner_id)),
    )
    _run(session, delete(Learner).where(Learner.id.in_(learners - {None}), ~elsewhere))
    _run(
        session,
        delete(Account).where(Account.id.in_(accounts), ~Account.id.in_(select(Member.account_id))),
    )
