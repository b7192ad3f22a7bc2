"""From the code to the first question: the landing page, who the pupil is, the credentials."""

from datetime import date
from typing import cast

from flask import Response, request, url_for

from portal import access, clock, htmx, signing
from portal.access import current_viewer, is_own_path, open_to
from portal.bank_store import current_bank
from portal.blueprints.player import bp
from portal.blueprints.player.forms import (
    ChangeSecretForm,
    IdentityForm,
    JoinForm,
    SecretForm,
    read_birth_date,
)
from portal.domain.campaign import CampaignArchived, UnknownCode, normalise_code
from portal.domain.errors import DomainError, NotFound
from portal.domain.order import PathwayLocked
from portal.domain.permissions import Action, Role
from portal.errors import sentence_of
from portal.extensions import limiter
from portal.persistence.models import Campaign, Student
from portal.persistence.queries import campaigns as campaign_queries
from portal.persistence.queries import participations as try_queries
from portal.persistence.queries import students as student_queries
from portal.security import CODES_PER_ADDRESS, FAILURES_PER_ADDRESS, is_failure
from portal.services import accounts, identities, order, participations


@bp.route("/rejoindre", methods=["GET", "POST"])
@open_to(Action.VISIT)
@limiter.limit(CODES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def join() -> Response:
    """Read the code that was typed."""
    form = JoinForm()
    if form.validate_on_submit():
        if campaign_queries.joinable(form.code.data or ""):
            return htmx.see_other("player.landing", code=form.code.data)
        form.code.errors = [sentence_of(UnknownCode())[1]]
    return htmx.render("player/join.html", status=422 if form.errors else 200, form=form)


def _campaign(code: str) -> Campaign:
    """Load the campaign that a code names, open or not.

    Raises: UnknownCode, CampaignArchived.
    """
    campaign = campaign_queries.joinable(normalise_code(code))
    if campaign is None:
        raise UnknownCode
    if campaign.archived_at:
        raise CampaignArchived
    return campaign


@bp.get("/rejoindre/<code>")
@open_to(Action.VISIT)
def landing(code: str) -> Response:
    """Present the campaign, with the one thing to do."""
    campaign = _campaign(code)
    viewer = current_viewer()
    existing = try_queries.latest_try(campaign.id, viewer.learner_id) if viewer.learner_id else None
    # Who has begun goes on, whatever became of the order since.
    has_order = viewer.role is Role.PUPIL and existing is None and viewer.school_id == campaign.school_id
    return htmx.render(
        "player/landing.html",
        campaign=campaign,
        is_pupil=viewer.role is Role.PUPIL,
        is_staff=viewer.is_staff,
        existing=existing,
        order=order.order_of(
            campaign, current_bank(), learner_id=viewer.learner_id, student_id=viewer.student_id
        )
        if has_order
        else None,
    )


@bp.route("/rejoindre/<code>/identite", methods=["GET", "POST"])
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def identify(code: str) -> Response:
    """Ask for the names and the birth date, then « Je suis Lina DURAND, 5eB »."""
    campaign = _campaign(code)
    form = IdentityForm()
    if form.validate_on_submit():
        day = cast(date, read_birth_date(form.birth_date.data or ""))
        try:
            student = identities.identify(
                campaign.school_id, form.first_name.data or "", form.last_name.data or "", day
            )
        except DomainError as error:
            form.form_errors = [str(error)]
        else:
            token = signing.sign("player:claim", [campaign.code, student.id])
            return htmx.render("player/confirm.html", campaign=campaign, student=student, token=token)
    return htmx.render(
        "player/identify.html", status=422 if form.errors else 200, campaign=campaign, form=form
    )


def _claimed(code: str, token: str) -> tuple[Student, str]:
    """Read who proved an identity on the form before, and the username kept since.

    Raises: StaleForm, NotFound.
    """
    claimed_code, student_id, *rest = signing.read("player:claim", token)
    student = student_queries.by_id(student_id)
    if student is None or claimed_code != normalise_code(code):
        raise NotFound
    return student, rest[0] if rest else ""


@bp.post("/rejoindre/<code>/identifiants")
@open_to(Action.VISIT)
def propose_credentials(code: str) -> Response:
    """Propose a username and three words, before anything is written."""
    campaign = _campaign(code)
    student, _ = _claimed(code, request.form.get("claim", ""))
    return _credentials_page(campaign, student)


def _credentials_page(campaign: Campaign, student: Student, form: SecretForm | None = None) -> Response:
    proposal = identities.propose(student)
    form = form or SecretForm(formdata=None, proposed=proposal.passphrase)
    return htmx.render(
        "player/credentials.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        username=proposal.username,
        token=signing.sign("player:claim", [campaign.code, student.id, proposal.username]),
        form=form,
    )


@bp.post("/rejoindre/<code>/rattachement")
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def link(code: str) -> Response:
    """Create the credentials, sign the pupil in, and go to the first question."""
    campaign = _campaign(code)
    student, username = _claimed(code, request.form.get("claim", ""))
    if not username:
        # The token of the page before, which no form of ours sends here.
        raise NotFound
    form = SecretForm()
    if not form.validate_on_submit():
        return _credentials_page(campaign, student, form)
    now = clock.now()
    try:
        learner = identities.link(student.id, username, form.secret, at=now)
    except (identities.WeakSecret, identities.UsernameTaken) as error:
        form.chosen.errors = [str(error)]
        return _credentials_page(campaign, student, form)
    device = (request.user_agent.string or "")[:80]
    access.open_cookie(accounts.open_learner_session(learner, device=device, at=now).token)
    return _start(campaign, student.id)


def _start(campaign: Campaign, student_id: int) -> Response:
    student = student_queries.by_id(student_id)
    if student is None:
        raise NotFound
    try:
        public_id = participations.start(campaign, student, current_bank(), at=clock.now())
    except PathwayLocked:
        # The page of the campaign says what comes first, and where.
        return htmx.see_other("player.landing", code=campaign.code)
    return htmx.see_other("player.question", public_id=public_id)


@bp.post("/rejoindre/<code>/commencer")
@open_to(Action.PLAY)
def start(code: str) -> Response:
    """Start the try, or go back to it."""
    return _start(_campaign(code), current_viewer().student_id)


@bp.route("/mot-de-passe", methods=["GET", "POST"])
@open_to(Action.PLAY)
def new_passphrase() -> Response:
    """Let the pupil replace a one-time passphrase, or an old one, by the proposed words or by his or hers."""
    viewer = current_viewer()
    form = SecretForm() if viewer.must_change_secret else ChangeSecretForm()
    if form.validate_on_submit():
        current = form.current.data or "" if isinstance(form, ChangeSecretForm) else ""
        try:
            identities.change_secret(
                viewer.learner_id, form.secret, current=current, keep=viewer.sign_in_id, at=clock.now()
            )
        except DomainError as error:
            form.chosen.errors = [sentence_of(error)[1]]
        else:
            wanted = request.args.get("suite")
            return htmx.redirect_to(wanted if wanted and is_own_path(wanted) else url_for("home.index"))
    if not form.proposed.data:
        form.proposed.data = identities.new_passphrase()
    return htmx.render("player/new_passphrase.html", status=422 if form.errors else 200, form=form)


@bp.before_app_request
def _new_passphrase_first() -> Response | None:
    """Lead a pupil who holds a one-time passphrase to the page that replaces it."""
    may_wait = {"player.new_passphrase", "player.answer", "player.answer_after_sign_in", "auth.sign_out"}
    if request.endpoint in may_wait or request.endpoint is None:
        return None
    if not current_viewer().must_change_secret:
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return htmx.redirect_to(url_for("player.new_passphrase", suite=back))
