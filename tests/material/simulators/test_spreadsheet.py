"""The spreadsheet: what each gesture does, what is refused, the facts."""

import random

import pytest
from pydantic import ValidationError

from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Step, take
from tests.material.simulators.scenes import after

CONTENT = {
    "id": "essai",
    "simulator": "spreadsheet",
    "title": "Essai",
    "instruction": "Essayez.",
    "columns": 4,
    "rows": 8,
    "table": [
        ["Ville", "Nom", "Âge", "Double"],
        ["Lyon", "Zoé", "12", "=C2*2"],
        ["Nice", "Ali", "9", "=C3*2"],
        ["Lyon", "Mia", "15", "=C4*2"],
        ["", "", "", ""],
        ["Total", "", "=SOMME(C2:C4)"],
    ],
    "trial": {"C2": "20"},
    "success": [{"fact": "A1.valeur", "equals": "x"}],
    "solution": [{"do": "saisir", "cellule": "A1", "texte": "x"}],
    "mistakes": [[{"do": "choisir", "cellule": "A1"}]],
}
SORT = {"do": "trier", "colonne": "C", "ordre": "croissant", "entete": "oui", "etendue": "tableau"}
TYPE = {"do": "saisir", "cellule": "B8", "texte": "x"}


def sheet(**changes):
    return scenario_of({**CONTENT, **changes}, random.Random("1"))


def facts(*steps):
    return sheet().facts(after(sheet(), *steps))


def column(found, letter):
    return [found[f"{letter}{row}.valeur"] for row in range(1, 7)]


def test_values_formulas_and_trials_are_facts():
    found = facts()
    assert (found["D2.valeur"], found["D2.formule"], found["D2.essai"]) == ("24", "=C2*2", "40")
    assert (found["C6.valeur"], found["C6.essai"], found["A2.formule"], found["active"]) == (
        "36",
        "44",
        "",
        "A1",
    )


def test_a_formula_typed_is_kept_in_capitals_and_a_price_gets_its_format():
    found = facts(
        {**TYPE, "texte": " =somme( c2:c4 ) "},
        {**TYPE, "cellule": "B7", "texte": "1 250,5 €"},
        {**TYPE, "cellule": "a7", "texte": "12,5 %"},
    )
    assert (found["B8.formule"], found["B8.valeur"], found["active"]) == ("=SOMME(C2:C4)", "36", "A7")
    assert (found["B7.affiche"], found["B7.format"]) == ("1\u202f250,50\u00a0€", "euro")
    assert (found["A7.affiche"], found["A7.decimales"]) == ("12,5\u00a0%", 1)


def test_what_is_wrong_in_a_formula_is_said():
    for text, word in (("=(1", "parenthèse"), ("=1/0", "#DIV/0!"), ("", "vide"), ("=1", "vaut 1")):
        assert word in after(sheet(), {**TYPE, "texte": text})["said"]


def test_a_copy_fills_down_or_right():
    found = facts(
        {"do": "recopier", "cellule": "A2", "jusqu": "A4"}, {"do": "recopier", "cellule": "C6", "jusqu": "D6"}
    )
    assert column(found, "A") == ["Ville", "Lyon", "Lyon", "Lyon", "", "Total"]
    assert found["D6.formule"] == "=SOMME(D2:D4)"


def test_rows_are_sorted_whole_with_their_formulas_and_the_total_stays():
    found = facts(SORT)
    assert column(found, "B")[1:4] == ["Ali", "Zoé", "Mia"]
    assert found["D2.formule"] == "=C2*2" and found["D2.valeur"] == "18"
    assert found["C6.valeur"] == "36"
    assert (found["tri"], found["tri.entete"], found["tri.etendue"]) == ("C croissant", True, "tableau")


def test_sorting_one_column_breaks_the_rows_and_sorting_without_header_moves_it():
    found = facts({**SORT, "etendue": "colonne"})
    assert column(found, "B")[1:4] == ["Zoé", "Ali", "Mia"] and column(found, "C")[1:4] == ["9", "12", "15"]
    assert facts({**SORT, "entete": "non"})["C4.valeur"] == "Âge"
    assert column(facts({**SORT, "ordre": "decroissant"}), "C")[1:4] == ["15", "12", "9"]


