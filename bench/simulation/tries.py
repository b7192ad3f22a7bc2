"""Tries played by engines on simulated pupils, and what each answer changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.random import default_rng

from bench.simulation.pupils import Pupil
from portal.domain import engine
from portal.domain.adaptive import (
    Decision,
    Estimate,
    FrozenTest,
    Observation,
    Pick,
    Reason,
    Rule,
    TryContext,
)
from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED, Parameters

BINS = 10
# Low enough for the whole curve of lengths to be read off one try.
LOWEST_COST = 0.03
SWEEP = replace(
    RELEASED,
    version="sweep",
    cost_short=LOWEST_COST,
    cost_normal=LOWEST_COST,
    cost_precise=LOWEST_COST,
    doubt_short=0.0,
    doubt_normal=0.0,
    doubt_precise=0.0,
    most_share=1.0,
)


class Playing(Protocol):
    """An engine as it is played: the interface's `decide`."""

    def __call__(self, test: FrozenTest, context: TryContext, answers: Sequence[Observation], /) -> Decision:
        """Choose the next question and tell what is believed."""


@dataclass
class Steps:
    """A try, answer by answer: row n is what was known after n answers.

    Attributes:
        accuracy, brier: over the skills of the test; competence: mean square error of the levels.
        bins: by tenth of the probability, the skills, the sum of their probabilities, how many are owned.
        gains: the gain of the question that comes next, 0 after the last.
    """

    size: int
    accuracy: np.ndarray
    brier: np.ndarray
    competence: np.ndarray
    bins: np.ndarray
    gains: np.ndarray
    answers: tuple[Observation, ...]

    @property
    def count(self) -> int:
        """Count the questions."""
        return len(self.answers)


def lost_share(answers: Sequence[Observation]) -> float:
    """Give the share of questions that were not won."""
    return float(np.mean([one.outcome is not Outcome.OK for one in answers]))


def longest_losing_run(answers: Sequence[Observation]) -> int:
    """Count the longest series of questions not won in a row."""
    longest = run = 0
    for one in answers:
        run = 0 if one.outcome is Outcome.OK else run + 1
        longest = max(longest, run)
    return longest


@dataclass
class Judge:
    """Compares what is believed with the truth of a pupil."""

    pupil: Pupil
    ids: list[str] = field(init=False)
    owned: np.ndarray = field(init=False)
    weights: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the truth and the levels."""
        skills = self.pupil.trial.skills
        self.ids = [skill.id for skill in skills]
        self.owned = self.pupil.owned.astype(float)
        self.weights = level_weights([(skill.competence, skill.level) for skill in skills])

    def judge(self, probabilities: np.ndarray) -> tuple[float, float, float, np.ndarray]:
        """Give accuracy, Brier, square error of the levels, and the ten bins."""
        right = (probabilities >= 0.5) == (self.owned > 0)
        error = probabilities - self.owned
        levels = self.weights @ error
        return (
            float(right.mean()),
            float((error**2).mean()),
            float((levels**2).mean()),
            self._bins(probabilities),
        )

    def _bins(self, probabilities: np.ndarray) -> np.ndarray:
        at = np.minimum((probabilities * BINS).astype(int), BINS - 1)
        columns = (np.ones(len(at)), probabilities, self.owned)
        return np.stack([np.bincount(at, one, minlength=BINS) for one in columns]).astype(np.float32)

    def read(self, estimate: Estimate) -> np.ndarray:
        """Put the probabilities in the order of the skills."""
        return np.array([estimate.probabilities[name] for name in self.ids])


def level_weights(places: Sequence[tuple[str, int]]) -> np.ndarray:
    """Weigh skills so that a competence's level is the sum over levels of the share that is owned."""
    names = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in places))}
    weights = np.zeros((len(names), len(places)))
    for at, place in enumerate(places):
        weights[names[place[0]], at] = 1 / places.count(place)
    return weights


def play(decide: Playing, pupil: Pupil, context: TryContext, parameters: Parameters | None = None) -> Steps:
    """Play a try to its end; `parameters` replace those of the test."""
    trial = pupil.trial
    test = trial.frozen if parameters is None else FrozenTest(trial.frozen.skills, parameters)
    return play_test(decide, test, pupil, context)


def play_test(decide: Playing, test: FrozenTest, pupil: Pupil, context: TryContext) -> Steps:
    """Play a try on a frozen test, which others may share."""
    judge = Judge(pupil)
    answers: list[Observation] = []
    rows, gains = [], []
    while True:
        decision = decide(test, context, answers)
        rows.append(judge.judge(judge.read(decision.estimate)))
        pick = decision.pick
        gains.append(_gain(pick, gains))
        if pick is None:
            break
        answers.append(Observation(pick.skill, pick.challenge, pupil.answer(pick.challenge, len(answers))))
    accuracy, brier, competence, bins = zip(*rows, strict=True)
    return Steps(
        len(test.skills),
        np.array(accuracy),
        np.array(brier),
        np.array(competence),
        np.stack(bins),
        np.array(gains),
        tuple(answers),
    )


def _gain(pick: Pick | None, before: Sequence[float]) -> float:
    """Read the best gain; a question chosen for another reason says nothing of it: the last one known stands."""
    if pick is None:
        return 0.0
    if pick.reason.rule is Rule.BEST_GAIN or not before:
        return pick.reason.gain
    return max(pick.reason.gain, before[-1])


def at_random(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Decision:
    """Ask the skills in a random order, each once, and conclude as our engine does."""
    known = engine.estimate(test, context, answers)
    asked = {one.skill for one in answers}
    order = default_rng(list(context.seed.encode())).permutation(len(test.skills))
    for at in order:
        skill = test.skills[at]
        if skill.id not in asked and skill.challenges:
            reason = Reason(Rule.BEST_GAIN, 0.5, 1.0, 0.5)
            return Decision(Pick(skill.id, skill.challenges[0].id, reason), known)
    return Decision(None, known)


def everything(pupil: Pupil) -> tuple[int, float]:
    """Ask every skill once and believe each answer.

    Returns: the number of questions and the accuracy.
    """
    rights = []
    for at, skill in enumerate(pupil.trial.skills):
        is_won = pupil.answer(skill.challenges[0].id, at) is Outcome.OK
        rights.append(is_won == bool(pupil.owned[at]))
    return len(rights), float(np.mean(rights))
