"""The end of a try: what the pupil can do, what to work on, the sending."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, url_for

from portal import cards, clock, htmx
from portal.access import current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.player import bp
from portal.blueprints.player.report_forms import ReportForm, reviewed
from portal.domain.campaign import Sending
from portal.domain.mastery import Standing, Tally, Verdict, count_standings, reached_stage, tally
from portal.domain.participation import CHECKPOINT_EVERY, Status
from portal.domain.permissions import Action
from portal.domain.tutorials import Advice, to_work_on
from portal.persistence import mapping
from portal.persistence.queries import participations as queries
from portal.persistence.queries import tutorials
from portal.services import freezing, participations, turns
from portal.services.turns import Turn

WORKED_ON_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject to work on. `has_page`: the bank still holds its page."""

    advice: Advice
    is_read: bool
    has_page: bool


@dataclass(frozen=True, slots=True)
class CompetenceLine:
    """A competence of the try: how many skills, and what is said of them."""

    title: str
    result: Tally
    standings: dict[Standing | None, int]


def end_page(turn: Turn, report: ReportForm | None = None) -> Response:
    """Show the result of a try, or send the browser to the question that waits."""
    public_id = turn.row.public_id
    if not turn.is_over:
        return htmx.redirect_to(url_for("player.question", public_id=public_id))
    skills = freezing.skills_by_id(turn.row.code)
    snapshot = queries.snapshot(turn.row.id)
    conclusions = (
        tuple(mapping.verdict_from_json(one) for one in snapshot["verdicts"]) if snapshot else turn.verdicts()
    )
    result = tally(conclusions)
    stages = [mapping.stage_from_json(one) for one in queries.campaign_content(turn.row.code)["stages"]]
    left = turn.row.answered % CHECKPOINT_EVERY
    return htmx.render(
        "player/end.html",
        fragment="player/_end.html",
        status=422 if report and report.error else 200,
        push_url=url_for("player.end", public_id=public_id),
        campaign_name=turn.row.name,
        answered=turn.row.answered,
        is_closed=turn.row.closed_at is not None,
        is_read=turn.row.sending == Sending.AUTOMATIC,
        is_to_send=turn.row.status == Status.COMPLETED,
        is_sent=turn.row.status == Status.SHARED,
        share_url=url_for("player.share", public_id=public_id),
        result=result,
        stage=stages[reached_stage(stages, result)],
        resumed=cards.resumed_words(turn, clock.now()),
        competences=_competences(conclusions),
        subjects=_subjects(turn, to_work_on(conclusions, skills)[:WORKED_ON_AT_MOST]),
        corrections=reviewed(turn, turn.questions[-left:] if left else [], skills, report),
    )


def _subjects(turn: Turn, found: Sequence[Advice]) -> list[Subject]:
    read, pages = tutorials.read_at(turn.row.learner_id) if found else {}, current_bank().tutorials
    return [Subject(one, one.tube in read, one.tube in pages) for one in found]


def _competences(conclusions: Sequence[Verdict]) -> list[CompetenceLine]:
    titles = {one.id: one.title for one in current_bank().referential.competences()}
    groups: dict[str, list[Verdict]] = {}
    for verdict in conclusions:
        groups.setdefault(verdict.competence, []).append(verdict)
    return [
        CompetenceLine(titles[key], tally(members), count_standings(members))
        for key, members in sorted(groups.items())
    ]


@bp.get("/participations/<uuid:public_id>/fin")
@open_to(Action.PLAY)
def end(public_id: uuid.UUID) -> Response:
    """Show the result."""
    return end_page(turns.load(public_id, current_viewer().learner_id))


@bp.post("/participations/<uuid:public_id>/envoyer")
@open_to(Action.PLAY)
def share(public_id: uuid.UUID) -> Response:
    """Send the results to the team."""
    participations.share(turns.load(public_id, current_viewer().learner_id), at=clock.now())
    return htmx.see_other("player.end", public_id=public_id)
