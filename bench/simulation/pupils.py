"""Simulated pupils: what they own, how they answer, and the ways in which they may differ from the model."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator, default_rng

from bench.simulation.worlds import Trial, TrueChallenge, correlation
from portal.domain.marking import Outcome

INSIDE_AREA, BETWEEN_AREAS = 0.75, 0.60
SKIP_LAW = (2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Population:
    """The levels of the competences of a group of pupils: mean and standard deviation."""

    label: str
    mean: float
    spread: float


POPULATIONS = {
    "faible": Population("faible", 1.5, 0.9),
    "mixte": Population("mixte", 3.2, 1.7),
    "fort": Population("fort", 5.2, 1.0),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """How pupils or questions depart from the plain world.

    Attributes:
        luck: what multiplies the chance of guessing.
        weariness: what each question adds to the chance of missing what is known.
        known_skipped: how often what is known is skipped, beside what is not known.
        is_all_choice: every question has four proposals.
        is_other_law: levels in two lumps, even deviations of subjects, fat tails of skills.
    """

    label: str
    tube_spread: float = 0.90
    skill_spread: float = 0.80
    luck: float = 1.0
    weariness: float = 0.0
    known_skipped: float = 0.0
    is_all_choice: bool = False
    is_other_law: bool = False


PLAIN = Variant("ordinaire")
SKIPPING = Variant("passe ce qu’il sait", known_skipped=1.0)
VARIANTS = (
    PLAIN,
    Variant("ordre plus lâche", skill_spread=1.20),
    Variant("sujets éloignés", tube_spread=1.40),
    Variant("chanceux", luck=1.8),
    Variant("tout en QCU", is_all_choice=True),
    Variant("fatigué", weariness=0.004),
    SKIPPING,
    Variant("autre loi", is_other_law=True),
)
_MOST_LUCK, _MOST_MISSED = 0.6, 0.4


@dataclass(frozen=True)
class Pupil:
    """A pupil before a test: a margin by skill (ability minus difficulty), and the draws of the answers."""

    trial: Trial
    variant: Variant
    margins: np.ndarray
    skip_rate: float
    draws: dict[str, tuple[int, TrueChallenge, np.ndarray]]
    inverted: frozenset[str] = frozenset()

    @property
    def owned(self) -> np.ndarray:
        """Tell which skills are truly owned."""
        return self.margins >= 0

    def answer(self, challenge: str, number: int) -> Outcome:
        """Answer a question, always alike; `number` questions came before."""
        at, question, (first, second, third) = self.draws[challenge]
        skill = self.trial.skills[at]
        knows = self.margins[at] >= question.difficulty - skill.difficulty
        if first < self.skip_rate * (self.variant.known_skipped if knows else 1.0):
            return Outcome.SKIPPED
        if knows:
            missed = min(_MOST_MISSED, question.slip + self.variant.weariness * number)
            is_right = second >= missed
        else:
            is_right = second < min(_MOST_LUCK, question.guess * self.variant.luck)
        if challenge in self.inverted:
            # Who knows is marked wrong; who guesses still falls on the marked one now and then.
            is_right = not is_right if knows else third < question.guess
        return Outcome.OK if is_right else Outcome.KO

    def grown(self, seed: Sequence[int], mean: float, spread: float) -> "Pupil":
        """Give the same pupil a year later: each subject moved, other answers drawn."""
        random = default_rng([*seed, 4])
        moves = {tube: random.normal(mean, spread) for tube in dict.fromkeys(_tubes(self.trial))}
        margins = self.margins + np.array([moves[tube] for tube in _tubes(self.trial)])
        return replace(self, margins=margins, draws=_draws(self.trial, random))


def make_pupil(trial: Trial, population: Population, variant: Variant, seed: Sequence[int]) -> Pupil:
    """Draw a pupil of a population."""
    random = default_rng([*seed, 3])
    levels = _levels(random, trial, population, variant)
    tubes = {tube: _tube_deviation(random, variant) for tube in dict.fromkeys(_tubes(trial))}
    margins = np.array(
        [
            levels[skill.competence]
            + tubes[skill.tube]
            + _skill_deviation(random, variant)
            - skill.difficulty
            for skill in trial.skills
        ]
    )
    return Pupil(trial, variant, margins, float(random.beta(*SKIP_LAW)), _draws(trial, random))


def _tubes(trial: Trial) -> list[str]:
    return [skill.tube for skill in trial.skills]


def _draws(trial: Trial, random: Generator) -> dict[str, tuple[int, TrueChallenge, np.ndarray]]:
    return {
        question.id: (at, question, random.random(3))
        for at, skill in enumerate(trial.skills)
        for question in skill.challenges
    }


def _levels(random: Generator, trial: Trial, population: Population, variant: Variant) -> dict[str, float]:
    names = list(dict.fromkeys(skill.competence for skill in trial.skills))
    spread = population.spread
    if not variant.is_other_law:
        covariance = spread**2 * correlation(names, INSIDE_AREA, BETWEEN_AREAS)
        drawn = random.multivariate_normal(np.full(len(names), population.mean), covariance)
        return dict(zip(names, map(float, drawn), strict=True))
    # Two lumps of pupils, each one rather even across competences.
    lump = population.mean + (0.8 * spread if random.random() < 0.5 else -0.8 * spread)
    return {name: float(lump + random.uniform(-1, 1) * spread) for name in names}


def _tube_deviation(random: Generator, variant: Variant) -> float:
    half = variant.tube_spread * np.sqrt(3)
    return float(
        random.uniform(-half, half) if variant.is_other_law else random.normal(0, variant.tube_spread)
    )


def _skill_deviation(random: Generator, variant: Variant) -> float:
    draw: Callable[[float, float], float] = random.laplace if variant.is_other_law else random.normal
    return float(draw(0, variant.skill_spread / (np.sqrt(2) if variant.is_other_law else 1)))
