"""What earlier tries still say: evidence on each subject that fades as years go by. Source: docs/moteur.md."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.domain.adaptive import Earlier
from portal.domain.marking import Outcome
from portal.domain.parameters import Parameters
from portal.domain.tree import owning, within_reach

Floats = NDArray[np.float64]
# A law narrower than this falls between two points of the grid.
NARROWEST = 0.15


@dataclass(frozen=True)
class Faded:
    """By tube: the likelihood of its level now (G), up to a factor, and its competence."""

    tubes: Mapping[str, tuple[Floats, str]]


def likelihood(
    outcome: Outcome, slip: float, guess: float, skip_acquired: float, skip_not: float
) -> tuple[float, float]:
    """Give the probability of an outcome when the question is within reach, and when it is not."""
    if outcome is Outcome.SKIPPED:
        return skip_acquired, skip_not
    if outcome is Outcome.OK:
        return (1 - skip_acquired) * (1 - slip), (1 - skip_not) * guess
    return (1 - skip_acquired) * slip, (1 - skip_not) * (1 - guess)


def fade(history: Sequence[Earlier], parameters: Parameters, grid: Floats) -> Faded:
    """Weaken each answer with its age, shift it by the expected progress, blur it."""
    ordered = sorted(history, key=lambda one: (one.years, one.tube))
    starts = [
        place
        for place, one in enumerate(ordered)
        if place == 0 or (one.years, one.tube) != (ordered[place - 1].years, ordered[place - 1].tube)
    ]
    then = _likelihoods(ordered, starts, parameters, grid)
    tubes: dict[str, tuple[Floats, str]] = {}
    ages = np.array([ordered[place].years for place in starts])
    for years in np.unique(ages).tolist():
        places = np.flatnonzero(ages == years)
        now = then[places] ** (parameters.fade**years) @ _drift(years, parameters, grid).T
        for place, likelihood_ in zip(places, now, strict=True):
            one = ordered[starts[place]]
            before = tubes[one.tube][0] if one.tube in tubes else 1.0
            tubes[one.tube] = (before * likelihood_, one.competence)
    return Faded(tubes)


def _likelihoods(
    ordered: Sequence[Earlier], starts: Sequence[int], parameters: Parameters, grid: Floats
) -> Floats:
    """Tell how likely the answers of each tube and age were at each level of then, up to a factor."""
    usual = _usual_skip(parameters)
    rows = [
        (one.difficulty, *likelihood(one.outcome, one.slip, one.guess, usual, parameters.skip_not))
        for one in ordered
    ]
    difficulties, for_owned, for_not = np.array(rows).T[:, :, None]
    owned = owning(grid, difficulties[:, 0], parameters.slope)
    met_owned, met_not = within_reach(grid, difficulties[:, 0], parameters)
    met = owned * met_owned + (1 - owned) * met_not
    together = np.multiply.reduceat(for_not + met * (for_owned - for_not), starts, axis=0)
    scaled: Floats = together / together.max(axis=1, keepdims=True)
    return scaled


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
