"""Catalogues to sort on two criteria."""

import random
from collections import Counter
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw
from portal.material.french import number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import CATALOGUES
from portal.material.writers.table import Format, Sheet, table_file

Entry = tuple[str, str, int]


class Catalogue(Recipe):
    """The pupil sorts a catalogue on one criterion then another and reads who comes at a given place."""

    generator: Literal["catalogue"] = "catalogue"
    format: Format = "ods"
    context: Literal["mediatheque", "jeux", "plantes", "materiel"] = "mediatheque"
    lines: int = Field(default=28, ge=20, le=40)
    descending: bool = False

    def make(self, dice: random.Random) -> Made:
        """Give the catalogue; `rang` counts from the first line under the titles, the second criterion goes down
        with `descending`."""
        stem, titles, groups, *_ = CATALOGUES[self.context]
        rows = redraw(lambda: self._draw(dice), lambda drawn: _is_clear(drawn, len(groups)))
        way = -1 if self.descending else 1
        ordered = sorted(rows, key=lambda row: (row[1], way * row[2]))
        missed = _missed(rows, way)
        places = [place for place, row in enumerate(ordered) if row not in [each[place] for each in missed]]
        if not places:
            return self.make(dice)
        place, group = dice.choice(places), dice.choice(groups)
        # In the group first, then anywhere: the lines of the file as they come.
        same = sorted(rows, key=lambda row: row[1] != group)
        mistakes = [each[place] for each in missed]
        found = ordered[place]
        head = next(row for row in ordered if row[1] == group)
        count = sum(row[1] == group for row in rows)
        return Made(
            table_file(stem, self.format, Sheet("Catalogue", titles, rows)),
            values={
                "rang": str(place + 1),
                "critere1": titles[1],
                "critere2": titles[2],
                "nom": titles[0],
                "groupe": group,
                "lignes": str(len(rows)),
            },
            answers={
                "element": (found[0],),
                "nombre": number_answer(found[2]),
                "premier_groupe": (head[0],),
                "compte_groupe": number_answer(count),
            },
            wrong={
                "element": wrong_texts(found[0], [row[0] for row in mistakes]),
                "nombre": wrong_numbers(found[2], [row[2] for row in mistakes]),
                "premier_groupe": wrong_texts(head[0], [row[0] for row in same]),
                "compte_groupe": wrong_numbers(count, Counter(row[1] for row in rows).values()),
            },
        )

    def _draw(self, dice: random.Random) -> list[Entry]:
        _, _, groups, (low, high), names = CATALOGUES[self.context]
        numbers = dice.sample(range(low, high), self.lines)
        return [
            (name, dice.choice(groups), number)
            for name, number in zip(dice.sample(names, self.lines), numbers, strict=True)
        ]


def _missed(rows: list[Entry], way: int) -> list[list[Entry]]:
    """Sort as those who miss something do: one criterion alone, the second the other way, nothing at all."""
    return [
        sorted(rows, key=lambda row: row[1]),
        sorted(rows, key=lambda row: way * row[2]),
        sorted(rows, key=lambda row: (row[1], -way * row[2])),
        rows,
    ]


def _is_clear(rows: list[Entry], groups: int) -> bool:
    counts = Counter(row[1] for row in rows)
    # As many lines in two groups, and the wrong one would be counted right.
    return len(counts) == len(set(counts.values())) == groups and min(counts.values()) >= 2
