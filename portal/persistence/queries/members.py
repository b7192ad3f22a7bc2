"""The team of a school: its members, the invitations still open, a member's own sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.domain.identity import normalise_name
from portal.domain.permissions import Role
from portal.extensions import db
from portal.persistence.models import Account, Invitation, Member, SignIn
from portal.persistence.queries.sign_ins import STAFF_IDLE, STAFF_LONGEST


def team(school_id: int) -> list[Member]:
    """List the members of a school with their accounts, by name."""
    members = db.session.scalars(
        select(Member)
        .options(joinedload(Member.account))
        .where(Member.school_id == school_id, Member.left_at.is_(None))
    )
    # Neither database sorts accents as a French reader does.
    return sorted(members, key=lambda one: (_sort_key(one.account), one.id))


def _sort_key(account: Account) -> tuple[str, str]:
    return normalise_name(account.last_name), normalise_name(account.first_name)


def member(school_id: int, public_id: UUID) -> Member | None:
    """Find a present member of a school, with the account."""
    return db.session.scalar(
        select(Member)
        .options(joinedload(Member.account))
        .where(Member.school_id == school_id, Member.public_id == public_id, Member.left_at.is_(None))
    )


def administrators(school_id: int) -> int:
    """Count the administrators of a school."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Member)
            .where(Member.school_id == school_id, Member.role == Role.ADMIN, Member.left_at.is_(None))
        )
        or 0
    )


def invitations(school_id: int) -> list[Invitation]:
    """List the invitations nobody has accepted yet, by address."""
    return list(
        db.session.scalars(
            select(Invitation).where(Invitation.school_id == school_id).order_by(Invitation.email)
        )
    )


def invitation(school_id: int, public_id: UUID) -> Invitation | None:
    """Find an invitation of a school."""
    return db.session.scalar(
        select(Invitation).where(Invitation.school_id == school_id, Invitation.public_id == public_id)
    )


def account(account_id: int) -> Account:
    """Give the account of somebody signed in."""
    return db.session.get_one(Account, account_id)


def open_sessions(account_id: int, *, at: datetime) -> list[SignIn]:
    """List the sessions of a member that still open the portal, the one seen last first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(
                SignIn.account_id == account_id,
                SignIn.seen_at >= at - STAFF_IDLE,
                SignIn.created_at >= at - STAFF_LONGEST,
            )
            .order_by(SignIn.seen_at.desc(), SignIn.id)
        )
    )
