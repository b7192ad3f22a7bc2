"""Timetables of buses, with or without a connection."""

import random
from datetime import time
from html import escape
from typing import Literal

from pydantic import Field

from portal.material.french import clock, number_answer, time_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import BEYOND, STOPS
from portal.material.writers.table import Cell, Sheet, table_file

HUB = "Gare"
MARGIN = 5
# Buses run until the evening: a last bus at noon would not be believed.
LATE = 17 * 60 + 30
# Minutes since midnight by bus; None where a bus does not stop.
Line = dict[str, list[int | None]]
Journey = tuple[int, int]


class Timetable(Recipe):
    """The pupil reads a timetable: the first bus after a time, when it arrives, how long it takes."""

    generator: Literal["horaires"] = "horaires"
    format: Literal["ods", "xlsx", "html"] = "ods"
    connection: bool = False
    buses: int = Field(default=8, ge=5, le=12)

    def make(self, dice: random.Random) -> Made:
        """Give the timetable; `depart`, `arrivee` and `heure` make the journey, `correspondance` minutes are
        needed to change with `connection`."""
        while True:
            lines = self._draw(dice)
            first, second = lines
            start = dice.choice(list(first)[:3])
            end = dice.choice(list(second)[1:]) if self.connection else dice.choice(list(first)[3:])
            journeys = _journeys(lines, start, end) if self.connection else _direct(first, start, end)
            leaves = sorted({leave for leave in first[start] if leave is not None})
            if len(leaves) < 3 or len(journeys) < 3:
                continue
            after = dice.choice(leaves) - dice.randint(1, 12)
            possible = [journey for journey in journeys if journey[0] >= after]
            if _is_clear(possible) and (self.connection or _ends_on_a_dash(journeys, leaves)):
                break
        leave, arrive = min(possible)
        shown = lines if self.connection else (first,)
        last = max(journey[0] for journey in journeys)
        return Made(
            self._file(shown),
            values={
                "depart": start,
                "arrivee": end,
                "heure": clock(_time(after)),
                "correspondance": str(MARGIN),
                "gare": HUB,
            },
            answers={
                "heure_depart": time_answer(_time(leave)),
                "heure_arrivee": time_answer(_time(arrive)),
                "duree": number_answer(arrive - leave),
                "dernier_depart": time_answer(_time(last)),
            },
            wrong={
                "heure_depart": _others(leave, [*leaves, *(each[0] for each in journeys)]),
                "heure_arrivee": _others(arrive, [*(each[1] for each in reversed(journeys)), leave, *leaves]),
                "duree": wrong_numbers(arrive - leave, [each[1] - each[0] for each in journeys]),
                "dernier_depart": _others(last, [*reversed(leaves), arrive]),
            },
        )

    def _draw(self, dice: random.Random) -> tuple[Line, Line]:
        near, far = [*dice.sample(STOPS, 5), HUB], [HUB, *dice.sample(BEYOND, 3)]
        return _line(near, self.buses, dice), _line(far, self.buses, dice)

    def _file(self, lines: tuple[Line, ...]) -> MadeFile:
        sheets = [_sheet(f"Ligne {number}", line) for number, line in enumerate(lines, 1)]
        if self.format == "html":
            return MadeFile("horaires-bus.html", "text/html", _page(sheets).encode())
        return table_file("horaires-bus", self.format, *sheets)


def _line(stops: list[str], buses: int, dice: random.Random) -> Line:
    """Draw the times of a line: some buses leave out a stop, never the ends."""
    first, last = 6 * 60 + dice.randint(30, 60), LATE + dice.randint(60, 180)
    gap = (last - first) // (buses - 1)
    starts = [first + bus * gap + dice.randint(-gap // 4, gap // 4) for bus in range(buses)]
    line: Line = {stop: [] for stop in stops}
    for start in starts:
        at = start
        for place, stop in enumerate(stops):
            is_left_out = 0 < place < len(stops) - 1 and dice.random() < 0.25
            line[stop].append(None if is_left_out else at)
            at += dice.randint(3, 9)
    return line


def _direct(line: Line, start: str, end: str) -> list[Journey]:
    both = zip(line[start], line[end], strict=True)
    return [(leave, arrive) for leave, arrive in both if leave is not None and arrive is not None]


def _journeys(lines: tuple[Line, Line], start: str, end: str) -> list[Journey]:
    """List the journeys with a change: for each bus, the first that can still be caught."""
    onward = _direct(lines[1], HUB, end)
    found = []
    for leave, change in _direct(lines[0], start, HUB):
        caught = [arrive for go, arrive in onward if go >= change + MARGIN]
        if caught:
            found.append((leave, min(caught)))
    return found


def _ends_on_a_dash(journeys: list[Journey], leaves: list[int]) -> bool:
    """Tell whether the last bus of the evening leaves out the stop where one goes, and an earlier one does not."""
    last = max(journey[0] for journey in journeys)
    return LATE <= last < max(leaves)


def _is_clear(possible: list[Journey]) -> bool:
    """Tell whether the first to leave is the first to arrive, alone: no faster bus overtakes it."""
    arrivals = sorted(arrive for _, arrive in possible)
    return len(possible) >= 2 and min(possible)[1] == arrivals[0] < arrivals[1]


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _others(right: int, times: list[int]) -> tuple[str, ...]:
    return wrong_texts(time_answer(_time(right))[0], [time_answer(_time(each))[0] for each in times])


def _sheet(name: str, line: Line) -> Sheet:
    buses = [f"Bus {number}" for number in range(1, len(next(iter(line.values()))) + 1)]
    rows: list[list[Cell]] = [
        [stop, *("–" if at is None else _time(at) for at in times)] for stop, times in line.items()
    ]
    return Sheet(name, ["Arrêt", *buses], rows)


def _page(sheets: list[Sheet]) -> str:
    tables = "".join(
        f"<table><caption>{sheet.name}</caption><thead><tr>"
        + "".join(f'<th scope="col">{escape(title)}</th>' for title in sheet.titles)
        + "</tr></thead><tbody>"
        + "".join(
            f'<tr><th scope="row">{escape(str(row[0]))}</th>'
            + "".join(
                f"<td>{cell:%H:%M}</td>" if isinstance(cell, time) else "<td>–</td>" for cell in row[1:]
            )
            + "</tr>"
            for row in sheet.rows
        )
        + "</tbody></table>\n"
        for sheet in sheets
    )
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Horaires des bus</title><style>'
        "body{font-family:sans-serif}table{border-collapse:collapse;margin:1em 0}"
        "th,td{border:1px solid;padding:.3em .6em}</style></head>\n<body><h1>Horaires des bus</h1>\n"
        f"<p>Un tiret : le bus ne s’arrête pas.</p>\n{tables}</body></html>\n"
    )
