"""Activity logs in plain text."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw, school_day
from portal.material.french import day, number_answer, time_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, MadeFile, Recipe
from portal.material.tables_words import MACHINES

Entry = tuple[datetime, str, str, str]
# The word of a failure also appears where nothing failed: searching it alone counts too much.
MESSAGES = {
    "INFO": (
        "connexion ouverte",
        "sauvegarde finie",
        "liste ECHEC consultée",
        "mise en veille",
        "connexion fermée",
    ),
    "ALERTE": ("disque presque plein", "réponse lente", "certificat bientôt périmé"),
    "ECHEC": ("connexion refusée", "fichier introuvable", "délai dépassé", "droits insuffisants"),
}


class Log(Recipe):
    """The pupil searches a log in plain text: how many failures, when the first one, on which machine."""

    generator: Literal["journal"] = "journal"
    lines: int = Field(default=200, ge=80, le=2000)

    def make(self, dice: random.Random) -> Made:
        """Give two days of log; `machine` and `jour` (the second day) are those asked about."""
        # The second day is a school day too.
        first_day = redraw(lambda: school_day(dice), lambda found: found.weekday() < 4)
        rows = redraw(lambda: self._draw(first_day, dice), _is_clear)
        second_day = first_day + timedelta(days=1)
        failed = [row for row in rows if row[1] == "ECHEC"]
        failing = [name for name in MACHINES if _fails_on(rows, name, second_day)]
        machine = dice.choice(failing)
        by_machine = Counter(row[2] for row in failed)
        worst = by_machine.most_common(1)[0][0]
        own = [row[0].time() for row in failed if row[2] == machine and row[0].date() == second_day]
        on_day = sum(row[0].date() == second_day for row in failed)
        named = sum(row[1] == "ECHEC" or "ECHEC" in row[3] for row in rows)
        talkative = [name for name, _ in Counter(row[2] for row in rows).most_common()]
        text = "".join(
            f"{at:%Y-%m-%d %H:%M:%S} [{kind}] {name} : {words}\n" for at, kind, name, words in rows
        )
        others = [row[0].time() for row in rows if row[2] == machine or row[1] == "ECHEC"]
        return Made(
            MadeFile("journal-activite.log", "text/plain", text.encode()),
            values={"machine": machine, "jour": day(second_day), "lignes": str(len(rows))},
            answers={
                "echecs": number_answer(len(failed)),
                "echecs_jour": number_answer(on_day),
                "echecs_machine": number_answer(by_machine[machine]),
                "premiere_heure": time_answer(own[0]),
                "machine_max": (worst,),
            },
            wrong={
                "echecs": wrong_numbers(
                    len(failed), [named, on_day, sum(row[1] == "ALERTE" for row in rows)]
                ),
                "echecs_jour": wrong_numbers(on_day, [len(failed), len(failed) - on_day]),
                "echecs_machine": wrong_numbers(by_machine[machine], by_machine.values()),
                "premiere_heure": wrong_texts(
                    time_answer(own[0])[0], [time_answer(at)[0] for at in [own[-1], *others]]
                ),
                "machine_max": wrong_texts(worst, talkative),
            },
        )

    def _draw(self, first_day: date, dice: random.Random) -> list[Entry]:
        start = datetime.combine(first_day, time(7))
        # Working hours of two days; never a whole minute, so that an hour is written one way.
        seconds = [
            86400 * dice.randrange(2) + 60 * dice.randrange(11 * 60) + dice.randint(1, 59)
            for _ in range(self.lines)
        ]
        weights = [dice.randint(1, 5) for _ in MACHINES]
        rows = []
        for second in sorted(seconds):
            kind = dice.choices(list(MESSAGES), (6, 2, 3))[0]
            name = dice.choices(MACHINES, weights)[0]
            rows.append((start + timedelta(seconds=second), kind, name, dice.choice(MESSAGES[kind])))
        return rows


def _is_clear(rows: list[Entry]) -> bool:
    failed = [row for row in rows if row[1] == "ECHEC"]
    counts = Counter(row[2] for row in failed)
    most = max(counts.values(), default=0)
    has_moments = len({row[0] for row in failed}) == len(failed)
    is_misleading = any("ECHEC" in row[3] for row in rows)
    return list(counts.values()).count(most) == 1 and has_moments and is_misleading


def _fails_on(rows: list[Entry], name: str, at_day: date) -> bool:
    return any(row[1] == "ECHEC" and row[2] == name and row[0].date() == at_day for row in rows)
