"""Long logs of sensors, to filter and count."""

import random
from collections import Counter
from collections.abc import Collection
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Literal

from pydantic import Field

from portal.material.draws import has_one_top, redraw, school_day
from portal.material.french import number, number_answer, tenths, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import SENSORS, STATES
from portal.material.writers.table import Cell, Format, Sheet, table_file

Reading = tuple[datetime, str, Decimal, str]
# From eight in the morning, one reading every ten minutes.
START, IN_A_DAY = time(8), 60


class Sensors(Recipe):
    """The pupil filters hundreds of readings by place, state or threshold and counts what is left."""

    generator: Literal["capteurs"] = "capteurs"
    format: Format = "csv"
    context: Literal["air", "serre", "froid", "bruit"] = "air"
    lines: int = Field(default=800, ge=100, le=2000)

    def make(self, dice: random.Random) -> Made:
        """Give the log; `lieu`, `etat` and `seuil` are what to filter on."""
        stem, what, unit, places = SENSORS[self.context]
        rows = redraw(lambda: self._draw(dice), lambda drawn: _is_clear(drawn, places))
        place, threshold = _asked(rows, places, dice)
        state = dice.choice(_states_apart(rows))
        inside = [row for row in rows if row[1] == place]
        measures = sorted((row[2] for row in inside), reverse=True)
        above = sum(row[2] > threshold for row in inside)
        alerts = {one: sum(row[1] == one and row[3] != "OK" for row in rows) for one in places}
        both, everywhere = sum(row[3] == state for row in inside), sum(row[3] == state for row in rows)
        worst = max(alerts, key=lambda one: alerts[one])
        titles = ("Jour", "Heure", "Lieu", f"{what} ({unit})", "État")
        return Made(
            table_file(stem, self.format, Sheet("Mesures", titles, [_cells(row) for row in rows])),
            values={
                "lieu": place,
                "etat": state,
                "seuil": number(threshold),
                "unite": unit,
                "mesure": what,
                "lignes": number(len(rows)),
            },
            answers={
                "compte_lieu": number_answer(len(inside)),
                "compte_etat": number_answer(everywhere),
                "compte_lieu_etat": number_answer(both),
                "compte_lieu_seuil": number_answer(above),
                "maximum_lieu": number_answer(measures[0]),
                "lieu_plus_alertes": (worst,),
            },
            wrong={
                "compte_lieu": wrong_numbers(
                    len(inside), [sum(row[1] == one for row in rows) for one in places]
                ),
                "compte_etat": wrong_numbers(everywhere, [both, sum(row[3] != "OK" for row in rows)]),
                "compte_lieu_etat": wrong_numbers(both, [everywhere, alerts[place], len(inside)]),
                "compte_lieu_seuil": wrong_numbers(
                    above, [sum(row[2] > threshold for row in rows), above + 1]
                ),
                "maximum_lieu": wrong_numbers(measures[0], [max(row[2] for row in rows), measures[1]]),
                "lieu_plus_alertes": wrong_texts(worst, places),
            },
        )

    def _draw(self, dice: random.Random) -> list[Reading]:
        ranges = SENSORS[self.context][3]
        first = datetime.combine(school_day(dice, 300), START)
        # Nobody is there at night nor on Saturdays and Sundays: a noisy midnight would not be believed.
        days = (first + timedelta(days=gap) for gap in count() if (first + timedelta(days=gap)).weekday() < 5)
        moments = (day + timedelta(minutes=10 * index) for day in days for index in range(IN_A_DAY))
        weights = [dice.randint(2, 6) for _ in ranges]
        chosen = dice.choices(list(ranges), weights, k=self.lines)
        return [
            (
                at,
                place,
                tenths(round(dice.triangular(*ranges[place]))),
                dice.choices(STATES, (20, 2, 1, 1))[0],
            )
            for at, place in zip(moments, chosen, strict=False)
        ]


def _states_apart(rows: list[Reading]) -> list[str]:
    """List the states, but OK, that are there as often as no other one."""
    counts = Counter(row[3] for row in rows)
    return [one for one in STATES[1:] if list(counts.values()).count(counts[one]) == 1]


def _asked(rows: list[Reading], places: Collection[str], dice: random.Random) -> tuple[str, Decimal]:
    """Draw a place and a measure of its upper half, which cannot be answered without the filter."""

    def draw() -> tuple[str, Decimal]:
        place = dice.choice(list(places))
        measures = sorted((row[2] for row in rows if row[1] == place), reverse=True)
        return place, measures[dice.randrange(len(measures) // 5, len(measures) // 2)]

    return redraw(draw, lambda asked: _needs_the_place(rows, *asked))


def _needs_the_place(rows: list[Reading], place: str, threshold: Decimal) -> bool:
    """Tell whether those who forget to filter on the place find another count, and another maximum."""
    others = [row[2] for row in rows if row[1] != place]
    return max(others) > threshold and max(others) > max(row[2] for row in rows if row[1] == place)


def _is_clear(rows: list[Reading], places: Collection[str]) -> bool:
    alerts = [sum(row[1] == one and row[3] != "OK" for row in rows) for one in places]
    enough = min(sum(row[1] == one for row in rows) for one in places) >= 10
    return has_one_top(alerts) and enough and bool(_states_apart(rows))


def _cells(row: Reading) -> tuple[Cell, ...]:
    at, place, measure, state = row
    return (at.date(), at.time(), place, measure, state)
