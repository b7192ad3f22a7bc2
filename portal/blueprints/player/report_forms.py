"""The forms where a pupil tells a problem with a question, under it or under its correction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.blueprints.player import tokens
from portal.cards import Correction, corrections
from portal.domain.referential import Skill
from portal.domain.report import Problem
from portal.services.turns import Turn


@dataclass(frozen=True, slots=True)
class ReportForm:
    """Where a pupil tells a problem with a question; `name` sets it apart on a page that has several.

    It is a button until it is opened, for it is seldom filled and pages are light.
    """

    name: str
    url: str
    is_open: bool = False
    problem: str = ""
    comment: str = ""
    error: str = ""
    message: str = ""
    problems: tuple[Problem, ...] = tuple(Problem)

    @property
    def is_sent(self) -> bool:
        """Tell whether it was just sent."""
        return bool(self.message)

    def sent(self, message: str) -> "ReportForm":
        """Empty the form, and say that it is sent."""
        return replace(self, message=message, is_open=False)

    def opened(self) -> "ReportForm":
        """Show what there is to fill."""
        return replace(self, is_open=True)

    def refused(self, error: str, problem: str, comment: str) -> "ReportForm":
        """Keep what was typed, and say what to do."""
        return replace(self, error=error, problem=problem, comment=comment, is_open=True)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A correction, with the form where a problem is told; `token` names the pupil and the question."""

    correction: Correction
    token: str
    report: ReportForm


def report_form(public_id: uuid.UUID, question: uuid.UUID) -> ReportForm:
    """Make the empty form of a question of a try."""
    return ReportForm(_name(question), url_for("player.report", public_id=public_id))


def _name(question: uuid.UUID) -> str:
    return question.hex[:8]


def reviewed(
    turn: Turn, questions: Sequence[Row[Any]], skills: dict[str, Skill], report: ReportForm | None
) -> list[Reviewed]:
    """Make the corrections of answered questions, each with its form; `report`: the one that is opened."""
    answered = [one for one in questions if one.outcome]
    url = url_for("player.report", public_id=turn.row.public_id)
    opened = {report.name: report} if report else {}
    return [
        Reviewed(
            correction,
            _token(turn, question.public_id),
            opened.get(name := _name(question.public_id)) or ReportForm(name, url),
        )
        for question, correction in zip(answered, corrections(turn, answered, skills), strict=True)
    ]


def _token(turn: Turn, question: uuid.UUID) -> str:
    return tokens.sign_question(tokens.QuestionToken(turn.row.learner_id, turn.row.public_id, question))
