"""How long a parcours takes: simulated pupils play it. Source: docs/regles.md, « Longueur d’un parcours »."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.adaptive import FrozenSkill, FrozenTest, Observation, TryContext
from portal.domain.campaign import Duration
from portal.domain.engine import ENGINE
from portal.domain.marking import Outcome
from portal.domain.parameters import Parameters, Prior
from portal.domain.participation import CHECKPOINT_EVERY

# A change of what is below, or of the engine, makes other forecasts.
VERSION = 1
# The first and the last of five are, on average, where eight pupils of ten stand between.
PUPILS = 5
SECONDS_A_CHECKPOINT = 45
# What fits one lesson, once everybody is signed in.
MINUTES_A_PERIOD = 40
_LOW, _MIDDLE, _HIGH = 0.1, 0.5, 0.9


class Ease(StrEnum):
    """Where a pupil stands among those of the grade: a spread below, in the middle, a spread above."""

    BEGINNER = "beginner"
    USUAL = "usual"
    AT_EASE = "at_ease"


_SPREADS = {Ease.BEGINNER: -1.0, Ease.USUAL: 0.0, Ease.AT_EASE: 1.0}


@dataclass(frozen=True, slots=True)
class Spread:
    """A number for the pupil in the middle, and those that about eight pupils of ten are between."""

    median: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Length:
    """How many questions, and how many minutes."""

    questions: Spread
    minutes: Spread

    @property
    def is_one_period(self) -> bool:
        """Tell whether nearly all of these pupils end within a lesson."""
        return self.minutes.high <= MINUTES_A_PERIOD


def forecast(test: FrozenTest, priors: Sequence[Prior]) -> dict[Ease, Length]:
    """Let simulated pupils play a test in the usual mode, with nothing played before.

    Args:
        test: what they play.
        priors: what is expected of pupils of each grade it is for; the pupils are shared among them.
    """
    return {ease: length_of([_play(test, priors, ease, number) for number in range(PUPILS)]) for ease in Ease}


def length_of(tries: Sequence[tuple[int, float]]) -> Length:
    """Sum up tries, each so many questions and so many seconds."""
    return Length(
        spread_of([questions for questions, _ in tries]),
        spread_of([math.ceil(seconds / 60) for _, seconds in tries]),
    )


def spread_of(values: Sequence[int]) -> Spread:
    """Give the middle, the tenth and the ninetieth hundredths of some values.

    Raises: ValueError if there is none.
    """
    if not values:
        raise ValueError("no value to sum up")
    ordered = sorted(values)
    low, median, high = (ordered[round(share * (len(ordered) - 1))] for share in (_LOW, _MIDDLE, _HIGH))
    return Spread(median, low, high)


def _play(test: FrozenTest, priors: Sequence[Prior], ease: Ease, number: int) -> tuple[int, float]:
    """Play one try. Returns: how many questions and how many seconds, pauses included."""
    seed = f"{VERSION}:{ease}:{number}"
    dice = random.Random(seed)
    prior = priors[number % len(priors)]
    owned = _owned(test, prior.mean + _SPREADS[ease] * prior.spread, dice)
    promised = (Duration.MEDIUM.minutes or 0) * 60
    context = TryContext(seed, mode=Duration.MEDIUM.mode, seconds=promised, prior=prior)
    challenges = {one.id: one for skill in test.skills for one in skill.challenges}
    answers: list[Observation] = []
    seconds = 0.0
    while pick := ENGINE.decide(test, context, answers).pick:
        asked = challenges[pick.challenge]
        chance = test.parameters.guess_of(asked.kind, asked.proposals)
        outcome = _outcome(test.parameters, chance, pick.skill in owned, dice)
        answers.append(Observation(pick.skill, pick.challenge, outcome))
        seconds += asked.seconds
    return len(answers), seconds + SECONDS_A_CHECKPOINT * (len(answers) // CHECKPOINT_EVERY)


def _owned(test: FrozenTest, general: float, dice: random.Random) -> set[str]:
    """Draw what a pupil can do, around a general level."""
    numbers = test.parameters
    levels: dict[str, float] = {}

    def around(level: float, name: str, spread: float) -> float:
        if name not in levels:
            levels[name] = level + dice.gauss(0, spread)
        return levels[name]

    def owns(skill: FrozenSkill) -> bool:
        competence = around(general, f"c:{skill.competence}", numbers.competence_spread)
        level = around(competence, f"t:{skill.tube}", numbers.tube_spread)
        distance = level - (skill.level - numbers.level_shift + skill.offset)
        return dice.random() < 1 / (1 + math.exp(-distance / numbers.slope))

    return {skill.id for skill in test.skills if owns(skill)}


def _outcome(numbers: Parameters, guess: float, is_owned: bool, dice: random.Random) -> Outcome:
    if dice.random() < (numbers.skip_acquired if is_owned else numbers.skip_not):
        return Outcome.SKIPPED
    return Outcome.OK if dice.random() < (1 - numbers.slip if is_owned else guess) else Outcome.KO
