"""Answers to a survey, one line a person."""

import random
from collections import Counter
from decimal import Decimal
from typing import Literal

from portal.material.draws import has_one_top, redraw
from portal.material.french import mean, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import SURVEYS
from portal.material.writers.table import Format, Sheet, table_file

Line = tuple[int, str, str]


class Survey(Recipe):
    """The pupil opens the answers to a survey and finds counts, percentages and the favourite of a group."""

    generator: Literal["sondage"] = "sondage"
    format: Format = "ods"
    context: Literal["trajet", "cantine", "club", "lecture", "stage"] = "trajet"
    # Numbers of people that make every percentage exact.
    lines: Literal[80, 100, 125, 200, 250, 400] = 100

    def make(self, dice: random.Random) -> Made:
        """Give the answers; `choix` and `groupe` are those asked about."""
        stem, question, choices, kind, groups = SURVEYS[self.context]
        rows = redraw(lambda: self._draw(dice), lambda drawn: _is_clear(drawn, choices, groups))
        choice, group = dice.choice(_pairs(rows, choices, groups))
        counts = Counter(row[2] for row in rows)
        inside = Counter(row[2] for row in rows if row[1] == group)
        share = _percent(counts[choice], len(rows))
        favourite, locally = counts.most_common(1)[0][0], inside.most_common(1)[0][0]
        size = sum(inside.values())
        return Made(
            table_file(stem, self.format, Sheet("Réponses", ("Numéro", kind, question), rows)),
            values={"choix": choice, "groupe": group, "question": question, "lignes": str(len(rows))},
            answers={
                "compte": number_answer(counts[choice]),
                "pourcentage": number_answer(share),
                "compte_groupe": number_answer(inside[choice]),
                "effectif_groupe": number_answer(size),
                "favori": (favourite,),
                "favori_groupe": (locally,),
            },
            wrong={
                "compte": wrong_numbers(counts[choice], [inside[choice], *counts.values()]),
                "pourcentage": wrong_numbers(
                    share,
                    [
                        _percent(inside[choice], size),
                        *(_percent(each, len(rows)) for each in counts.values()),
                    ],
                ),
                "compte_groupe": wrong_numbers(inside[choice], [counts[choice], *inside.values()]),
                "effectif_groupe": wrong_numbers(size, Counter(row[1] for row in rows).values()),
                "favori": wrong_texts(favourite, [locally, *choices]),
                "favori_groupe": wrong_texts(locally, [favourite, *choices]),
            },
        )

    def _draw(self, dice: random.Random) -> list[Line]:
        _, _, choices, _, groups = SURVEYS[self.context]
        weights = {group: [dice.randint(1, 6) for _ in choices] for group in groups}
        rows = []
        for line in range(1, self.lines + 1):
            group = dice.choice(groups)
            rows.append((line, group, dice.choices(choices, weights[group])[0]))
        return rows


def _percent(part: int, whole: int) -> Decimal:
    return mean([Decimal(100 * part) / whole], 2)


def _pairs(rows: list[Line], choices: tuple[str, ...], groups: tuple[str, ...]) -> list[tuple[str, str]]:
    """List the choices and groups that no other choice, nor the whole survey, answers in their place."""
    counts = Counter(row[2] for row in rows)
    found = []
    for group in groups:
        inside = Counter(row[2] for row in rows if row[1] == group)
        size = sum(inside.values())
        found += [
            (choice, group)
            for choice in choices
            if [inside[one] for one in choices].count(inside[choice]) == 1
            and counts[choice] > inside[choice] > 0
            and inside[choice] * len(rows) != counts[choice] * size
        ]
    return found


def _is_clear(rows: list[Line], choices: tuple[str, ...], groups: tuple[str, ...]) -> bool:
    counts = [
        Counter(row[2] for row in rows),
        *(Counter(row[2] for row in rows if row[1] == g) for g in groups),
    ]
    has_one_favourite = all(has_one_top(list(count.values())) for count in counts)
    sizes = {sum(count.values()) for count in counts[1:]}
    # Two choices chosen as often, and the wrong one would be counted right.
    are_apart = len(set(counts[0].values())) == len(choices) and len(sizes) == len(groups)
    return (
        has_one_favourite
        and are_apart
        and min(counts[0].values()) >= 3
        and bool(_pairs(rows, choices, groups))
    )
