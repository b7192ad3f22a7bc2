"""The demonstration school: asked for on the first run, followed, and erased by its RUPN."""

import secrets
from typing import Any

from flask import Response, current_app, url_for

from portal import access, clock, htmx
from portal.access import current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.auth import bp
from portal.blueprints.auth.entering import has_entered
from portal.blueprints.auth.forms import ExploreForm
from portal.chrome import say
from portal.domain.demonstration import SCHOOL_NAME
from portal.domain.permissions import Action
from portal.extensions import limiter
from portal.security import FAILURES_PER_ADDRESS, is_failure
from portal.services import demonstration as service
from portal.services import demonstration_building, schools


def explore_form() -> ExploreForm:
    """Give the form of the first-run page, with the mark of one click."""
    form = ExploreForm(formdata=None)
    form.nonce.data = secrets.token_urlsafe(16)
    return form


@bp.post("/premiere-installation/demonstration")
@open_to(Action.SET_UP)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def explore() -> Response:
    """Make the demonstration school, sign the visitor in as its RUPN, and show the secrets once."""
    if schools.is_set_up():
        return htmx.see_other("auth.sign_in")
    form = ExploreForm()
    if not form.validate_on_submit():
        return htmx.see_other("auth.set_up")
    try:
        building = demonstration_building.begin(
            current_bank(),
            form.nonce.data or "",
            current_app._get_current_object().app_context,  # type: ignore[attr-defined]
            at=clock.now(),
        )
    except service.AlreadyThere:
        say("Un établissement de démonstration existe déjà. Connectez-vous avec les accès notés.", "info")
        return htmx.see_other("auth.sign_in")
    credentials = building.credentials
    has_entered(credentials.email, credentials.password)
    return htmx.render("auth/demonstration_made.html", credentials=credentials, **_state(building.school_id))


def _state(school_id: int) -> dict[str, Any]:
    progress = demonstration_building.under_way(school_id)
    return {
        "name": SCHOOL_NAME,
        "progress": progress,
        "is_ready": progress is None and service.is_ready(school_id),
        "is_set_up": schools.is_set_up(),
        "here": url_for("auth.demonstration"),
    }


@bp.get("/demonstration")
@open_to(Action.REMOVE_DEMONSTRATION)
def demonstration() -> Response:
    """Say how far the demonstration school is, and how to erase it."""
    viewer = current_viewer()
    if not viewer.is_in_demonstration:
        return htmx.see_other("home.index")
    return htmx.render(
        "auth/demonstration.html", fragment="auth/_demonstration_state.html", **_state(viewer.school_id)
    )


@bp.post("/demonstration/supprimer")
@open_to(Action.REMOVE_DEMONSTRATION)
def remove_demonstration() -> Response:
    """Erase the demonstration school, and lead back to the first run when no school is left."""
    demonstration_building.remove(current_viewer().school_id)
    access.close_cookie()
    say("L’établissement de démonstration est supprimé, avec tous ses élèves et ses résultats.")
    return htmx.see_other("home.index" if schools.exists() else "auth.set_up")
