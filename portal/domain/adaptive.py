"""The interface of the adaptive engine: what it is given, what it answers. Nothing else is read.

An engine is a pair of pure functions over a frozen test and the ordered answers: no clock, no
randomness but the seed. The same input gives the same pick in any process.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from portal.domain.marking import Outcome
from portal.domain.parameters import RELEASED, UNKNOWN_GRADE, Parameters, Prior


class Mode(StrEnum):
    """How far a test goes: the cost of a question that must be worth asking."""

    SHORT = "short"
    NORMAL = "normal"
    PRECISE = "precise"


class Rule(StrEnum):
    """What narrowed the choice of a question."""

    FIRST_QUESTION = "first_question"
    BEST_GAIN = "best_gain"
    AFTER_LOSSES = "after_losses"
    NEW_COMPETENCE = "new_competence"
    ASKED_AGAIN = "asked_again"
    SKIPPED_AGAIN = "skipped_again"


@dataclass(frozen=True, slots=True)
class FrozenChallenge:
    """One variant of a skill as it stood when the try began. `version` names its exact content.

    `guess` and `slip` are set once its own answers have told them; None: those of its kind.
    """

    id: str
    version: str
    kind: str
    proposals: int
    seconds: int
    timed: bool
    guess: float | None = None
    slip: float | None = None


@dataclass(frozen=True, slots=True)
class FrozenSkill:
    """A skill of the test with its eligible challenges; `offset` is its calibrated difficulty in levels."""

    id: str
    tube: str
    competence: str
    level: int
    challenges: tuple[FrozenChallenge, ...]
    offset: float = 0.0


@dataclass(frozen=True, eq=False)
class FrozenTest:
    """Everything a try is played with, shared by the pupils who start on the same bank.

    Compared by identity, so that what an engine prepares for a test can be kept beside it.
    """

    skills: tuple[FrozenSkill, ...]
    parameters: Parameters = RELEASED


class Observation(NamedTuple):
    """One answer, as the engine reads it. Void: the challenge was withdrawn, the answer says nothing."""

    skill: str
    challenge: str
    outcome: Outcome
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer of an earlier try, as soft evidence: `years` is its age at the start of this one.

    `difficulty` is that of the skill on the scale of abilities, in levels.
    """

    tube: str
    competence: str
    difficulty: float
    guess: float
    slip: float
    outcome: Outcome
    years: float


@dataclass(frozen=True, eq=False)
class TryContext:
    """What belongs to one try, taken once at its start. Compared by identity, as the test is.

    Attributes:
        exposure: how often each challenge was served.
        seen: the challenges this person met in the last twelve months.
        seconds: the promised duration, or None without limit.
        prior: what is believed of the general level before any answer.
        history: the answers of earlier tries.
        before: the answers of the try that this one goes on with (improve, retry), the oldest first.
        again: the skills to ask again; what `before` said of them leaves the evidence.
    """

    seed: str
    exposure: Mapping[str, int] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    mode: Mode = Mode.NORMAL
    seconds: int | None = None
    prior: Prior = UNKNOWN_GRADE
    history: tuple[Earlier, ...] = ()
    before: tuple[Observation, ...] = ()
    again: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was chosen.

    Attributes:
        rule: what narrowed the choice.
        probability: of success, before the answer, in [0, 1].
        gain: the expected fall of Σ p(1 − p) over the skills of the test.
        acquired: the probability that the skill was acquired, before the answer.
    """

    rule: Rule
    probability: float
    gain: float
    acquired: float


@dataclass(frozen=True, slots=True)
class Pick:
    """The next question to ask."""

    skill: str
    challenge: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class LevelRange:
    """The level of a competence in the test, in levels, with the bounds of its 80 % interval."""

    level: float
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """What is believed after the answers.

    Attributes:
        probabilities: by skill, that it is acquired.
        expected_remaining: how many questions are expected before the end.
        levels: by competence.
    """

    probabilities: Mapping[str, float]
    expected_remaining: float
    levels: Mapping[str, LevelRange] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What follows an answer: the next pick, None when the test is finished, and what is believed."""

    pick: Pick | None
    estimate: Estimate


class Engine(Protocol):
    """The two questions a try asks of an engine, each with one pass over the answers."""

    def decide(self, test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Decision:
        """Choose the next question, or end the test, and tell what is believed."""

    def estimate(self, test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Estimate:
        """Tell what is believed of each skill, and how many questions remain."""


def evidence_of(context: TryContext, answers: Sequence[Observation]) -> list[Observation]:
    """Keep the answers that speak: neither void, nor from before on a skill asked again."""
    kept = [one for one in context.before if one.skill not in context.again]
    return [one for one in (*kept, *answers) if not one.is_void]


def draw(count: int, *, seed: str, answers: int, parameters_version: str) -> int:
    """Draw an index below `count`, the same everywhere for the same try and moment."""
    digest = hashlib.sha256(f"{seed}:{answers}:{parameters_version}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count
