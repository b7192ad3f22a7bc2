"""What the bank covers, beside what is asked, with the names of what is missing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from portal.bank.coverage import Line, coverage
from portal.bank.loader import load_bank
from portal.domain.referential import Kind
from portal.material.library import RECIPES
from portal.material.simulators.library import SIMULATORS
from portal.settings import CONTENT
from tests.bank.small import NB

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module")
def lines():
    """The lines of the good bank, by section and name."""
    return {section: {one.name: one for one in lines} for section, lines in coverage(load_bank(GOOD)).items()}


def test_subjects_are_counted_by_competence(lines):
    found = lines["Sujets"]

    assert (found["sujets"].there, found["sujets"].asked, found["sujets"].is_met) == (3, 4, False)
    assert found["1.3 Traiter des données"].is_met
    assert found["compétences"].there == found["compétences"].asked == 3
    assert found["sujets aux niveaux 1 et 4"].there == 1


def test_a_competence_without_a_subject_is_named():
    bank = replace(load_bank(GOOD), pathways={})
    del bank.tubes["messages"]

    line = coverage(bank)["Sujets"][0]

    assert line.missing == ("4.1 Sécuriser l’environnement numérique",)


def test_themes_are_counted(lines):
    assert not lines["Thèmes"][f"thème «{NB}ia{NB}» dans 4.1"].is_met


def test_the_levels_that_lack_skills_are_named(lines):
    found = lines["Acquis"]

    assert found[f"1.2{NB}: niveaux d’au moins 1 acquis"].missing == ("niveau 5 (0 sur 1)",)
    assert found["acquis de niveau 7"].there == 0
    assert found["acquis"].is_met


def test_questions_are_counted_by_what_they_ask(lines):
    found = lines["Questions"]

    assert found["questions"].there == 15
    assert found["questions où l’on fait (doing)"].there == 60
    assert found["choix uniques et multiples"].there == 20 and found["choix uniques et multiples"].is_met
    assert found["questions avec un fichier pour chaque élève"].there == 2
    assert not found["questions dans un simulateur"].is_met


def test_every_kind_generator_and_simulator_has_its_uses(lines):
    found = lines["Emplois de chaque sorte, générateur et simulateur"]

    assert len(found) == len(Kind) + len(RECIPES) + len(SIMULATORS)
    assert (
        found["générateur : depenses".replace(" :", f"{NB}:")].there,
        found[f"simulateur{NB}: mailbox"].there,
    ) == (2, 1)


def test_a_section_of_too_many_levels_is_told():
    bank = load_bank(GOOD)
    bank.tutorials["depenses"] = "# Titre\n\n## Niveaux 3 à 5\n\nTexte."
    del bank.tutorials["messages"]

    found = coverage(bank)["Tutoriels"]

    assert found[0].missing == ("messages",)
    assert found[1].missing == ("depenses", "messages")


def test_missing_pathways_and_missing_subjects_are_named(lines):
    assert "3e (Parcours de rentrée 3e)" in lines["Parcours"]["parcours"].missing
    assert lines["Parcours"]["parcours"].there == 4, "those of the three competences are made by the bank"
    content = lines["Contenu des parcours"][f"5e{NB}: Parcours de rentrée 5e"]
    assert (content.there, content.asked, content.missing) == (2, 3, (f"1.2{NB}: 1 jusqu’au niveau 3",))


def test_the_rules_of_pathways_are_measured(lines):
    found = lines["Règles des parcours"]

    assert found[f"5e{NB}: sujets possibles au téléphone"].there == 50
    assert found[f"4e{NB}: compétences"].is_met
    assert found[f"5e puis 4e{NB}: sujets communs"].is_met
    assert not [name for name in found if "3e" in name]


def test_a_line_says_whether_it_is_met():
    assert Line("a", 2).is_met and Line("a", 2, 2).is_met and not Line("a", 1, 2).is_met
    assert Line("a", 2, 3, at_most=True).is_met and not Line("a", 4, 3, at_most=True).is_met
    assert str(Line("sujets", 1, 6, ("x",))).split() == [
        "✗",
        "sujets",
        "1",
        "sur",
        "6",
        "il",
        "manque",
        ":",
        "x",
    ]


def test_the_objectives_of_the_portal_name_all_the_pathways_once():
    objectives = load_bank(CONTENT).objectives

    names = [one.id for one in objectives.pathways]
    assert len(set(names)) == len(names) == 45
    cited = {*objectives.sizes.pathways, *objectives.phones.pathways, *sum(objectives.following.years, ())}
    assert cited <= set(names)


def test_the_command_prints_every_section_and_json(app):
    run = app.test_cli_runner()

    printed = run.invoke(args=["contenu", "couverture"])
    assert printed.exit_code == 0 and "Sujets\n" in printed.output and "à atteindre." in printed.output

    content = json.loads(run.invoke(args=["contenu", "couverture", "--json"]).output)
    assert content["Parcours"][0]["asked"] == 61
    lacking = json.loads(run.invoke(args=["contenu", "couverture", "--json", "--manques"]).output)
    assert not [line for lines in lacking.values() for line in lines if line["met"]]
