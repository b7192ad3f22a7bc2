"""Who has played, what they can do, and the files of both."""

import uuid
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote

from flask import Response, request, send_file

from portal import clock, htmx
from portal.access import current_viewer, load_campaign, open_to
from portal.bank_store import current_bank
from portal.blueprints.results import bp, lists
from portal.blueprints.results.filters import (
    PER_PAGE,
    STATE_WORDS,
    STATES,
    Filters,
    Links,
    group_word,
    page_of,
    read_filters,
    sort_lines,
)
from portal.blueprints.results.participant import find, sheet_of
from portal.domain import analysis
from portal.domain.analysis import OUTSIDE_AUDIENCE, Pupil
from portal.domain.campaign import Sending
from portal.domain.mastery import Stage
from portal.domain.permissions import Action
from portal.persistence import mapping
from portal.persistence.models import Campaign
from portal.persistence.queries import results as queries
from portal.services import exports, turns

# The tones of a share bar, from the palest; the last stage takes the darkest.
STAGE_TONES = ("not_started", "skipped", "started", "completed", "shared")


@bp.get("/campagnes/<code>/activite")
@open_to(Action.READ_SCHOOL)
def activity(code: str) -> Response:
    """Show who has not started, who is playing, who is done."""
    campaign = load_campaign(code, Action.READ_SCHOOL)
    pupils = queries.pupils(campaign)
    filters = read_filters(request.args, list(lists.ACTIVITY_ORDERS))
    lines = _activity_lines(pupils, filters)
    paging = page_of(len(lines), filters.page)
    groups = analysis.by_group(pupils)
    return htmx.render(
        "results/activity.html",
        fragment="results/_activity.html",
        campaign=campaign,
        counts=analysis.count_states(_expected(pupils)),
        groups=[(group_word(name), name, analysis.count_states(group)) for name, group in groups.items()],
        group_options=_group_options(groups),
        state_options=[(value, STATE_WORDS[status]) for value, status in STATES.items()],
        outside=len(groups.get(OUTSIDE_AUDIENCE, [])),
        filters=filters,
        links=Links("results.activity", campaign.code, filters),
        lines=lines[paging.first : paging.first + PER_PAGE],
        matching=len(lines),
        paging=paging,
    )


@bp.get("/campagnes/<code>/activite.csv")
@open_to(Action.READ_SCHOOL)
def activity_csv(code: str) -> Response:
    """Give the list of activity as the screen filters it."""
    campaign = load_campaign(code, Action.READ_SCHOOL)
    filters = read_filters(request.args, list(lists.ACTIVITY_ORDERS))
    lines = _activity_lines(queries.pupils(campaign), filters)
    return _csv("Activite", campaign, [lists.ACTIVITY_HEADER, *map(lists.activity_cells, lines)])


def _activity_lines(pupils: Sequence[Pupil], filters: Filters) -> list[lists.ActivityLine]:
    kept = [lists.activity_line(pupil) for pupil in filters.keep(pupils)]
    return sort_lines(kept, filters.order, lists.ACTIVITY_ORDERS)


@bp.get("/campagnes/<code>/resultats")
@open_to(Action.READ_SCHOOL)
def index(code: str) -> Response:
    """Show what the pupils can do."""
    campaign = load_campaign(code, Action.READ_SCHOOL)
    pupils = queries.pupils(campaign)
    stages = _stages(campaign)
    filters = read_filters(request.args, list(lists.RESULT_ORDERS))
    found = _result_lines(campaign, filters.keep(pupils), stages)
    lines = [line for line in found if filters.stage is None or line.result.stage == filters.stage]
    paging = page_of(len(lines), filters.page)
    expected = _expected(pupils)
    ordered = sort_lines(lines, filters.order, lists.RESULT_ORDERS)
    return htmx.render(
        "results/index.html",
        fragment="results/_results.html",
        campaign=campaign,
        sent=sum(bool(pupil.sent) for pupil in expected),
        expected=len(expected),
        group_options=_group_options(analysis.by_group(pupils)),
        stage_options=[(index, stage.title) for index, stage in enumerate(stages)],
        **_distribution(found, stages, filters),
        filters=filters,
        links=Links("results.index", campaign.code, filters),
        lines=ordered[paging.first : paging.first + PER_PAGE],
        matching=len(lines),
        paging=paging,
    )


