"""The questions: shown, answered, corrected every five answers, until the end."""

import uuid

from flask import Response, request, session, url_for

from portal import access, cards, clock, htmx
from portal.access import current_viewer, open_to
from portal.blueprints.player import bp, ends, tokens
from portal.blueprints.player.beside import filled_report, send_beside, with_notices
from portal.blueprints.player.report_forms import ReportForm, report_form, reviewed
from portal.domain import marking
from portal.domain.errors import DomainError, NotFound
from portal.domain.marking import Given
from portal.domain.participation import CHECKPOINT_EVERY, NotBegun, OtherLearner
from portal.domain.permissions import Action
from portal.errors import sentence_of
from portal.extensions import csrf, limiter
from portal.security import FAILURES_PER_ADDRESS, is_failure
from portal.services import accounts, answers, freezing, turns
from portal.services.answers import Step
from portal.services.turns import Served, Turn, served_of
from portal.turnstile import one_at_a_time

# Where the sentence of a refused gesture waits for the page that shows it, without JavaScript.
REFUSED = "geste-refuse"
_REFUSED = (*marking.REFUSALS, NotBegun)


@bp.get("/participations/<uuid:public_id>")
@open_to(Action.PLAY)
def resume(public_id: uuid.UUID) -> Response:
    """Go back to a try where it stands."""
    turn = turns.load(public_id, current_viewer().learner_id)
    return htmx.see_other("player.end" if turn.is_over else "player.question", public_id=public_id)


@bp.get("/participations/<uuid:public_id>/question")
@open_to(Action.PLAY)
def question(public_id: uuid.UUID) -> Response:
    """Show the question that waits: the same one after a reload, on any machine."""
    turn = turns.load(public_id, current_viewer().learner_id)
    asked = turn.asked
    if turn.is_over or asked is None:
        return htmx.redirect_to(url_for("player.end", public_id=public_id))
    return show_question(turn, served_of(asked._mapping), refused=session.pop(REFUSED, None))


def show_question(
    turn: Turn,
    asked: Served,
    *,
    typed: Given | None = None,
    error: str | None = None,
    progress: float | None = None,
    refused: str | None = None,
    report: ReportForm | None = None,
) -> Response:
    """Show a question; `refused`: what the simulator answered to the last gesture."""
    public_id = turn.row.public_id
    token = tokens.QuestionToken(turn.row.learner_id, public_id, asked.public_id)
    card = cards.card(turn, asked, typed, progress=progress, refused=refused)
    return htmx.render(
        "player/question.html",
        fragment="player/_card.html",
        status=422 if error or (report and report.error) else 200,
        push_url=url_for("player.question", public_id=public_id),
        card=card,
        action=url_for("player.answer", public_id=public_id),
        # Few questions have these: the addresses are not made for the others.
        begin_url=url_for("player.begin", public_id=public_id) if card.clock else "",
        leave_url=url_for("player.leave", public_id=public_id) if card.challenge.focus else "",
        file_url=url_for("player.file", public_id=public_id, number=asked.position) if card.has_file else "",
        token=tokens.sign_question(token),
        campaign_name=turn.row.name,
        error=error,
        report=report or report_form(public_id, asked.public_id),
    )


def _expired(public_id: uuid.UUID) -> Response:
    """Keep the answer of a session that ended, or gave way to a member's, in a signed field of a sign-in form."""
    token = tokens.read_question(request.form.get("jeton", ""))
    if token.participation != public_id:
        raise NotFound
    turn = turns.load(public_id, token.learner_id)
    report = filled_report(public_id, token.question)
    kept = tokens.Kept(
        token,
        cards.read_given(turn, token.question, request.form),
        (report.problem, report.comment) if report else None,
    )
    return _sign_in_again(public_id, tokens.sign_answer(kept), username="", status=401)


def _sign_in_again(
    public_id: uuid.UUID, kept: str, *, username: str, status: int, error: str | None = None
) -> Response:
    return htmx.render(
        "player/sign_in_again.html",
        fragment="player/_sign_in_again.html",
        status=status,
        action=url_for("player.answer_after_sign_in", public_id=public_id),
        kept=kept,
        username=username,
        error=error,
    )


