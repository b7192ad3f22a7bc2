"""What answers say of every skill of a test: exact inference on the tree of abilities. Source: docs/moteur.md.

Arrays go by skill (N), tube (T), competence (C) and grid point (G), in the order of the model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

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
class Laws:
    """What is believed of a test by each way of skipping (a first axis, W), with the messages of its tree.

    Attributes:
        plausibility: how well each way explains the answers, as a logarithm (W).
        probabilities: that each skill is acquired (W × N).
        acquired_at: the same at each level of its tube (W × N × G).
        at_tubes, at_competences, at_general: the laws of the abilities, rows of sum 1.
        tube_likelihood, tube_message, competence_likelihood, competence_message: what is below says, up to a factor.
    """

    plausibility: Floats
    probabilities: Floats
    acquired_at: Floats
    at_tubes: Floats
    at_competences: Floats
    at_general: Floats
    tube_likelihood: Floats
    tube_message: Floats
    competence_likelihood: Floats
    competence_message: Floats

    def only(self, way: int) -> "Laws":
        """Keep one way."""
        return Laws(**{one.name: getattr(self, one.name)[way : way + 1] for one in fields(self)})


@dataclass(frozen=True, eq=False)
class Belief:
    """What is believed of a test (N): two ways of skipping, each with its weight (W); one alone when it is sure."""

    model: Model
    probabilities: Floats
    weights: Floats
    laws: Laws
    skip_acquired: float


def _scaled(rows: Floats) -> tuple[Floats, Floats]:
    """Bring the largest of each row to 1, and give what it was."""
    largest = rows.max(axis=-1)
    return rows / largest[..., None], largest


def _normalised(rows: Floats) -> Floats:
    normal: Floats = rows / rows.sum(axis=-1, keepdims=True)
    return normal


def believe(model: Model, context: TryContext, evidence: Sequence[Observation]) -> Belief:
    """Conclude on every skill from all the evidence at once."""
    parameters, opening = model.parameters, opening_of(model, context)
    # Before anything is passed, the usual way alone is weighed.
    has_skips = any(one.outcome is Outcome.SKIPPED for one in evidence)
    laws = _believe(model, opening, evidence, [False, True] if has_skips else [False])
    skips, weights = parameters.skip_acquired, np.ones(1)
    if has_skips:
        usual, cautious = laws.plausibility.tolist()
        odds = parameters.cautious_share / (1 - parameters.cautious_share)
        share = round(1 - 1 / (1 + odds * math.exp(min(MOST_PLAUSIBLE, cautious - usual))), WEIGHT_DECIMALS)
        if share < LEAST_WEIGHT:
            laws = laws.only(0)
        elif 1 - share < LEAST_WEIGHT:
            laws, skips = laws.only(1), parameters.skip_cautious
        else:
            weights = np.array([1 - share, share])
            skips = (1 - share) * skips + share * parameters.skip_cautious
    return Belief(model, weights @ laws.probabilities, weights, laws, skips)


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


def _said(
    model: Model, evidence: Sequence[Observation], ways: Sequence[bool]
) -> tuple[list[int], Floats, Floats]:
    """Multiply what the answers on each skill asked say, at each level of its tube, by way of skipping.

    Returns: the places of these skills, in order (R); what is said if they are owned, and if not (W × R × G).
    """
    unknown = model.parameters.slip, model.parameters.guess_of("", 0)
    ordered = sorted(evidence, key=lambda one: model.index[one.skill])
    places = [model.index[one.skill] for one in ordered]
    chances = [model.chances.get(one.challenge, unknown) for one in ordered]
    skips = [own_skips(model.parameters, evidence, is_cautious=way) for way in ways]
    said = [
        [likelihood(one.outcome, *chance, *way) for one, chance in zip(ordered, chances, strict=True)]
        for way in skips
    ]
    likely = np.array(said)[..., None]
    reached, beyond = likely[:, :, 0], likely[:, :, 1]
    said_at = beyond + model.met[:, None, places] * (reached - beyond)
    starts = _starts(places)
    if len(starts) < len(places):
        said_at = np.multiply.reduceat(said_at, starts, axis=2)
    return [places[at] for at in starts], said_at[0], said_at[1]


def _starts(groups: Sequence[int]) -> list[int]:
    return [at for at, group in enumerate(groups) if at == 0 or group != groups[at - 1]]


def _believe(model: Model, opening: Opening, evidence: Sequence[Observation], ways: Sequence[bool]) -> Laws:
    """Pass the messages up the tree, then down, for each way of skipping at once (a first axis, W)."""
    acquired_at = np.repeat(model.owned[None], len(ways), axis=0)
    tubes = np.ones((len(ways), len(model.tubes), len(model.grid)))
    if evidence:
        places, if_owned, if_not = _said(model, evidence, ways)
        owned = model.owned[places] * if_owned
        factors = owned + (1 - model.owned[places]) * if_not
        acquired_at[:, places] = owned / factors
        tube_of = model.tube_of[places].tolist()
        starts = _starts(tube_of)
        tubes[:, [tube_of[at] for at in starts]] = np.multiply.reduceat(factors, starts, axis=1)
    if opening.tubes is not None:
        tubes *= opening.tubes
    tube_likelihood, tube_scales = _scaled(tubes)
    tube_message = tube_likelihood @ model.to_tube.T
    competences = np.multiply.reduceat(tube_message, model.competence_starts, axis=1)
    if opening.competences is not None:
        competences *= opening.competences
    competence_likelihood, competence_scales = _scaled(competences)
    competence_message = competence_likelihood @ model.to_competence.T
    general = opening.general * competence_message.prod(axis=1)
    scales = np.log(tube_scales).sum(axis=1) + np.log(competence_scales).sum(axis=1)
    plausibility = scales + np.log(general.sum(axis=1))
    at_general = _normalised(general)
    at_competences = _normalised(
        competence_likelihood * ((at_general[:, None] / competence_message) @ model.to_competence)
    )
    from_above = (at_competences[:, model.tube_competence] / tube_message) @ model.to_tube
    at_tubes = _normalised(tube_likelihood * from_above)
    return Laws(
        plausibility=plausibility,
        probabilities=np.einsum("wng,wng->wn", at_tubes[:, model.tube_of], acquired_at),
        acquired_at=acquired_at,
        at_tubes=at_tubes,
        at_competences=at_competences,
        at_general=at_general,
        tube_likelihood=tube_likelihood,
        tube_message=tube_message,
        competence_likelihood=competence_likelihood,
        competence_message=competence_message,
    )
