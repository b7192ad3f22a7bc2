"""Worlds whose truth is known: competences, subjects, skills, questions, and labels that are sometimes wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator, default_rng

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest
from portal.domain.parameters import MULTIPLE_CHOICE, RELEASED, SINGLE_CHOICE, Parameters

AREAS = (3, 4, 4, 3, 2)
COMPETENCES = sum(AREAS)
TUBES = (7, 14)
TOP_LEVEL = 8
LENGTHS, LENGTH_ODDS = (2, 3, 4, 5, 6), (0.12, 0.25, 0.28, 0.22, 0.13)
STARTS, START_ODDS = (1, 2, 3, 4), (0.45, 0.30, 0.15, 0.10)
GAP_ODDS = 0.25
VARIANTS = (1, 5)
TYPED = "text"
# Kind, proposals, chance of guessing, share of the questions.
KINDS = (
    (SINGLE_CHOICE, 4, 0.25, 0.30),
    (MULTIPLE_CHOICE, 5, 0.08, 0.20),
    (TYPED, 0, 0.02, 0.50),
)
SPREAD_OF_GUESS = 0.30
SLIPS = (0.02, 0.12)
TIMED_SHARE = 0.05
CHALLENGE_NOISE, TUBE_ERROR, SKILL_ERROR = 0.30, 0.40, 0.45
LEVEL_SHIFT = 0.5
SKILLS_A_COMPETENCE = 14
CAPS = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True)
class TrueChallenge:
    """A question and what no engine sees of it: its own difficulty, how it is guessed and missed."""

    id: str
    kind: str
    proposals: int
    timed: bool
    guess: float
    slip: float
    difficulty: float

    def frozen(self) -> FrozenChallenge:
        """Show what an engine sees."""
        return FrozenChallenge(self.id, "v1", self.kind, self.proposals, 60, self.timed)


@dataclass(frozen=True, slots=True)
class TrueSkill:
    """A skill, its label (`level`) and its true difficulty."""

    id: str
    tube: str
    competence: str
    level: int
    difficulty: float
    challenges: tuple[TrueChallenge, ...]

    @property
    def label_error(self) -> float:
        """Tell how much harder the skill is than its label says."""
        return self.difficulty - (self.level - LEVEL_SHIFT)


@dataclass(frozen=True, slots=True)
class World:
    """A whole referential with its questions."""

    skills: tuple[TrueSkill, ...]

    @property
    def competences(self) -> tuple[str, ...]:
        """List the competences, area by area."""
        return tuple(dict.fromkeys(skill.competence for skill in self.skills))


@dataclass(frozen=True, eq=False)
class Trial:
    """A test of a world: what the engine sees of it, and the truth behind, in the same order."""

    frozen: FrozenTest
    skills: tuple[TrueSkill, ...]

    def with_parameters(self, parameters: Parameters) -> "Trial":
        """Give the same test to be played with other numbers."""
        return Trial(FrozenTest(self.frozen.skills, parameters), self.skills)


@lru_cache(maxsize=8)
def make_world(seed: int, *, is_all_choice: bool = False) -> World:
    """Draw a world; `is_all_choice`: each of its questions has four proposals, one of them right."""
    random = default_rng([seed, 1])
    names = [f"{area + 1}.{number + 1}" for area, count in enumerate(AREAS) for number in range(count)]
    skills: list[TrueSkill] = []
    for name in names:
        for number in range(random.integers(TUBES[0], TUBES[1] + 1)):
            skills += _tube(random, f"{name}/{number:02}", name, is_all_choice=is_all_choice)
    return World(tuple(skills))


def _tube(random: Generator, tube: str, competence: str, *, is_all_choice: bool) -> list[TrueSkill]:
    error = random.normal(0, TUBE_ERROR)
    skills = []
    for level in _levels(random):
        difficulty = level - LEVEL_SHIFT + error + random.normal(0, SKILL_ERROR)
        name = f"{tube}/{level}"
        count = random.integers(VARIANTS[0], VARIANTS[1] + 1)
        challenges = tuple(
            _challenge(random, f"{name}{'abcde'[one]}", difficulty, is_choice=is_all_choice)
            for one in range(count)
        )
        skills.append(TrueSkill(name, tube, competence, level, float(difficulty), challenges))
    return skills


def _levels(random: Generator) -> list[int]:
    wanted = random.choice(LENGTHS, p=LENGTH_ODDS)
    levels = [int(random.choice(STARTS, p=START_ODDS))]
    while len(levels) < wanted:
        levels.append(levels[-1] + (2 if random.random() < GAP_ODDS else 1))
    return [level for level in levels if level <= TOP_LEVEL]


def _challenge(random: Generator, name: str, difficulty: float, *, is_choice: bool) -> TrueChallenge:
    # One draw whatever the kinds, so that the two worlds of a seed differ by nothing else.
    drawn = KINDS[random.choice(len(KINDS), p=[share for *_, share in KINDS])]
    kind, proposals, guess, _ = KINDS[0] if is_choice else drawn
    return TrueChallenge(
        name,
        kind,
        proposals,
        bool(random.random() < TIMED_SHARE),
        float(guess * random.uniform(1 - SPREAD_OF_GUESS, 1 + SPREAD_OF_GUESS)),
        float(random.uniform(*SLIPS)),
        float(difficulty + random.normal(0, CHALLENGE_NOISE)),
    )


def make_trial(world: World, size: int, seed: Sequence[int], parameters: Parameters = RELEASED) -> Trial:
    """Draw a test of `size` skills: whole subjects under one top level, in a few competences."""
    random = default_rng([*seed, size, 2])
    cap = int(random.choice(CAPS))
    count = min(COMPETENCES, max(1, round(size / SKILLS_A_COMPETENCE)))
    names = list(random.permutation(world.competences)[:count])
    tubes: dict[str, dict[str, list[TrueSkill]]] = {name: {} for name in names}
    for skill in world.skills:
        if skill.competence in tubes and skill.level <= cap:
            tubes[skill.competence].setdefault(skill.tube, []).append(skill)
    queues = {name: list(random.permutation(list(tubes[name]))) for name in names}
    chosen: list[TrueSkill] = []
    while len(chosen) < size and any(queues.values()):
        for name in names:
            if queues[name] and len(chosen) < size:
                chosen += tubes[name][queues[name].pop()][: size - len(chosen)]
    chosen.sort(key=lambda skill: skill.id)
    return Trial(FrozenTest(freeze(chosen), parameters), tuple(chosen))


def freeze(skills: Sequence[TrueSkill]) -> tuple[FrozenSkill, ...]:
    """Show what an engine sees of skills."""
    return tuple(
        FrozenSkill(
            skill.id,
            skill.tube,
            skill.competence,
            skill.level,
            tuple(one.frozen() for one in skill.challenges),
        )
        for skill in skills
    )


def area_of(competence: str) -> str:
    """Name the area of a competence."""
    return competence.partition(".")[0]


def correlation(competences: Sequence[str], inside: float, outside: float) -> np.ndarray:
    """Give the correlations of competences: one within an area, a lesser one between areas."""
    areas = np.array([area_of(name) for name in competences])
    matrix = np.where(areas[:, None] == areas[None, :], inside, outside)
    np.fill_diagonal(matrix, 1.0)
    return matrix
