"""Invite colleagues by a link handed over: single use, fourteen days, replaced when sent again."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from portal.domain.errors import DomainError, NotFound
from portal.domain.permissions import Function, Role
from portal.extensions import db
from portal.persistence.models import Account, Invitation, Member
from portal.persistence.transaction import write_tx
from portal.services import accounts, passwords, schools

LASTS = timedelta(days=14)
MOST_AT_ONCE = 100
_BETWEEN_ADDRESSES = re.compile(r"[,;\t]")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")


class InvalidAddresses(DomainError):
    """Some of the typed addresses cannot be invited; the message names each with its line."""


class InvitationGone(DomainError):
    """The link was used, replaced, cancelled, or is too old."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Who is invited, and as what."""

    addresses: str
    function: Function
    role: Role


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the signed link of an invitation carries."""

    public_id: UUID
    nonce: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What an invited person without account gives."""

    first_name: str
    last_name: str
    password: str


def read_addresses(typed: str) -> dict[str, int]:
    """Read addresses written one a line, or between commas or semicolons: clean address to line number.

    « Prénom Nom <adresse> », as mail programs copy it, is understood.

    Raises: InvalidAddresses naming each bad line.
    """
    found: dict[str, int] = {}
    mistakes = []
    for line, piece in _pieces(typed):
        try:
            found.setdefault(schools.clean_email(piece), line)
        except schools.InvalidEmail:
            mistakes.append(f"Ligne {line}\u00a0: «\u00a0{piece}\u00a0» n’est pas une adresse complète.")
    if mistakes:
        raise InvalidAddresses(" ".join(mistakes))
    if not found:
        raise InvalidAddresses("Saisissez au moins une adresse.")
    if len(found) > MOST_AT_ONCE:
        raise InvalidAddresses(f"Invitez {MOST_AT_ONCE} personnes au plus à la fois.")
    return found


def _pieces(typed: str) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(typed.splitlines(), start=1):
        for piece in _BETWEEN_ADDRESSES.split(text):
            bracketed = _IN_BRACKETS.search(piece)
            piece = (bracketed[1] if bracketed else piece).strip()
            if piece:
                yield line, piece


def invite(draft: Draft, *, school_id: int, by_id: int, at: datetime) -> list[UUID]:
    """Invite every address, or none; an address already invited gets a new link, the old one dies.

    Args:
        by_id: the member who invites.
    Returns: the public ids of the invitations, in the order of the addresses.
    Raises: InvalidAddresses, also for an address that is a member's.
    """
    addresses = read_addresses(draft.addresses)
    try:
        return _write(draft, addresses, school_id, by_id, at)
    except IntegrityError:
        # Another process wrote the same addresses at the same instant: theirs are now replaced.
        return _write(draft, addresses, school_id, by_id, at)


def _write(draft: Draft, addresses: dict[str, int], school_id: int, by_id: int, at: datetime) -> list[UUID]:
    with write_tx() as session:
        _refuse_members(session, addresses, school_id)
        known = {
            one.email: one
            for one in session.scalars(
                select(Invitation)
                .where(Invitation.school_id == school_id, Invitation.email.in_(addresses))
                .execution_options(populate_existing=True)
            )
        }
        invitations = []
        for address in addresses:
            invitation = known.get(address) or Invitation(school_id=school_id, email=address)
            invitation.function, invitation.role, invitation.invited_by_id = draft.function, draft.role, by_id
            _renew(invitation, at)
            session.add(invitation)
            invitations.append(invitation)
    return [invitation.public_id for invitation in invitations]


def _refuse_members(session: Session, addresses: dict[str, int], school_id: int) -> None:
    members: Sequence[str] = session.scalars(
        select(Account.email)
        .join(Member, Member.account_id == Account.id)
        .where(Member.school_id == school_id, Member.left_at.is_(None), Account.email.in_(addresses))
    ).all()
    if members:
        raise InvalidAddresses(
            " ".join(
                f"Ligne {addresses[email]}\u00a0: {email} fait déjà partie de l’équipe."
                for email in sorted(members, key=lambda one: addresses[one])
            )
        )


