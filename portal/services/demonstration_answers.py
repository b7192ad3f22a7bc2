"""How a simulated pupil answers the question that waits, through the services of the real ones."""

import random
from datetime import datetime

from portal.domain.demonstration import SimulatedPupil
from portal.domain.exercises import seconds_allowed
from portal.domain.marking import Given
from portal.domain.referential import Skill
from portal.services import answers, workbench
from portal.services.turns import Turn, served_of


def answer(
    turn: Turn, pupil: SimulatedPupil, skill: Skill, dice: random.Random, *, years_ago: int, at: datetime
) -> None:
    """Answer the question that waits: begin its time, act in its simulator, then hand in.

    Raises: NotAsked when nothing waits.
    """
    asked = turn.asked
    if asked is None:
        return
    exercise = served_of(asked._mapping).exercise
    if seconds_allowed(exercise.challenge, turn.row.time_factor) is not None:
        workbench.begin(turn, asked.public_id, at=at)
        turn = turn.reloaded()
    if exercise.scenario is None:
        given = pupil.answer(exercise.challenge, skill, dice, years_ago=years_ago)
    else:
        is_done = pupil.succeeds(skill, dice, years_ago=years_ago)
        steps = exercise.scenario.solution if is_done else exercise.scenario.mistakes[0]
        for step in steps if is_done is not None else ():
            workbench.take_gesture(turn, asked.public_id, step.model_dump())
        given = None if is_done is None else Given()
        turn = turn.reloaded()
    answers.answer(turn, asked.public_id, given, at=at)
