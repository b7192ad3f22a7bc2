"""Prices and deadlines: what a careful reader of the list would compute."""

from datetime import timedelta

import pytest

from portal.material.deadlines import Deadlines
from portal.material.prices import Prices
from portal.material.school_days import is_open
from portal.material.tables_words import PRICED, TASKS
from tests.material.checking import DAYS, body, check, read_day

DEARER = {
    "rentree": [("Trousse", "Sac à dos"), ("Classeur", "Calculatrice")],
    "voyage": [("Gourde", "Tente deux places"), ("Poncho", "Duvet")],
    "club-velo": [("Rustines", "Casque"), ("Sonnette", "Antivol")],
    "cuisine": [("Spatule", "Balance"), ("Fouet", "Balance")],
}


def prices(made, recipe):
    rows = [(*row, row[2] - row[2] * row[3] / 100) for row in body(made)]
    offers = {row[1]: row for row in rows if row[0] == made.values["article"]}
    _, _, shown, _, paid = offers[made.values["boutique"]]
    ordered = sorted(offers.values(), key=lambda row: row[4])
    assert ordered[0][4] < ordered[1][4] and ordered[0][2] > min(row[2] for row in ordered)
    assert paid == round(paid, 2)
    shown_for = {name: [row[2] for row in rows if row[0] == name] for name in {row[0] for row in rows}}
    for name, others in shown_for.items():
        low, high = PRICED[recipe.context][2][name]
        assert low <= 100 * min(others) and 100 * max(others) <= high, f"{name}: {others}"
    for cheap, dear in DEARER[recipe.context]:
        if {cheap, dear} <= set(shown_for):
            assert max(shown_for[cheap]) < min(shown_for[dear]), f"{cheap} dearer than {dear}"
    return {
        "prix_final": paid,
        "cout": paid * int(made.values["quantite"]),
        "economie": shown - paid,
        "boutique_moins_chere": ordered[0][1],
        "prix_moins_cher": ordered[0][4],
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "voyage", "shops": 3},
        {"format": "xlsx", "context": "club-velo", "articles": 1},
        {"context": "cuisine", "articles": 8, "shops": 6},
    ],
)
def test_the_cheapest_is_not_the_one_that_looks_so(parameters):
    check(Prices(**parameters), prices, {"cout"})


def deadlines(made, recipe):
    due = {row[0]: row[2] for row in body(made)}
    first, second = due[made.values["tache_a"]], due[made.values["tache_b"]]
    today = read_day(made.values["date"])
    coming = [name for name in sorted(due, key=due.get) if due[name] > today]
    assert first < second and today not in due.values() and len(set(due.values())) == len(due)
    done = [name for name in TASKS[recipe.context][1] if name in due]
    assert done == sorted(due, key=due.get) and len(done) == recipe.tasks, (
        "a task is due before what it needs"
    )
    later = first + timedelta(days=int(made.values["delai"]))
    assert later > today and all(map(is_open, (later, *due.values())))
    week = [first + timedelta(days=days) for days in range(1, 8)]
    return {
        "jours_entre": (second - first).days,
        "prochain_jour": next(each for each in week if DAYS[each.weekday()] == made.values["jour_semaine"]),
        "date_apres_delai": later,
        "prochaine_tache": coming[0],
        "jour_tache": DAYS[first.weekday()],
        "compte_a_venir": len(coming),
        "responsable": next(row[1] for row in body(made) if row[0] == made.values["tache_a"]),
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "spectacle"},
        {"format": "xlsx", "context": "voyage", "tasks": 5},
        {"context": "journal", "tasks": 6},
    ],
)
def test_deadlines_are_counted_in_days(parameters):
    check(Deadlines(**parameters), deadlines, set())
