"""What earlier tries still say: evidence on each subject that fades as years go by. Source: docs/moteur.md."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.domain.adaptive import Earlier
from portal.domain.marking import Outcome
from portal.domain.parameters import Parameters

Floats = NDArray[np.float64]
# A law narrower than this falls between two points of the grid.
NARROWEST = 0.15


@dataclass(frozen=True)
class Faded:
    """By tube: the likelihood of its level now (G), up to a factor, and its competence."""

    tubes: Mapping[str, tuple[Floats, str]]


def likelihood(
    parameters: Parameters, outcome: Outcome, slip: float, guess: float, skip_acquired: float
) -> tuple[float, float]:
    """Give the probability of an outcome when the skill is owned, and when it is not."""
    if outcome is Outcome.SKIPPED:
        return skip_acquired, parameters.skip_not
    tried, tried_not = 1 - skip_acquired, 1 - parameters.skip_not
    if outcome is Outcome.OK:
        return tried * (1 - slip), tried_not * guess
    return tried * slip, tried_not * (1 - guess)


def fade(history: Iterable[Earlier], parameters: Parameters, grid: Floats) -> Faded:
    """Weaken each answer with its age, shift it by the expected progress, blur it."""
    groups: dict[tuple[str, str, float], list[Earlier]] = {}
    for one in history:
        groups.setdefault((one.tube, one.competence, one.years), []).append(one)
    tubes: dict[str, tuple[Floats, str]] = {}
    drifts: dict[float, Floats] = {}
    for (tube, competence, years), answers in groups.items():
        if years not in drifts:
            drifts[years] = _drift(years, parameters, grid)
        now = drifts[years] @ _likelihood(answers, parameters, grid) ** (parameters.fade**years)
        before = tubes[tube][0] if tube in tubes else 1.0
        tubes[tube] = (before * now, competence)
    return Faded(tubes)


def _likelihood(answers: list[Earlier], parameters: Parameters, grid: Floats) -> Floats:
    """Tell how likely a tube's answers were at each level of then, up to a factor."""
    total = np.ones(len(grid))
    for one in answers:
        owned = 1 / (1 + np.exp((one.difficulty - grid) / parameters.slope))
        for_owned, for_not = likelihood(parameters, one.outcome, one.slip, one.guess, _usual_skip(parameters))
        total *= owned * for_owned + (1 - owned) * for_not
    return total / float(total.max())


def _usual_skip(parameters: Parameters) -> float:
    """Tell how often what is known was skipped by somebody of whom nothing more is remembered."""
    share = parameters.cautious_share
    return (1 - share) * parameters.skip_acquired + share * parameters.skip_cautious


def _drift(years: float, parameters: Parameters, grid: Floats) -> Floats:
    """Tell, for each level of now (rows), the law of the level of then."""
    spread = max(parameters.blur * math.sqrt(years), NARROWEST)
    then = grid[:, None] - parameters.growth * years
    law = np.exp(-0.5 * ((grid - then) / spread) ** 2) + 1e-12
    rows: Floats = law / law.sum(axis=1, keepdims=True)
    return rows
