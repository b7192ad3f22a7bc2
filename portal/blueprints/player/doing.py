"""What a pupil does before answering: gestures, time, files."""

import uuid
from typing import Any

from flask import Response, make_response, request, session, url_for
from sqlalchemy import Row

from portal import cards, clock, downloads, htmx
from portal.access import current_viewer, open_to
from portal.blueprints.player import answering, bp, tokens
from portal.blueprints.player.tokens import QuestionToken
from portal.domain.errors import NotFound
from portal.domain.participation import OtherLearner
from portal.domain.permissions import Action
from portal.extensions import csrf
from portal.material.simulators.scenario import Refused
from portal.services import exercises, turns, workbench
from portal.services.turns import Served, Turn, served_of


def _asked(public_id: uuid.UUID) -> tuple[Turn, QuestionToken]:
    """Read whose question a form is about."""
    token = tokens.read_question(request.form.get("jeton", ""))
    if token.learner_id != current_viewer().learner_id or token.participation != public_id:
        raise OtherLearner
    return turns.load_to_answer(public_id, token.learner_id, question=token.question), token


@bp.post("/participations/<uuid:public_id>/gestes")
@csrf.exempt  # type: ignore[untyped-decorator]  # The signed field names the pupil and the question.
@open_to(Action.PLAY)
def gesture(public_id: uuid.UUID) -> Response:
    """Do one thing in a simulator."""
    turn, token = _asked(public_id)
    fields = {name: value for name, value in request.form.items() if name != "jeton"}
    refused = None
    try:
        served = workbench.take_gesture(turn, token.question, fields)
    except Refused as refusal:
        served = served_of(workbench.waiting(turn, token.question)._mapping)
        refused = str(refusal)
    if not htmx.wants_fragment():
        if refused:
            session[answering.REFUSED] = refused
        return htmx.redirect_to(url_for("player.question", public_id=public_id, _anchor="simulateur"))
    return htmx.render(
        "player/question.html",
        fragment="simulators/_simulator.html",
        status=422 if refused else 200,
        simulator=cards.simulation(served.exercise, url_for("player.gesture", public_id=public_id), refused),
        token=request.form["jeton"],
    )


@bp.post("/participations/<uuid:public_id>/debut")
@csrf.exempt  # type: ignore[untyped-decorator]  # The signed field names the pupil and the question.
@open_to(Action.PLAY)
def begin(public_id: uuid.UUID) -> Response:
    """Start the time of a question."""
    turn, token = _asked(public_id)
    served = workbench.begin(turn, token.question, at=clock.now())
    if not htmx.wants_fragment():
        return htmx.see_other("player.question", public_id=public_id)
    return answering.show_question(turn, served)


@bp.post("/participations/<uuid:public_id>/sortie")
@csrf.exempt  # type: ignore[untyped-decorator]  # The signed field names the pupil and the question.
@open_to(Action.PLAY)
def leave(public_id: uuid.UUID) -> Response:
    """Note that the page was left."""
    turn, token = _asked(public_id)
    workbench.leave(turn, token.question)
    return make_response("", 204)


def _served(public_id: uuid.UUID, number: int) -> tuple[Row[Any], Served]:
    """Read a question that was asked, once its time has begun."""
    turn = turns.load(public_id, current_viewer().learner_id)
    question = next((one for one in turn.questions if one.position == number), None)
    if question is None or (served := served_of(question._mapping)).is_held:
        raise NotFound
    return question, served


@bp.get("/participations/<uuid:public_id>/images/<int:number>")
@open_to(Action.PLAY)
def picture(public_id: uuid.UUID, number: int) -> Response:
    """Draw the picture of a question that was asked."""
    _, served = _served(public_id, number)
    return downloads.picture(served.exercise.challenge)


@bp.get("/participations/<uuid:public_id>/fichiers/<int:number>")
@open_to(Action.PLAY)
def file(public_id: uuid.UUID, number: int) -> Response:
    """Give the file of a question that was asked, under its name."""
    question, served = _served(public_id, number)
    if not served.exercise.has_file:
        raise NotFound
    return downloads.file(exercises.file_of(question.challenge, question.version, question.public_id))
