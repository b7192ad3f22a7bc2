"""The team: who is in it, as what, and who leaves."""

from typing import Any
from uuid import UUID

from flask import Response

from portal import access, clock, htmx, links
from portal.access import current_viewer, open_to
from portal.blueprints.members import bp
from portal.blueprints.members.forms import FunctionForm, RoleForm
from portal.chrome import say
from portal.domain.errors import NotFound
from portal.domain.permissions import Action, Function, Role, is_allowed
from portal.persistence.models import Account, Member
from portal.persistence.queries import members as queries
from portal.services import members


def team_context() -> dict[str, Any]:
    """Give what the team's page shows."""
    viewer = current_viewer()
    return {
        "team": queries.team(viewer.school_id),
        "invitations": queries.invitations(viewer.school_id),
        "can_manage": is_allowed(viewer.role, Action.MANAGE_TEAM),
        "own_id": viewer.member_id,
        "now": clock.now(),
    }


def _doer() -> members.Doer:
    viewer = current_viewer()
    return members.Doer(viewer.school_id, viewer.member_id, clock.now())


def _name(account: Account) -> str:
    return f"{account.first_name} {account.last_name}"


@bp.get("/equipe")
@open_to(Action.READ_SCHOOL)
def index() -> Response:
    """List the team and the invitations under way."""
    return htmx.render("members/index.html", **team_context())


def _load(public_id: UUID) -> Member:
    member = queries.member(current_viewer().school_id, public_id)
    if member is None:
        raise NotFound
    return member


def _show(member: Member, form: FunctionForm, status: int = 200) -> Response:
    viewer = current_viewer()
    is_admin = member.role == Role.ADMIN
    return htmx.render(
        "members/show.html",
        status=status,
        member=member,
        form=form,
        is_admin=is_admin,
        is_last_admin=is_admin and queries.administrators(viewer.school_id) == 1,
        is_self=member.id == viewer.member_id,
    )


@bp.get("/equipe/<uuid:public_id>")
@open_to(Action.MANAGE_TEAM)
def show(public_id: UUID) -> Response:
    """Show a member, and what an administrator may change."""
    member = _load(public_id)
    return _show(member, FunctionForm(formdata=None, function=member.function))


@bp.post("/equipe/<uuid:public_id>/fonction")
@open_to(Action.MANAGE_TEAM)
def change_function(public_id: UUID) -> Response:
    """Change a member's function."""
    form = FunctionForm()
    if not form.validate_on_submit():
        return _show(_load(public_id), form, status=422)
    members.change_function(public_id, Function(form.function.data), _doer())
    say("La nouvelle fonction est enregistrée.")
    return htmx.see_other("members.index")


@bp.post("/equipe/<uuid:public_id>/role")
@open_to(Action.MANAGE_TEAM)
def change_role(public_id: UUID) -> Response:
    """Make a member an administrator, or the other way round."""
    form = RoleForm()
    if not form.validate_on_submit():
        raise NotFound
    role = Role(form.role.data)
    member = members.change_role(public_id, role, _doer())
    words = "est maintenant référent (RUPN)" if role is Role.ADMIN else "n’est plus référent (RUPN)"
    say(f"{_name(member.account)} {words}.")
    return htmx.see_other("members.index")


@bp.post("/equipe/<uuid:public_id>/retirer")
@open_to(Action.MANAGE_TEAM)
def remove(public_id: UUID) -> Response:
    """Remove a member from the team."""
    member = members.remove(public_id, _doer())
    say(f"{_name(member.account)} ne fait plus partie de l’équipe. Ses campagnes restent.")
    if member.id == current_viewer().member_id:
        return _goodbye()
    return htmx.see_other("members.index")


@bp.post("/equipe/quitter")
@open_to(Action.KEEP_ACCOUNT)
def leave() -> Response:
    """Leave the team."""
    members.leave(_doer())
    return _goodbye()


def _goodbye() -> Response:
    access.close_cookie()
    say("Vous ne faites plus partie de l’équipe. Vos campagnes restent dans l’établissement.")
    return htmx.see_other("auth.sign_in")


@bp.post("/equipe/<uuid:public_id>/lien-de-connexion")
@open_to(Action.MANAGE_TEAM)
def password_link(public_id: UUID) -> Response:
    """Show, once, the link with which a colleague chooses a new password."""
    member, ticket = members.password_ticket(public_id, _doer())
    url = links.password_url(ticket)
    return htmx.render(
        "members/password_link.html",
        member=member,
        url=url,
        qr_code=links.qr_code(url),
        expires_at=ticket.expires_at,
    )
