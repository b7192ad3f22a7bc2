"""A simple adaptive engine: skills validated or invalidated once for all, level by bisection.

It stands behind the interface of `adaptive`, and is what a better engine is measured against.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from portal.domain.adaptive import (
    Decision,
    Estimate,
    FrozenChallenge,
    FrozenSkill,
    FrozenTest,
    Observation,
    Pick,
    Reason,
    Rule,
    TryContext,
    draw,
    evidence_of,
)
from portal.domain.marking import Outcome

LEVELS = tuple(half / 2 for half in range(1, 16))
EASY_TUBE_TOP = 3
FIRST_LEVEL = 2
REACH = 2.0
LOWEST_SENTINEL, HIGHEST_SENTINEL = 0, 7
ACQUIRED, NOT_ACQUIRED = 0.95, 0.05
SHARE_OF_UNTESTED_ASKED = 0.6


@dataclass
class _State:
    """What the answers have settled so far."""

    settled: dict[str, bool] = field(default_factory=dict)
    results: list[tuple[int, bool]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    last: Observation | None = None

    @property
    def level(self) -> float:
        """Find the level that explains the direct answers best, between the two sentinels."""
        answers = [*self.results, (LOWEST_SENTINEL, True), (HIGHEST_SENTINEL, False)]
        won = sum(is_won for _, is_won in answers)
        asked = Counter(at for at, _ in answers).items()
        return min(LEVELS, key=lambda level: abs(won - sum(n * _success(level, at) for at, n in asked)))


@cache
def _success(level: float, difficulty: float) -> float:
    return 1 / (1 + math.exp(difficulty - level))


def _by_tube(skills: Iterable[FrozenSkill]) -> dict[str, list[FrozenSkill]]:
    tubes: dict[str, list[FrozenSkill]] = {}
    for skill in skills:
        tubes.setdefault(skill.tube, []).append(skill)
    return tubes


def _read(test: FrozenTest, answers: Sequence[Observation]) -> _State:
    state = _State()
    skills = {skill.id: skill for skill in test.skills}
    tubes = _by_tube(test.skills)
    for answer in answers:
        skill = skills[answer.skill]
        won = answer.outcome is Outcome.OK
        for other in tubes[skill.tube]:
            if other.level <= skill.level if won else other.level >= skill.level:
                state.settled.setdefault(other.id, won)
        state.settled.setdefault(skill.id, won)
        state.results.append((skill.level, won))
        state.asked.add(answer.challenge)
        state.last = answer
    return state


def _was_timed(test: FrozenTest, answer: Observation | None) -> bool:
    return answer is not None and any(
        challenge.timed
        for skill in test.skills
        for challenge in skill.challenges
        if challenge.id == answer.challenge
    )


def _narrow(test: FrozenTest, state: _State, reachable: list[FrozenSkill]) -> list[FrozenSkill]:
    """Keep the skills that the rules prefer now."""
    tops = {tube: max(skill.level for skill in skills) for tube, skills in _by_tube(test.skills).items()}
    easy = [skill for skill in reachable if tops[skill.tube] <= EASY_TUBE_TOP]
    reachable = easy or reachable
    if not state.results:
        first = [skill for skill in reachable if skill.level == FIRST_LEVEL]
        if first:
            return first
    if _was_timed(test, state.last):
        calm = [skill for skill in reachable if not all(one.timed for one in skill.challenges)]
        if calm:
            return calm
    return reachable


def _pick_challenge(skill: FrozenSkill, context: TryContext, state: _State, chance: int) -> FrozenChallenge:
    """Prefer a challenge not met this year, the least exposed first."""
    fresh = [one for one in skill.challenges if one.id not in context.seen | state.asked]
    eligible = fresh or list(skill.challenges)
    least = min(context.exposure.get(one.id, 0) for one in eligible)
    candidates = [one for one in eligible if context.exposure.get(one.id, 0) == least]
    return candidates[chance % len(candidates)]


def next_pick(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Pick | None:
    """Choose the next question: the one expected to settle most skills. None when all is settled."""
    return _pick(test, context, _read(test, evidence_of(context, answers)), len(answers))


def _pick(test: FrozenTest, context: TryContext, state: _State, count: int) -> Pick | None:
    level = state.level
    untested = [skill for skill in test.skills if skill.id not in state.settled]
    reachable = [skill for skill in untested if skill.challenges and skill.level <= level + REACH]
    if not reachable:
        return None
    neighbours = _by_tube(untested)

    def gain(skill: FrozenSkill) -> float:
        tube = neighbours[skill.tube]
        below = sum(other.level <= skill.level for other in tube)
        above = sum(other.level >= skill.level for other in tube)
        success = _success(level, skill.level)
        return round(success * below + (1 - success) * above, 6)

    gains = [(gain(skill), skill) for skill in _narrow(test, state, reachable)]
    best = max(value for value, _ in gains)
    ties = [skill for value, skill in gains if value == best]
    chance = draw(10**9, seed=context.seed, answers=count, parameters_version=test.parameters.version)
    skill = ties[chance % len(ties)]
    challenge = _pick_challenge(skill, context, state, chance // len(ties))
    success = round(_success(level, skill.level), 6)
    rule = Rule.BEST_GAIN if state.results else Rule.FIRST_QUESTION
    return Pick(skill.id, challenge.id, Reason(rule, success, best, acquired=success))


def decide(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Decision:
    """Choose the next question, and tell what is settled."""
    state = _read(test, evidence_of(context, answers))
    return Decision(_pick(test, context, state, len(answers)), _estimate(test, state))


def estimate(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> Estimate:
    """Give what is settled near 1 or 0, and the rest by the pupil's level."""
    return _estimate(test, _read(test, evidence_of(context, answers)))


def _estimate(test: FrozenTest, state: _State) -> Estimate:
    level = state.level
    known = {True: ACQUIRED, False: NOT_ACQUIRED}
    probabilities = {
        skill.id: known[state.settled[skill.id]]
        if skill.id in state.settled
        else _success(level, skill.level)
        for skill in test.skills
    }
    untested = sum(skill.id not in state.settled and skill.level <= level + REACH for skill in test.skills)
    return Estimate(probabilities, untested * SHARE_OF_UNTESTED_ASKED)
