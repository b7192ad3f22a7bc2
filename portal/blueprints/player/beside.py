"""A report that is filled under a question, and not sent, when the question is answered."""

import uuid

from flask import Response, render_template, request

from portal import clock, htmx
from portal.access import current_viewer
from portal.blueprints.player.report_forms import ReportForm, report_form
from portal.chrome import say
from portal.domain import report as rules
from portal.domain.errors import DomainError
from portal.domain.report import Problem
from portal.errors import sentence_of
from portal.services import reports
from portal.services.turns import Turn

SENT = "Votre signalement est parti avec votre réponse, merci."


def filled_report(public_id: uuid.UUID, question: uuid.UUID) -> ReportForm | None:
    """Read the report in the form of an answer, None when nothing of it is filled."""
    problem = request.form.get("probleme", "")
    comment = request.form.get("commentaire", "")[: rules.LONGEST_COMMENT]
    if not problem and not comment.strip():
        return None
    return report_form(public_id, question).refused("", problem, comment)


def send_beside(turn: Turn, question: uuid.UUID, form: ReportForm) -> None:
    """Send it after the answer, which never waits for it; words without a problem are about something else."""
    problem = Problem(form.problem) if form.problem in set(Problem) else Problem.OTHER
    try:
        reports.send(
            turn,
            question,
            problem,
            rules.read_comment(form.comment),
            school_id=current_viewer().school_id,
            at=clock.now(),
        )
    except DomainError as error:
        say(sentence_of(error)[1], "warning")
    else:
        say(SENT)


def with_notices(response: Response) -> Response:
    """Add what was said to a fragment; a page shows it by itself."""
    if htmx.wants_fragment() and response.status_code == 200:
        response.set_data(
            response.get_data(as_text=True) + render_template("members/_notices.html", oob=True)
        )
    return response
