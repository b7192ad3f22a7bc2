"""Where a try ends at each stop cost: the curve on which « at the same accuracy » is read.

One long try gives most of it: up to the question that is not worth the cost, two costs ask the same.
From there the engine itself ends the try, for each competence must have been heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.simulation.pupils import Pupil
from bench.simulation.tries import Judge, Steps
from portal.domain.adaptive import Observation, Pick, TryContext, evidence_of
from portal.domain.beliefs import believe
from portal.domain.choice import Situation, candidates, choose, situation
from portal.domain.covariances import covariances
from portal.domain.parameters import RELEASED
from portal.domain.tree import model_of

COSTS = np.geomspace(4.0, 0.03, 60)


@dataclass(frozen=True, slots=True)
class Ended:
    """What is known at the end of a try; the measures are those of `Steps`."""

    accuracy: float
    brier: float
    competence: float
    bins: np.ndarray
    answers: tuple[Observation, ...]


@dataclass(frozen=True)
class AtCost(Situation):
    """A situation judged with another stop cost, and by that cost alone."""

    wanted: float

    @property
    def cost(self) -> float:
        """Give the gain under which a question is not worth asking."""
        return self.wanted

    @property
    def doubt_allowed(self) -> float:
        """Let no doubt end the test."""
        return 0.0


def ends_of(pupil: Pupil, context: TryContext, steps: Steps, costs: Sequence[float]) -> tuple[Ended, ...]:
    """Tell how a try ends at each of these costs, the highest first; `steps` is the same try, played on and on."""
    judge = Judge(pupil)
    most = max(1, int(np.ceil(RELEASED.most_share * steps.size)))
    least = min(most, RELEASED.least_questions)
    ended = []
    for cost in costs:
        # Whatever they teach, the first questions are asked.
        at = least + int(np.flatnonzero(np.append(steps.gains[least:most], 0.0) < cost)[0])
        ended.append(
            _ended(judge, pupil, context, _played_on(pupil, context, steps.answers[:at], cost, most))
        )
    return tuple(ended)


def _played_on(
    pupil: Pupil, context: TryContext, begun: Sequence[Observation], cost: float, most: int
) -> list[Observation]:
    """Let the engine end a try whose best question is not worth its cost."""
    answers = list(begun)
    while len(answers) < most and (pick := _decided(pupil, context, answers, cost)):
        answers.append(Observation(pick.skill, pick.challenge, pupil.answer(pick.challenge, len(answers))))
    return answers


def _decided(pupil: Pupil, context: TryContext, answers: list[Observation], cost: float) -> Pick | None:
    belief = believe(model_of(pupil.trial.frozen), context, evidence_of(context, answers))
    now = situation(belief, context, answers)
    at_cost = AtCost(now.belief, now.context, now.answers, now.chance, cost)
    return choose(at_cost, candidates(at_cost, covariances(belief).squares()))


def _ended(judge: Judge, pupil: Pupil, context: TryContext, answers: list[Observation]) -> Ended:
    model = model_of(pupil.trial.frozen)
    belief = believe(model, context, evidence_of(context, answers))
    by_id = dict(zip((one.id for one in model.skills), belief.probabilities.tolist(), strict=True))
    return Ended(*judge.judge(np.array([by_id[name] for name in judge.ids])), tuple(answers))
