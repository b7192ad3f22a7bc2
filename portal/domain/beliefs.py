"""What answers say of every skill of a test: exact inference on the tree of abilities. Source: docs/moteur.md.

Arrays go by skill (N), tube (T), competence (C) and grid point (G), in the order of the model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portal.domain.adaptive import Observation, TryContext
from portal.domain.history import likelihood
from portal.domain.marking import Outcome
from portal.domain.opening import Opening, opening_of
from portal.domain.tree import Floats, Model

# A way of skipping less likely than this is left out; weights are compared at a precision that no processor moves.
LEAST_WEIGHT, WEIGHT_DECIMALS = 0.02, 9
MOST_PLAUSIBLE = 500.0
INTERVAL_80 = 1.2815515655446004


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
    parameters, opening = model.parameters, opening_of(model, context)
    skips = (parameters.skip_acquired, parameters.skip_cautious)
    said = _weigh(model, evidence)
    parts = [_believe(model, opening, said, skips[0])]
    if not said.skipped.any():
        # Nobody has passed anything yet: the usual way alone is weighed.
        return Belief(model, parts[0].probabilities, ((1.0, parts[0]),), skips[0])
    parts.append(_believe(model, opening, said, skips[1]))
    odds = parameters.cautious_share / (1 - parameters.cautious_share)
    gap = min(MOST_PLAUSIBLE, parts[1].plausibility - parts[0].plausibility)
    cautious = round(1 - 1 / (1 + odds * math.exp(gap)), WEIGHT_DECIMALS)
    weights = (1 - cautious, cautious)
    kept = [one for one in zip(weights, parts, skips, strict=True) if one[0] >= LEAST_WEIGHT]
    total = sum(weight for weight, _, _ in kept)
    return Belief(
        model=model,
        probabilities=sum((weight / total * part.probabilities for weight, part, _ in kept), np.zeros(())),
        parts=tuple((weight / total, part) for weight, part, _ in kept),
        skip_acquired=sum(weight / total * skip for weight, _, skip in kept),
    )


@dataclass(frozen=True, eq=False)
class Said:
    """What the answers say, by skill (N), whatever the way of skipping.

    Attributes:
        owned: the probability of those that were tried, if the skill is owned.
        other: the probability of all, if it is not.
        tried, skipped: how many there are.
    """

    owned: Floats
    other: Floats
    tried: Floats
    skipped: Floats


def _weigh(model: Model, evidence: Sequence[Observation]) -> Said:
    """Multiply, by skill, what its answers say."""
    owned, other = np.ones((2, len(model.skills)))
    tried, skipped = np.zeros((2, len(model.skills)))
    unknown = model.parameters.slip, model.parameters.guess_of("", 0)
    for answer in evidence:
        place = model.index[answer.skill]
        slip, guess = model.chances.get(answer.challenge, unknown)
        if_owned, if_not = likelihood(model.parameters, answer.outcome, slip, guess, 0.0)
        other[place] *= if_not
        if answer.outcome is Outcome.SKIPPED:
            skipped[place] += 1
        else:
            owned[place] *= if_owned
            tried[place] += 1
    return Said(owned, other, tried, skipped)


def _believe(model: Model, opening: Opening, said: Said, skip: float) -> Part:
    """Pass the messages up the tree, then down."""
    for_owned = said.owned * (1 - skip) ** said.tried * skip**said.skipped
    owned = model.owned * for_owned[:, None]
    factors = owned + (1 - model.owned) * said.other[:, None]
    tubes = np.multiply.reduceat(factors, model.tube_starts, axis=0)
    if opening.tubes is not None:
        tubes = tubes * opening.tubes
    tube_likelihood = _scaled(tubes)
    tube_message = tube_likelihood @ model.to_tube.T
    competences = np.multiply.reduceat(tube_message, model.competence_starts, axis=0)
    if opening.competences is not None:
        competences = competences * opening.competences
    competence_likelihood = _scaled(competences)
    competence_message = competence_likelihood @ model.to_competence.T
    at_general = opening.general * competence_message.prod(axis=0)
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
