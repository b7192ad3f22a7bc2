"""Damaged tables, timetables, open data and logs: what a reader of the raw text would answer."""

import csv
import json
import re
from codecs import BOM_UTF8
from collections import Counter
from datetime import datetime, time
from decimal import Decimal

import pytest

from portal.domain.marking import matches
from portal.material.damaged import Damaged
from portal.material.log import Log
from portal.material.open_data import OpenData
from portal.material.recipe import dice_of
from portal.material.timetable import Timetable
from tests.material import readers
from tests.material.checking import check, read_day
from tests.material.test_lists import top


def damaged(made, recipe):
    separator = {"point-virgule": ";", "virgule": ",", "tabulation": "\t", "barre": "|"}[recipe.separator]
    if recipe.encoding == "mojibake":
        text = made.file.content.decode("utf-8").encode("cp1252").decode("utf-8")
        assert "Ã" in made.file.content.decode("utf-8")
    else:
        is_whole = recipe.encoding == "utf-8"
        assert made.file.content.startswith(BOM_UTF8) == is_whole, "a spreadsheet would garble its accents"
        text = made.file.content.decode("utf-8-sig" if is_whole else recipe.encoding)
    titles, *rows = csv.reader(text.splitlines(), delimiter=separator)
    assert {len(row) for row in rows} == {len(titles)} == {6}
    line = next(row for row in rows if row[0] == made.values["code"])
    assert not line[1].isascii(), "nothing is damaged in this name"
    return {
        "commune": line[1],
        "participants": int(line[3]),
        "subvention": Decimal(line[4].replace(",", ".")),
        "total_participants": sum(int(row[3]) for row in rows),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac-roman", "mojibake"])
@pytest.mark.parametrize("separator", ["point-virgule", "virgule", "tabulation", "barre"])
def test_the_real_value_is_read_behind_the_damage(separator, encoding):
    check(Damaged(separator=separator, encoding=encoding), damaged, {"subvention"})


def test_a_file_in_another_encoding_is_not_utf_8():
    for encoding in ("cp1252", "mac-roman"):
        made = Damaged(encoding=encoding).make(dice_of("one"))
        with pytest.raises(UnicodeDecodeError):
            made.file.content.decode("utf-8")


def timetable(made, recipe):
    tables = readers.sheets(made.file.name, made.file.content)
    assert len(tables) == (2 if recipe.connection else 1)
    minutes = [
        {
            row[0]: [60 * at.hour + at.minute if isinstance(at, time) else None for at in row[1:]]
            for row in table[1:]
        }
        for table in tables
    ]
    after = int(re.sub(r"\D+", " ", made.values["heure"]).split()[0]) * 60 + int(made.values["heure"][-2:])
    start, end = made.values["depart"], made.values["arrivee"]
    first = minutes[0]
    found = []
    for bus, leave in enumerate(first[start]):
        there = first["Gare" if recipe.connection else end][bus]
        if recipe.connection and there is not None:
            ready = there + int(made.values["correspondance"])
            caught = [
                minutes[1][end][other]
                for other, go in enumerate(minutes[1]["Gare"])
                if go is not None and go >= ready and minutes[1][end][other] is not None
            ]
            there = min(caught, default=None)
        if leave is not None and there is not None:
            found.append((leave, there))
    possible = [journey for journey in found if journey[0] >= after]
    best = min(possible, key=lambda journey: journey[1])
    if not recipe.connection:
        evening, last = max(each for each in first[start] if each is not None), max(found)[0]
        assert evening > last >= 17 * 60, "the last bus of the line is the answer, or it runs at noon"
    assert best == min(possible) and [journey[1] for journey in possible].count(best[1]) == 1
    return {
        "heure_depart": time(best[0] // 60, best[0] % 60),
        "heure_arrivee": time(best[1] // 60, best[1] % 60),
        "duree": best[1] - best[0],
        "dernier_depart": time(max(found)[0] // 60, max(found)[0] % 60),
    }


@pytest.mark.parametrize("connection", [False, True])
@pytest.mark.parametrize(("kind", "buses"), [("ods", 8), ("xlsx", 5), ("html", 12)])
def test_a_journey_is_read_in_the_timetable(kind, buses, connection):
    check(Timetable(format=kind, buses=buses, connection=connection), timetable, set())


def open_data(made, recipe):
    towns = json.loads(made.file.content)["communes"]
    town = next(each for each in towns if each["nom"] == made.values["commune"])
    (place,) = [each for each in town["equipements"] if each["type"] == made.values["equipement"]]
    seats = Counter()
    for each in towns:
        seats[each["nom"]] = sum(one["capacite"]["places"] for one in each["equipements"])
    everything = [one for each in towns for one in each["equipements"]]
    assert len(towns) == len(seats) == recipe.towns
    assert town not in (towns[0], towns[-1]) and len(town["equipements"]) >= 5, "found without a search"
    assert top(seats) != towns[0]["nom"]
    return {
        "places": place["capacite"]["places"],
        "telephone": place["contact"]["telephone"],
        "fermeture": place["horaires"]["jour_de_fermeture"],
        "total_places": seats[town["nom"]],
        "compte_accessibles": sum(one["acces"]["fauteuil"] for one in everything),
        "compte_equipements": len(everything),
        "commune_max": top(seats),
    }


@pytest.mark.parametrize("parameters", [{}, {"towns": 4}, {"towns": 15, "indented": False}])
def test_open_data_holds_the_value_asked_for(parameters):
    check(OpenData(**parameters), open_data, {"telephone"})


def log(made, recipe):
    pattern = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[([A-Z]+)\] (\S+) : (.+)")
    found = [pattern.fullmatch(line).groups() for line in made.file.content.decode("utf-8").splitlines()]
    rows = [(datetime.fromisoformat(at), *rest) for at, *rest in found]
    assert rows == sorted(rows, key=lambda row: row[0]) and len(rows) == recipe.lines
    failed = [row for row in rows if row[1] == "ECHEC"]
    asked_day = read_day(made.values["jour"])
    assert {row[0].date().weekday() for row in rows} <= set(range(5))
    assert sum("ECHEC" in row[3] for row in rows if row[1] != "ECHEC"), "nothing misleads"
    return {
        "echecs": len(failed),
        "echecs_jour": sum(row[0].date() == asked_day for row in failed),
        "echecs_machine": sum(row[2] == made.values["machine"] for row in failed),
        "premiere_heure": min(
            row[0] for row in failed if row[2] == made.values["machine"] and row[0].date() == asked_day
        ).time(),
        "machine_max": top(Counter(row[2] for row in failed)),
    }


@pytest.mark.parametrize(("lines", "seeds"), [(200, 200), (80, 200), (2000, 20)])
def test_a_log_is_searched(lines, seeds):
    check(Log(lines=lines), log, {"premiere_heure"}, seeds)


def test_a_garbled_name_is_refused_as_typed():
    assert not matches("ChÃ¢teauvert", ("Châteauvert",), ("t1",))
    assert matches("chateauvert", ("Châteauvert",), ("t1",))
