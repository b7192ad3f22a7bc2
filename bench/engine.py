"""Measure the adaptive engine on simulated pupils, or on recorded answers."""

import os

# One core for each process: numpy reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from pathlib import Path  # noqa: E402

from bench.simulation import cells, lengths, recalibration, replay, school  # noqa: E402
from bench.simulation.report import Row, show  # noqa: E402

# What served to choose the engine's numbers never serves to tell how good they are.
TUNING, REPORTING = (1, 2, 3, 4), (101, 102, 103, 104, 105, 106)
WORLDS = {"reglage": TUNING, "rapport": REPORTING}
PUPILS, QUICK_PUPILS = 60, 12


def main() -> int:
    """Measure what the options ask for."""
    parser = argparse.ArgumentParser(prog="manage.py bench engine", description="Le moteur adaptatif.")
    parser.add_argument("--mondes", default="reglage", help="reglage, rapport, ou des graines : 1-4")
    parser.add_argument("--eleves", type=int, default=PUPILS, help="par taille et population ordinaires")
    parser.add_argument("--vite", action="store_true", help="peu d’élèves : une idée seulement")
    parser.add_argument("--buts", default="1-9", help="les buts à mesurer : 1-5, 6, 7, 8, 9 ou 6-8…")
    parser.add_argument("--reponses", type=Path, help="matrice CSV de réponses réelles (élèves × questions)")
    parser.add_argument("--questions", type=Path, help="CSV : question, sujet, niveau[, compétence, type]")
    options = parser.parse_args()
    if options.reponses or options.questions:
        if not (options.reponses and options.questions):
            parser.error("--reponses et --questions vont ensemble")
        return replay.main(options.reponses, options.questions)
    try:
        worlds, goals = seeds(options.mondes), span(options.buts)
    except ValueError as error:
        parser.error(str(error))
    started = time.perf_counter()
    rows = measure(worlds, set(goals), QUICK_PUPILS if options.vite else options.eleves)
    missed = sum(not row.is_reached for row in rows)
    told = sum(row.goal is not None for row in rows)
    print(
        f"\n{told - missed} buts atteints sur {told}, {missed} manqués, "
        f"en {time.perf_counter() - started:.0f} s. Mondes de réglage : {list_of(TUNING)} ; "
        f"mondes de rapport : {list_of(REPORTING)} ; ici : {list_of(worlds)}."
    )
    return 0


def measure(worlds: Sequence[int], goals: set[int], pupils: int) -> list[Row]:
    """Measure the goals asked for, and print them as they come."""
    rows: list[Row] = []

    def tell(title: str, found: list[Row]) -> None:
        rows.extend(found)
        show(title, found)

    if 7 in goals:
        tell("Temps, reprise, règles", school.timing_rows(worlds[0]))
    if goals & {1, 2, 3, 4, 5}:
        for title, found in lengths.measure(worlds, pupils, goals):
            tell(title, found)
    if 6 in goals:
        tell("Historique", school.years_measured(worlds, pupils))
    if 8 in goals:
        classes = cells.spread(school.share_a_test, [school.class_cell(world) for world in worlds])
        tell("Une classe", school.sharing_rows([found for _, found in classes]))
    if 9 in goals:
        schools = [recalibration.calibration_cell(world) for world in worlds]
        found = [one for _, one in cells.spread(recalibration.recalibrate, schools)]
        tell("Recalibrage", recalibration.calibration_rows(found))
    return rows


def seeds(text: str) -> tuple[int, ...]:
    """Read the worlds: a name, or a range of seeds."""
    return WORLDS[text] if text in WORLDS else tuple(span(text))


def span(text: str) -> range:
    """Read « 3 » or « 3-7 »."""
    first, _, last = text.partition("-")
    if not first.isdecimal() or (last and not last.isdecimal()):
        raise ValueError(f"« {text} » : indiquez un nombre ou deux, comme 1-4")
    found = range(int(first), int(last or first) + 1)
    if not found:
        raise ValueError(f"« {text} » : le second nombre est plus petit que le premier")
    return found


def list_of(worlds: Sequence[int]) -> str:
    """Write the seeds of worlds."""
    return f"{worlds[0]} à {worlds[-1]}" if len(worlds) > 1 else str(worlds[0])


if __name__ == "__main__":
    sys.exit(main())
