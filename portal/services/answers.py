"""A pupil's answer: corrected, followed by the next question, both in one durable transaction."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, insert, update
from sqlalchemy.exc import IntegrityError

from portal.domain import participation as rules
from portal.domain.adaptive import Estimate, Observation
from portal.domain.campaign import Sending
from portal.domain.engine import ENGINE
from portal.domain.errors import DomainError
from portal.domain.exercises import seconds_allowed
from portal.domain.marking import Given, Outcome
from portal.domain.participation import Status
from portal.persistence import mapping
from portal.persistence.frequent import Frequent
from portal.persistence.models import Answer, Participation, Question, Snapshot
from portal.persistence.transaction import write_tx
from portal.services.turns import (
    Served,
    Turn,
    acquired_now,
    concluded,
    load,
    question_row,
    served_of,
    snapshot_row,
)

# What the network and the slowest machine may take.
GRACE = timedelta(seconds=3)
_INSERT_ANSWER, _INSERT_QUESTION = Frequent(insert(Answer)), Frequent(insert(Question))
_UPDATE_TRY = Frequent(update(Participation).where(Participation.id == bindparam("try_id")))


@dataclass(frozen=True, slots=True)
class Step:
    """Where an answer leads: the checkpoint it opens, the next question, or the end when it is None."""

    checkpoint: int | None
    question: Served | None
    progress: float


def answer(turn: Turn, question_id: uuid.UUID, given: Given | None, *, at: datetime) -> Step:
    """Correct an answer, let the engine decide, and commit both before anything is acknowledged.

    `given` is None when the pupil skips. The same answer sent again changes nothing and gives the same
    step. An answer to a question served before the campaign was archived is recorded, and closes the try.

    Raises: NotAsked, AnsweredOtherwise, and what `marking.mark` raises.
    """
    question = turn.question(question_id)
    if question is None:
        raise rules.NotAsked
    if question.outcome is not None:
        return _repeated(turn, question, given)
    if turn.is_over:
        raise rules.NotAsked
    outcome = _marked(turn, question, given, at)
    observations = [
        *turn.observations,
        Observation(question.skill, question.challenge, outcome, bool(question.is_void)),
    ]
    decision = ENGINE.decide(turn.test, turn.context, observations)
    pick = decision.pick
    # The last answer completes a try whatever became of the campaign: nothing would be left to come back to.
    is_cut = pick is not None and turn.row.archived_at is not None
    following = None
    if pick and not is_cut:
        following = question_row(turn.row.id, question.position + 1, pick, turn.test, at)
    try:
        progress = _record(
            turn, question, given, decision.estimate, observations, following, at, is_cut=is_cut
        )
    except IntegrityError:
        # Two tabs answered together: the other one was first, and its answer stays.
        return answer(load(turn.row.public_id, turn.row.learner_id), question_id, given, at=at)
    if following is None:
        return Step(None, None, progress)
    return Step(rules.checkpoint_after(len(observations)), served_of(following), progress)


def _marked(turn: Turn, question: Row[Any], given: Given | None, at: datetime) -> Outcome:
    """Correct an answer; right but late is late, and late with nothing written is late too."""
    if given is None:
        return Outcome.SKIPPED
    served = served_of(question._mapping)
    exercise = served.exercise
    allowed = seconds_allowed(exercise.challenge, turn.row.time_factor)
    if allowed is None:
        return exercise.mark(given)
    if served.begun_at is None:
        raise rules.NotBegun
    is_late = at > served.begun_at + timedelta(seconds=allowed) + GRACE
    try:
        outcome = exercise.mark(given)
    except DomainError:
        if not is_late:
            raise
        return Outcome.TIMED_OUT
    return Outcome.TIMED_OUT if is_late and outcome is Outcome.OK else outcome


def _repeated(turn: Turn, question: Row[Any], given: Given | None) -> Step:
    if question.given != mapping.given_to_json(given or Given()):
        raise rules.AnsweredOtherwise
    asked = turn.asked
    if asked is None:
        return Step(None, None, turn.row.progress)
    served = served_of(asked._mapping)
    return Step(rules.checkpoint_after(question.position), served, turn.row.progress)


def _record(
    turn: Turn,
    question: Row[Any],
    given: Given | None,
    estimate: Estimate,
    observations: list[Observation],
    following: dict[str, Any] | None,
    at: datetime,
    *,
    is_cut: bool,
) -> float:
    """Write the answer, the next question and the state of the try, together; give the progress."""
    outcome = observations[-1].outcome
    done = rules.progress(len(observations), estimate.expected_remaining, before=turn.row.progress)
    state: dict[str, Any] = {
        "answered": len(observations),
        "skipped": sum(one.outcome is Outcome.SKIPPED for one in observations),
        "last_answer_at": at,
        "progress": done,
    }
    if is_cut:
        state["closed_at"] = at
    elif following is None:
        state |= _completion(Sending(turn.row.sending), at)
    state["acquired"] = acquired_now(turn.test, turn.context, estimate, observations)
    answered = {
        "question_id": question.id,
        "outcome": outcome,
        "given": mapping.given_to_json(given or Given()),
        "answered_at": at,
    }
    with write_tx() as session:
        _INSERT_ANSWER.run(answered)
        if following:
            _INSERT_QUESTION.run(following)
        _UPDATE_TRY.run({"try_id": turn.row.id, **state})
        if state.get("shared_at"):
            conclusions = concluded(turn.test, turn.context, estimate, observations)
            row = snapshot_row(turn.row.id, conclusions, estimate, len(observations), at)
            session.execute(insert(Snapshot), row)
    return 1.0 if "completed_at" in state else done


def _completion(sending: Sending, at: datetime) -> dict[str, Any]:
    status = rules.status_at_completion(sending)
    state = {"progress": 1.0, "status": status, "completed_at": at}
    return {**state, "shared_at": at} if status is Status.SHARED else state
