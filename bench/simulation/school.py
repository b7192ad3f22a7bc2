"""Goals 6 to 9: a year later, the time it takes, a class that shares questions, what answers teach of questions."""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

import numpy as np
from numpy.random import default_rng

from bench.simulation.cells import Cell, pupil_of, spread, trial_of
from bench.simulation.measures import Figure, mean_of, resampled
from bench.simulation.pupils import POPULATIONS
from bench.simulation.report import Row, percent, ratio
from bench.simulation.tries import Steps, play
from bench.simulation.worlds import Trial
from portal.domain import engine
from portal.domain.adaptive import (
    Earlier,
    FrozenChallenge,
    FrozenSkill,
    FrozenTest,
    Mode,
    Observation,
    TryContext,
)
from portal.domain.parameters import RELEASED, parameters_of
from portal.domain.tree import chances

GROWTH, GROWTH_SPREAD = 0.5, 0.55
SAVED_BY_HISTORY = {"faible": 0.15, "mixte": 0.20, "fort": 0.40}
DECISION_MS, RESUME_MS, RESUMED_AFTER = {60: 1.0, 250: 5.0}, 100.0, 160
CLASS_SIZE, CLASS_SKILLS = 60, 60
OVERLAP, NEVER_USED, FIRST_QUESTIONS = 0.37, 0.10, 20
MOST_IN_A_ROW = 2


# ---- 6. A year of history


@dataclass(frozen=True, slots=True)
class Year:
    """A pupil a year later, without and with what is known of the last."""

    questions: tuple[int, int]
    accuracy: tuple[float, float]


def a_year_later(cell: Cell) -> list[Year]:
    """Play last year's try, then this year's without and with its history, at the engine's own stop."""
    years = []
    for number in range(cell.count):
        trial = trial_of(cell, number)
        pupil, seed = pupil_of(cell, trial, number), f"{cell.world}-{cell.population}-{number}"
        last = play(engine.decide, pupil, TryContext(f"{seed}-avant"))
        now = pupil.grown([cell.world, number], GROWTH, GROWTH_SPREAD)
        past = earlier(trial, last.answers, years=1.0)
        without = play(engine.decide, now, TryContext(seed))
        helped = play(engine.decide, now, TryContext(seed, history=past))
        years.append(
            Year((without.count, helped.count), (float(without.accuracy[-1]), float(helped.accuracy[-1])))
        )
    return years


def earlier(trial: Trial, answers: Sequence[Observation], *, years: float) -> tuple[Earlier, ...]:
    """Turn the answers of a past try into history."""
    parameters = trial.frozen.parameters
    skills = {skill.id: skill for skill in trial.frozen.skills}
    past = []
    for answer in answers:
        skill = skills[answer.skill]
        challenge = next(one for one in skill.challenges if one.id == answer.challenge)
        slip, guess = chances(parameters, challenge)
        difficulty = skill.level - parameters.level_shift + skill.offset
        past.append(Earlier(skill.tube, skill.competence, difficulty, guess, slip, answer.outcome, years))
    return tuple(past)


def history_rows(population: str, years: Sequence[Year]) -> list[Row]:
    """Measure goal 6 for a population."""
    questions = np.array([one.questions for one in years], float)

    def saved(at: np.ndarray) -> float:
        without, helped = questions[at].mean(axis=0)
        return float(1 - helped / without)

    gained = mean_of([helped - without for without, helped in (one.accuracy for one in years)])
    label = f"un an d’historique, {population} : questions épargnées"
    return [
        percent(6, label, resampled(saved, len(years)), SAVED_BY_HISTORY[population]),
        # No lower, to within what the number of pupils can tell.
        percent(6, f"  justesse de plus ({population})", gained, -2 * gained.error),
    ]


# ---- 7. Time, resuming, legality


def timing_rows(world: int) -> list[Row]:
    """Measure goal 7 on one core."""
    rows, mismatches, illegal = [], 0, 0
    for size, goal in DECISION_MS.items():
        cell = Cell(world, size, "mixte", count=3)
        spent: list[float] = []
        for number in range(cell.count):
            trial = trial_of(cell, number)
            context = TryContext(f"temps-{number}", mode=Mode.PRECISE)
            steps = play(engine.decide, pupil_of(cell, trial, number), context)
            spent += _times(trial.frozen, context, steps)
            mismatches += _mismatches(trial.frozen, context, steps.answers)
            illegal += illegal_questions(trial.frozen, steps.answers)
        figure = Figure(statistics.median(spent), statistics.stdev(spent) / len(spent) ** 0.5)
        rows.append(Row(7, f"décision, {size} acquis (médiane, ms)", figure, goal, is_most=True, digits=2))
    rows.append(Row(7, "reprise après 160 réponses (ms)", Figure(_resume(world), 0), RESUME_MS, is_most=True))
    rows.append(Row(7, "reprises en désaccord", Figure(mismatches, 0), 0, is_most=True, digits=0))
    rows.append(Row(7, "questions interdites", Figure(illegal, 0), 0, is_most=True, digits=0))
    return rows


