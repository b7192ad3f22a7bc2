"""A test prepared for computing: the tree of abilities its skills hang on. Source: docs/moteur.md.

A general level, competences around it, subjects (tubes) around their competence; a skill is owned the
more surely the higher its subject's level is above its difficulty. Abilities live on one grid of levels.
Arrays go by skill (N), tube (T), competence (C) and grid point (G), in the order of the model.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest
from portal.domain.parameters import Parameters

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
# Where the difficulty of questions is weighed, in standard deviations.
_NOISES = np.linspace(-3, 3, 25)


@dataclass(frozen=True, eq=False)
class Model:
    """A test prepared for computing, its skills sorted by competence and tube.

    Attributes:
        challenges: by id, the place of the skill and the challenge; chances: its slip and its guess.
        rows: by id of challenge, where chances_by_row holds the same (K × 2).
        grid: the levels, in order (G).
        owned: the probability that a skill is owned at each level of its tube (N × G).
        met: the probability that a question on the skill is within reach, the skill being owned, then not, at each
            level of its tube (2 × N × G).
        to_tube, to_competence: from a level above to a level below, rows of sum 1 (G × G).
        tube_of, competence_of: of each skill (N); tube_competence: of each tube (T).
        competence_starts: the first tube of each competence.
        is_same_tube, is_same_competence: whether two skills share it (N × N).
        level_weights: a competence's level is this (C × N) times the probabilities.
    """

    parameters: Parameters
    skills: tuple[FrozenSkill, ...]
    index: dict[str, int]
    tubes: dict[str, int]
    competences: dict[str, int]
    challenges: dict[str, tuple[int, FrozenChallenge]]
    chances: dict[str, tuple[float, float]]
    rows: dict[str, int]
    chances_by_row: Floats
    grid: Floats
    owned: Floats
    met: Floats
    to_tube: Floats
    to_competence: Floats
    tube_of: Integers
    competence_of: Integers
    tube_competence: Integers
    competence_starts: Integers
    is_same_tube: Booleans
    is_same_competence: Booleans
    level_weights: Floats


def grid_of(parameters: Parameters) -> Floats:
    """Give the levels at which abilities are weighed."""
    return np.linspace(parameters.grid_low, parameters.grid_high, parameters.grid_points)


def owning(grid: Floats, difficulties: Floats, slope: float) -> Floats:
    """Tell how surely skills of these difficulties are owned at each level."""
    owned: Floats = 1 / (1 + np.exp((difficulties[:, None] - grid) / slope))
    return owned


def within_reach(grid: Floats, difficulties: Floats, parameters: Parameters) -> tuple[Floats, Floats]:
    """Tell how surely a question on a skill is within reach, the skill being owned or not, at each level (N × G).

    A question is a little harder or easier than its skill: who owns it barely may not reach the question, who
    nearly owns it may.
    """
    law = np.exp(-0.5 * _NOISES**2)
    law /= law.sum()
    distance = (grid - difficulties[:, None]) / parameters.slope
    met_owned, met_not = np.zeros_like(distance), np.zeros_like(distance)
    for weight, noise in zip(law, _NOISES * parameters.noise / parameters.slope, strict=True):
        # Owned and in reach, over owned; in reach and not owned, over not owned.
        met_owned += weight * (1 + np.exp(-distance)) / (1 + np.exp(max(0.0, noise) - distance))
        met_not += weight * (1 - (1 + np.exp(distance)) / (1 + np.exp(distance - min(0.0, noise))))
    return met_owned, met_not


def normal_rows(grid: Floats, centres: Floats, spread: float) -> Floats:
    """Spread normal laws over the grid, one row for each centre, each of sum 1."""
    rows = np.exp(-0.5 * ((grid - centres[:, None]) / spread) ** 2)
    normal: Floats = rows / rows.sum(axis=1, keepdims=True)
    return normal


@lru_cache(maxsize=128)
def model_of(test: FrozenTest) -> Model:
    """Prepare a test; once, for every pupil who plays it."""
    parameters = test.parameters
    skills = tuple(sorted(test.skills, key=lambda one: (one.competence, one.tube, one.level, one.id)))
    competences = _numbered(one.competence for one in skills)
    tubes = _numbered(one.tube for one in skills)
    tube_of = np.array([tubes[one.tube] for one in skills])
    competence_of = np.array([competences[one.competence] for one in skills])
    tube_starts = np.flatnonzero(np.diff(tube_of, prepend=-1))
    tube_competence = competence_of[tube_starts]
    grid = grid_of(parameters)
    difficulties = np.array([one.level - parameters.level_shift + one.offset for one in skills])
    chances_of = {each.id: chances(parameters, each) for one in skills for each in one.challenges}
    return Model(
        parameters=parameters,
        skills=skills,
        index={one.id: place for place, one in enumerate(skills)},
        tubes=tubes,
        competences=competences,
        chances=chances_of,
        rows={challenge: row for row, challenge in enumerate(chances_of)},
        chances_by_row=np.array(list(chances_of.values())).reshape(-1, 2),
        challenges={each.id: (place, each) for place, one in enumerate(skills) for each in one.challenges},
        grid=grid,
        owned=owning(grid, difficulties, parameters.slope),
        met=np.stack(within_reach(grid, difficulties, parameters)),
        to_tube=normal_rows(grid, grid, parameters.tube_spread),
        to_competence=normal_rows(grid, grid, parameters.competence_spread),
        tube_of=tube_of,
        competence_of=competence_of,
        tube_competence=tube_competence,
        competence_starts=np.flatnonzero(np.diff(tube_competence, prepend=-1)),
        is_same_tube=tube_of[:, None] == tube_of,
        is_same_competence=competence_of[:, None] == competence_of,
        level_weights=_level_weights(skills, competence_of, len(competences)),
    )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def _level_weights(skills: tuple[FrozenSkill, ...], competence_of: Integers, count: int) -> Floats:
    """Weigh a competence's skills so that each of its levels counts for one level."""
    weights = np.zeros((count, len(skills)))
    levels = np.array([one.level for one in skills])
    for place, competence in enumerate(competence_of):
        shared = (levels == levels[place]) & (competence_of == competence)
        weights[competence, place] = 1 / shared.sum()
    return weights


def chances(parameters: Parameters, challenge: FrozenChallenge) -> tuple[float, float]:
    """Give the slip of who owns the skill and the guess of who does not, at this challenge."""
    guess = parameters.guess_of(challenge.kind, challenge.proposals)
    return (
        parameters.slip if challenge.slip is None else challenge.slip,
        guess if challenge.guess is None else challenge.guess,
    )
