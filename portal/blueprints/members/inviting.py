"""Inviting colleagues: several at once, each with a link and a QR code to hand over."""

from uuid import UUID

from flask import Response

from portal import clock, htmx, links
from portal.access import current_viewer, open_to
from portal.blueprints.members import bp
from portal.blueprints.members.forms import InviteForm
from portal.blueprints.members.views import team_context
from portal.chrome import say
from portal.domain.errors import NotFound
from portal.domain.permissions import Action
from portal.labels import counted
from portal.persistence.queries import members as queries
from portal.services import invitations


@bp.route("/equipe/invitations", methods=["GET", "POST"])
@open_to(Action.MANAGE_TEAM)
def invite() -> Response:
    """Invite colleagues by their addresses."""
    form = InviteForm()
    if form.validate_on_submit():
        viewer = current_viewer()
        try:
            made = invitations.invite(
                form.draft(), school_id=viewer.school_id, by_id=viewer.member_id, at=clock.now()
            )
        except invitations.InvalidAddresses as error:
            form.addresses.errors = [str(error)]
        else:
            if len(made) == 1:
                return htmx.see_other("members.invitation", public_id=made[0])
            say(
                f"{counted(len(made), 'invitation est prête', 'invitations sont prêtes')}. Remettez les liens."
            )
            return htmx.see_other("members.index")
    return htmx.render("members/invite.html", status=422 if form.errors else 200, form=form)


@bp.get("/equipe/invitations/<uuid:public_id>")
@open_to(Action.MANAGE_TEAM)
def invitation(public_id: UUID) -> Response:
    """Show an invitation's link and QR code, to hand over or print."""
    found = queries.invitation(current_viewer().school_id, public_id)
    if found is None:
        raise NotFound
    url = links.invitation_url(found)
    return htmx.render(
        "members/invitation.html",
        invitation=found,
        is_expired=found.expires_at <= clock.now(),
        url=url,
        qr_code=links.qr_code(url),
    )


@bp.post("/equipe/invitations/<uuid:public_id>/renvoyer")
@open_to(Action.MANAGE_TEAM)
def renew_invitation(public_id: UUID) -> Response:
    """Replace the link of an invitation by a new one."""
    invitations.renew(current_viewer().school_id, public_id, at=clock.now())
    say("Voici un nouveau lien. L’ancien ne fonctionne plus.")
    return htmx.see_other("members.invitation", public_id=public_id)


@bp.post("/equipe/invitations/<uuid:public_id>/annuler")
@open_to(Action.MANAGE_TEAM)
def cancel_invitation(public_id: UUID) -> Response:
    """Take an invitation back."""
    invitations.cancel(current_viewer().school_id, public_id)
    say("L’invitation est annulée. Son lien ne fonctionne plus.")
    if htmx.wants_fragment():
        return htmx.render(
            "members/index.html",
            fragment="members/_pending.html",
            oob=("members/_notices.html",),
            **team_context(),
        )
    return htmx.see_other("members.index")
