"""What answers say of every skill of a test: exact inference on the tree of abilities. Source: docs/moteur.md.

Arrays go by skill (N), tube (T), competence (C) and grid point (G), in the order of the model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portal.domain.adaptive import Observation, TryContext
from portal.domain.history import Faded, fade, likelihood
from portal.domain.marking import Outcome
from portal.domain.tree import Floats, Model, normal_rows

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
    parameters = model.parameters
    faded = fade(context.history, parameters, model.grid) if context.history else None
    skips = (parameters.skip_acquired, parameters.skip_cautious)
    parts = [_believe(model, context, evidence, faded, skips[0])]
    if not any(one.outcome is Outcome.SKIPPED for one in evidence):
        # Nobody has passed anything yet: the usual way alone is weighed.
        return Belief(model, parts[0].probabilities, ((1.0, parts[0]),), skips[0])
    parts.append(_believe(model, context, evidence, faded, skips[1]))
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
    unknown = model.parameters.slip, model.parameters.guess_of("", 0)
    for answer in evidence:
        place = model.index[answer.skill]
        slip, guess = model.chances.get(answer.challenge, unknown)
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
