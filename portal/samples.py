"""A question of the bank as some pupil meets it, with its key: for authors and for the team. Nothing is stored."""

import uuid
from dataclasses import replace

from portal import cards
from portal.assets import asset
from portal.cards import Card
from portal.domain.referential import Challenge
from portal.material.recipe import MadeFile
from portal.services import exercises
from portal.services.exercises import Exercise


def exercise_of(challenge: Challenge) -> Exercise:
    """Make a question as for some pupil, always the same one."""
    seed = _seed(challenge)
    return exercises.exercise_from(challenge, seed, exercises.begun(challenge, seed))


def file_of(challenge: Challenge) -> MadeFile | None:
    """Make the file of that pupil; None if the question has none."""
    return exercises.made_for(challenge, _seed(challenge)).file if challenge.recipe else None


def _seed(challenge: Challenge) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, challenge.id)


def picture_of(challenge: Challenge, drawn: str) -> str | None:
    """Give the address of the picture, `drawn` if it is composed; None if there is none, or none any more."""
    if challenge.media and challenge.media.parts:
        return drawn
    try:
        return asset(f"medias/{challenge.media.file}") if challenge.media else None
    except KeyError:
        return None


def card_of(exercise: Exercise, number: int = 1, *, drawn: str) -> Card:
    """Make the card of a question that nobody answers; `drawn`: the address of its picture, if it is composed."""
    challenge = exercise.challenge
    card = cards.card_of(exercise, _seed(challenge), None, picture_of(challenge, drawn))
    return replace(card, number=number, simulator=cards.simulation(exercise, "#", None))


def answers_of(exercise: Exercise) -> list[str]:
    """Give the accepted answers, all spellings of one thing on one line; for a simulator, the gestures."""
    challenge = exercise.challenge
    if exercise.scenario:
        steps = exercise.scenario.solution
        return [", ".join([one.do, *map(str, (one.model_extra or {}).values())]) for one in steps]
    if challenge.proposals:
        return [proposal.text for proposal in challenge.proposals if proposal.right]
    if challenge.groups:
        return [" / ".join(group) for group in challenge.groups]
    if len(challenge.entries) == 1:
        return [" / ".join(challenge.entries[0].solutions)]
    return [f"{entry.label}\u00a0: {' / '.join(entry.solutions)}" for entry in challenge.entries]
