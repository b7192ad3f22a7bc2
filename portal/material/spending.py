"""Sheets of expenses by category."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import FIRST_DAY, redraw
from portal.material.french import cents, mean, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import SPENDING
from portal.material.writers.table import Format, Sheet, table_file

Expense = tuple[date, str, str, Decimal]
TITLES = ("Date", "Libellé", "Catégorie", "Montant (€)")


class Spending(Recipe):
    """The pupil opens a sheet of expenses and adds up, counts or compares its categories."""

    generator: Literal["depenses"] = "depenses"
    format: Format = "ods"
    context: Literal["association-sportive", "voyage-scolaire", "cantine", "cdi", "club-theatre", "ferme"] = (
        "association-sportive"
    )
    lines: int = Field(default=40, ge=12, le=400)

    def make(self, dice: random.Random) -> Made:
        """Give the sheet; `categorie` is the category asked about."""
        stem, labels = SPENDING[self.context]
        rows = redraw(lambda: self._draw(dice), lambda drawn: _is_clear(drawn, len(labels)))
        asked = dice.choice(list(labels))
        totals = _totals(rows)
        counts = Counter(row[2] for row in rows)
        amounts = {name: [row[3] for row in rows if row[2] == name] for name in labels}
        total, top = sum(totals.values(), Decimal(0)), max(totals, key=lambda name: totals[name])
        greatest = max(row[3] for row in rows)
        average = mean(amounts[asked])
        return Made(
            table_file(stem, self.format, Sheet("Dépenses", TITLES, rows)),
            values={"categorie": asked, "lignes": str(len(rows))},
            answers={
                "total": number_answer(total),
                "total_categorie": number_answer(totals[asked]),
                "compte_categorie": number_answer(counts[asked]),
                "moyenne_categorie": number_answer(average),
                "categorie_max": (top,),
                "montant_max": number_answer(greatest),
            },
            wrong={
                "total": wrong_numbers(total, [total - rows[-1][3], total - rows[0][3], totals[top]]),
                "total_categorie": wrong_numbers(totals[asked], [*totals.values(), total]),
                "compte_categorie": wrong_numbers(counts[asked], counts.values()),
                "moyenne_categorie": wrong_numbers(average, [mean(each) for each in amounts.values()]),
                "categorie_max": wrong_texts(top, labels),
                "montant_max": wrong_numbers(greatest, sorted((row[3] for row in rows), reverse=True)),
            },
        )

    def _draw(self, dice: random.Random) -> list[Expense]:
        labels = SPENDING[self.context][1]
        start = FIRST_DAY + timedelta(days=dice.randrange(30))
        days = sorted(start + timedelta(days=dice.randrange(150)) for _ in range(self.lines))
        rows = []
        for day in days:
            category = dice.choice(list(labels))
            rows.append((day, dice.choice(labels[category]), category, cents(dice.randint(180, 18990))))
        return rows


def _totals(rows: list[Expense]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row[2]] = totals.get(row[2], Decimal(0)) + row[3]
    return totals


def _is_clear(rows: list[Expense], categories: int) -> bool:
    totals, counts = _totals(rows), Counter(row[2] for row in rows)
    return len(set(totals.values())) == categories and min(counts.values()) >= 2
