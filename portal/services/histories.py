"""What a person answered before, as the engine reads it: evidence that fades with time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from portal.domain.adaptive import Earlier, FrozenChallenge, FrozenSkill, FrozenTest
from portal.domain.marking import Outcome
from portal.domain.tree import chances

A_YEAR = timedelta(days=365.25)
# Ages are told to the week or so: answers of one try then fade together.
AGE_DECIMALS = 2


def earlier_of(rows: Iterable[Row[Any]], everything: FrozenTest, *, at: datetime) -> tuple[Earlier, ...]:
    """Read answers as faded evidence; what the bank no longer holds says nothing any more.

    Args:
        rows: of `queries.participations.past_answers`.
        everything: every skill of the bank with its challenges.
        at: the instant at which their age is told.
    """
    skills = {skill.id: skill for skill in everything.skills}
    return tuple(_earlier(skills[row.skill], row, everything, at) for row in rows if row.skill in skills)


def _earlier(skill: FrozenSkill, row: Row[Any], everything: FrozenTest, at: datetime) -> Earlier:
    parameters = everything.parameters
    gone = FrozenChallenge(row.challenge, "", "", 0, 0, timed=False)
    challenge = next((one for one in skill.challenges if one.id == row.challenge), gone)
    slip, guess = chances(parameters, challenge)
    return Earlier(
        tube=skill.tube,
        competence=skill.competence,
        difficulty=round(skill.level - parameters.level_shift + skill.offset, 4),
        guess=round(guess, 4),
        slip=round(slip, 4),
        outcome=Outcome(row.outcome),
        years=round(max(timedelta(), at - row.answered_at) / A_YEAR, AGE_DECIMALS),
    )
