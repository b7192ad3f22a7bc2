"""Marks of a class, results of a club."""

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw, settle
from portal.material.french import mean, number, number_answer, tenths, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import FIRST_NAMES, LAST_NAMES, MARKS
from portal.material.writers.table import Format, Sheet, table_file

Line = tuple[str, str, str, int | Decimal]


class Marks(Recipe):
    """The pupil opens a list of results and finds an average, the best, a rank or how many reach a mark."""

    generator: Literal["resultats"] = "resultats"
    format: Format = "ods"
    context: Literal["classe", "athletisme", "echecs", "natation", "chorale", "robotique"] = "classe"
    # With 25 results the mean has hundredths that cannot be guessed.
    lines: int = Field(default=25, ge=8, le=30)

    def make(self, dice: random.Random) -> Made:
        """Give the list; `eleve` is the one asked about, `seuil` a mark, `groupe` a group."""
        stem, groups, title, *_ = MARKS[self.context]
        rows = redraw(lambda: self._draw(dice), lambda drawn: {row[2] for row in drawn} == set(groups))
        marks = sorted((row[3] for row in rows), reverse=True)
        best = max(rows, key=lambda row: row[3])
        # Third at best, and nobody shares a mark above: a rank is then counted one way only.
        asked = marks[dice.randrange(2, _alone(marks))]
        one = next(row for row in rows if row[3] == asked)
        group, threshold = dice.choice(groups), marks[dice.randrange(len(marks) // 4, 3 * len(marks) // 4)]
        rank, reached = marks.index(one[3]) + 1, sum(mark >= threshold for mark in marks)
        inside = sum(row[2] == group for row in rows)
        average = mean(marks)
        near = sorted(rows, key=lambda row: row[3], reverse=True)[1:4]
        return Made(
            table_file(stem, self.format, Sheet("Résultats", ("Nom", "Prénom", "Groupe", title), rows)),
            values={
                "eleve": f"{one[1]} {one[0]}",
                "seuil": number(threshold).removesuffix(",0"),
                "groupe": group,
                "lignes": str(len(rows)),
            },
            answers={
                "moyenne": number_answer(average),
                "maximum": number_answer(marks[0]),
                "meilleur": (best[1], f"{best[1]} {best[0]}", f"{best[0]} {best[1]}"),
                "rang": number_answer(rank),
                "compte_seuil": number_answer(reached),
                "compte_groupe": number_answer(inside),
            },
            wrong={
                "moyenne": wrong_numbers(
                    average, [marks[len(marks) // 2], mean(marks[1:]), mean(marks[:-1])]
                ),
                "maximum": wrong_numbers(marks[0], [marks[1], rows[0][3], rows[-1][3]]),
                "meilleur": wrong_texts(best[1], [row[1] for row in near]),
                "rang": wrong_numbers(rank, [rows.index(one) + 1, rows.index(one) + 2, len(rows) + 1 - rank]),
                "compte_seuil": wrong_numbers(
                    reached, [sum(mark > threshold for mark in marks), len(rows) - reached]
                ),
                "compte_groupe": wrong_numbers(
                    inside, [sum(row[2] == each for row in rows) for each in groups]
                ),
            },
        )

    def _draw(self, dice: random.Random) -> list[Line]:
        _, groups, _, low, high, step = MARKS[self.context]
        lasts, firsts = dice.sample(LAST_NAMES, self.lines), dice.sample(FIRST_NAMES, self.lines)
        points = redraw(lambda: _points(dice, self.lines, low // step, high // step, step), _is_clear)
        return [
            (last, first, dice.choice(groups), _shown(point * step, step))
            for last, first, point in zip(sorted(lasts), firsts, points, strict=True)
        ]


def _points(dice: random.Random, lines: int, low: int, high: int, step: int) -> list[int]:
    """Draw steps whose mean in hundredths is a whole number."""
    points = [int(dice.triangular(low, high)) for _ in range(lines)]
    multiple = next(m for m in range(1, lines + 1) if m * step % lines == 0)
    settle(points, multiple, low, high, dice)
    return points


def _shown(units: int, step: int) -> int | Decimal:
    """Write hundredths as a marker does: whole points, or one decimal where halves are given."""
    return tenths(units // 10) if step % 100 else units // 100


def _alone(marks: Sequence[int | Decimal]) -> int:
    """Count the best marks, from the first one down, that nobody shares."""
    ordered = sorted(marks, reverse=True)
    return next((place for place, mark in enumerate(ordered) if ordered.count(mark) > 1), len(ordered))


def _is_clear(points: list[int]) -> bool:
    """Tell whether the first third of the ranking has no tie: the one asked about is there."""
    return _alone(points) >= max(4, len(points) // 3)
