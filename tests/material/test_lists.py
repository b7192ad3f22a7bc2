"""Sensors, surveys, catalogues, prices and deadlines: what filtering and sorting would answer."""

from collections import Counter
from decimal import Decimal

import pytest

from portal.material.catalogue import Catalogue
from portal.material.sensors import Sensors
from portal.material.survey import Survey
from tests.material.checking import body, check


def top(counts: Counter) -> object:
    (first, most), (_, next_most) = counts.most_common(2)
    assert most > next_most, "two are first"
    return first


def sensors(made, recipe):
    rows = body(made)
    inside = [row for row in rows if row[2] == made.values["lieu"]]
    threshold = Decimal(made.values["seuil"].replace(",", ".").replace("\u202f", ""))
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