def _times(test: FrozenTest, context: TryContext, steps: Steps) -> list[float]:
    spent = []
    for count in range(steps.count):
        begun = time.perf_counter()
        engine.decide(test, context, steps.answers[:count])
        spent.append(1000 * (time.perf_counter() - begun))
    return spent


def _resume(world: int) -> float:
    """Time, in milliseconds, a test read from its text and a decision after many answers."""
    cell = Cell(world, 250, "mixte", count=1)
    trial = trial_of(cell, 0)
    context = TryContext("reprise")
    answers = play(engine.decide, pupil_of(cell, trial, 0), context).answers[:RESUMED_AFTER]
    text = encode(trial.frozen)
    begun = time.perf_counter()
    engine.decide(decode(text), context, answers)
    return 1000 * (time.perf_counter() - begun)


def encode(test: FrozenTest) -> str:
    """Write a frozen test."""
    return json.dumps(asdict(test))


def decode(text: str) -> FrozenTest:
    """Read a frozen test."""
    content = json.loads(text)
    skills = tuple(
        FrozenSkill(**{**one, "challenges": tuple(FrozenChallenge(**each) for each in one["challenges"])})
        for one in content["skills"]
    )
    numbers = content["parameters"]
    return FrozenTest(skills, parameters_of(numbers.pop("version"), numbers))


def _mismatches(test: FrozenTest, context: TryContext, answers: Sequence[Observation]) -> int:
    """Count the questions that a process which starts from the stored test would not have asked."""
    again = decode(encode(test))
    count = 0
    for at in range(0, len(answers), 7):
        pick = engine.decide(again, context, answers[:at]).pick
        count += pick is None or (pick.skill, pick.challenge) != (answers[at].skill, answers[at].challenge)
    return count


def illegal_questions(test: FrozenTest, answers: Sequence[Observation]) -> int:
    """Count questions that are not of their skill, come twice, or stay in a subject a third time for nothing."""
    skills = {skill.id: skill for skill in test.skills}
    count, asked, tubes = 0, set(), []
    for answer in answers:
        skill = skills[answer.skill]
        stays = tubes[-MOST_IN_A_ROW:] == [skill.tube] * MOST_IN_A_ROW
        elsewhere = any(
            other.tube != skill.tube and any(one.id not in asked for one in other.challenges)
            for other in test.skills
        )
        is_its_own = answer.challenge in {one.id for one in skill.challenges}
        count += not is_its_own or answer.challenge in asked or (stays and elsewhere)
        asked.add(answer.challenge)
        tubes.append(skill.tube)
    return count


# ---- 8. A class


def share_a_test(cell: Cell) -> tuple[float, float, int]:
    """Let a class play one test, each pupil after the others' exposure counts.

    Returns: mean share of questions common to two pupils, share of challenges never served, first questions.
    """
    trial = trial_of(cell, 0)
    exposure: dict[str, int] = {}
    served: list[set[str]] = []
    first = set()
    for number in range(cell.count):
        context = TryContext(f"classe-{cell.world}-{number}", exposure=dict(exposure))
        answers = play(engine.decide, pupil_of(cell, trial, number), context).answers
        served.append({one.challenge for one in answers})
        first.add(answers[0].challenge)
        for one in answers:
            exposure[one.challenge] = exposure.get(one.challenge, 0) + 1
    common = [2 * len(one & other) / (len(one) + len(other)) for one, other in combinations(served, 2)]
    every = sum(len(skill.challenges) for skill in trial.skills)
    return statistics.fmean(common), 1 - len(exposure) / every, len(first)


def sharing_rows(results: Sequence[tuple[float, float, int]]) -> list[Row]:
    """Measure goal 8 over the worlds."""
    overlap, unused, first = (mean_of(list(values)) for values in zip(*results, strict=True))
    return [
        ratio(8, "part commune à deux élèves d’un même test", overlap, OVERLAP),
        ratio(8, "part des épreuves jamais servies", unused, NEVER_USED),
        Row(8, "premières questions différentes", first, FIRST_QUESTIONS),
    ]


def class_cell(world: int) -> Cell:
    """Give the class of goal 8."""
    return Cell(world, CLASS_SKILLS, "mixte", count=CLASS_SIZE, parameters=RELEASED, mode=Mode.NORMAL)


def years_measured(worlds: Sequence[int], count: int) -> list[Row]:
    """Play goal 6, then measure it population by population."""
    years: dict[str, list[Year]] = {name: [] for name in POPULATIONS}
    for cell, found in spread(a_year_later, year_cells(worlds, count)):
        years[cell.population] += found
    return [row for name, each in years.items() for row in history_rows(name, each)]


def year_cells(worlds: Sequence[int], count: int) -> list[Cell]:
    """Give the pupils of goal 6."""
    share = max(2, round(count / len(worlds)))
    return [
        Cell(world, 60, population, count=share, parameters=RELEASED, mode=Mode.NORMAL)
        for world in worlds
        for population in POPULATIONS
    ]


def inverted_of(cell: Cell, trial: Trial, share: float) -> frozenset[str]:
    """Choose the challenges whose key is inverted."""
    random = default_rng([cell.world, 9])
    return frozenset(one.id for skill in trial.skills for one in skill.challenges if random.random() < share)
