"""Price lists of several shops, with discounts."""

import random
from decimal import Decimal
from typing import Literal

from pydantic import Field

from portal.material.draws import redraw
from portal.material.french import cents, number_answer, wrong_numbers, wrong_texts
from portal.material.recipe import Made, Recipe
from portal.material.tables_words import PRICED
from portal.material.writers.table import Format, Sheet, table_file

TITLES = ("Article", "Boutique", "Prix affiché (€)", "Remise (%)")
Offer = tuple[str, str, Decimal, int]
# The price shown in cents, a multiple of 20, and a discount, a multiple of 5: what is paid is whole cents.
STEP = 20
Draft = tuple[int, int]


class Prices(Recipe):
    """The pupil works out prices after discount and tells which shop is the cheapest."""

    generator: Literal["prix"] = "prix"
    format: Format = "ods"
    context: Literal["rentree", "voyage", "club-velo", "cuisine"] = "rentree"
    articles: int = Field(default=5, ge=1, le=8)
    shops: int = Field(default=4, ge=3, le=6)

    def make(self, dice: random.Random) -> Made:
        """Give the list; `article`, `boutique` and `quantite` are those asked about."""
        stem, names, ranges = PRICED[self.context]
        chosen = dice.sample(list(ranges), self.articles)
        shops = dice.sample(names, self.shops)
        rows = [row for name in chosen for row in _offers(name, ranges[name], shops, dice)]
        dice.shuffle(rows)
        article, quantity = dice.choice(chosen), dice.randint(3, 12)
        offers = {row[1]: row for row in rows if row[0] == article}
        final = {shop: _after(row) for shop, row in offers.items()}
        by_final = sorted(final, key=lambda shop: final[shop])
        shop = dice.choice([each for each in shops if offers[each][3]])
        price, shown, discount = final[shop], offers[shop][2], offers[shop][3]
        lowest = min(offers, key=lambda each: offers[each][2])
        largest = max(offers, key=lambda each: offers[each][3])
        best = final[by_final[0]]
        return Made(
            table_file(stem, self.format, Sheet("Prix", TITLES, rows)),
            values={
                "article": article,
                "boutique": shop,
                "quantite": str(quantity),
                "lignes": str(len(rows)),
            },
            answers={
                "prix_final": number_answer(price),
                "cout": number_answer(price * quantity),
                "economie": number_answer(shown - price),
                "boutique_moins_chere": (by_final[0],),
                "prix_moins_cher": number_answer(best),
            },
            wrong={
                "prix_final": wrong_numbers(price, [shown, abs(shown - discount), shown - price]),
                "cout": wrong_numbers(
                    price * quantity, [shown * quantity, price, shown * quantity - discount]
                ),
                "economie": wrong_numbers(shown - price, [Decimal(discount), price]),
                "boutique_moins_chere": wrong_texts(by_final[0], [lowest, largest, *by_final]),
                "prix_moins_cher": wrong_numbers(
                    best, [offers[lowest][2], final[by_final[1]], final[largest]]
                ),
            },
        )


def _offers(name: str, between: tuple[int, int], shops: list[str], dice: random.Random) -> list[Offer]:
    """Draw offers where the lowest price shown is not the lowest price paid, near one another."""
    low, high = (bound // STEP for bound in between)
    # Room for six different prices, even for rubber patches.
    spread = max(8, (high - low) // 3)

    def draw() -> list[Draft]:
        base = dice.randint(low, high - spread)
        return [
            (STEP * (base + dice.randint(0, spread)), 5 * dice.choice((0, 1, 2, 3, 4, 5, 6, 8)))
            for _ in shops
        ]

    drafts = redraw(draw, _is_clear)
    return [(name, shop, cents(shown), off) for shop, (shown, off) in zip(shops, drafts, strict=True)]


def _after(offer: Offer) -> Decimal:
    return (offer[2] * (100 - offer[3]) / 100).quantize(Decimal("0.01"))


def _is_clear(drafts: list[Draft]) -> bool:
    shown, off = [draft[0] for draft in drafts], [draft[1] for draft in drafts]
    paid = [price * (100 - rate) // 100 for price, rate in drafts]
    best = paid.index(min(paid))
    return (
        len(set(paid)) == len(set(shown)) == len(drafts)
        and shown.index(min(shown)) != best
        and off.count(max(off)) == 1
        and off.index(max(off)) != best
    )
