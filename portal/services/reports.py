"""Tell a problem with a question, and say that it was looked at."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from portal.domain import report as rules
from portal.domain.errors import DomainError, NotFound
from portal.domain.participation import NotAsked
from portal.domain.report import Problem
from portal.persistence.models import Report
from portal.persistence.queries import reports as queries
from portal.persistence.transaction import write_tx
from portal.services.members import Doer
from portal.services.turns import Turn

AN_HOUR = timedelta(hours=1)
LONGEST_NOTE = 400


class AlreadyHandled(DomainError):
    """Somebody of the school said it before, at that instant; `note`: what was done of it."""

    def __init__(self, at: datetime, note: str) -> None:
        """Keep what was said."""
        super().__init__("Cette question était déjà traitée.")
        self.at, self.note = at, note


def send(
    turn: Turn, question_id: uuid.UUID, problem: Problem, comment: str, *, school_id: int, at: datetime
) -> None:
    """Tell a problem with a question of one's own try; told again, it replaces what was told before.

    Raises: NotAsked, TooManyReports.
    """
    question = turn.question(question_id)
    if question is None:
        raise NotAsked
    try:
        _write(turn, question, problem, comment, school_id, at)
    except IntegrityError:
        # The same button twice: the first one was quicker, and is replaced. Once only, for the try may be gone.
        _write(turn, question, problem, comment, school_id, at)


def _write(
    turn: Turn, question: Row[Any], problem: Problem, comment: str, school_id: int, at: datetime
) -> None:
    learner_id = turn.row.learner_id
    with write_tx() as session:
        found = queries.find(learner_id, question.challenge, question.version)
        if found is None:
            rules.check_rate(queries.count_since(learner_id, at - AN_HOUR))
            found = Report(learner_id=learner_id, challenge=question.challenge, version=question.version)
            session.add(found)
        found.school_id, found.participation_id = school_id, turn.row.id
        found.skill, found.problem, found.comment, found.at = question.skill, problem, comment, at
        found.handled_at, found.note = None, ""


def handle(challenge: str, version: str, note: str, doer: Doer) -> None:
    """Say that what the school's pupils told of a version of a question was looked at.

    Raises: AlreadyHandled; NotFound when nothing was told of it.
    """
    with write_tx():
        if queries.mark_handled(doer.school_id, challenge, version, note=note[:LONGEST_NOTE], at=doer.at):
            return
    before = queries.handled(doer.school_id, challenge, version)
    if before is None:
        raise NotFound
    raise AlreadyHandled(before.handled_at, before.note)
