"""Calendars of a week, in the format that every calendar program opens."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Literal

from pydantic import Field

from portal.material.draws import FIRST_DAY
from portal.material.french import (
    day,
    day_answer,
    number_answer,
    time_answer,
    wrong_numbers,
    wrong_texts,
)
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import MEETINGS, ROOMS

# Minutes since midnight: a working day.
OPENING, CLOSING = 8 * 60, 18 * 60
Meeting = tuple[date, int, int, str, str]


class Agenda(Recipe):
    """The pupil imports or reads a calendar and finds a free moment, a duration, the next meeting of a kind."""

    generator: Literal["agenda"] = "agenda"
    days: int = Field(default=5, ge=3, le=15)
    free_minutes: Literal[30, 45, 60, 90] = 60

    def make(self, dice: random.Random) -> Made:
        """Give the calendar; `jour` is a day, `reunion` a meeting of that day, `suivante` one that comes later."""
        while True:
            meetings = self._draw(dice)
            asked_day = meetings[dice.randrange(len(meetings) // 2)][0]
            today = [meeting for meeting in meetings if meeting[0] == asked_day]
            later = [meeting for meeting in meetings if meeting[0] > asked_day]
            start = _first_gap(today, self.free_minutes)
            if later and start is not None and _is_clear(today):
                break
        asked = dice.choice(today)
        wanted = dice.choice(later)[3]
        coming = next(meeting for meeting in later if meeting[3] == wanted)
        minutes = asked[2] - asked[1]
        per_day = Counter(meeting[0] for meeting in meetings)
        ends = [meeting[2] for meeting in today]
        return Made(
            MadeFile("agenda.ics", "text/calendar", _calendar(dice.sample(meetings, len(meetings))).encode()),
            values={
                "jour": day(asked_day),
                "reunion": asked[3],
                "suivante": coming[3],
                "minutes": str(self.free_minutes),
            },
            answers={
                "premier_creneau": time_answer(_time(start)),
                "duree": number_answer(minutes),
                "lieu": (asked[4],),
                "prochaine_date": day_answer(coming[0]),
                "prochaine_heure": time_answer(_time(coming[1])),
                "compte_jour": number_answer(len(today)),
            },
            wrong={
                "premier_creneau": _other_times(start, [*ends, *(meeting[1] for meeting in today), OPENING]),
                "duree": wrong_numbers(minutes, [*(m[2] - m[1] for m in today), 15, 60, 90]),
                "lieu": wrong_texts(asked[4], ROOMS),
                "prochaine_date": wrong_texts(
                    day_answer(coming[0])[0], [day_answer(each)[0] for each in reversed(per_day)]
                ),
                "prochaine_heure": _other_times(
                    coming[1], [coming[2], *(m[1] for m in later), *ends, CLOSING]
                ),
                "compte_jour": wrong_numbers(len(today), [len(meetings), *per_day.values()]),
            },
        )

    def _draw(self, dice: random.Random) -> list[Meeting]:
        """Draw the meetings in order; those of a day are all different and never overlap."""
        monday = FIRST_DAY + timedelta(weeks=dice.randrange(70))
        meetings = []
        for index in range(self.days):
            # From Monday to Friday.
            at_day = monday + timedelta(days=index % 5 + 7 * (index // 5))
            at = OPENING + 15 * dice.randrange(3)
            for name in dice.sample(MEETINGS, 6):
                end = at + 15 * dice.randint(2, 7)
                if end > CLOSING:
                    break
                meetings.append((at_day, at, end, name, dice.choice(ROOMS)))
                at = end + 15 * dice.randrange(7)
        return meetings


def _first_gap(today: list[Meeting], minutes: int) -> int | None:
    """Find when the first free moment long enough starts, in minutes since midnight; None after the last meeting."""
    at = OPENING
    for meeting in today:
        if meeting[1] - at >= minutes:
            return at
        at = meeting[2]
    return None


def _is_clear(today: list[Meeting]) -> bool:
    """Refuse a day with so few meetings that its free moment cannot be missed."""
    return len(today) >= 3


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _other_times(right: int, times: list[int]) -> tuple[str, ...]:
    return wrong_texts(time_answer(_time(right))[0], [time_answer(_time(each))[0] for each in times])


def _calendar(meetings: list[Meeting]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Balise//Agenda//FR", "CALSCALE:GREGORIAN"]
    for number, (at_day, start, end, name, room) in enumerate(meetings, 1):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number:03}-{at_day:%Y%m%d}@agenda.example",
            "DTSTAMP:20250101T080000Z",
            # Local times, without a time zone: eight o’clock is eight o’clock everywhere.
            f"DTSTART:{datetime.combine(at_day, _time(start)):%Y%m%dT%H%M%S}",
            f"DTEND:{datetime.combine(at_day, _time(end)):%Y%m%dT%H%M%S}",
            f"SUMMARY:{name}",
            f"LOCATION:{room}",
            "END:VEVENT",
        ]
    return "".join(f"{line}\r\n" for line in [*lines, "END:VCALENDAR"])
