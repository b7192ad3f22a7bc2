"""A pupil's try: start, answer, end, send. Each answer is one durable transaction."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from portal.bank.loader import Bank
from portal.domain import baseline as engine
from portal.domain import participation as rules
from portal.domain.adaptive import FrozenTest, Observation, Pick, TryContext
from portal.domain.campaign import CampaignArchived, Sending
from portal.domain.errors import NotFound
from portal.domain.marking import Given, Outcome, mark
from portal.domain.mastery import Verdict, tally, verdicts
from portal.domain.participation import Status
from portal.persistence import mapping
from portal.persistence.models import (
    Answer,
    Campaign,
    FrozenTestRow,
    Participation,
    Question,
    Snapshot,
    Student,
)
from portal.persistence.queries import participations as queries
from portal.persistence.transaction import write_tx
from portal.services import freezing

# Written at each answer: on the connection, without what the ORM adds around a statement.
_INSERT_ANSWER, _INSERT_QUESTION = insert(Answer), insert(Question)
_UPDATE_TRY = update(Participation).where(Participation.id == bindparam("try_id"))


@dataclass(frozen=True, slots=True)
class Turn:
    """A try as it stands, read in three queries: its row, its questions, and what it is played with."""

    row: Row[Any]
    questions: Sequence[Row[Any]]
    test: FrozenTest
    context: TryContext

    @property
    def asked(self) -> Row[Any] | None:
        """Give the question that waits for an answer."""
        last = self.questions[-1] if self.questions else None
        return last if last is not None and last.outcome is None else None

    @property
    def observations(self) -> list[Observation]:
        """Give the answers as the engine reads them."""
        return [
            Observation(one.skill, one.challenge, Outcome(one.outcome))
            for one in self.questions
            if one.outcome is not None
        ]

    @property
    def is_over(self) -> bool:
        """Tell whether no question waits any more."""
        return self.row.status != Status.STARTED or self.row.closed_at is not None

    def verdicts(self) -> tuple[Verdict, ...]:
        """Conclude from the answers so far."""
        observations = self.observations
        return verdicts(self.test, engine.estimate(self.test, self.context, observations), observations)


@dataclass(frozen=True, slots=True)
class Served:
    """A question that was stored, and may be shown."""

    public_id: uuid.UUID
    position: int
    skill: str
    challenge: str
    version: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where an answer leads: the checkpoint it opens, the next question, or the end when it is None."""

    checkpoint: int | None
    question: Served | None
    progress: float


def load(public_id: uuid.UUID, learner_id: int) -> Turn:
    """Read a learner's own try.

    Raises: NotFound.
    """
    return _turn(queries.own_try(public_id, learner_id))


def load_for_staff(public_id: uuid.UUID, school_id: int) -> Turn:
    """Read a try at a campaign of this school.

    Raises: NotFound.
    """
    return _turn(queries.school_try(public_id, school_id))


def _turn(row: Row[Any] | None) -> Turn:
    if row is None:
        raise NotFound
    return Turn(
        row,
        queries.questions(row.id),
        freezing.frozen_test(row.frozen_test),
        mapping.context_from_json(row.context),
    )


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


