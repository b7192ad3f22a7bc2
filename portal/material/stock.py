"""Inventories: quantities, prices, what is worth most and what to order again."""

import random
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw
from portal.material.french import cents, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import STOCKS
from portal.material.writers.table import Format, Sheet, table_file

TITLES = ("Référence", "Article", "Quantité", "Prix unitaire (€)", "Seuil de commande")
Item = tuple[str, str, int, Decimal, int]


class Stock(Recipe):
    """The pupil opens an inventory and multiplies quantities by prices or finds what must be ordered."""

    generator: Literal["stock"] = "stock"
    format: Format = "ods"
    context: Literal["cdi", "cantine", "atelier", "infirmerie", "jardinerie"] = "cdi"
    lines: int = Field(default=12, ge=6, le=14)
    # With « une », one article is missing; with « plusieurs », two to five, to be counted.
    shortages: Literal["une", "plusieurs"] = "plusieurs"

    def make(self, dice: random.Random) -> Made:
        """Give the inventory; `article` is the one asked about; what is under its threshold must be ordered."""
        stem, _ = STOCKS[self.context]
        rows = redraw(lambda: self._draw(dice), _is_clear)
        asked = dice.choice(rows)
        worth = {row[1]: row[2] * row[3] for row in rows}
        total, top = sum(worth.values(), Decimal(0)), max(worth, key=lambda name: worth[name])
        missing = sorted(rows, key=lambda row: row[2] - row[4])
        short = sum(row[2] < row[4] for row in rows)
        few = sorted(rows, key=lambda row: row[2])
        dear = sorted(rows, key=lambda row: -row[3])
        pieces = sum(row[2] for row in rows)
        answers = {
            "valeur_totale": number_answer(total),
            "valeur_article": number_answer(worth[asked[1]]),
            "quantite_article": number_answer(asked[2]),
            "prix_article": number_answer(asked[3]),
            "article_valeur_max": (top,),
            "article_a_commander": (missing[0][1],),
            "compte_a_commander": number_answer(short),
            "pieces": number_answer(pieces),
        }
        prices = sum((row[3] for row in rows), Decimal(0))
        wrong = {
            "valeur_totale": wrong_numbers(total, [prices, total - worth[rows[-1][1]], worth[top]]),
            "valeur_article": wrong_numbers(
                worth[asked[1]], [asked[3], asked[3] + asked[2], asked[3] * asked[4]]
            ),
            "quantite_article": wrong_numbers(asked[2], [asked[4], *(row[2] for row in rows)]),
            "prix_article": wrong_numbers(asked[3], [worth[asked[1]], *(row[3] for row in rows)]),
            "article_valeur_max": wrong_texts(top, [dear[0][1], few[-1][1], dear[1][1], few[-2][1]]),
            "article_a_commander": wrong_texts(missing[0][1], [few[0][1], few[1][1], dear[0][1], few[-1][1]]),
            "compte_a_commander": wrong_numbers(short, [short + 1, len(rows) - short]),
            "pieces": wrong_numbers(pieces, [len(rows), sum(row[4] for row in rows)]),
        }
        if self.shortages == "une":
            # The same for every pupil: not a question.
            del answers["compte_a_commander"], wrong["compte_a_commander"]
        file = table_file(stem, self.format, Sheet("Stock", TITLES, rows))
        values = {"article": asked[1], "reference": asked[0], "lignes": str(len(rows))}
        return Made(file, values, answers, wrong)

    def _draw(self, dice: random.Random) -> list[Item]:
        prices = STOCKS[self.context][1]
        names = dice.sample(list(prices), self.lines)
        references = sorted(dice.sample(range(1000, 10000), self.lines))
        short = set(dice.sample(names, 1 if self.shortages == "une" else dice.randint(2, 5)))
        rows = []
        for reference, name in zip(references, names, strict=True):
            quantity, gap = dice.randint(4, 90), dice.randint(1, 25)
            threshold = quantity + gap if name in short else max(1, quantity - gap)
            rows.append((f"R{reference}", name, quantity, cents(dice.randint(*prices[name])), threshold))
        return rows


def _is_clear(rows: list[Item]) -> bool:
    worth = [row[2] * row[3] for row in rows]
    gaps = [row[4] - row[2] for row in rows]
    tops = [max(rows, key=lambda row: row[2]), max(rows, key=lambda row: row[3])]
    dearest = rows[worth.index(max(worth))]
    # Neither the largest quantity nor the highest price gives the greatest worth, nor the smallest the shortage.
    least = min(row[2] for row in rows)
    lacking = rows[gaps.index(max(gaps))]
    return (
        worth.count(max(worth)) == gaps.count(max(gaps)) == 1 and dearest not in tops and lacking[2] > least
    )
