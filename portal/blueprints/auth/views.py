"""Signing in and out, for the team and for pupils."""

from flask import Response, url_for

from portal import access, clock, htmx
from portal.access import current_viewer, open_to
from portal.blueprints.auth import bp
from portal.blueprints.auth.entering import enter, next_url, same_way
from portal.blueprints.auth.forms import PupilSignInForm, SignInForm
from portal.devices import device_of_request
from portal.domain.errors import DomainError
from portal.domain.permissions import Action
from portal.errors import sentence_of
from portal.extensions import limiter
from portal.security import FAILURES_PER_ADDRESS, is_failure
from portal.services import accounts, schools


@bp.route("/connexion", methods=["GET", "POST"])
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def sign_in() -> Response:
    """Sign a member of the team in."""
    if not schools.exists():
        return htmx.see_other("auth.set_up")
    form = SignInForm()
    if form.validate_on_submit():
        try:
            opened = accounts.sign_in_member(
                form.email.data or "", form.password.data or "", device=device_of_request(), at=clock.now()
            )
        except DomainError as error:
            form.password.errors = [sentence_of(error)[1]]
        else:
            enter(opened)
            return htmx.redirect_to(next_url())
    other_url = same_way("auth.pupil_sign_in")
    return htmx.render(
        "auth/sign_in.html", status=422 if form.errors else 200, form=form, other_url=other_url
    )


@bp.route("/connexion/eleve", methods=["GET", "POST"])
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def pupil_sign_in() -> Response:
    """Sign a pupil in by username and passphrase."""
    form = PupilSignInForm()
    if form.validate_on_submit():
        try:
            opened = accounts.sign_in_learner(
                form.username.data or "", form.secret.data or "", device=device_of_request(), at=clock.now()
            )
        except DomainError as error:
            form.secret.errors = [sentence_of(error)[1]]
        else:
            enter(opened)
            if opened.must_change_secret:
                return htmx.see_other("player.new_passphrase", suite=next_url())
            return htmx.redirect_to(next_url())
    return htmx.render(
        "auth/pupil_sign_in.html",
        status=422 if form.errors else 200,
        form=form,
        other_url=same_way("auth.sign_in"),
    )


@bp.post("/deconnexion")
@open_to(Action.SIGN_OUT)
def sign_out() -> Response:
    """Close the session, here and in the database."""
    viewer = current_viewer()
    if viewer.is_authenticated:
        accounts.close_session(viewer.sign_in_id)
    access.close_cookie()
    return htmx.redirect_to(url_for("home.index"))
