"""Long logs of sensors, to filter and count."""

import random
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import FIRST_DAY, redraw
from portal.material.french import number, number_answer, tenths, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import SENSORS, STATES
from portal.material.writers.table import Cell, Format, Sheet, table_file

Reading = tuple[datetime, str, Decimal, str]


class Sensors(Recipe):
    """The pupil filters hundreds of readings by place, state or threshold and counts what is left."""

    generator: Literal["capteurs"] = "capteurs"
    format: Format = "csv"
    context: Literal["air", "serre", "froid", "bruit"] = "air"
    lines: int = Field(default=800, ge=100, le=2000)

    def make(self, dice: random.Random) -> Made:
        """Give the log; `lieu`, `etat` and `seuil` are what to filter on."""
        stem, what, unit, places, *_ = SENSORS[self.context]
        rows = redraw(lambda: self._draw(dice), lambda drawn: _is_clear(drawn, places))
        place, state = dice.choice(places), dice.choice(STATES[1:])
        inside = [row for row in rows if row[1] == place]
        measures = sorted((row[2] for row in inside), reverse=True)
        threshold = measures[dice.randrange(len(measures) // 5, len(measures) // 2)]
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
        *_, places, low, high = SENSORS[self.context]
        start = datetime.combine(FIRST_DAY + timedelta(days=dice.randrange(300)), time())
        weights = [dice.randint(2, 6) for _ in places]
        chosen = dice.choices(places, weights, k=self.lines)
        return [
            (
                start + timedelta(minutes=10 * index),
                place,
                tenths(dice.randint(low, high)),
                dice.choices(STATES, (20, 2, 1, 1))[0],
            )
            for index, place in enumerate(chosen)
        ]


def _is_clear(rows: list[Reading], places: tuple[str, ...]) -> bool:
    alerts = [sum(row[1] == one and row[3] != "OK" for row in rows) for one in places]
    enough = min(sum(row[1] == one for row in rows) for one in places) >= 10
    return alerts.count(max(alerts)) == 1 and enough


def _cells(row: Reading) -> tuple[Cell, ...]:
    at, place, measure, state = row
    return (at.date(), at.time(), place, measure, state)