def test_a_filter_hides_rows_and_can_be_taken_away():
    filtered = {"do": "filtrer", "filtre": "A=Lyon"}
    assert (facts()["lignes"], facts(filtered)["lignes"], facts(filtered)["filtre"]) == (3, 2, "A=Lyon")
    assert facts(filtered, {"do": "defiltrer"})["lignes"] == 3
    assert [row for row, _ in sheet().screen(after(sheet(), filtered)).rows] == [1, 2, 4, 5, 6, 7, 8]


def test_an_inserted_row_moves_cells_and_formulas():
    found = facts({"do": "inserer", "ligne": "3"})
    assert (found["A3.valeur"], found["A4.valeur"], found["D4.formule"]) == ("", "Nice", "=C4*2")
    assert (found["C7.formule"], found["C7.valeur"]) == ("=SOMME(C2:C5)", "36")


def test_a_format_changes_what_is_shown_not_the_value():
    found = facts({"do": "format", "plage": "C2:C4", "format": "nombre", "decimales": "2"})
    assert (found["C3.affiche"], found["C3.valeur"], found["C3.format"]) == ("9,00", "9", "nombre")


@pytest.mark.parametrize(
    "step",
    [
        {"do": "choisir", "cellule": "E1"},
        {"do": "choisir", "cellule": "A9"},
        {"do": "choisir", "cellule": ""},
        {"do": "choisir"},
        {"do": "choisir", "cellule": ["A1"]},
        {"do": "choisir", "cellule": 1},
        {**TYPE, "texte": "x" * 301},
        {**TYPE, "texte": "x" * 3000},
        {**TYPE, "texte": "a\nb"},
        {**TYPE, "cellule": "A1:A2"},
        {"do": "recopier", "cellule": "B2", "jusqu": "B1"},
        {"do": "recopier", "cellule": "B2", "jusqu": "B2"},
        {**SORT, "colonne": "Z"},
        {**SORT, "colonne": ""},
        {**SORT, "ordre": "au hasard"},
        {**SORT, "entete": "1"},
        {**SORT, "etendue": "page"},
        {"do": "filtrer", "filtre": "A"},
        {"do": "filtrer", "filtre": "A=Paris"},
        {"do": "filtrer", "filtre": "=Lyon"},
        {"do": "format", "plage": "A1", "format": "hexa", "decimales": "2"},
        {"do": "format", "plage": "A1", "format": "nombre", "decimales": "99"},
        {"do": "format", "plage": "B2:A1", "format": "nombre", "decimales": "2"},
        {"do": "inserer", "ligne": "0"},
        {"do": "inserer", "ligne": "9"},
        {"do": "inserer", "ligne": "x"},
        {"do": "recommencer"},
    ],
)
def test_a_gesture_that_makes_no_sense_is_refused(step):
    with pytest.raises(Refused):
        take(sheet(), sheet().begin(), Step.model_validate(step))


def test_a_sheet_that_calculates_too_much_is_refused():
    heavy = {**TYPE, "cellule": "A7", "texte": "=" + "+".join(["SOMME($A$1:$L$40)"] * 15)}
    state = after(sheet(), heavy)
    with pytest.raises(Refused, match="trop de calculs"):
        take(sheet(), state, Step(do="recopier", cellule="A7", jusqu="D8"))


def test_a_sheet_never_grows_past_40_rows():
    scenario = sheet(rows=40)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step(do="inserer", ligne="2"))


@pytest.mark.parametrize(
    "changes",
    [{"rows": 3}, {"columns": 2}, {"rows": 41}, {"columns": 13}, {"table": []}, {"trial": {"Z9": "1"}}],
)
def test_a_scenario_that_does_not_fit_is_refused(changes):
    with pytest.raises(ValidationError):
        sheet(**changes)
