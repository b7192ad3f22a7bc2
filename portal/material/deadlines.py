"""Lists of tasks with their deadlines."""

import random
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw
from portal.material.french import DAYS, day, day_answer, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.school_days import is_open
from portal.material.tables_words import FIRST_NAMES, TASKS
from portal.material.writers.table import Format, Sheet, table_file

TITLES = ("Tâche", "Responsable", "Échéance")
Task = tuple[str, str, date]
# A list is within one school year.
OPENING, CLOSING, WEEKS_OF_START, SPAN = date(2025, 9, 8), date(2026, 7, 3), 23, 110


class Deadlines(Recipe):
    """The pupil opens a list of deadlines and computes days between two, a next Tuesday, what comes next."""

    generator: Literal["echeances"] = "echeances"
    format: Format = "ods"
    context: Literal["stage", "spectacle", "voyage", "journal"] = "stage"
    tasks: int = Field(default=8, ge=5, le=8)

    def make(self, dice: random.Random) -> Made:
        """Give the list; `tache_a` is due before `tache_b`, `date` is between two deadlines, `jour_semaine` a day
        of the week to find after `tache_a`, `delai` a number of days to add to it, up to an open day after `date`."""
        stem, _ = TASKS[self.context]
        ordered = redraw(lambda: self._draw(dice), _are_apart)
        rows = dice.sample(ordered, len(ordered))
        first, second, today, later = redraw(
            lambda: _asked(dice, ordered), lambda asked: _is_ahead(*asked[2:])
        )
        between, delay = (second[2] - first[2]).days, (later - first[2]).days
        ahead = [row for row in ordered if row[2] >= today]
        weekday = dice.randrange(5)
        next_day = first[2] + timedelta(days=(weekday - first[2].weekday() - 1) % 7 + 1)
        name = DAYS[first[2].weekday()]
        due = [row for row in rows if row[2] < today]
        return Made(
            table_file(stem, self.format, Sheet("Échéances", TITLES, rows)),
            values={
                "tache_a": first[0],
                "tache_b": second[0],
                "date": day(today),
                "jour_semaine": DAYS[weekday],
                "delai": str(delay),
            },
            answers={
                "jours_entre": number_answer(between),
                "prochain_jour": day_answer(next_day, with_year=True),
                "date_apres_delai": day_answer(later, with_year=True),
                "prochaine_tache": (ahead[0][0],),
                "jour_tache": (name,),
                "compte_a_venir": number_answer(len(ahead)),
                "responsable": (first[1],),
            },
            wrong={
                "jours_entre": wrong_numbers(between, [between + 1, between - 1, between + 2]),
                "prochain_jour": _near(next_day, (7, -7, 1)),
                "date_apres_delai": _near(later, (-1, 1, 2)),
                "prochaine_tache": wrong_texts(
                    ahead[0][0], [due[-1][0], ordered[0][0], *(row[0] for row in rows)]
                ),
                "jour_tache": wrong_texts(name, DAYS[:5]),
                "compte_a_venir": wrong_numbers(len(ahead), [len(due), len(rows), len(ahead) - 1]),
                "responsable": wrong_texts(first[1], [second[1], *(row[1] for row in rows)]),
            },
        )

    def _draw(self, dice: random.Random) -> list[Task]:
        """Draw some of the tasks, in the order in which they are done."""
        start = OPENING + timedelta(days=dice.randrange(7 * WEEKS_OF_START))
        open_days = [day for day in (start + timedelta(days=gap) for gap in range(SPAN)) if is_open(day)]
        _, every = TASKS[self.context]
        names = [every[place] for place in sorted(dice.sample(range(len(every)), self.tasks))]
        due = sorted(dice.sample(open_days, self.tasks))
        return list(zip(names, dice.sample(FIRST_NAMES, self.tasks), due, strict=True))


def _asked(dice: random.Random, ordered: list[Task]) -> tuple[Task, Task, date, date]:
    first, second = (ordered[place] for place in sorted(dice.sample(range(len(ordered)), 2)))
    today = ordered[dice.randrange(1, len(ordered) - 1)][2] + timedelta(days=1)
    return first, second, today, first[2] + timedelta(days=dice.randint(16, 75))


def _is_ahead(today: date, later: date) -> bool:
    return today < later <= CLOSING and is_open(later)


def _are_apart(rows: list[Task]) -> bool:
    """Tell whether no deadline is on the same day as another, or on the next."""
    due = sorted(row[2] for row in rows)
    return all((after - before).days > 1 for before, after in zip(due, due[1:], strict=False))


def _near(right: date, gaps: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(day_answer(right + timedelta(days=gap))[0] for gap in gaps)
