"""The questions out of the draw: which, why, and putting one back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portal import clock, htmx
from portal.access import current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.home import bp
from portal.chrome import say
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.permissions import Action
from portal.markup import render_markdown
from portal.persistence.models import Withdrawal
from portal.persistence.queries import calibration as queries
from portal.services import bank as bank_service
from portal.services import calibration, schools
from portal.services.members import Doer


class WithdrawForm(FlaskForm):
    """A question that somebody found faulty."""

    question = StringField(
        "Nom de la question",
        description="Celui de la banque, par exemple «\u00a0adresse-d-un-site-1a\u00a0».",
        filters=[lambda typed: (typed or "").strip()],
        validators=[InputRequired("Donnez le nom de la question.")],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    reason = StringField(
        "Pourquoi",
        description="Une phrase, pour la personne qui la corrigera.",
        filters=[lambda typed: (typed or "").strip()],
        validators=[
            InputRequired("Dites pourquoi vous la retirez."),
            Length(max=400, message="400 signes au plus."),
        ],
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A withdrawn question as it is shown; without `text` when no trace of that version is left.

    `is_corrected`: the bank holds another version of it, which is asked.
    """

    challenge: str
    version: str
    tube: str
    skill: str
    text: Markup | None
    is_corrected: bool
    at: datetime
    reason: str
    evidence: dict[str, Any] | None


@bp.get("/questions-retirees")
@open_to(Action.MANAGE_QUESTIONS)
def withdrawals() -> Response:
    """List the questions out of the draw."""
    return _show(WithdrawForm(formdata=None))


@bp.post("/questions-retirees")
@open_to(Action.MANAGE_QUESTIONS)
def withdraw() -> Response:
    """Take a question out of the draw by hand."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _show(form, status=422)
    try:
        calibration.withdraw(current_bank(), str(form.question.data), str(form.reason.data), doer())
    except NotFound:
        form.question.errors = ["Aucune question de la banque ne porte ce nom."]
        return _show(form, status=422)
    say("La question est retirée.")
    return htmx.see_other("home.withdrawals")


@bp.post("/questions-retirees/remettre")
@open_to(Action.MANAGE_QUESTIONS)
def restore() -> Response:
    """Put a question back into the draw."""
    calibration.restore(request.form.get("question", ""), request.form.get("version", ""), doer())
    say("La question est remise en jeu.")
    if htmx.wants_fragment():
        return htmx.render(
            "home/withdrawals.html",
            fragment="home/_withdrawn.html",
            oob=("members/_notices.html",),
            lines=_lines(),
        )
    return htmx.see_other("home.withdrawals")


def doer() -> Doer:
    """Name who acts; the draw is that of the whole portal, so a demonstration leaves a real school's alone."""
    viewer = current_viewer()
    if viewer.is_in_demonstration and schools.is_set_up():
        raise NotAllowed
    return Doer(viewer.school_id, viewer.member_id, clock.now())


def _show(form: WithdrawForm, status: int = 200) -> Response:
    return htmx.render("home/withdrawals.html", status=status, form=form, lines=_lines())


def _lines() -> list[Line]:
    found = {challenge.id: (skill, challenge) for skill, challenge in current_bank().every_challenge()}

    def line(row: Withdrawal) -> Line:
        skill, present = found.get(row.challenge, (None, None))
        is_present = present is not None and bank_service.version_of(present) == row.version
        judged = queries.instruction(row.challenge, row.version)
        return Line(
            challenge=row.challenge,
            version=row.version,
            tube=skill.tube_title if skill else "Question absente de la banque",
            skill=skill.description if skill else row.challenge,
            text=render_markdown(judged) if judged else None,
            is_corrected=present is not None and not is_present,
            at=row.at,
            reason=row.reason,
            evidence=row.evidence,
        )

    return [line(row) for row in queries.withdrawals()]
