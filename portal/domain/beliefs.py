"""What answers say of every skill of a test: exact inference on a tree of abilities. Source: docs/moteur.md.

A general level, competences around it, subjects (tubes) around their competence; a skill is owned the
more surely the higher its subject's level is above its difficulty. Abilities live on one grid of levels.
Arrays go by skill (N), tube (T), competence (C) and grid point (G), in the order of the model.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest, Observation, TryContext
from portal.domain.history import Faded, fade, likelihood
from portal.domain.parameters import Parameters

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
# A way of skipping less likely than this is left out; weights are compared at a precision that no processor moves.
LEAST_WEIGHT, WEIGHT_DECIMALS = 0.02, 9
MOST_PLAUSIBLE = 500.0
INTERVAL_80 = 1.2815515655446004


@dataclass(frozen=True, eq=False)
class Model:
    """A test prepared for computing, its skills sorted by competence and tube.

    Attributes:
        grid: the levels, in order (G).
        owned: the probability that a skill is owned at each level of its tube (N × G).
        to_tube, to_competence: from a level above to a level below, rows of sum 1 (G × G).
        tube_of, competence_of: of each skill (N); tube_competence: of each tube (T).
        tube_starts: the first skill of each tube; competence_starts: the first tube of each competence.
        level_weights: a competence's level is this (C × N) times the probabilities.
    """

    parameters: Parameters
    skills: tuple[FrozenSkill, ...]
    index: dict[str, int]
    tubes: dict[str, int]
    competences: dict[str, int]
    challenges: dict[str, tuple[int, FrozenChallenge]]
    grid: Floats
    owned: Floats
    to_tube: Floats
    to_competence: Floats
    tube_of: Integers
    competence_of: Integers
    tube_competence: Integers
    tube_starts: Integers
    competence_starts: Integers
    same_tube: NDArray[np.bool_]
    same_competence: NDArray[np.bool_]
    level_weights: Floats


def grid_of(parameters: Parameters) -> Floats:
    """Give the levels at which abilities are weighed."""
    return np.linspace(parameters.grid_low, parameters.grid_high, parameters.grid_points)


def owning(grid: Floats, difficulties: Floats, slope: float) -> Floats:
    """Tell how surely skills of these difficulties are owned at each level."""
    owned: Floats = 1 / (1 + np.exp((difficulties[:, None] - grid) / slope))
    return owned


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
    return Model(
        parameters=parameters,
        skills=skills,
        index={one.id: place for place, one in enumerate(skills)},
        tubes=tubes,
        competences=competences,
        challenges={each.id: (place, each) for place, one in enumerate(skills) for each in one.challenges},
        grid=grid,
        owned=owning(grid, difficulties, parameters.slope),
        to_tube=normal_rows(grid, grid, parameters.tube_spread),
        to_competence=normal_rows(grid, grid, parameters.competence_spread),
        tube_of=tube_of,
        competence_of=competence_of,
        tube_competence=tube_competence,
        tube_starts=tube_starts,
        competence_starts=np.flatnonzero(np.diff(tube_competence, prepend=-1)),
        same_tube=tube_of[:, None] == tube_of,
        same_competence=competence_of[:, None] == competence_of,
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


@dataclass(frozen=True, eq=False)
class Part:
    """What is believed of a test if its pupil skips what is known this often, with the messages of the tree.

    Attributes:
        plausibility: how well this explains the answers, as a logarithm.
        probabilities: that each skill is acquired (N).
        acquired_at: the same at each level of its tube (N × G).
        at_tubes, at_competences, at_general: the laws of the abilities, rows of sum 1.
        tube_likelihood, tube_message, competence_likelihood, competence_message: what is below says, up to a factor.
    """

    plausibility: float
    probabilities: Floats
    acquired_at: Floats
    at_tubes: Floats
    at_competences: Floats
    at_general: Floats
    tube_likelihood: Floats
    tube_message: Floats
    competence_likelihood: Floats
    competence_message: Floats


@dataclass(frozen=True, eq=False)
class Belief:
    """What is believed of a test (N): two ways of skipping, each with its weight; one alone when it is sure."""

    model: Model
    probabilities: Floats
    parts: tuple[tuple[float, Part], ...]
    skip_acquired: float


def _scaled(rows: Floats) -> Floats:
    scaled: Floats = rows / rows.max(axis=-1, keepdims=True)
    return scaled


def _normalised(rows: Floats) -> Floats:
    normal: Floats = rows / rows.sum(axis=-1, keepdims=True)
    return normal


def believe(model: Model, context: TryContext, evidence: Sequence[Observation]) -> Belief:
    """Conclude on every skill from all the evidence at once."""
    parameters = model.parameters
    faded = fade(context.history, parameters, model.grid) if context.history else None
    skips = (parameters.skip_acquired, parameters.skip_cautious)
    parts = [_believe(model, context, evidence, faded, skip) for skip in skips]
    odds = parameters.cautious_share / (1 - parameters.cautious_share)
    said = min(MOST_PLAUSIBLE, parts[1].plausibility - parts[0].plausibility)
    cautious = round(1 - 1 / (1 + odds * math.exp(said)), WEIGHT_DECIMALS)
    weights = (1 - cautious, cautious)
    kept = [one for one in zip(weights, parts, skips, strict=True) if one[0] >= LEAST_WEIGHT]
    total = sum(weight for weight, _, _ in kept)
    return Belief(
        model=model,
        probabilities=sum((weight / total * part.probabilities for weight, part, _ in kept), np.zeros(())),
        parts=tuple((weight / total, part) for weight, part, _ in kept),
        skip_acquired=sum(weight / total * skip for weight, _, skip in kept),
    )


def _believe(
    model: Model, context: TryContext, evidence: Sequence[Observation], faded: Faded | None, skip: float
) -> Part:
    """Pass the messages up the tree, then down."""
    for_owned, for_not = _weigh(model, evidence, skip)
    owned = model.owned * for_owned[:, None]
    factors = owned + (1 - model.owned) * for_not[:, None]
    tubes = np.multiply.reduceat(factors, model.tube_starts, axis=0)
    general = normal_rows(model.grid, np.array([context.prior.mean]), context.prior.spread)[0]
    if faded:
        tubes = tubes * _own_history(model, faded)
    tube_likelihood = _scaled(tubes)
    tube_message = tube_likelihood @ model.to_tube.T
    competences = np.multiply.reduceat(tube_message, model.competence_starts, axis=0)
    if faded:
        beside, above = _neighbours_history(model, faded)
        competences, general = competences * beside, general * above
    competence_likelihood = _scaled(competences)
    competence_message = competence_likelihood @ model.to_competence.T
    at_general = general * competence_message.prod(axis=0)
    scales = np.log(tubes.max(axis=1)).sum() + np.log(competences.max(axis=1)).sum()
    plausibility = float(scales + np.log(at_general.sum()))
    at_general = _normalised(at_general)
    at_competences = _normalised(
        competence_likelihood * ((at_general / competence_message) @ model.to_competence)
    )
    from_above = (at_competences[model.tube_competence] / tube_message) @ model.to_tube
    at_tubes = _normalised(tube_likelihood * from_above)
    acquired_at = owned / factors
    return Part(
        plausibility=plausibility,
        probabilities=(at_tubes[model.tube_of] * acquired_at).sum(axis=1),
        acquired_at=acquired_at,
        at_tubes=at_tubes,
        at_competences=at_competences,
        at_general=at_general,
        tube_likelihood=tube_likelihood,
        tube_message=tube_message,
        competence_likelihood=competence_likelihood,
        competence_message=competence_message,
    )


def _weigh(model: Model, evidence: Sequence[Observation], skip: float) -> tuple[Floats, Floats]:
    """Multiply, by skill, what its answers say if it is owned, and if it is not."""
    for_owned, for_not = np.ones(len(model.skills)), np.ones(len(model.skills))
    for answer in evidence:
        known = model.challenges.get(answer.challenge)
        place = model.index[answer.skill]
        slip, guess = chances(model.parameters, known[1]) if known else (model.parameters.slip, 0.0)
        owned, other = likelihood(model.parameters, answer.outcome, slip, guess, skip)
        for_owned[place] *= owned
        for_not[place] *= other
    return for_owned, for_not


def _own_history(model: Model, faded: Faded) -> Floats:
    """Give what history says of the tubes of the test (T × G)."""
    ones = np.ones(len(model.grid))
    return np.array([faded.tubes.get(tube, (ones, ""))[0] for tube in model.tubes])


def _neighbours_history(model: Model, faded: Faded) -> tuple[Floats, Floats]:
    """Give what the tubes outside the test say of its competences (C × G), and of the general level (G)."""
    beside = np.ones((len(model.competences), len(model.grid)))
    others: dict[str, Floats] = {}
    for tube, (likelihood_, competence) in faded.tubes.items():
        if tube in model.tubes:
            continue
        message = model.to_tube @ likelihood_
        if competence in model.competences:
            beside[model.competences[competence]] *= message
        else:
            others[competence] = others.get(competence, np.ones(len(model.grid))) * message
    above = np.ones(len(model.grid))
    for message in others.values():
        above = above * (model.to_competence @ _scaled(message))
    return beside, above


def covariance(belief: Belief) -> Floats:
    """Give the covariance of every two skills being acquired (N × N), exact on the tree."""
    p = belief.probabilities
    together = sum((weight * _together(belief.model, part) for weight, part in belief.parts), np.zeros(()))
    shared: Floats = together - np.outer(p, p)
    np.fill_diagonal(shared, p * (1 - p))
    return shared


def _together(model: Model, part: Part) -> Floats:
    """Give the probability that two skills are both acquired (N × N), the diagonal left aside."""
    at_tube = part.acquired_at
    at_competence = (at_tube * part.tube_likelihood[model.tube_of]) @ model.to_tube.T
    at_competence /= part.tube_message[model.tube_of]
    own = part.competence_likelihood[model.competence_of]
    at_general = (at_competence * own) @ model.to_competence.T
    at_general /= part.competence_message[model.competence_of]
    return np.where(
        model.same_tube,
        (at_tube * part.at_tubes[model.tube_of]) @ at_tube.T,
        np.where(
            model.same_competence,
            (at_competence * part.at_competences[model.competence_of]) @ at_competence.T,
            (at_general * part.at_general) @ at_general.T,
        ),
    )
