"""The members of a team: role, function, leaving, and a new password for a colleague locked out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import DomainError, NotFound
from portal.domain.permissions import Function, Role
from portal.extensions import db
from portal.persistence.models import Account, AuditEvent, Member, SignIn
from portal.persistence.queries import members as queries
from portal.persistence.transaction import write_tx
from portal.services import accounts, passwords

LINK_LASTS = timedelta(hours=24)


class LastAdministrator(DomainError):
    """The school would have no administrator left."""


class LinkGone(DomainError):
    """The link for a new password was used or is too old."""


class NotByLink(DomainError):
    """This person's password is not for this administrator to change."""


@dataclass(frozen=True, slots=True)
class Doer:
    """The member who acts, in his or her school, and when."""

    school_id: int
    member_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PasswordTicket:
    """What the signed link for a new password carries; it dies with the password it replaces."""

    member: UUID
    fingerprint: str
    expires_at: datetime


def change_role(public_id: UUID, role: Role, doer: Doer) -> Member:
    """Make a member an administrator, or an administrator a member.

    Raises: NotFound, LastAdministrator.
    """
    with write_tx() as session:
        member = _hold(session, doer.school_id, Member.public_id == public_id)
        if role is not Role.ADMIN:
            _keep_an_administrator(session, member)
        member.role = role
        _note(session, "member_role", member, doer, role=role)
    return member


def change_function(public_id: UUID, function: Function, doer: Doer) -> Member:
    """Change the work of a member in the school.

    Raises: NotFound.
    """
    with write_tx() as session:
        member = _hold(session, doer.school_id, Member.public_id == public_id)
        member.function = function
    return member


def remove(public_id: UUID, doer: Doer) -> Member:
    """Remove a member from the team: the sessions close at once, the campaigns stay.

    Raises: NotFound, LastAdministrator.
    """
    return _end(Member.public_id == public_id, doer)


def leave(doer: Doer) -> Member:
    """Leave the team: the sessions close at once, the campaigns stay.

    Raises: NotFound, LastAdministrator.
    """
    return _end(Member.id == doer.member_id, doer)


def _end(whom: ColumnElement[bool], doer: Doer) -> Member:
    with write_tx() as session:
        member = _hold(session, doer.school_id, whom)
        _keep_an_administrator(session, member)
        member.left_at = doer.at
        session.execute(
            delete(SignIn).where(SignIn.account_id == member.account_id, SignIn.school_id == doer.school_id)
        )
        _note(session, "member_left", member, doer)
    return member


def _hold(session: Session, school_id: int, whom: ColumnElement[bool]) -> Member:
    """Read a present member again inside the transaction, with the school's administrators held still."""
    session.execute(
        select(Member.id)
        .where(Member.school_id == school_id, Member.role == Role.ADMIN)
        .order_by(Member.id)
        .with_for_update()
    )
    member: Member | None = session.scalar(
        select(Member)
        .where(Member.school_id == school_id, Member.left_at.is_(None), whom)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if member is None:
        raise NotFound
    return member


def _keep_an_administrator(session: Session, member: Member) -> None:
    others = session.scalar(
        select(func.count())
        .select_from(Member)
        .where(
            Member.school_id == member.school_id,
            Member.role == Role.ADMIN,
            Member.left_at.is_(None),
            Member.id != member.id,
        )
    )
    if member.role == Role.ADMIN and not others:
        raise LastAdministrator(
            "L’établissement doit garder un référent (RUPN)\u00a0: nommez d’abord une autre personne."
        )


def _note(session: Session, action: str, member: Member, doer: Doer, **details: str) -> None:
    session.add(
        AuditEvent(
            school_id=doer.school_id,
            member_id=doer.member_id,
            action=action,
            details={"member": str(member.public_id), **details},
            at=doer.at,
        )
    )


def password_ticket(public_id: UUID, doer: Doer) -> tuple[Member, PasswordTicket]:
    """Let a colleague choose a new password within a day, also when the account is blocked.

    Raises: NotFound, NotByLink.
    """
    member = queries.member(doer.school_id, public_id)
    if member is None:
        raise NotFound
    if member.id == doer.member_id:
        raise NotByLink("Changez votre propre mot de passe dans «\u00a0Mon compte\u00a0».")
    if _belongs_elsewhere(member):
        raise NotByLink(
            "Cette personne travaille aussi dans un autre établissement\u00a0: elle seule peut changer "
            "son mot de passe."
        )
    with write_tx() as session:
        _note(session, "member_password_link", member, doer)
    return member, PasswordTicket(member.public_id, _fingerprint(member.account), doer.at + LINK_LASTS)


def _belongs_elsewhere(member: Member) -> bool:
    return (
        db.session.scalar(
            select(Member.id)
            .where(
                Member.account_id == member.account_id,
                Member.school_id != member.school_id,
                Member.left_at.is_(None),
            )
            .limit(1)
        )
        is not None
    )


def _fingerprint(account: Account) -> str:
    return hashlib.sha256(account.password_hash.encode()).hexdigest()[:32]


def account_of(ticket: PasswordTicket, *, at: datetime) -> Account:
    """Find the account that a link for a new password opens.

    Raises: LinkGone.
    """
    member = db.session.scalar(
        select(Member)
        .options(joinedload(Member.account))
        .where(Member.public_id == ticket.member, Member.left_at.is_(None))
    )
    if member is None or ticket.expires_at <= at or _fingerprint(member.account) != ticket.fingerprint:
        raise LinkGone
    if _belongs_elsewhere(member):
        # Joined another school since: this one's administrator no longer opens the account.
        raise LinkGone
    return member.account


def choose_password(
    ticket: PasswordTicket, password: str, *, device: str, at: datetime
) -> accounts.OpenedSession:
    """Set the password chosen through a link, unlock the account, close its sessions, open one.

    Raises: LinkGone, accounts.WeakPassword.
    """
    account = account_of(ticket, at=at)
    accounts.check_password(password, context=accounts.words_of(account))
    hashed = passwords.hash_secret(password)
    with write_tx() as session:
        session.refresh(account, with_for_update=True)
        if _fingerprint(account) != ticket.fingerprint:
            raise LinkGone
        accounts.replace_password(session, account, hashed)
    return accounts.open_member_session(account, device=device, at=at)
