"""Links handed over to people: signed, so nobody makes one up; the database says what they still open."""

from datetime import UTC, datetime
from uuid import UUID

import segno
from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup

from portal.persistence.models import Invitation
from portal.services.invitations import InvitationGone, Ticket
from portal.services.members import LinkGone, PasswordTicket

INVITATION, PASSWORD = "invitation", "password"


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=purpose)


def _read(purpose: str, token: str) -> list[str]:
    try:
        values: list[str] = _signer(purpose).loads(token)
    except BadSignature:
        return []
    return values


def invitation_url(invitation: Invitation) -> str:
    """Write the link of an invitation: the same each time, until it is used or sent again."""
    token = _signer(INVITATION).dumps([invitation.public_id.hex, invitation.nonce])
    return url_for("auth.accept_invitation", token=token, _external=True)


def read_invitation(token: str) -> Ticket:
    """Read the link of an invitation.

    Raises: InvitationGone when we did not write it.
    """
    match _read(INVITATION, token):
        case [public_id, nonce]:
            return Ticket(UUID(public_id), nonce)
    raise InvitationGone


def password_url(ticket: PasswordTicket) -> str:
    """Write the link with which a member chooses a new password."""
    expires = str(int(ticket.expires_at.timestamp()))
    token = _signer(PASSWORD).dumps([ticket.member.hex, ticket.fingerprint, expires])
    return url_for("auth.new_password", token=token, _external=True)


def read_password(token: str) -> PasswordTicket:
    """Read the link for a new password.

    Raises: LinkGone when we did not write it.
    """
    match _read(PASSWORD, token):
        case [member, fingerprint, expires]:
            return PasswordTicket(UUID(member), fingerprint, datetime.fromtimestamp(int(expires), UTC))
    raise LinkGone


def qr_code(url: str) -> Markup:
    """Draw a link for a phone's camera, sized by our style sheet."""
    return Markup(segno.make(url, error="m", micro=False).svg_inline(omitsize=True, border=4))
