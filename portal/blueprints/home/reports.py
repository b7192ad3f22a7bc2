"""The questions that pupils say something of: what they say, and what was done of it."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, request, url_for
from markupsafe import Markup
from sqlalchemy import Row

from portal import clock, htmx
from portal.access import current_viewer, open_to
from portal.bank_store import current_bank
from portal.blueprints.home import bp
from portal.blueprints.home.withdrawals import doer
from portal.chrome import say
from portal.domain.errors import NotFound
from portal.domain.permissions import Action, is_allowed
from portal.domain.referential import Challenge, Skill
from portal.domain.report import Problem
from portal.labels import LABELS, as_day, counted
from portal.markup import render_markdown
from portal.persistence.queries import calibration as withdrawals
from portal.persistence.queries import reports as queries
from portal.services import bank as bank_service
from portal.services import calibration, exports, reports
from portal.services.members import Doer
from portal.services.reports import AlreadyHandled

HEADER = (
    "Question",
    "Version",
    "Version de la banque (O/N)",
    "Sujet",
    "Acquis",
    "Problème",
    "Commentaire",
    "Signalé le",
    "Traité le",
    "Note",
)


@dataclass(frozen=True, slots=True)
class Reported:
    """One version of a question, with what was told of it.

    `is_asked`: it is in the bank and in the draw, so that it can be withdrawn.
    """

    challenge: str
    version: str
    tube: str
    skill: str
    text: Markup | None
    problems: list[tuple[Problem, int]]
    rows: Sequence[Row[*tuple[Any, ...]]]
    is_asked: bool

    @property
    def comments(self) -> list[Row[*tuple[Any, ...]]]:
        """Give those that say more."""
        return [row for row in self.rows if row.comment]

    @property
    def notes(self) -> list[str]:
        """Give what was done, once each."""
        return list(dict.fromkeys(row.note for row in self.rows if row.note))

    @property
    def reason(self) -> str:
        """Say why one would withdraw it."""
        told = ", ".join(f"{LABELS[one].lower()} ({count})" for one, count in self.problems)
        return f"Signalée par {counted(len(self.rows), 'élève', 'élèves')}\u00a0: {told}."


@bp.get("/questions-signalees")
@open_to(Action.HANDLE_REPORTS)
def reported() -> Response:
    """List the questions that wait to be looked at, or those that were."""
    return _show(is_handled=request.args.get("vue") == "traitees")


@bp.post("/questions-signalees/traiter")
@open_to(Action.HANDLE_REPORTS)
def handle_report() -> Response:
    """Say that a question was looked at."""
    viewer = current_viewer()
    by = Doer(viewer.school_id, viewer.member_id, clock.now())
    note = " ".join(request.form.get("note", "").split())[: reports.LONGEST_NOTE]
    try:
        reports.handle(*_version(), note, by)
    except AlreadyHandled as before:
        say(_told_before(before, note), "info")
    else:
        say("C’est noté\u00a0: cette question est traitée.")
    return _again()


def _told_before(before: AlreadyHandled, note: str) -> str:
    """Say that it was handled before; what was typed is given back, unless it is what is kept."""
    sentence = (
        f"Cette question était déjà traitée, le {as_day(before.at)}. Elle est dans «\u00a0Traitées\u00a0»."
    )
    if note in {"", before.note}:
        return sentence
    return f"{sentence} Votre note n’est pas gardée\u00a0: «\u00a0{note}\u00a0»."


@bp.post("/questions-signalees/retirer")
@open_to(Action.MANAGE_QUESTIONS)
def withdraw_reported() -> Response:
    """Take a question out of the draw, and say so of its reports."""
    challenge, version = _version()
    # A colleague may have marked it as handled since the list was shown: it can be withdrawn all the same.
    every = [*_grouped(is_handled=True), *_grouped(is_handled=False)]
    one = {(one.challenge, one.version): one for one in every}.get((challenge, version))
    if one is None or not one.is_asked:
        say("Cette question n’est plus posée\u00a0: rien n’a changé.", "info")
        return _again()
    calibration.withdraw(current_bank(), challenge, one.reason, doer())
    with suppress(AlreadyHandled, NotFound):
        reports.handle(challenge, version, "Question retirée.", doer())
    say("La question est retirée. Elle est dans «\u00a0Questions retirées\u00a0».")
    return _again()


@bp.get("/questions-signalees/signalements.csv")
@open_to(Action.HANDLE_REPORTS)
def reports_csv() -> Response:
    """Give every report, without anything of the pupils, for those who correct the questions."""
    held = _held()
    lines = [_cells(row, held) for row in queries.everything(current_viewer().school_id)]
    response = make_response(exports.write_csv([HEADER, *lines]))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = 'attachment; filename="signalements.csv"'
    return response


def _version() -> tuple[str, str]:
    return request.form.get("question", ""), request.form.get("version", "")


def _again() -> Response:
    if htmx.wants_fragment():
        return _show(is_handled=False)
    return htmx.see_other("home.reported")


def _show(*, is_handled: bool) -> Response:
    viewer = current_viewer()
    waiting, handled = queries.counts(viewer.school_id)
    tabs = (("À lire", waiting, None), ("Traitées", handled, "traitees"))
    return htmx.render(
        "home/reports.html",
        fragment="home/_reported.html",
        oob=("members/_notices.html",),
        tabs_of_views=[
            {
                "label": f"{word} ({count})",
                "url": url_for("home.reported", vue=view),
                "current": bool(view) is is_handled,
            }
            for word, count, view in tabs
        ],
        groups=_grouped(is_handled=is_handled),
        is_handled=is_handled,
        may_withdraw=is_allowed(viewer.role, Action.MANAGE_QUESTIONS),
    )


def _held() -> dict[str, tuple[Skill, Challenge]]:
    return {challenge.id: (skill, challenge) for skill, challenge in current_bank().every_challenge()}


def _grouped(*, is_handled: bool) -> list[Reported]:
    """Put the reports of each version together, the most reported first."""
    groups: dict[tuple[str, str], list[Row[*tuple[Any, ...]]]] = {}
    for row in queries.listed(current_viewer().school_id, is_handled=is_handled):
        groups.setdefault((row.challenge, row.version), []).append(row)
    held, out = _held(), withdrawals.out_of_draw(clock.now())
    found = [_reported(key, rows, held, is_out=key in out) for key, rows in groups.items()]
    return sorted(found, key=lambda one: -len(one.rows))


def _reported(
    key: tuple[str, str],
    rows: Sequence[Row[*tuple[Any, ...]]],
    held: dict[str, tuple[Skill, Challenge]],
    *,
    is_out: bool,
) -> Reported:
    skill, present = held.get(key[0], (None, None))
    is_present = present is not None and bank_service.version_of(present) == key[1]
    told = Counter(Problem(row.problem) for row in rows)
    return Reported(
        challenge=key[0],
        version=key[1],
        tube=skill.tube_title if skill else "Question absente de la banque",
        skill=skill.description if skill else key[0],
        text=render_markdown(present.instruction) if present and is_present else None,
        problems=told.most_common(),
        rows=rows,
        is_asked=is_present and not is_out,
    )


def _cells(row: Row[*tuple[Any, ...]], held: dict[str, tuple[Skill, Challenge]]) -> list[exports.Cell]:
    skill, present = held.get(row.challenge, (None, None))
    is_present = present is not None and bank_service.version_of(present) == row.version
    return [
        row.challenge,
        row.version,
        "O" if is_present else "N",
        skill.tube_title if skill else "",
        skill.description if skill else row.skill,
        LABELS[Problem(row.problem)],
        row.comment,
        exports.moment(row.at),
        exports.moment(row.handled_at),
        row.note,
    ]