@bp.post("/participations/<uuid:public_id>/reponses")
@csrf.exempt  # type: ignore[untyped-decorator]  # The signed field names the pupil and the question: no other site can have it.
@open_to(Action.PLAY, otherwise=_expired)
def answer(public_id: uuid.UUID) -> Response:
    """Record an answer and show what comes next."""
    token = tokens.read_question(request.form.get("jeton", ""))
    learner_id = current_viewer().learner_id
    if token.learner_id != learner_id or token.participation != public_id:
        raise OtherLearner
    with one_at_a_time():
        return _answered(public_id, learner_id, token)


def _answered(public_id: uuid.UUID, learner_id: int, token: tokens.QuestionToken) -> Response:
    turn = turns.load_to_answer(public_id, learner_id, question=token.question)
    given = cards.read_given(turn, token.question, request.form)
    report = filled_report(public_id, token.question)
    try:
        step = answers.answer(turn, token.question, given, at=clock.now())
    except _REFUSED as error:
        asked = turn.question(token.question)
        assert asked is not None
        sentence = sentence_of(error)[1]
        return show_question(turn, served_of(asked._mapping), typed=given, error=sentence, report=report)
    return _with_report(turn, token.question, step, report)


def _with_report(turn: Turn, question: uuid.UUID, step: Step, report: ReportForm | None) -> Response:
    if report is None:
        return _after(turn, step)
    send_beside(turn, question, report)
    return with_notices(_after(turn, step))


def _after(turn: Turn, step: Step) -> Response:
    """Show the next question in place, or send the browser to the checkpoint, the question or the end."""
    public_id = turn.row.public_id
    if not htmx.wants_fragment():
        if step.question is None:
            return htmx.see_other("player.end", public_id=public_id)
        if step.checkpoint:
            return htmx.see_other("player.checkpoint", public_id=public_id, number=step.checkpoint)
        return htmx.see_other("player.question", public_id=public_id)
    if step.question is None:
        return ends.end_page(turns.load(public_id, turn.row.learner_id))
    if step.checkpoint:
        return checkpoint_page(turns.load(public_id, turn.row.learner_id), step.checkpoint)
    return show_question(turn, step.question, progress=step.progress)


@bp.post("/participations/<uuid:public_id>/reponses/reprise")
@open_to(Action.VISIT)
@limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=is_failure)
def answer_after_sign_in(public_id: uuid.UUID) -> Response:
    """Sign in the pupil whose session had expired, and record the answer typed then."""
    signed = request.form.get("reponse", "")
    kept = tokens.read_answer(signed)
    token = kept.token
    username = request.form.get("username", "").strip().lower()[:130]
    try:
        opened = accounts.sign_in_learner(
            username,
            request.form.get("secret", "")[:200],
            device=(request.user_agent.string or "")[:80],
            at=clock.now(),
        )
    except DomainError as error:
        return _sign_in_again(public_id, signed, username=username, status=422, error=sentence_of(error)[1])
    viewer = access.open_cookie(opened.token)
    if viewer.learner_id != token.learner_id or token.participation != public_id:
        raise OtherLearner
    turn = turns.load(public_id, viewer.learner_id)
    try:
        step = answers.answer(turn, token.question, kept.given, at=clock.now())
    except _REFUSED:
        return htmx.redirect_to(url_for("player.question", public_id=public_id))
    report = report_form(public_id, token.question).refused("", *kept.report) if kept.report else None
    return _with_report(turn, token.question, step, report)


@bp.get("/participations/<uuid:public_id>/etapes/<int:number>")
@open_to(Action.PLAY)
def checkpoint(public_id: uuid.UUID, number: int) -> Response:
    """Show five answers with their corrections."""
    turn = turns.load(public_id, current_viewer().learner_id)
    return checkpoint_page(turn, number)


def checkpoint_page(turn: Turn, number: int, report: ReportForm | None = None) -> Response:
    """Show five answers with their corrections; `report`: the form opened under one of them."""
    if not 1 <= number <= turn.row.answered // CHECKPOINT_EVERY:
        raise NotFound
    first = (number - 1) * CHECKPOINT_EVERY
    skills = freezing.skills_by_id(turn.row.code)
    public_id = turn.row.public_id
    return htmx.render(
        "player/checkpoint.html",
        fragment="player/_checkpoint.html",
        status=422 if report and report.error else 200,
        push_url=url_for("player.checkpoint", public_id=public_id, number=number),
        corrections=reviewed(turn, turn.questions[first : first + CHECKPOINT_EVERY], skills, report),
        percent=min(99, round(turn.row.progress * 100)),
        next_url=url_for("player.end" if turn.is_over else "player.question", public_id=public_id),
        campaign_name=turn.row.name,
    )
