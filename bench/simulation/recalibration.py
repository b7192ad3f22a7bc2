"""Goal 9: what a school's answers say of its questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.simulation.cells import Cell, pupil_of, trial_of
from bench.simulation.measures import Figure, mean_of
from bench.simulation.report import Row, percent, ratio
from bench.simulation.school import inverted_of
from bench.simulation.tries import play
from portal.domain import engine
from portal.domain.adaptive import Mode, TryContext
from portal.domain.calibration import PlayedTry, calibrate
from portal.domain.parameters import RELEASED, UNKNOWN_GRADE

PUPILS, SKILLS, INVERTED_SHARE = 150, 60, 0.05
NIGHT = 10
JUDGED_FROM, FOUND_WITHIN = 10, 20
CORRELATION, FOUND, FALSE_ALARMS = 0.80, 0.95, 0.03


@dataclass(frozen=True, slots=True)
class Recalibrated:
    """What one school learned.

    Attributes:
        correlation: of the offsets found with the true errors of the labels.
        found, missed: the inverted keys, told or not before they had too many answers.
        accused, sound: the good challenges with enough answers, wrongly suspected, and all of them.
    """

    correlation: float
    found: int
    missed: int
    accused: int
    sound: int


def calibration_cell(world: int) -> Cell:
    """Give the school of goal 9."""
    return Cell(world, SKILLS, "mixte", count=PUPILS, parameters=RELEASED, mode=Mode.NORMAL)


def recalibrate(cell: Cell) -> Recalibrated:
    """Play a school's tries in order, and recalibrate every night."""
    trial = trial_of(cell, 0)
    inverted = inverted_of(cell, trial, INVERTED_SHARE)
    tries: list[PlayedTry] = []
    counts: Counter[str] = Counter()
    suspected: dict[str, int] = {}
    offsets: dict[str, float] = {}
    for number in range(cell.count):
        pupil = replace(pupil_of(cell, trial, number), inverted=inverted)
        context = TryContext(f"ecole-{cell.world}-{number}", exposure=dict(counts))
        answers = play(engine.decide, pupil, context).answers
        tries.append(PlayedTry(UNKNOWN_GRADE, answers))
        counts.update(one.challenge for one in answers)
        if (number + 1) % NIGHT == 0:
            result = calibrate(trial.frozen.skills, tries, RELEASED)
            offsets = result.offsets
            for one in result.suspects:
                suspected.setdefault(one.challenge, counts[one.challenge])
    truth = {skill.id: skill.label_error for skill in trial.skills}
    pairs = np.array([(offset, truth[name]) for name, offset in offsets.items()])
    judged = {name for name, count in counts.items() if count >= JUDGED_FROM}
    due = [name for name in inverted if counts[name] >= FOUND_WITHIN]
    # A night brings several answers at once: the last ones before it do not count as late.
    found = sum(suspected.get(name, 10**6) <= FOUND_WITHIN + NIGHT // 2 for name in due)
    return Recalibrated(
        float(np.corrcoef(pairs.T)[0, 1]),
        found,
        len(due) - found,
        len((judged - inverted) & set(suspected)),
        len(judged - inverted),
    )


def calibration_rows(results: Sequence[Recalibrated]) -> list[Row]:
    """Measure goal 9 over the worlds."""
    due = sum(one.found + one.missed for one in results)
    sound = sum(one.sound for one in results)
    return [
        ratio(
            9,
            "corrélation des écarts avec la vérité",
            mean_of([one.correlation for one in results]),
            CORRELATION,
            is_most=False,
        ),
        percent(9, f"clés inversées trouvées ({due})", _share(sum(one.found for one in results), due), FOUND),
        percent(
            9,
            f"fausses alertes ({sound} épreuves)",
            _share(sum(one.accused for one in results), sound),
            FALSE_ALARMS,
            is_most=True,
        ),
    ]


def _share(part: int, whole: int) -> Figure:
    value = part / whole if whole else 0.0
    return Figure(value, float(np.sqrt(value * (1 - value) / whole)) if whole else 0.0)
