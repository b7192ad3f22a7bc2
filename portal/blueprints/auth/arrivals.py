"""Coming for the first time: the first run, an invitation, a new password given by a colleague."""

from flask import Response, url_for

from portal import clock, htmx, links
from portal.access import open_to
from portal.blueprints.auth import bp
from portal.blueprints.auth.demonstrations import explore_form
from portal.blueprints.auth.entering import enter, has_entered
from portal.blueprints.auth.forms import JoinForm, JoinKnownForm, NewPasswordForm, SetUpForm
from portal.chrome import say
from portal.devices import device_of_request
from portal.domain.errors import DomainError
from portal.domain.permissions import Action
from portal.errors import sentence_of
from portal.extensions import limiter
from portal.security import FAILURES_PER_ADDRESS, is_failure
from portal.services import accounts, invitations, members, schools

INVITATION_GONE = (
    "Cette invitation a déjà servi, a été remplacée, ou a plus de 14 jours. Demandez un nouveau lien au "
    "référent numérique (RUPN)."
)
PASSWORD_GONE = (
    "Ce lien a déjà servi, ou a plus de 24 heures. Demandez-en un nouveau au référent numérique (RUPN)."
)


@bp.route("/premiere-installation", methods=["GET", "POST"])
@open_to(Action.SET_UP)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def set_up() -> Response:
    """Create the school and its first administrator; closed for ever once done, a demonstration apart."""
    form = SetUpForm()
    if schools.is_set_up():
        if form.is_submitted() and has_entered(form.email.data, form.password.data):
            return htmx.see_other("home.index")
        return htmx.see_other("auth.sign_in")
    if form.validate_on_submit():
        draft = form.draft()
        try:
            schools.set_up(draft, at=clock.now())
        except schools.AlreadySetUp:
            return htmx.see_other("auth.sign_in")
        except DomainError as error:
            form.password.errors = [sentence_of(error)[1]]
        else:
            has_entered(draft.email, draft.password)
            say("L’établissement est installé. Importez maintenant les élèves.")
            return htmx.see_other("home.index")
    return htmx.render(
        "auth/set_up.html",
        status=422 if form.errors else 200,
        form=form,
        # One at a time: who has the secrets of the present one signs in.
        explore=None if schools.exists() else explore_form(),
    )


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def accept_invitation(token: str) -> Response:
    """Let an invited person join the team, with a new account or with the one that exists."""
    try:
        return _join(token, links.read_invitation(token))
    except invitations.InvitationGone:
        form = JoinKnownForm()
        if form.is_submitted() and has_entered(form.email.data, form.password.data):
            return htmx.see_other("home.index")
        return _gone("Invitation", INVITATION_GONE)


def _join(token: str, ticket: invitations.Ticket) -> Response:
    invitation = invitations.find(ticket, at=clock.now())
    is_known = invitations.is_known(invitation.email)
    form: JoinForm | JoinKnownForm = JoinKnownForm() if is_known else JoinForm()
    form.email.data = invitation.email
    if form.validate_on_submit():
        try:
            opened = _accept(ticket, form)
        except invitations.InvitationGone:
            raise
        except DomainError as error:
            form.password.errors = [sentence_of(error)[1]]
        else:
            enter(opened)
            say("Vous faites maintenant partie de l’équipe.")
            return htmx.see_other("home.index")
    return htmx.render(
        "auth/accept_invitation.html",
        status=422 if form.errors else 200,
        form=form,
        is_known=is_known,
        invitation=invitation,
        action=url_for("auth.accept_invitation", token=token),
    )


def _accept(ticket: invitations.Ticket, form: JoinForm | JoinKnownForm) -> accounts.OpenedSession:
    device, at = device_of_request(), clock.now()
    if isinstance(form, JoinForm):
        return invitations.accept_as_new(ticket, form.person(), device=device, at=at)
    return invitations.accept_with_account(ticket, form.password.data or "", device=device, at=at)


@bp.route("/nouveau-mot-de-passe/<token>", methods=["GET", "POST"])
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def new_password(token: str) -> Response:
    """Let a member choose a password through the link an administrator gave."""
    form = NewPasswordForm()
    typed_email = form.email.data
    try:
        form.email.data = _account_email(token)
        if form.validate_on_submit():
            enter(_choose(token, form))
            say("Votre nouveau mot de passe est enregistré.")
            return htmx.see_other("home.index")
    except members.LinkGone:
        if form.is_submitted() and has_entered(typed_email, form.password.data):
            return htmx.see_other("home.index")
        return _gone("Nouveau mot de passe", PASSWORD_GONE)
    except accounts.WeakPassword as error:
        form.password.errors = [str(error)]
    action = url_for("auth.new_password", token=token)
    return htmx.render("auth/new_password.html", status=422 if form.errors else 200, form=form, action=action)


def _account_email(token: str) -> str:
    return members.account_of(links.read_password(token), at=clock.now()).email


def _choose(token: str, form: NewPasswordForm) -> accounts.OpenedSession:
    return members.choose_password(
        links.read_password(token), form.password.data or "", device=device_of_request(), at=clock.now()
    )


def _gone(title: str, sentence: str) -> Response:
    return htmx.render("auth/link_gone.html", status=410, title=title, sentence=sentence)
