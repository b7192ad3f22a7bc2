"""A pupil proves who he or she is, and receives credentials."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.domain import identity
from portal.domain.errors import DomainError, NotFound
from portal.extensions import db
from portal.persistence.models import AuditEvent, Learner, SignIn, Student
from portal.persistence.queries import students as queries
from portal.persistence.transaction import write_tx
from portal.services import accounts, passwords


class NobodyFound(DomainError):
    """No pupil of the school has these names and birth date, or two have."""


class HasAccount(DomainError):
    """The pupil already has credentials."""


class WeakSecret(DomainError):
    """The chosen secret is too short."""


class UsernameTaken(DomainError):
    """Somebody took the proposed username a moment ago."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Credentials proposed to a pupil, before anything is written."""

    username: str
    passphrase: str


def identify(school_id: int, first_name: str, last_name: str, birth_date: date) -> Student:
    """Find the one pupil of the school whom these names and birth date fit.

    Raises: NobodyFound, HasAccount with the sentence to show.
    """
    students = {student.id: student for student in queries.born_on(school_id, birth_date)}
    found = identity.identify(first_name, last_name, [_candidate(one) for one in students.values()])
    match found:
        case identity.Identified(key):
            return students[key]
        case identity.AlreadyLinked(masked):
            raise HasAccount(
                f"Un compte existe déjà pour cet élève\u00a0: identifiant {masked}. Connectez-vous avec le mot "
                "de passe que vous avez noté. Perdu\u00a0? Demandez-en un nouveau à un adulte."
            )
        case identity.Ambiguous():
            raise NobodyFound(
                "Plusieurs élèves ont ce nom et cette date de naissance. Demandez à un adulte de "
                "l’établissement\u00a0: il peut vous inscrire."
            )
    raise NobodyFound(
        "Personne n’a ce nom et cette date de naissance dans la liste. Vérifiez-les. Si tout est juste, "
        "demandez à un adulte de l’établissement."
    )


def _candidate(student: Student) -> identity.Candidate:
    firsts = (student.first_name, student.second_name, student.third_name)
    lasts = (student.last_name, student.usage_name)
    return identity.Candidate(
        key=student.id,
        first_names=tuple(filter(None, firsts)),
        last_names=tuple(filter(None, lasts)),
        linked_username=student.learner.username if student.learner else None,
    )


def propose(student: Student) -> Proposal:
    """Propose a free username and a passphrase."""
    return Proposal(
        username=identity.username(
            student.first_name,
            student.usage_name or student.last_name,
            student.birth_date,
            taken=_is_taken,
            draw=secrets.randbelow,
        ),
        passphrase=new_passphrase(),
    )


def new_passphrase() -> str:
    """Draw three words and two digits."""
    return identity.passphrase(secrets.randbelow)


def _is_taken(username: str) -> bool:
    return db.session.scalar(select(Learner.id).where(Learner.username == username)) is not None


def _check_secret(secret: str) -> None:
    if not identity.has_allowed_secret(secret):
        raise WeakSecret("Choisissez un mot de passe de 8 caractères au moins.")


def link(student_id: int, username: str, secret: str, *, at: datetime) -> Learner:
    """Create the pupil's credentials and attach them to the list: once, even clicked twice.

    Returns: the pupil's learner, also when the same click had created it a moment before.
    Raises: HasAccount, WeakSecret, UsernameTaken, NotFound.
    """
    _check_secret(secret)
    hashed = passwords.hash_secret(identity.as_passphrase(secret))
    learner = Learner(username=username, secret_hash=hashed, created_at=at)
    try:
        with write_tx() as session:
            student = session.get(Student, student_id, with_for_update=True, populate_existing=True)
            if student is None or student.disabled_at is not None:
                raise NotFound
            if student.learner_id is not None:
                raise HasAccount(
                    "Un compte vient d’être créé pour cet élève. Connectez-vous avec le mot de passe noté."
                )
            session.add(learner)
            session.flush()
            student.learner_id, student.linked_at = learner.id, at
            session.add(AuditEvent(school_id=student.school_id, action="link", student_id=student.id, at=at))
    except HasAccount as refusal:
        try:
            # The same click again knows the secret; a guess counts as a failed sign-in.
            return accounts.authenticate_learner(username, secret, at=at)
        except DomainError:
            raise refusal from None
    except IntegrityError:
        raise UsernameTaken("Cet identifiant vient d’être pris\u00a0: en voici un autre.") from None
    return learner


def change_secret(learner_id: int, secret: str, *, current: str, keep: int, at: datetime) -> None:
    """Give the pupil the secret he or she chose, and close the other sessions.

    Args:
        current: the present secret, so that a session left open gives no account away; not asked of
            somebody who has just signed in with a one-time passphrase.
        keep: the id of the session that stays open.
    Raises: WeakSecret, accounts.WrongCredentials, accounts.AccountLocked, accounts.AccountBlocked.
    """
    _check_secret(secret)
    learner = db.session.get_one(Learner, learner_id)
    if not learner.must_change_secret:
        accounts.authenticate_learner(learner.username, current, at=at)
    hashed = passwords.hash_secret(identity.as_passphrase(secret))
    with write_tx() as session:
        learner.secret_hash, learner.must_change_secret = hashed, False
        session.execute(delete(SignIn).where(SignIn.learner_id == learner_id, SignIn.id != keep))
