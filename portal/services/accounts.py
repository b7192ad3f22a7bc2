"""Signing in and out, for staff and pupils: lockout in the database, sessions that can be closed."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.domain import identity
from portal.domain.errors import DomainError, NotFound
from portal.extensions import db
from portal.persistence.models import Account, Learner, Member, SignIn, Student
from portal.persistence.transaction import write_tx
from portal.services import passwords

SHORTEST_PASSWORD = 12
# No session lives that long: its row says nothing any more.
FORGOTTEN_AFTER = timedelta(days=7)
_COMMON = frozenset((Path(__file__).parent / "mots-de-passe-courants.txt").read_text("utf-8").split("\n"))


class WrongCredentials(DomainError):
    """Unknown name or wrong secret: the same answer for both."""


class AccountBlocked(DomainError):
    """Too many failures: somebody has to unlock the account."""


class AccountLocked(DomainError):
    """Too many failures in a row: to be tried again later."""

    def __init__(self, until: datetime) -> None:
        """Keep the instant from which signing in is possible again."""
        super().__init__()
        self.until = until


class WeakPassword(DomainError):
    """A password too short, or that everybody tries first."""


class NoSchool(DomainError):
    """The person belongs to no school of this portal any more."""


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """The token for the cookie, and whether the secret must be changed first."""

    token: str
    must_change_secret: bool = False


def check_password(password: str, *, context: tuple[str, ...] = ()) -> None:
    """Refuse a staff password under twelve characters, too common, or made of the given words.

    Raises: WeakPassword with the sentence to show.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword("Choisissez un mot de passe de 12 caractères au moins.")
    bare = password.casefold()
    words = {"balise", *(word.casefold() for word in context if len(word) >= 4)}
    if bare in _COMMON or len(set(bare)) < 4 or bare.strip("0123456789!.-_ ") in words:
        raise WeakPassword(
            "Ce mot de passe est trop courant\u00a0: choisissez par exemple quatre mots sans lien."
        )


def sign_in_member(email: str, password: str, *, device: str, at: datetime) -> OpenedSession:
    """Open a session for a member, in the school joined last.

    Raises: WrongCredentials, AccountLocked, AccountBlocked, NoSchool.
    """
    return open_member_session(authenticate(email, password, at=at), device=device, at=at)


def authenticate(email: str, password: str, *, at: datetime) -> Account:
    """Find the account whose e-mail address and password these are; a wrong password is counted.

    Raises: WrongCredentials, AccountLocked, AccountBlocked.
    """
    account: Account | None = db.session.scalar(select(Account).where(Account.email == email.strip().lower()))
    _check(account, account.password_hash if account else None, password, at)
    assert account is not None
    return account


def open_member_session(account: Account, *, device: str, at: datetime) -> OpenedSession:
    """Open a session for a member whose identity was just established, in the school joined last.

    Raises: NoSchool.
    """
    member = db.session.scalar(
        select(Member)
        .where(Member.account_id == account.id, Member.left_at.is_(None))
        .order_by(Member.joined_at.desc())
        .limit(1)
    )
    if member is None:
        raise NoSchool
    return _open(
        SignIn(account_id=account.id, school_id=member.school_id, device=device), account, at, member
    )


def sign_in_learner(username: str, secret: str, *, device: str, at: datetime) -> OpenedSession:
    """Open a session for a pupil, in the school whose list he or she is on.

    Raises: WrongCredentials, AccountLocked, AccountBlocked, NoSchool.
    """
    return open_learner_session(authenticate_learner(username, secret, at=at), device=device, at=at)


def authenticate_learner(username: str, secret: str, *, at: datetime) -> Learner:
    """Find the pupil whose username and secret these are; a wrong secret is counted.

    Raises: WrongCredentials, AccountLocked, AccountBlocked.
    """
    learner: Learner | None = db.session.scalar(
        select(Learner).where(Learner.username == username.strip().lower())
    )
    _check(learner, learner.secret_hash if learner else None, identity.as_passphrase(secret), at)
    assert learner is not None
    return learner


def open_learner_session(learner: Learner, *, device: str, at: datetime) -> OpenedSession:
    """Open a session for a pupil whose identity was just established.

    Raises: NoSchool.
    """
    school_id = db.session.scalar(
        select(Student.school_id)
        .where(Student.learner_id == learner.id)
        .order_by(Student.disabled_at.is_not(None), Student.linked_at.desc())
        .limit(1)
    )
    if school_id is None:
        raise NoSchool
    opened = _open(SignIn(learner_id=learner.id, school_id=school_id, device=device), learner, at)
    return OpenedSession(opened.token, learner.must_change_secret)


def _check(person: Account | Learner | None, hashed: str | None, secret: str, at: datetime) -> None:
    if person is not None and person.is_blocked:
        raise AccountBlocked
    if person is not None and person.locked_until and person.locked_until > at:
        raise AccountLocked(person.locked_until)
    if not passwords.is_right(hashed, secret):
        if person is not None:
            _count_failure(person, at)
        raise WrongCredentials


def _count_failure(person: Account | Learner, at: datetime) -> None:
    with write_tx() as session:
        session.refresh(person, with_for_update=True)
        person.failures += 1
        lock = identity.lock_after(person.failures)
        if lock is identity.BLOCKED:
            person.is_blocked = True
        elif lock is not None:
            person.locked_until = at + lock


def _open(
    sign_in: SignIn, person: Account | Learner, at: datetime, member: Member | None = None
) -> OpenedSession:
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = token_hash(token)
    sign_in.created_at = sign_in.seen_at = at
    with write_tx() as session:
        session.execute(delete(SignIn).where(SignIn.seen_at < at - FORGOTTEN_AFTER))
        person.failures, person.locked_until = 0, None
        if member is not None:
            member.last_seen_at = at
        session.add(sign_in)
    return OpenedSession(token)


def token_hash(token: str) -> str:
    """Hash a session's token as the database keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()


def close_session(sign_in_id: int) -> None:
    """Sign out: the cookie is worthless from now on."""
    with write_tx() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def close_own_session(account_id: int, public_id: UUID) -> None:
    """Close one of a member's sessions, left open on another machine; closed already does no harm.

    Raises: NotFound for somebody else's.
    """
    with write_tx() as session:
        sign_in = session.scalar(select(SignIn).where(SignIn.public_id == public_id))
        if sign_in is None:
            return
        if sign_in.account_id != account_id:
            raise NotFound
        session.delete(sign_in)


def close_other_sessions(account_id: int, *, keep: int) -> None:
    """Sign a member out everywhere but here.

    Args:
        keep: the id of the session that stays open.
    """
    with write_tx() as session:
        session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.id != keep))


def change_password(account_id: int, old: str, new: str, *, keep: int, at: datetime) -> None:
    """Change a member's password, and close the other sessions.

    Args:
        keep: the id of the session that stays open.
    Raises: WrongCredentials, AccountLocked, AccountBlocked, WeakPassword.
    """
    account = db.session.get_one(Account, account_id)
    _check(account, account.password_hash, old, at)
    check_password(new, context=words_of(account))
    hashed = passwords.hash_secret(new)
    with write_tx() as session:
        account.password_hash = hashed
        account.failures = 0
        session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.id != keep))


def replace_password(session: Session, account: Account, hashed: str) -> None:
    """Write a new password inside a transaction: the account is unlocked, its sessions are closed."""
    account.password_hash = hashed
    account.failures, account.locked_until, account.is_blocked = 0, None, False
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))


def words_of(account: Account) -> tuple[str, ...]:
    """Give the words that a password of this person may not be made of."""
    return account.first_name, account.last_name, account.email.partition("@")[0]