def _renew(invitation: Invitation, at: datetime) -> None:
    invitation.nonce = secrets.token_urlsafe(16)
    invitation.expires_at = at + LASTS


def renew(school_id: int, public_id: UUID, *, at: datetime) -> str:
    """Make a new link for fourteen more days; the old one dies. Returns the address invited.

    Raises: NotFound.
    """
    with write_tx() as session:
        invitation: Invitation | None = session.scalar(
            select(Invitation)
            .where(Invitation.school_id == school_id, Invitation.public_id == public_id)
            .execution_options(populate_existing=True)
        )
        if invitation is None:
            raise NotFound
        _renew(invitation, at)
    return invitation.email


def cancel(school_id: int, public_id: UUID) -> None:
    """Take an invitation back; one that is gone already does no harm.

    Raises: NotFound for another school's.
    """
    with write_tx() as session:
        invitation = session.scalar(select(Invitation).where(Invitation.public_id == public_id))
        if invitation is None:
            return
        if invitation.school_id != school_id:
            raise NotFound
        session.delete(invitation)


def find(ticket: Ticket, *, at: datetime) -> Invitation:
    """Find the invitation that a link opens, with its school.

    Raises: InvitationGone.
    """
    invitation: Invitation | None = db.session.scalar(
        select(Invitation)
        .options(joinedload(Invitation.school))
        .where(Invitation.public_id == ticket.public_id, Invitation.nonce == ticket.nonce)
    )
    if invitation is None or invitation.expires_at <= at:
        raise InvitationGone
    return invitation


def is_known(email: str) -> bool:
    """Tell whether an invited person already has an account, whose password will be asked."""
    return db.session.scalar(select(Account.id).where(Account.email == email)) is not None


def accept_as_new(ticket: Ticket, person: NewPerson, *, device: str, at: datetime) -> accounts.OpenedSession:
    """Make the account of an invited person, who joins the team and is signed in.

    Raises: InvitationGone, accounts.WeakPassword.
    """
    invitation = find(ticket, at=at)
    words = person.first_name, person.last_name, invitation.email.partition("@")[0], invitation.school.name
    accounts.check_password(person.password, context=words)
    account = Account(
        email=invitation.email,
        first_name=person.first_name,
        last_name=person.last_name,
        password_hash=passwords.hash_secret(person.password),
        created_at=at,
    )
    return _join(ticket, invitation, account, device, at)


def accept_with_account(
    ticket: Ticket, password: str, *, device: str, at: datetime
) -> accounts.OpenedSession:
    """Let an invited person who has an account join the team, signed in with its password.

    Raises: InvitationGone, accounts.WrongCredentials, accounts.AccountLocked, accounts.AccountBlocked.
    """
    invitation = find(ticket, at=at)
    account = accounts.authenticate(invitation.email, password, at=at)
    return _join(ticket, invitation, account, device, at)


def _join(
    ticket: Ticket, invitation: Invitation, account: Account, device: str, at: datetime
) -> accounts.OpenedSession:
    try:
        with write_tx() as session:
            used = session.scalar(
                delete(Invitation)
                .where(Invitation.public_id == ticket.public_id, Invitation.nonce == ticket.nonce)
                .returning(Invitation.id)
                .execution_options(synchronize_session=False)
            )
            if used is None:
                raise InvitationGone
            session.add(account)
            session.flush()
            member = session.scalar(
                select(Member)
                .where(Member.school_id == invitation.school_id, Member.account_id == account.id)
                .execution_options(populate_existing=True)
            )
            # Somebody who left finds again the same place, and the campaigns he or she owns.
            if member is None:
                member = Member(school_id=invitation.school_id, account_id=account.id)
                session.add(member)
            member.role, member.function = invitation.role, invitation.function
            member.joined_at, member.left_at = at, None
    except IntegrityError:
        # The account was made by the other click, or by an invitation of another school.
        raise InvitationGone from None
    return accounts.open_member_session(account, device=device, at=at)
