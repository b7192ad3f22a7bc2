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
from portal.domain.parameters import Parameters
from portal.domain.tree import Floats, Model

# A way of skipping less likely than this is left out; weights are compared at a precision that no processor moves.
LEAST_WEIGHT, WEIGHT_DECIMALS = 0.02, 9
MOST_PLAUSIBLE = 500.0


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
    # Before anything is passed, the usual way alone is weighed.
    has_skips = any(one.outcome is Outcome.SKIPPED for one in evidence)
    parts = _believe(model, opening, evidence, [False, True] if has_skips else [False])
    if not has_skips:
        return Belief(model, parts[0].probabilities, ((1.0, parts[0]),), skips[0])
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


def own_skips(
    parameters: Parameters, evidence: Sequence[Observation], *, is_cautious: bool
) -> tuple[float, float]:
    """Tell how often this pupil passes what is known, and what is not: the usual rates beside the pupil's own.

    Who passes only what is unknown had the occasion at each question not won; who passes anything, at each one.
    """
    passed = sum(one.outcome is Outcome.SKIPPED for one in evidence)
    occasions = sum(is_cautious or one.outcome is not Outcome.OK for one in evidence)
    weight, usual = parameters.skip_weight, parameters.skip_not
    own = (weight * usual + passed) / (weight + occasions)
    return (parameters.skip_cautious * own / usual if is_cautious else parameters.skip_acquired), own


def _weigh(
    model: Model, evidence: Sequence[Observation], skip_acquired: float, skip_not: float
) -> tuple[Floats, Floats]:
    """Multiply, by skill and level of its tube (N × G), what its answers say if it is owned, and if it is not."""
    for_owned, for_not = np.ones((2, *model.owned.shape))
    if not evidence:
        return for_owned, for_not
    unknown = model.parameters.slip, model.parameters.guess_of("", 0)
    places = [model.index[one.skill] for one in evidence]
    said = [
        likelihood(one.outcome, *model.chances.get(one.challenge, unknown), skip_acquired, skip_not)
        for one in evidence
    ]
    reached, beyond = np.array(said).T[:, :, None]
    np.multiply.at(for_owned, places, beyond + model.met_owned[places] * (reached - beyond))
    np.multiply.at(for_not, places, beyond + model.met_not[places] * (reached - beyond))
    return for_owned, for_not


def _believe(
    model: Model, opening: Opening, evidence: Sequence[Observation], ways: Sequence[bool]
) -> list[Part]:
    """Pass the messages up the tree, then down, for each way of skipping at once (a first axis, W)."""
    weighed = [
        _weigh(model, evidence, *own_skips(model.parameters, evidence, is_cautious=way)) for way in ways
    ]
    for_owned, for_not = (np.stack(each) for each in zip(*weighed, strict=True))
    owned = model.owned * for_owned
    factors = owned + (1 - model.owned) * for_not
    tubes = np.multiply.reduceat(factors, model.tube_starts, axis=1)
    if opening.tubes is not None:
        tubes = tubes * opening.tubes
    tube_likelihood = _scaled(tubes)
    tube_message = tube_likelihood @ model.to_tube.T
    competences = np.multiply.reduceat(tube_message, model.competence_starts, axis=1)
    if opening.competences is not None:
        competences = competences * opening.competences
    competence_likelihood = _scaled(competences)
    competence_message = competence_likelihood @ model.to_competence.T
    at_general = opening.general * competence_message.prod(axis=1)
    scales = np.log(tubes.max(axis=2)).sum(axis=1) + np.log(competences.max(axis=2)).sum(axis=1)
    plausibility = (scales + np.log(at_general.sum(axis=1))).tolist()
    at_general = _normalised(at_general)
    at_competences = _normalised(
        competence_likelihood * ((at_general[:, None] / competence_message) @ model.to_competence)
    )
    from_above = (at_competences[:, model.tube_competence] / tube_message) @ model.to_tube
    at_tubes = _normalised(tube_likelihood * from_above)
    acquired_at = owned / factors
    probabilities = (at_tubes[:, model.tube_of] * acquired_at).sum(axis=2)
    arrays = (
        probabilities,
        acquired_at,
        at_tubes,
        at_competences,
        at_general,
        tube_likelihood,
        tube_message,
        competence_likelihood,
        competence_message,
    )
    return [Part(said, *(each[way] for each in arrays)) for way, said in enumerate(plausibility)]
