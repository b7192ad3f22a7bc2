"""A question of the bank as some pupil meets it, with its key: for authors and for the team. Nothing is stored."""

import random
import uuid
from dataclasses import dataclass

from markupsafe import Markup

from portal.assets import asset
from portal.domain.marking import Given, expects_several
from portal.domain.referential import CHOSEN, Challenge, Kind
from portal.markup import render_markdown
from portal.material.recipe import MadeFile
from portal.services import exercises
from portal.services.exercises import Exercise, Simulation


@dataclass(frozen=True, slots=True)
class SampleCard:
    """What player/_card.html reads, for a question that nobody is answering."""

    number: int
    percent: int
    challenge: Challenge
    instruction: Markup
    picture: str | None
    is_choice: bool
    is_multiple: bool
    order: tuple[int, ...]
    options: tuple[tuple[str, ...], ...]
    typed: Given
    has_file: bool
    simulator: Simulation | None
    resumed: str = ""
    clock: None = None


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


def card_of(exercise: Exercise, number: int = 1, *, drawn: str) -> SampleCard:
    """Make the card of a question; `drawn`: the address of its picture, if it is composed."""
    challenge, scenario = exercise.challenge, exercise.scenario
    order = list(range(len(challenge.proposals)))
    if (challenge.shuffle and not challenge.table) or challenge.kind is Kind.ORDERING:
        random.Random(challenge.id).shuffle(order)
    simulator = None
    if scenario is not None:
        screen = scenario.screen(scenario.begin())
        simulator = Simulation(scenario.simulator, scenario.title, screen, "#", None)
    return SampleCard(
        number=number,
        percent=0,
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=picture_of(challenge, drawn),
        is_choice=challenge.kind in CHOSEN,
        is_multiple=expects_several(challenge),
        order=tuple(order),
        options=tuple(entry.options for entry in challenge.entries),
        typed=Given(),
        has_file=exercise.has_file,
        simulator=simulator,
    )


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
