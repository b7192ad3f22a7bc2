"""Sensors, surveys, catalogues, prices and deadlines: what filtering and sorting would answer."""

from collections import Counter
from datetime import time
from decimal import Decimal
from statistics import mean

import pytest

from portal.material.catalogue import Catalogue
from portal.material.sensors import Sensors
from portal.material.survey import Survey
from tests.material.checking import body, check


def top(counts: Counter) -> object:
    (first, most), (_, next_most) = counts.most_common(2)
    assert most > next_most, "two are first"
    return first


ORDERS = {
    "air": [("Gymnase", "Salle 101"), ("CDI", "Salle 204")],
    "serre": [("Tomates", "Semis"), ("Fraises", "Orchidées")],
    "froid": [("Surgelés", "Laitages"), ("Laitages", "Légumes")],
    "bruit": [("Bibliothèque", "Escalier"), ("Escalier", "Réfectoire")],
}


def sensors(made, recipe):
    rows = body(made)
    inside = [row for row in rows if row[2] == made.values["lieu"]]
    threshold = Decimal(made.values["seuil"].replace(",", ".").replace("\u202f", ""))
    assert max(row[3] for row in rows) > max(row[3] for row in inside), "no need to look at the place"
    assert sum(row[3] > threshold for row in rows) > sum(row[3] > threshold for row in inside)
    assert all(row[0].weekday() < 5 and time(8) <= row[1] < time(18) for row in rows), (
        "at night, or on Sunday"
    )
    assert (
        list(Counter(row[4] for row in rows).values()).count(
            sum(row[4] == made.values["etat"] for row in rows)
        )
        == 1
    )
    # What is measured suits the place: a library is quieter than a canteen, frozen food colder than milk.
    means = {each: mean(row[3] for row in rows if row[2] == each) for each in {row[2] for row in rows}}
    assert all(means[low] < means[high] for low, high in ORDERS[recipe.context]), means
    return {
        "compte_lieu": len(inside),
        "compte_etat": sum(row[4] == made.values["etat"] for row in rows),
        "compte_lieu_etat": sum(row[4] == made.values["etat"] for row in inside),
        "compte_lieu_seuil": sum(row[3] > threshold for row in inside),
        "maximum_lieu": max(row[3] for row in inside),
        "lieu_plus_alertes": top(Counter(row[2] for row in rows if row[4] != "OK")),
    }


@pytest.mark.parametrize(
    ("parameters", "seeds"),
    [
        ({"lines": 300}, 200),
        ({"context": "serre", "lines": 100}, 200),
        ({"format": "ods", "context": "froid", "lines": 200}, 100),
        ({"format": "xlsx", "context": "bruit", "lines": 200}, 100),
        ({"lines": 2000}, 10),
    ],
)
def test_readings_are_filtered_and_counted(parameters, seeds):
    check(Sensors(**parameters), sensors, set(), seeds)


def survey(made, recipe):
    rows = body(made)
    choice, group = made.values["choix"], made.values["groupe"]
    inside = Counter(row[2] for row in rows if row[1] == group)
    counts = Counter(row[2] for row in rows)
    assert len(set(counts.values())) == len(counts), "another choice has the same count"
    groups = Counter(row[1] for row in rows)
    assert len(set(groups.values())) == len(groups), "another group has the same size"
    assert list(inside.values()).count(inside[choice]) == 1
    assert inside[choice] / sum(inside.values()) != counts[choice] / len(rows), "no need to look at the group"
    return {
        "compte": counts[choice],
        "pourcentage": Decimal(100 * counts[choice]) / len(rows),
        "compte_groupe": inside[choice],
        "effectif_groupe": sum(inside.values()),
        "favori": top(counts),
        "favori_groupe": top(inside),
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "cantine", "lines": 80},
        {"format": "xlsx", "context": "club", "lines": 125},
        {"context": "lecture", "lines": 250},
        {"context": "stage", "lines": 200},
    ],
)
def test_answers_are_counted_and_shared_out(parameters):
    check(Survey(**parameters), survey, set())


def catalogue(made, recipe):
    rows = body(made)
    # Two stable sorts, the second criterion first: what a spreadsheet does.
    ordered = sorted(sorted(rows, key=lambda row: row[2], reverse=recipe.descending), key=lambda row: row[1])
    found = ordered[int(made.values["rang"]) - 1]
    group = [row for row in ordered if row[1] == made.values["groupe"]]
    assert len({row[2] for row in rows}) == len({row[0] for row in rows}) == len(rows)
    assert found != rows[int(made.values["rang"]) - 1]
    sizes = Counter(row[1] for row in rows).values()
    assert len(set(sizes)) == len(sizes), "another group has the same count"
    return {
        "element": found[0],
        "nombre": found[2],
        "premier_groupe": group[0][0],
        "compte_groupe": len(group),
    }


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"format": "csv", "context": "jeux", "descending": True},
        {"format": "xlsx", "context": "plantes", "lines": 40},
        {"context": "materiel", "lines": 20},
    ],
)
def test_a_catalogue_is_sorted_on_two_criteria(parameters):
    check(Catalogue(**parameters), catalogue, set())
