"""Expenses, marks, readings and stocks: what a spreadsheet would answer."""

from collections import defaultdict
from decimal import Decimal

import pytest

from portal.material.marks import Marks
from portal.material.spending import Spending
from portal.material.stock import Stock
from portal.material.weather import Weather
from tests.material.checking import body, check


def spending(made, recipe):
    by_category = defaultdict(list)
    for _, _, category, amount in body(made):
        by_category[category].append(amount)
    asked = by_category[made.values["categorie"]]
    totals = {category: sum(amounts) for category, amounts in by_category.items()}
    assert sorted(totals.values())[-1] > sorted(totals.values())[-2]
    return {
        "total": sum(totals.values()),
        "total_categorie": sum(asked),
        "compte_categorie": len(asked),
        "moyenne_categorie": round(sum(asked) / len(asked) + Decimal("0.000001"), 2),
        "categorie_max": max(totals, key=totals.get),
        "montant_max": max(amount for amounts in by_category.values() for amount in amounts),
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "cantine", "lines": 120},
        {"format": "xlsx", "context": "ferme", "lines": 30},
        {"context": "cdi", "lines": 12},
        {"format": "csv", "context": "voyage-scolaire"},
        {"context": "club-theatre"},
    ],
)
def test_expenses_are_added_counted_and_compared(parameters):
    check(Spending(**parameters), spending, {"total", "total_categorie"})


def marks(made, recipe):
    rows = body(made)
    best = max(rows, key=lambda row: row[3])
    pupil = next(row for row in rows if f"{row[1]} {row[0]}" == made.values["eleve"])
    threshold = Decimal(made.values["seuil"].replace(",", ".").replace("\u202f", ""))
    average = sum(row[3] for row in rows) / len(rows)
    assert average == round(average, 2), "the mean would have to be rounded"
    assert len(rows) == recipe.lines
    above = [row[3] for row in rows if row[3] >= pupil[3]]
    assert len(set(above)) == len(above) >= 3, "a tie at the top makes two ranks possible"
    shown = [str(row[3]) for row in rows]
    has_halves = recipe.context in {"classe", "echecs", "chorale"}
    assert has_halves or all(each.isdigit() for each in shown), "decimals for nothing"
    return {
        "moyenne": average,
        "maximum": best[3],
        "meilleur": best[1],
        "rang": 1 + sum(row[3] > pupil[3] for row in rows),
        "compte_seuil": sum(row[3] >= threshold for row in rows),
        "compte_groupe": sum(row[2] == made.values["groupe"] for row in rows),
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "athletisme"},
        {"format": "xlsx", "context": "echecs", "lines": 20},
        {"context": "natation", "lines": 30},
        {"context": "chorale", "lines": 12},
        {"context": "robotique", "lines": 8},
    ],
)
def test_results_are_averaged_and_ranked(parameters):
    check(Marks(**parameters), marks, set())


def weather(made, recipe):
    rows = body(made)
    hottest, coldest = max(rows, key=lambda row: row[2]), min(rows, key=lambda row: row[1])
    assert sum(row[2] == hottest[2] for row in rows) == sum(row[1] == coldest[1] for row in rows) == 1
    average = sum(row[2] for row in rows) / len(rows)
    assert average == round(average, 1)
    return {
        "temperature_max": hottest[2],
        "date_max": hottest[0],
        "temperature_min": coldest[1],
        "date_min": coldest[0],
        "pluie_totale": sum(row[3] for row in rows),
        "jours_pluie": sum(row[3] > 0 for row in rows),
        "jours_gel": sum(row[1] < 0 for row in rows),
        "moyenne_max": average,
    }


@pytest.mark.parametrize(
    "parameters",
    [{}, {"days": 20}, {"days": 330}, {"format": "ods", "with_gaps": True}, {"format": "xlsx", "days": 30}],
)
def test_readings_give_extremes_dates_and_counts(parameters):
    seeds = 60 if parameters.get("days") == 330 else 200
    check(Weather(**parameters), weather, {"pluie_totale"}, seeds)


DEARER = {
    "cdi": [("Marqueur pour tableau", "Agrafeuse"), ("Cahier grand format", "Casque audio")],
    "cantine": [("Semoule fine", "Riz en sac"), ("Concentré de tomate", "Chocolat en poudre")],
    "atelier": [("Papier de verre", "Serre-joint"), ("Pile bouton", "Contreplaqué")],
    "infirmerie": [("Sérum physiologique", "Thermomètre"), ("Pansements", "Attelle")],
    "jardinerie": [("Arrosoir", "Brouette"), ("Graines de radis", "Sécateur")],
}


def stock(made, recipe):
    rows = body(made)
    worth = {row[1]: row[2] * row[3] for row in rows}
    (asked,) = [row for row in rows if row[1] == made.values["article"]]
    assert asked[0] == made.values["reference"]
    assert asked[2] != asked[4], "the wrong column would be right"
    lacking = {row[1]: row[4] - row[2] for row in rows}
    assert sorted(worth.values())[-1] > sorted(worth.values())[-2]
    assert sorted(lacking.values())[-1] > sorted(lacking.values())[-2]
    short = sum(each > 0 for each in lacking.values())
    price = {row[1]: row[3] for row in rows}
    for cheap, dear in DEARER[recipe.context]:
        assert cheap not in price or dear not in price or price[cheap] < price[dear], (
            f"{cheap}: {price[cheap]}"
        )
    found = {
        "valeur_totale": sum(worth.values()),
        "valeur_article": worth[made.values["article"]],
        "quantite_article": asked[2],
        "prix_article": asked[3],
        "article_valeur_max": max(worth, key=worth.get),
        "article_a_commander": max(lacking, key=lacking.get),
        "pieces": sum(row[2] for row in rows),
    }
    if recipe.shortages == "une":
        assert short == 1
        return found
    assert 2 <= short <= 5
    return {**found, "compte_a_commander": short}


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "cantine", "lines": 6},
        {"format": "xlsx", "context": "atelier", "shortages": "une"},
        {"context": "infirmerie", "lines": 14},
        {"context": "jardinerie"},
    ],
)
def test_stocks_are_worth_quantity_times_price(parameters):
    check(Stock(**parameters), stock, {"valeur_totale", "valeur_article"})
