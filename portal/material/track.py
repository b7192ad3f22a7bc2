"""Tracks of an outing, as a watch or a telephone records them."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw, some_day
from portal.material.french import number_answer, tenths, wrong_numbers, wrong_texts
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import HIKES, LANDMARKS

_NAMESPACE = "http://www.topografix.com/GPX/1/1"


@dataclass(frozen=True, slots=True)
class Point:
    """A place, its altitude and when it was passed."""

    place: str
    altitude: Decimal
    at: datetime


class Track(Recipe):
    """The pupil opens a track and reads its highest point, its duration, its points and its landmarks."""

    generator: Literal["trace-gpx"] = "trace-gpx"
    points: int = Field(default=150, ge=30, le=800)

    def make(self, dice: random.Random) -> Made:
        """Give the track; `repere` is the landmark asked about."""
        count = self.points + dice.randrange(25)
        track, marks = redraw(lambda: _draw(count, dice), _is_clear)
        asked = dice.choice(list(marks))
        heights = sorted((point.altitude for point in track), reverse=True)
        minutes = int((track[-1].at - track[0].at).total_seconds()) // 60
        highest = max(marks, key=lambda name: marks[name].altitude)
        start, end = track[0].altitude, track[-1].altitude
        return Made(
            MadeFile(f"{dice.choice(HIKES)}.gpx", "application/gpx+xml", _gpx(track, marks).encode()),
            values={"repere": asked, "reperes": str(len(marks))},
            answers={
                "altitude_max": number_answer(heights[0]),
                "altitude_min": number_answer(heights[-1]),
                "duree": number_answer(minutes),
                "points": number_answer(len(track)),
                "repere_plus_haut": (highest,),
                "altitude_repere": number_answer(marks[asked].altitude),
            },
            wrong={
                "altitude_max": wrong_numbers(heights[0], [heights[1], start, end, marks[highest].altitude]),
                "altitude_min": wrong_numbers(heights[-1], [start, end, heights[-2]]),
                "duree": wrong_numbers(minutes, [minutes + 60, len(track), minutes - 1]),
                "points": wrong_numbers(len(track), [len(track) + len(marks), len(marks), len(track) - 1]),
                "repere_plus_haut": wrong_texts(highest, marks),
                "altitude_repere": wrong_numbers(
                    marks[asked].altitude, [heights[0], *(point.altitude for point in marks.values())]
                ),
            },
        )


def _draw(count: int, dice: random.Random) -> tuple[list[Point], dict[str, Point]]:
    """Walk up, mostly, then down: a point every few seconds, and the whole lasts whole minutes."""
    at = datetime.combine(some_day(dice), time(8, dice.randrange(60)))
    height, north, east = (
        dice.randint(6000, 14000),
        dice.randint(4510000, 4590000),
        dice.randint(610000, 690000),
    )
    summit = dice.randint(count // 3, 2 * count // 3)
    track = []
    for index in range(count):
        track.append(Point(f'lat="{north / 1e5:.5f}" lon="{east / 1e5:.5f}"', tenths(height), at))
        height += dice.randint(-20, 60) if index < summit else dice.randint(-60, 20)
        north, east = north + dice.randint(-8, 30), east + dice.randint(-15, 25)
        at += timedelta(seconds=dice.randint(8, 40))
    last = track[-1]
    track[-1] = Point(
        last.place, last.altitude, last.at + timedelta(seconds=-(last.at - track[0].at).seconds % 60)
    )
    names = dice.sample(LANDMARKS, 5)
    return track, dict(zip(names, dice.sample(track[1:-1], len(names)), strict=True))


def _is_clear(drawn: tuple[list[Point], dict[str, Point]]) -> bool:
    track, marks = drawn
    heights, landmarks = [point.altitude for point in track], [point.altitude for point in marks.values()]
    is_one = heights.count(max(heights)) == heights.count(min(heights)) == 1
    # The highest landmark is below the highest point.
    return is_one and len(set(landmarks)) == len(landmarks) and max(landmarks) < max(heights)


def _gpx(track: list[Point], marks: dict[str, Point]) -> str:
    landmarks = "".join(
        f"  <wpt {point.place}><ele>{point.altitude}</ele><name>{name}</name></wpt>\n"
        for name, point in marks.items()
    )
    points = "".join(
        f"    <trkpt {point.place}><ele>{point.altitude}</ele><time>{point.at.isoformat()}Z</time></trkpt>\n"
        for point in track
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Balise" xmlns="{_NAMESPACE}">\n'
        f"{landmarks}  <trk><name>Sortie</name><trkseg>\n{points}  </trkseg></trk>\n</gpx>\n"
    )