@bp.get("/campagnes/<code>/resultats.csv")
@open_to(Action.READ_SCHOOL)
def index_csv(code: str) -> Response:
    """Give the full results of the pupils the screen keeps, one line a try."""
    campaign = load_campaign(code, Action.READ_SCHOOL)
    filters = read_filters(request.args, list(lists.RESULT_ORDERS))
    pupils = filters.keep(queries.pupils(campaign))
    if filters.stage is not None:
        shown = _result_lines(campaign, pupils, _stages(campaign))
        pupils = [line.pupil for line in shown if line.result.stage == filters.stage]
    table = exports.full_results(
        campaign, pupils, current_bank().referential, with_skills=request.args.get("acquis") == "oui"
    )
    return _csv("Resultats", campaign, table)


@bp.get("/campagnes/<code>/resultats/<uuid:public_id>")
@open_to(Action.READ_SCHOOL)
def participant(code: str, public_id: uuid.UUID) -> Response:
    """Show one try of one pupil, by competence and subject, and what to work on next."""
    campaign = load_campaign(code, Action.READ_SCHOOL)
    pupil, attempt = find(queries.pupils(campaign), public_id)
    turn = turns.load_for_staff(public_id, current_viewer().school_id)
    sheet = sheet_of(campaign, pupil, attempt, turn, current_bank().referential)
    return htmx.render("results/participant.html", campaign=campaign, sheet=sheet)


def _expected(pupils: Iterable[Pupil]) -> list[Pupil]:
    return [pupil for pupil in pupils if pupil.is_expected]


def _stages(campaign: Campaign) -> list[Stage]:
    return [mapping.stage_from_json(one) for one in campaign.content["stages"]]


def _group_options(groups: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, group_word(name)) for name in groups]


def _result_lines(
    campaign: Campaign, pupils: Iterable[Pupil], stages: Sequence[Stage]
) -> list[lists.ResultLine]:
    total, sending = len(campaign.content["skills"]), Sending(campaign.sending)
    lines = []
    for pupil in pupils:
        result = analysis.result_of(pupil, total=total, stages=stages, sending=sending)
        if result:
            lines.append(lists.result_line(pupil, result, stages))
    return lines


def _distribution(
    found: Sequence[lists.ResultLine], stages: Sequence[Stage], filters: Filters
) -> dict[str, Any]:
    """Share the sent results out by stage; those outside the audience count only where they are asked for."""
    is_outside = filters.group == OUTSIDE_AUDIENCE
    counted = [line.result for line in found if line.pupil.is_expected is not is_outside]
    shares = analysis.distribution(counted, stages)
    palest = len(STAGE_TONES) - len(stages)
    return {
        "shares": [
            {"label": stage.title, "value": count, "kind": STAGE_TONES[max(0, palest + index)]}
            for index, (stage, count) in enumerate(zip(stages, shares, strict=True))
        ],
        "counted_results": sum(shares),
        "provisional": sum(result.is_provisional for result in counted),
        "apart": len(found) - len(counted),
    }


def _csv(subject: str, campaign: Campaign, table: Sequence[Sequence[exports.Cell]]) -> Response:
    """Answer a file, its name in UTF-8 and in ASCII."""
    if current_viewer().is_in_demonstration:
        subject = f"Demonstration-{subject}"
    name = exports.file_name(subject, campaign.name, at=clock.now())
    response = send_file(BytesIO(exports.write_csv(table)), mimetype="text/csv; charset=utf-8")
    response.headers.set(
        "Content-Disposition",
        f"attachment; filename=\"{exports.plain_file_name(name)}\"; filename*=UTF-8''{quote(name, safe='')}",
    )
    return response
