"""A member's own account: password, and the sessions left open here and there."""

from uuid import UUID

from flask import Response

from portal import clock, htmx
from portal.access import current_viewer, open_to
from portal.blueprints.auth import bp
from portal.blueprints.auth.forms import ChangePasswordForm
from portal.chrome import say
from portal.domain.errors import DomainError
from portal.domain.permissions import Action
from portal.errors import sentence_of
from portal.extensions import limiter
from portal.persistence.queries import members as queries
from portal.security import FAILURES_PER_ADDRESS, is_failure
from portal.services import accounts


@bp.route("/mon-compte", methods=["GET", "POST"])
@open_to(Action.KEEP_ACCOUNT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def account() -> Response:
    """Show one's account, and change its password."""
    form = ChangePasswordForm()
    if form.validate_on_submit() and _is_changed(form):
        say("Votre mot de passe est changé. Les autres sessions sont fermées.")
        return htmx.see_other("auth.account")
    viewer = current_viewer()
    return htmx.render(
        "auth/account.html",
        status=422 if form.errors else 200,
        form=form,
        account=queries.account(viewer.account_id),
        sessions=queries.open_sessions(viewer.account_id, at=clock.now()),
        current_id=viewer.sign_in_id,
    )


def _is_changed(form: ChangePasswordForm) -> bool:
    viewer = current_viewer()
    try:
        accounts.change_password(
            viewer.account_id,
            form.old.data or "",
            form.new.data or "",
            keep=viewer.sign_in_id,
            at=clock.now(),
        )
    except accounts.WeakPassword as error:
        form.new.errors = [str(error)]
    except accounts.WrongCredentials:
        form.old.errors = ["Ce n’est pas votre mot de passe actuel."]
    except DomainError as error:
        form.old.errors = [sentence_of(error)[1]]
    else:
        return True
    return False


@bp.post("/mon-compte/sessions/<uuid:public_id>/fermer")
@open_to(Action.KEEP_ACCOUNT)
def close_session(public_id: UUID) -> Response:
    """Close a session left open on another machine."""
    accounts.close_own_session(current_viewer().account_id, public_id)
    say("La session est fermée.")
    return htmx.see_other("auth.account")


@bp.post("/mon-compte/sessions/fermer-les-autres")
@open_to(Action.KEEP_ACCOUNT)
def close_other_sessions() -> Response:
    """Sign out everywhere but here."""
    viewer = current_viewer()
    accounts.close_other_sessions(viewer.account_id, keep=viewer.sign_in_id)
    say("Les autres sessions sont fermées.")
    return htmx.see_other("auth.account")
