"""The engine that tries are played with: beliefs, then the choice. Source: docs/moteur.md.

Everything is computed from the answers at each turn: a pass over them costs a few microseconds. What
does not depend on them (the test, the opening of the try) is kept, and can be made again at any time;
so nothing can disagree with what was stored.
"""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

import numpy as np

from portal.domain.adaptive import (
    Decision,
    Engine,
    Estimate,
    FrozenTest,
    LevelRange,
    Observation,
    TryContext,
    evidence_of,
)
from portal.domain.beliefs import Belief, believe
from portal.domain.choice import (
    Candidate,
    Situation,
    candidates,
    choose,
    most_questions,
    situation,
    spent_seconds,
)
from portal.domain.covariances import Covariances, covariances
from portal.domain.tree import model_of

LEAST_GAIN = 1e-6
INTERVAL_80 = 1.2815515655446004


def decide(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Decision:
    """Choose the next question, or end the test, and tell what is believed."""
    if not test.skills:
        return Decision(None, Estimate({}, 0.0))
    belief = believe(model_of(test), context, evidence_of(context, answers))
    shared = covariances(belief)
    now = situation(belief, context, answers)
    found = candidates(now, shared.squares())
    pick = choose(now, found)
    remaining = 0.0 if pick is None else expected_remaining(now, found)
    return Decision(pick, _estimate(belief, shared, remaining))


def estimate(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Estimate:
    """Tell what is believed of each skill, and how many questions remain."""
    return decide(test, context, answers).estimate


class _Levels(Mapping[str, LevelRange]):
    """The level of each competence: worked out when one is looked at, which seldom happens at each answer."""

    def __init__(self, belief: Belief, shared: Covariances) -> None:
        self._belief, self._shared = belief, shared

    @cached_property
    def _ranges(self) -> dict[str, LevelRange]:
        model = self._belief.model
        levels = model.level_weights @ self._belief.probabilities
        margins = INTERVAL_80 * np.sqrt(np.maximum(self._shared.variances(), 0))
        lowest = np.maximum(0.0, levels - margins).tolist()
        highest = np.minimum(model.level_weights.sum(axis=1), levels + margins).tolist()
        return dict(zip(model.competences, map(LevelRange, levels.tolist(), lowest, highest), strict=True))

    def __getitem__(self, competence: str) -> LevelRange:
        return self._ranges[competence]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ranges)

    def __len__(self) -> int:
        return len(self._ranges)


def _estimate(belief: Belief, shared: Covariances, remaining: float) -> Estimate:
    probabilities = zip((one.id for one in belief.model.skills), belief.probabilities.tolist(), strict=True)
    return Estimate(dict(probabilities), remaining, _Levels(belief, shared))


def expected_remaining(now: Situation, found: Sequence[Candidate]) -> float:
    """Expect how many questions are left: gains fall in proportion to the doubt that is left.

    With S the doubt Σ p(1 − p), a question that removes g of it now, and the end when it removes the cost only:
    dS/dn = −g S/S₀, that is n = S₀/g · ln(g/cost).
    """
    left = max(1, most_questions(now.model) - len(now.answers))
    best = max(one.gain for one in found)
    p = now.belief.probabilities
    doubt = float((p * (1 - p)).sum())
    cost = max(now.cost, LEAST_GAIN)
    expected = doubt / max(best, LEAST_GAIN) * math.log(max(best, cost) / cost)
    if now.context.seconds is not None:
        mean = sum(one.challenge.seconds for one in found) / len(found)
        left = min(left, math.ceil((now.context.seconds - spent_seconds(now)) / mean))
    due = len(now.context.again - {one.skill for one in now.answers})
    return max(1.0, float(due), min(float(left), expected))


ENGINE: Engine = cast(Engine, sys.modules[__name__])
