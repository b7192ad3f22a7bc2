"""Questions to try without stakes, on the pages to learn from: nothing of them is written anywhere."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portal.bank.loader import Bank
from portal.domain.referential import Challenge, Skill, Tube
from portal.material.recipe import MadeFile
from portal.material.simulators.scenario import UNKNOWN_GESTURE, Refused, State
from portal.persistence.queries import participations, tutorials
from portal.services import bank as bank_service
from portal.services import exercises, freezing, workbench
from portal.services.exercises import Exercise

_NAMESPACE = uuid.UUID("5d0a2b53-6e8f-5c7b-9f55-0d6c9ad2b7ae")
# An archived campaign may be opened again, and its tries go on: most often soon, when it was a mistake.
REOPENED_WITHIN = timedelta(days=30)
# A form carries where a simulator was left.
LONGEST_STATE = 8000


@dataclass(frozen=True, slots=True)
class Reader:
    """Who tries a question: `key` names the person, `learner_id` is 0 for a member."""

    key: str
    learner_id: int
    school_id: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A question being tried: how many came before it, its version, and where its simulator was left."""

    tube: str
    section: str
    challenge: str
    turn: int
    version: str
    state: State | None = None

    def seed(self, reader: Reader) -> uuid.UUID:
        """Give what this reader's file and order of proposals are drawn from."""
        return uuid.uuid5(_NAMESPACE, f"{reader.key}:{self.challenge}:{self.turn}")


def askable(tube: Tube, bank: Bank, reader: Reader, *, at: datetime) -> list[tuple[Skill, Challenge]]:
    """List the questions of a subject that somebody may try: a first one for each skill, then a second one…

    The variants of a skill come the least used in the school first. What a try that is not sent may still
    ask this person is left out: one asks nothing twice, but may ask what another one did.
    """
    variants = {skill: bank.challenges[skill.id] for skill in tube.skills}
    every = [one.id for group in variants.values() for one in group]
    withdrawn = participations.withdrawn(every)
    kept = _kept_for_tests(reader.learner_id, every, at) if reader.learner_id else set()
    uses = participations.exposure(every, reader.school_id)
    ranked = []
    for skill, group in variants.items():
        free = [one for one in group if one.id not in kept and not _is_withdrawn(one, withdrawn)]
        free.sort(key=lambda one: (uses.get(one.id, 0), _lot(reader, one)))
        ranked += [(rank, skill.level, skill, one) for rank, one in enumerate(free)]
    ranked.sort(key=lambda found: found[:2])
    return [(skill, one) for _, _, skill, one in ranked]


def _is_withdrawn(challenge: Challenge, withdrawn: Collection[tuple[str, str]]) -> bool:
    is_named = any(key == challenge.id for key, _ in withdrawn)
    return is_named and (challenge.id, bank_service.version_of(challenge)) in withdrawn


def _lot(reader: Reader, challenge: Challenge) -> str:
    """Draw an order that is this reader's own, and stays the same."""
    return hashlib.sha256(f"{reader.key}:{challenge.id}".encode()).hexdigest()


def _kept_for_tests(learner_id: int, challenges: Collection[str], at: datetime) -> set[str]:
    """Name the questions that a try of this person may still ask, or that wait for an answer."""
    asked = tutorials.asked_of(learner_id, challenges)
    waiting = {row.challenge for row in asked if row.is_waiting}
    answered = {(row.participation_id, row.challenge) for row in asked if not row.is_waiting}
    to_come = {
        challenge.id
        for one in tutorials.open_tests(learner_id, archived_since=at - REOPENED_WITHIN)
        for skill in freezing.frozen_test(one.frozen_test).skills
        for challenge in skill.challenges
        if (one.id, challenge.id) not in answered
    }
    return to_come | waiting


def exercise_of(challenge: Challenge, trial: Trial, reader: Reader) -> Exercise:
    """Give the question as this reader meets it."""
    seed = trial.seed(reader)
    work = {"state": trial.state} if trial.state else exercises.begun(challenge, seed)
    return exercises.exercise_from(challenge, seed, work)


def file_of(challenge: Challenge, trial: Trial, reader: Reader) -> MadeFile | None:
    """Make the reader's own file, None for a question that has none."""
    return exercises.made_for(challenge, trial.seed(reader)).file if challenge.recipe else None


def after_gesture(exercise: Exercise, trial: Trial, fields: Mapping[str, str]) -> Trial:
    """Do one thing in the simulator of a question.

    Raises: Refused, also where there is no simulator, or when too much was done to be carried along.
    """
    if exercise.scenario is None:
        raise Refused(UNKNOWN_GESTURE)
    state = workbench.after_gesture(exercise.scenario, exercise.state, fields)
    if len(json.dumps(state)) > LONGEST_STATE:
        raise Refused("Vous avez fait beaucoup de gestes. Recommencez ou validez votre réponse.")
    return replace(trial, state=state)
