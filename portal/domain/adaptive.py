"""The interface of the adaptive engine: what it is given, what it answers. Nothing else is read.

An engine is a pair of pure functions over a frozen test and the ordered answers: no clock, no
randomness but the seed. The same input gives the same pick in any process.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from portal.domain.marking import Outcome


@dataclass(frozen=True, slots=True)
class FrozenChallenge:
    """One variant of a skill as it stood when the try began. `version` names its exact content."""

    id: str
    version: str
    kind: str
    proposals: int
    seconds: int
    timed: bool


@dataclass(frozen=True, slots=True)
class FrozenSkill:
    """A skill of the test with its eligible challenges; `offset` is its calibrated difficulty in levels."""

    id: str
    tube: str
    competence: str
    level: int
    challenges: tuple[FrozenChallenge, ...]
    offset: float = 0.0


@dataclass(frozen=True)
class FrozenTest:
    """Everything a try is played with, shared by the pupils who start on the same bank."""

    skills: tuple[FrozenSkill, ...]
    parameters_version: str
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class TryContext:
    """What belongs to one try, taken once at its start.

    `exposure` counts how often each challenge was served, `seen` holds those this person met in the
    last twelve months.
    """

    seed: str
    exposure: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Observation:
    """One answer, as the engine reads it."""

    skill: str
    challenge: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was chosen: the rule that narrowed the choice, what was believed, what is hoped for.

    `probability` is that of success before the answer, in [0, 1]; `gain` is the number of skills the
    answer is expected to settle.
    """

    rule: str
    probability: float
    gain: float


@dataclass(frozen=True, slots=True)
class Pick:
    """The next question to ask."""

    skill: str
    challenge: str
    reason: Reason


@dataclass(frozen=True)
class Estimate:
    """What is believed after the answers: by skill, the probability that it is acquired."""

    probabilities: Mapping[str, float]
    expected_remaining: float


class Engine(Protocol):
    """The two questions a try asks of an engine."""

    def next_pick(self, test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Pick | None:
        """Choose the next question, or None when the test is finished."""

    def estimate(self, test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Estimate:
        """Tell what is believed of each skill, and how many questions remain."""


def draw(count: int, *, seed: str, answers: int, parameters_version: str) -> int:
    """Draw an index below `count`, the same everywhere for the same try and moment."""
    digest = hashlib.sha256(f"{seed}:{answers}:{parameters_version}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count