def start(campaign: Campaign, student: Student, bank: Bank, *, at: datetime) -> uuid.UUID:
    """Start a try, or find the one that exists: a double click starts one only.

    Returns: the public id of the try.
    Raises: what `check_can_start` raises.
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
    test = freezing.freeze(campaign, bank)
    context = freezing.context_of(test, seed=secrets.token_hex(8), learner_id=learner_id, at=at)
    first = engine.next_pick(test, context, [])
    if first is None:
        raise NotFound
    content = mapping.frozen_test_to_json(test)
    digest = mapping.digest(content)
    try:
        with write_tx() as session:
            # Not `merge`: two first pupils may freeze the same test at the same time.
            if session.get(FrozenTestRow, digest) is None:
                session.add(FrozenTestRow(digest=digest, content=content))
            participation = Participation(
                campaign_id=campaign.id,
                learner_id=learner_id,
                student_id=student.id,
                status=Status.STARTED,
                frozen_test=digest,
                context=mapping.context_to_json(context),
                started_at=at,
            )
            session.add(participation)
            session.flush()
            session.execute(insert(Question), _question_row(participation.id, 1, first, test, at))
        return participation.public_id
    except IntegrityError:
        return start(campaign, student, bank, at=at)


def _question_row(
    participation_id: int, position: int, pick: Pick, test: FrozenTest, at: datetime
) -> dict[str, Any]:
    version = next(
        one.version for skill in test.skills for one in skill.challenges if one.id == pick.challenge
    )
    return {
        "public_id": uuid.uuid4(),
        "participation_id": participation_id,
        "position": position,
        "skill": pick.skill,
        "challenge": pick.challenge,
        "version": version,
        "reason": mapping.reason_to_json(pick.reason),
        "served_at": at,
    }


def answer(turn: Turn, question_id: uuid.UUID, given: Given | None, *, at: datetime) -> Step:
    """Correct an answer, let the engine decide, and commit both before anything is acknowledged.

    `given` is None when the pupil skips. The same answer sent again changes nothing and gives the same
    step. An answer to a question served before the campaign was archived is recorded, and ends the try.

    Raises: NotAsked, AnsweredOtherwise, and what `marking.mark` raises.
    """
    question = next((one for one in turn.questions if one.public_id == question_id), None)
    if question is None:
        raise rules.NotAsked
    if question.outcome is not None:
        return _repeated(turn, question, given)
    if turn.is_over:
        raise rules.NotAsked
    challenge = freezing.challenge(question.challenge, question.version)
    outcome = mark(challenge, given) if given else Outcome.SKIPPED
    observations = [*turn.observations, Observation(question.skill, question.challenge, outcome)]
    is_closed = turn.row.archived_at is not None
    pick = None if is_closed else engine.next_pick(turn.test, turn.context, observations)
    following = _question_row(turn.row.id, question.position + 1, pick, turn.test, at) if pick else None
    try:
        progress = _record(turn, question, given, outcome, observations, following, at)
    except IntegrityError:
        # Two tabs answered together: the other one was first, and its answer stays.
        return answer(load(turn.row.public_id, turn.row.learner_id), question_id, given, at=at)
    if following is None:
        return Step(None, None, progress)
    return Step(rules.checkpoint_after(len(observations)), _served(following), progress)


def _served(row: dict[str, Any]) -> Served:
    return Served(**{name: row[name] for name in Served.__slots__})


def _repeated(turn: Turn, question: Row[Any], given: Given | None) -> Step:
    if question.given != mapping.given_to_json(given or Given()):
        raise rules.AnsweredOtherwise
    asked = turn.asked
    if asked is None:
        return Step(None, None, turn.row.progress)
    served = _served(asked._asdict())
    return Step(rules.checkpoint_after(question.position), served, turn.row.progress)


def _reopen(turn: Turn, at: datetime) -> None:
    """Go on with a try that an archived campaign had cut short, now that the campaign is open again."""
    pick = engine.next_pick(turn.test, turn.context, turn.observations)
    with write_tx() as session:
        reopened = session.scalar(
            update(Participation)
            .where(Participation.id == turn.row.id, Participation.closed_at.is_not(None))
            .values(closed_at=None)
            .returning(Participation.id)
        )
        if reopened and pick:
            row = _question_row(turn.row.id, len(turn.questions) + 1, pick, turn.test, at)
            session.execute(insert(Question), row)


def _record(
    turn: Turn,
    question: Row[Any],
    given: Given | None,
    outcome: Outcome,
    observations: list[Observation],
    following: dict[str, Any] | None,
    at: datetime,
) -> float:
    """Write the answer, the next question and the state of the try, together; give the progress."""
    estimate = engine.estimate(turn.test, turn.context, observations)
    conclusions = verdicts(turn.test, estimate, observations)
    state = _state_after(turn, observations, estimate.expected_remaining, following is not None, at)
    state["acquired"] = tally(conclusions).acquired
    answered = {
        "question_id": question.id,
        "outcome": outcome,
        "given": mapping.given_to_json(given or Given()),
        "answered_at": at,
    }
    with write_tx() as session:
        connection = session.connection()
        connection.execute(_INSERT_ANSWER, answered)
        if following:
            connection.execute(_INSERT_QUESTION, following)
        connection.execute(_UPDATE_TRY, {"try_id": turn.row.id, **state})
        if state.get("shared_at"):
            session.execute(insert(Snapshot), _snapshot_row(turn.row.id, conclusions, len(observations), at))
    done: float = state["progress"]
    return done


def _state_after(
    turn: Turn, observations: list[Observation], expected_remaining: float, goes_on: bool, at: datetime
) -> dict[str, Any]:
    answered = len(observations)
    state: dict[str, Any] = {"answered": answered, "last_answer_at": at}
    progress = rules.progress(answered, expected_remaining, before=turn.row.progress)
    if goes_on:
        return {**state, "progress": progress}
    if turn.row.archived_at is not None:
        return {**state, "progress": progress, "closed_at": at}
    status = rules.status_at_completion(Sending(turn.row.sending))
    state |= {"progress": 1.0, "status": status, "completed_at": at}
    return {**state, "shared_at": at} if status is Status.SHARED else state


def _snapshot_row(
    participation_id: int, conclusions: Sequence[Verdict], answered: int, at: datetime
) -> dict[str, Any]:
    content = {"answered": answered, "verdicts": [asdict(verdict) for verdict in conclusions]}
    return {"participation_id": participation_id, "content": content, "taken_at": at}


def share(turn: Turn, *, at: datetime) -> None:
    """Send the results to the staff: final, with a snapshot of what is concluded now.

    Raises: NotFinished, AlreadyShared, CampaignArchived.
    """
    rules.check_can_share(Status(turn.row.status))
    if turn.row.archived_at is not None:
        raise CampaignArchived
    conclusions = turn.verdicts()
    with write_tx() as session:
        sent = session.scalar(
            update(Participation)
            .where(Participation.id == turn.row.id, Participation.status == Status.COMPLETED)
            .values(status=Status.SHARED, shared_at=at)
            .returning(Participation.id)
        )
        if sent is None:
            raise rules.AlreadyShared
        session.execute(insert(Snapshot), _snapshot_row(turn.row.id, conclusions, turn.row.answered, at))
