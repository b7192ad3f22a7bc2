"""Groups of pupils played together: one world, one size of test, one population, one way to differ."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from bench.simulation.ends import COSTS, ends_of
from bench.simulation.measures import Played
from bench.simulation.pupils import PLAIN, POPULATIONS, Pupil, Variant, make_pupil
from bench.simulation.tries import SWEEP, play
from bench.simulation.worlds import Trial, make_trial, make_world
from bench.support import baseline
from portal.domain import engine
from portal.domain.adaptive import Mode, TryContext
from portal.domain.parameters import RELEASED, Parameters

SIZES = (30, 60, 120, 250)
WORKERS = min(2, os.cpu_count() or 1)
Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a group of pupils has in common."""

    world: int
    size: int
    population: str
    variant: Variant = PLAIN
    count: int = 20
    parameters: Parameters = SWEEP
    mode: Mode = Mode.SHORT

    @property
    def weight(self) -> float:
        """Tell how long it takes, up to a factor."""
        return self.count * self.size**2.3


def trial_of(cell: Cell, number: int) -> Trial:
    """Draw the test of a pupil: one for each, since what a test saves is saved by all who play it."""
    world = make_world(cell.world, is_all_choice=cell.variant.is_all_choice)
    return make_trial(world, cell.size, [cell.world, number], cell.parameters)


def pupil_of(cell: Cell, trial: Trial, number: int) -> Pupil:
    """Draw a pupil."""
    population = POPULATIONS[cell.population]
    return make_pupil(trial, population, cell.variant, [cell.world, cell.size, number])


def seed_of(cell: Cell, number: int) -> str:
    """Name a try."""
    return f"{cell.world}-{cell.size}-{cell.population}-{cell.variant.label}-{number}"


def run(cell: Cell) -> list[Played]:
    """Play each pupil once with our engine, its stop put off, and once with the baseline."""
    played = []
    for number in range(cell.count):
        trial = trial_of(cell, number)
        pupil = pupil_of(cell, trial, number)
        context = TryContext(seed_of(cell, number), mode=cell.mode)
        steps = play(engine.decide, pupil, context)
        own = getattr(RELEASED, f"cost_{cell.mode}")
        *ends, at_own = ends_of(pupil, context, steps, [*COSTS, own])
        theirs = play(baseline.decide, pupil, context)
        played.append(Played(f"{cell.world}-{cell.size}-{number}", tuple(ends), at_own, theirs))
    return played


def spread(work: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterable[tuple[Job, Result]]:
    """Do jobs on both cores, the longest first; results come as they are ready."""
    ordered = sorted(jobs, key=lambda job: -getattr(job, "weight", 1.0))
    if WORKERS == 1 or len(ordered) == 1:
        yield from ((job, work(job)) for job in ordered)
        return
    with get_context("spawn").Pool(WORKERS) as pool:
        yield from zip(ordered, pool.imap(work, ordered), strict=True)
