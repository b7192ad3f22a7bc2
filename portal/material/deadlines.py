"""Lists of tasks with their deadlines."""

import random
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw, school_day
from portal.material.french import DAYS, day, day_answer, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import FIRST_NAMES, TASKS
from portal.material.writers.table import Format, Sheet, table_file

TITLES = ("Tâche", "Responsable", "Échéance")
Task = tuple[str, str, date]


class Deadlines(Recipe):
    """The pupil opens a list of deadlines and computes days between two, a next Tuesday, what comes next."""

    generator: Literal["echeances"] = "echeances"
    format: Format = "ods"
    context: Literal["stage", "spectacle", "voyage", "journal"] = "stage"
    tasks: int = Field(default=8, ge=5, le=8)

    def make(self, dice: random.Random) -> Made:
        """Give the list; `tache_a` is due before `tache_b`, `date` is between two deadlines, `jour_semaine` a day
        of the week to find after `tache_a`, `delai` a number of days to add to it."""
        stem, _ = TASKS[self.context]
        rows = redraw(lambda: self._draw(dice), _are_apart)
        ordered = sorted(rows, key=lambda row: row[2])
        first, second = sorted(dice.sample(rows, 2), key=lambda row: row[2])
        between = (second[2] - first[2]).days
        today = ordered[dice.randrange(1, len(ordered) - 1)][2] + timedelta(days=1)
        ahead = [row for row in ordered if row[2] >= today]
        weekday, delay = dice.randrange(5), dice.randint(16, 75)
        next_day = first[2] + timedelta(days=(weekday - first[2].weekday() - 1) % 7 + 1)
        later = first[2] + timedelta(days=delay)
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
        start = school_day(dice, 350)
        people = dice.sample(FIRST_NAMES, self.tasks)
        due: list[date] = []
        while len(due) < self.tasks:
            found = start + timedelta(days=dice.randrange(110))
            if found.weekday() < 5:
                due.append(found)
        return list(zip(dice.sample(TASKS[self.context][1], self.tasks), people, due, strict=True))


def _are_apart(rows: list[Task]) -> bool:
    """Tell whether no deadline is on the same day as another, or on the next."""
    due = sorted(row[2] for row in rows)
    return all((after - before).days > 1 for before, after in zip(due, due[1:], strict=False))


def _near(right: date, gaps: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(day_answer(right + timedelta(days=gap))[0] for gap in gaps)
