"""Measure how long each generator takes to make one pupil's file."""

import argparse
import statistics
import time

from portal.material.library import RECIPES
from portal.material.recipe import dice_of

GOAL_MS = 100.0


def main() -> None:
    """Make some files of each generator, the slowest last."""
    parser = argparse.ArgumentParser(prog="manage.py bench material", description="Les fichiers des élèves.")
    parser.add_argument("--fichiers", type=int, default=20, help="fichiers de chaque générateur")
    options = parser.parse_args()
    rows = sorted((*measure(name, options.fichiers), name) for name in RECIPES)
    print(f"{'générateur':<24}{'médiane (ms)':>14}{'au pire (ms)':>14}{'poids (Ko)':>12}")
    for median, worst, weight, name in rows:
        print(f"{name:<24}{median:>14.1f}{worst:>14.1f}{weight:>12.1f}".replace(".", ","))
    slow = [name for median, _, _, name in rows if median > GOAL_MS]
    print(
        f"\nBut : {GOAL_MS:.0f} ms au plus en médiane. "
        + (f"Manqué : {', '.join(slow)}." if slow else "Atteint.")
    )


def measure(name: str, count: int) -> tuple[float, float, float]:
    """Give the median and the worst time in milliseconds, and the heaviest file in kilobytes."""
    recipe = RECIPES[name].model_validate({"generator": name})
    spent, weights = [], []
    for seed in range(count + 1):
        begun = time.perf_counter()
        made = recipe.make(dice_of(f"mesure-{seed}"))
        spent.append(1000 * (time.perf_counter() - begun))
        weights.append(len(made.file.content) / 1024)
    # The first loads what the generator needs.
    return statistics.median(spent[1:]), max(spent[1:]), max(weights)


if __name__ == "__main__":
    main()
