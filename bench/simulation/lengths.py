"""Goals 1 to 5: how many questions, for what accuracy."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from bench.simulation.cells import SIZES, Cell, pupil_of, run, seed_of, spread, trial_of
from bench.simulation.measures import Comparison, Figure, Played, mean_of, resampled
from bench.simulation.pupils import PLAIN, POPULATIONS, SKIPPING, VARIANTS
from bench.simulation.report import Row, percent, ratio, show
from bench.simulation.tries import at_random, everything, longest_losing_run, lost_share, play
from bench.support import baseline
from portal.domain.adaptive import Mode, TryContext

Cells = Mapping[Cell, Sequence[Played]]
VARIED_SHARE = 0.4
# Of the pupils asked for, those who play the plain cells of a size, and those who play each variant of it.
SHARES = {120: (1.0, 0.5), 250: (0.5, 0.15)}
SAVED = {30: 0.29, 60: 0.33, 120: 0.36, 250: 0.31}
GAINED, BRIER, COMPETENCE, CALIBRATION = 0.025, 0.64, 0.77, 0.035
WORST_SAVED, SAVED_BY = 0.0, {"faible": 0.12, "mixte": None, "fort": 0.45}
KIND_SIZE, KIND_SAVED, MOST_LOST = 60, 0.27, 0.48
LOSING_RUN = {"faible": 10, "mixte": 8, "fort": 8}
SKIPPING_GAINED = 0.10


@dataclass(frozen=True, slots=True)
class Effort:
    """How many pupils play: in each plain cell, and in each cell that differs, over all the worlds."""

    plain: int
    varied: int


def measure(worlds: Sequence[int], pupils: int, goals: Set[int]) -> Iterator[tuple[str, list[Row]]]:
    """Play what these goals ask for, then measure them: a title and its rows at a time."""
    effort = Effort(pupils, max(2, round(pupils * VARIED_SHARE)))
    played = dict(spread(run, plan(worlds, effort, goals)))
    yield "Longueur et justesse", first_goals(played)
    if 4 in goals:
        yield "Mode ordinaire", kind_goals(played)
    if 5 in goals:
        yield "Élèves qui passent ce qu’ils savent", skipping_goals(played)
    if 3 in goals:
        saved = saved_by_cell(played)
        show_cells(saved)
        yield "Cellules", cell_goals(saved)
        show_others(worlds, pupils)


def plan(worlds: Sequence[int], effort: Effort, goals: Set[int]) -> list[Cell]:
    """List the cells to play for these goals: the plain ones always, those that differ only if they are looked at."""
    others = [
        one for one in VARIANTS if one is not PLAIN and (3 in goals or (5 in goals and one is SKIPPING))
    ]
    cells = []
    for world in worlds:
        for size in SIZES:
            # Long tests take far longer to play and are less random.
            plain_share, varied_share = SHARES.get(size, (1.0, 1.0))
            plain_count = max(2, round(effort.plain * plain_share / len(worlds)))
            varied_count = max(1, round(effort.varied * varied_share / len(worlds)))
            for population in POPULATIONS:
                plain = Cell(world, size, population, count=plain_count)
                varied = replace(plain, count=varied_count)
                cells += [plain, *(replace(varied, variant=one) for one in others)]
                if size == KIND_SIZE and 4 in goals:
                    cells.append(replace(plain, mode=Mode.NORMAL))
    return cells


def gather(cells: Cells, **wanted: object) -> Comparison:
    """Put together the pupils of the cells that have these attributes."""
    chosen = {"parameters_version": "sweep", "mode": Mode.SHORT} | wanted

    def fits(cell: Cell) -> bool:
        values = {"parameters_version": cell.parameters.version}
        return all(values.get(name, getattr(cell, name, None)) == one for name, one in chosen.items())

    return Comparison([one for cell, played in cells.items() if fits(cell) for one in played])


def first_goals(cells: Cells) -> list[Row]:
    """Measure goals 1 and 2, on pupils of the three populations together."""
    plain = {size: gather(cells, size=size, variant=PLAIN) for size in SIZES}
    rows = [
        percent(1, f"questions épargnées à même justesse, {size} acquis", one.saved(), SAVED[size])
        for size, one in plain.items()
    ]
    for size, one in plain.items():
        rows += [
            percent(2, f"justesse de plus à même longueur, {size} acquis", one.gained(), GAINED),
            ratio(2, f"Brier rapporté à la référence, {size} acquis", one.brier_ratio(), BRIER, is_most=True),
            ratio(2, f"erreur par compétence rapportée, {size} acquis", one.competence_ratio(), COMPETENCE),
            ratio(2, f"erreur de calibration, {size} acquis", one.calibration(), CALIBRATION),
        ]
    return rows


def skipping_goals(cells: Cells) -> list[Row]:
    """Measure goal 5, on pupils of the three populations together."""
    gained = gather(cells, size=KIND_SIZE, variant=SKIPPING).gained()
    return [percent(5, "élèves qui passent ce qu’ils savent : justesse de plus", gained, SKIPPING_GAINED)]


def saved_by_cell(cells: Cells) -> dict[tuple[int, str, str], Figure]:
    """Measure the questions saved in each cell of size, population and variant."""
    return {
        (size, population, variant.label): gather(
            cells, size=size, population=population, variant=variant
        ).saved()
        for size in SIZES
        for population in POPULATIONS
        for variant in VARIANTS
    }


def cell_goals(saved: Mapping[tuple[int, str, str], Figure]) -> list[Row]:
    """Measure goal 3: the worst cell, then the mean of each population."""
    worst = min(saved, key=lambda one: saved[one].value)
    name = " · ".join(map(str, worst))
    rows = [percent(3, f"épargne la plus faible ({name})", saved[worst], WORST_SAVED)]
    for population, goal in SAVED_BY.items():
        chosen = [one for (_, who, _), one in saved.items() if who == population]
        mean = float(np.mean([one.value for one in chosen]))
        error = float(np.sqrt(np.sum([one.error**2 for one in chosen])) / len(chosen))
        rows.append(percent(3, f"épargne moyenne, population {population}", Figure(mean, error), goal))
    return rows


def show_cells(saved: Mapping[tuple[int, str, str], Figure]) -> None:
    """Print goal 3 in full: a line for each variant and population, a column for each size."""
    print("\nQuestions épargnées à même justesse (%), par variante, population et nombre d’acquis")
    print(f"{'':<34}" + "".join(f"{size:>14}" for size in SIZES))
    for variant in VARIANTS:
        for population in POPULATIONS:
            figures = [saved[size, population, variant.label] for size in SIZES]
            columns = "".join(f"{100 * one.value:>8.0f} ± {100 * one.error:<3.0f}" for one in figures)
            print(f"{variant.label:<22}{population:<12}{columns}")


def kind_goals(cells: Cells) -> list[Row]:
    """Measure goal 4: the default mode, at 60 skills."""
    whole = gather(cells, size=KIND_SIZE, variant=PLAIN, mode=Mode.NORMAL)
    rows = [
        percent(4, "mode ordinaire, 60 acquis : questions épargnées", whole.saved(), KIND_SAVED),
        ratio(
            4,
            "part des questions non réussies",
            mean_of([lost_share(one.own.answers) for one in whole.played]),
            MOST_LOST,
        ),
    ]
    for population, goal in LOSING_RUN.items():
        group = gather(cells, size=KIND_SIZE, variant=PLAIN, mode=Mode.NORMAL, population=population).played
        runs = np.array([longest_losing_run(one.own.answers) for one in group])
        figure = resampled(lambda at, runs=runs: float(np.percentile(runs[at], 95)), len(runs))
        rows.append(
            Row(4, f"plus longue série perdue, 95e centile, {population}", figure, goal, is_most=True)
        )
    theirs = [one.baseline for one in whole.played]
    lost = mean_of([lost_share(one.answers) for one in theirs])
    rows.append(ratio(4, "  part non réussie de la référence", lost))
    return rows


def show_others(worlds: Sequence[int], count: int) -> None:
    """Print the simplest ways beside ours, at 60 skills: random questions, and every question."""
    rows = [
        one for world in worlds for one in simple_ways(Cell(world, KIND_SIZE, "mixte", count=count // 8 + 2))
    ]
    theirs, random, everything = (mean_of(list(each)) for each in zip(*rows, strict=True))
    show(
        "Pour comparer, 60 acquis, population mixte : justesse",
        [
            percent(2, "la référence, à son arrêt", theirs),
            percent(2, "questions au hasard avec notre déduction, aussi longtemps", random),
            percent(2, "toutes les questions, chaque réponse crue", everything),
        ],
    )


def simple_ways(cell: Cell) -> list[tuple[float, float, float]]:
    """Give, by pupil, the accuracy of the baseline, of random questions as many, of every question."""
    found = []
    for number in range(cell.count):
        pupil = pupil_of(cell, trial_of(cell, number), number)
        context = TryContext(seed_of(cell, number))
        theirs, random = play(baseline.decide, pupil, context), play(at_random, pupil, context)
        at = min(theirs.count, random.count)
        found.append((float(theirs.accuracy[-1]), float(random.accuracy[at]), everything(pupil)[1]))
    return found
