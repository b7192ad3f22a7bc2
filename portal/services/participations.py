"""A pupil's try: start it, go on with it, send it."""

import secrets
import uuid
from datetime import datetime
from functools import partial

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from portal.bank.loader import Bank
from portal.domain import participation as rules
from portal.domain.adaptive import FrozenTest, Pick
from portal.domain.campaign import CampaignArchived
from portal.domain.engine import ENGINE
from portal.domain.errors import NotFound
from portal.domain.mastery import tally
from portal.domain.participation import Status
from portal.persistence import mapping
from portal.persistence.models import Campaign, FrozenTestRow, Participation, Question, Snapshot, Student
from portal.persistence.queries import participations as queries
from portal.persistence.transaction import write_tx
from portal.services import freezing, order
from portal.services.turns import Turn, load, question_row, snapshot_row


def check_can_start(campaign: Campaign, student: Student) -> None:
    """Refuse a start, each reason with its own error.

    Raises: CampaignArchived, OtherSchool, PupilDisabled.
    """
    if campaign.archived_at:
        raise CampaignArchived
    if student.school_id != campaign.school_id:
        raise rules.OtherSchool
    if student.disabled_at:
        raise rules.PupilDisabled


def start(
    campaign: Campaign, student: Student, bank: Bank, *, at: datetime, seed: str | None = None
) -> uuid.UUID:
    """Start a try, or find the one that exists: a double click starts one only.

    Args:
        seed: what the engine draws from; by default nobody can guess it.
    Returns: the public id of the try.
    Raises: what `check_can_start` raises, PathwayLocked.
    """
    learner_id = student.learner_id
    if learner_id is None:
        raise NotFound
    existing = queries.latest_try(campaign.id, learner_id)
    if existing:
        if existing.closed_at and not campaign.archived_at:
            _reopen(load(existing.public_id, learner_id), at)
        return existing.public_id
    check_can_start(campaign, student)
    order.check_can_start(campaign, learner_id, bank)
    test = freezing.freeze(campaign, bank)
    context = freezing.context_of(campaign, student, test, bank, seed=seed or secrets.token_hex(8), at=at)
    first = ENGINE.decide(test, context, []).pick
    if first is None:
        raise NotFound
    new = partial(
        Participation,
        campaign_id=campaign.id,
        learner_id=learner_id,
        student_id=student.id,
        status=Status.STARTED,
        context=mapping.context_to_json(context),
        started_at=at,
    )
    try:
        return _save(new(), test, first, at)
    except IntegrityError:
        # A double click started it already, or another first pupil froze the same test; nothing else is tried again.
        found = queries.latest_try(campaign.id, learner_id)
        return found.public_id if found else _save(new(), test, first, at)


def _save(participation: Participation, test: FrozenTest, first: Pick, at: datetime) -> uuid.UUID:
    """Write a try, what it is played with and its first question, together."""
    content = mapping.frozen_test_to_json(test)
    participation.frozen_test = mapping.digest(content)
    with write_tx() as session:
        # Not `merge`: two first pupils may freeze the same test at the same time.
        if session.get(FrozenTestRow, participation.frozen_test) is None:
            session.add(FrozenTestRow(digest=participation.frozen_test, content=content))
        session.add(participation)
        session.flush()
        session.execute(insert(Question), question_row(participation.id, 1, first, test, at))
    return participation.public_id


def _reopen(turn: Turn, at: datetime) -> None:
    """Go on with a try that an archived campaign had cut short, now that the campaign is open again."""
    pick = ENGINE.decide(turn.test, turn.context, turn.observations).pick
    if pick is None:
        # Nothing is left to ask: it stays as it was cut, with its provisional result.
        return
    with write_tx() as session:
        reopened = session.scalar(
            update(Participation)
            .where(Participation.id == turn.row.id, Participation.closed_at.is_not(None))
            .values(closed_at=None)
            .returning(Participation.id)
        )
        if reopened:
            row = question_row(turn.row.id, len(turn.questions) + 1, pick, turn.test, at)
            session.execute(insert(Question), row)


def share(turn: Turn, *, at: datetime) -> None:
    """Send the results to the staff: final, with a snapshot of what is concluded now.

    A finished try may be sent though its campaign was archived meanwhile: nothing is lost.

    Raises: NotFinished, AlreadyShared.
    """
    rules.check_can_share(Status(turn.row.status))
    estimate = turn.estimate()
    conclusions = turn.verdicts(estimate)
    with write_tx() as session:
        sent = session.scalar(
            update(Participation)
            .where(Participation.id == turn.row.id, Participation.status == Status.COMPLETED)
            .values(status=Status.SHARED, shared_at=at, acquired=tally(conclusions).acquired)
            .returning(Participation.id)
        )
        if sent is None:
            raise rules.AlreadyShared
        row = snapshot_row(turn.row.id, conclusions, estimate, turn.row.answered, at)
        session.execute(insert(Snapshot), row)
