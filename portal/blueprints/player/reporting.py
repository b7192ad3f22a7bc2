"""« Signaler un problème »: under a question, and under its correction."""

import uuid

from flask import Response, request, url_for

from portal import cards, clock, htmx
from portal.access import current_viewer, open_to
from portal.blueprints.player import answering, bp, ends, tokens
from portal.blueprints.player.report_forms import ReportForm, report_form
from portal.chrome import say
from portal.domain import report as rules
from portal.domain.errors import DomainError, NotAllowed
from portal.domain.participation import CHECKPOINT_EVERY, NotAsked, OtherLearner
from portal.domain.permissions import Action
from portal.errors import sentence_of
from portal.extensions import csrf
from portal.services import reports, turns
from portal.services.turns import Turn, served_of

# The name of the button that opens the form, rather than sends it.
OPENED = "signaler"
SENT = "Votre signalement est envoyé, merci. Vous pouvez continuer."
EXPIRED = "Votre session est terminée\u00a0: ceci n’est pas envoyé. Votre réponse est là, validez-la d’abord."


def _expired(public_id: uuid.UUID) -> Response:
    """Say that the session ended, beside what was typed, which stays."""
    if current_viewer().is_authenticated:
        raise NotAllowed
    if not htmx.wants_fragment():
        back = url_for("player.question", public_id=public_id)
        return htmx.ask_to_sign_in(url_for("auth.pupil_sign_in", suite=back))
    token = tokens.read_question(request.form.get("jeton", ""))
    return _fragment(_typed(public_id, token.question, error=EXPIRED), status=401)


def _typed(
    public_id: uuid.UUID, question: uuid.UUID, *, error: str = "", is_sent: bool = False
) -> ReportForm:
    """Keep the form as it was filled, unless it is sent."""
    form = report_form(public_id, question)
    if OPENED in request.form:
        return form.opened()
    if is_sent:
        return form.sent(SENT)
    return form.refused(
        error, request.form.get("probleme", ""), request.form.get("commentaire", "")[: rules.LONGEST_COMMENT]
    )


@bp.post("/participations/<uuid:public_id>/signalements")
@csrf.exempt  # type: ignore[untyped-decorator]  # The signed field names the pupil and the question.
@open_to(Action.PLAY, otherwise=_expired)
def report(public_id: uuid.UUID) -> Response:
    """Tell a problem with a question that was asked, then go on from the same place."""
    viewer = current_viewer()
    token = tokens.read_question(request.form.get("jeton", ""))
    if token.learner_id != viewer.learner_id or token.participation != public_id:
        raise OtherLearner
    turn = turns.load(public_id, viewer.learner_id)
    if OPENED in request.form:
        form = _typed(public_id, token.question)
        return _fragment(form, status=200) if htmx.wants_fragment() else _back(turn, token.question, form)
    try:
        reports.send(
            turn,
            token.question,
            rules.read_problem(request.form.get("probleme", "")),
            rules.read_comment(request.form.get("commentaire", "")),
            school_id=viewer.school_id,
            at=clock.now(),
        )
        form, status = _typed(public_id, token.question, is_sent=True), 200
    except NotAsked:
        raise
    except DomainError as error:
        status, sentence = sentence_of(error)
        form = _typed(public_id, token.question, error=sentence)
    if htmx.wants_fragment():
        return _fragment(form, status=status)
    return _back(turn, token.question, form)


def _fragment(form: ReportForm, *, status: int) -> Response:
    # htmx puts in place what is wrong with a form (422) or with a session (401), and nothing else.
    return htmx.render(
        "player/question.html",
        fragment="player/_report.html",
        status=422 if status >= 402 else status,
        report=form,
    )


def _back(turn: Turn, question_id: uuid.UUID, form: ReportForm) -> Response:
    """Show the same place again: the question with what was typed in it, or the correction.

    It comes as an answer, not through another address: what was typed is in it.
    """
    row = turn.question(question_id)
    if row is None:
        raise NotAsked
    if row.outcome is None and not turn.is_over:
        typed = cards.read_given(turn, question_id, request.form)
        return answering.show_question(turn, served_of(row._mapping), typed=typed, report=form)
    number = -(-row.position // CHECKPOINT_EVERY)
    public_id, is_reviewed = turn.row.public_id, number <= turn.row.answered // CHECKPOINT_EVERY
    # Answered in another tab, or closed before it was: no correction is there yet to open the form under.
    has_place = is_reviewed or (turn.is_over and row.outcome is not None)
    if form.is_sent or not has_place:
        if said := form.message or form.error:
            say(said, "error" if form.error else "success")
        if is_reviewed:
            return htmx.see_other("player.checkpoint", public_id=public_id, number=number)
        return htmx.see_other("player.resume", public_id=public_id)
    return answering.checkpoint_page(turn, number, form) if is_reviewed else ends.end_page(turn, form)
