"""Readings of a weather station, day after day."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import FIRST_DAY, has_one_top, redraw, settle
from portal.material.french import day_answer, mean, number_answer, tenths, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import STATIONS
from portal.material.writers.table import Format, Sheet, table_file

TITLES = ("Date", "Température minimale (°C)", "Température maximale (°C)", "Pluie (mm)")
Reading = tuple[date, Decimal, Decimal, Decimal]


class Weather(Recipe):
    """The pupil opens the readings of a weather station and finds extremes, their dates, sums and counts."""

    generator: Literal["meteo"] = "meteo"
    format: Format = "csv"
    days: int = Field(default=60, ge=20, le=330)
    with_gaps: bool = False

    def make(self, dice: random.Random) -> Made:
        """Give the readings; with `with_gaps` the days are not in order and a few are missing."""
        station = dice.choice(STATIONS)
        rows = redraw(lambda: self._draw(dice), _is_clear)
        if self.with_gaps:
            rows = dice.sample(rows, len(rows))
        hottest, coldest = max(rows, key=lambda row: row[2]), min(rows, key=lambda row: row[1])
        rain = sum((row[3] for row in rows), Decimal(0))
        wet, frost = sum(row[3] > 0 for row in rows), sum(row[1] < 0 for row in rows)
        average = mean([row[2] for row in rows], 1)
        highs = sorted((row[2] for row in rows), reverse=True)
        lows = sorted(row[1] for row in rows)
        return Made(
            table_file("releve-meteo", self.format, Sheet("Relevé", TITLES, rows)),
            values={"station": station, "jours": str(len(rows))},
            answers={
                "temperature_max": number_answer(hottest[2]),
                "date_max": day_answer(hottest[0]),
                "temperature_min": number_answer(coldest[1]),
                "date_min": day_answer(coldest[0]),
                "pluie_totale": number_answer(rain),
                "jours_pluie": number_answer(wet),
                "jours_gel": number_answer(frost),
                "moyenne_max": number_answer(average),
            },
            wrong={
                "temperature_max": wrong_numbers(hottest[2], [highs[1], rows[0][2], lows[-1]]),
                "date_max": _other_days(hottest[0], sorted(rows, key=lambda row: -row[2])),
                "temperature_min": wrong_numbers(coldest[1], [-coldest[1], lows[1], highs[-1]]),
                "date_min": _other_days(coldest[0], sorted(rows, key=lambda row: row[1])),
                "pluie_totale": wrong_numbers(
                    rain, [max(row[3] for row in rows), mean([rain], 0), rain - rows[-1][3]]
                ),
                "jours_pluie": wrong_numbers(wet, [len(rows) - wet, wet - 1]),
                "jours_gel": wrong_numbers(frost, [len(rows) - frost, frost + 1]),
                "moyenne_max": wrong_numbers(
                    average, [mean([row[1] for row in rows], 1), highs[len(highs) // 2]]
                ),
            },
        )

    def _draw(self, dice: random.Random) -> list[Reading]:
        start = FIRST_DAY + timedelta(days=dice.randrange(25))
        offsets = range(self.days)
        kept = sorted(dice.sample(offsets, self.days - 4)) if self.with_gaps else list(offsets)
        middle = dice.randint(40, 110)
        lows = [middle + round(dice.gauss(0, 45)) - 40 for _ in kept]
        highs = [low + dice.randint(15, 120) for low in lows]
        settle(highs, len(highs), -999, 500, dice)
        return [
            (start + timedelta(days=offset), tenths(low), tenths(high), tenths(_rain(dice)))
            for offset, low, high in zip(kept, lows, highs, strict=True)
        ]


def _rain(dice: random.Random) -> int:
    return dice.randint(2, 240) if dice.random() < 0.4 else 0


def _is_clear(rows: list[Reading]) -> bool:
    highs, colds = [float(row[2]) for row in rows], [-float(row[1]) for row in rows]
    return has_one_top(highs) and has_one_top(colds) and any(row[1] < 0 for row in rows)


def _other_days(right: date, rows: Sequence[Reading]) -> tuple[str, ...]:
    return wrong_texts(day_answer(right)[0], [day_answer(row[0])[0] for row in rows])
