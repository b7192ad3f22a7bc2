"""A page for each subject, links that stay inside."""

import pytest

from tests.bank.small import TUTORIAL, assert_only, challenge


def test_a_missing_tutorial_is_found(problems, files):
    files["tutoriels/1.1/autre.md"] = files.pop("tutoriels/1.1/dossiers.md")

    found = problems()

    assert any("tutoriels/1.1/dossiers.md" in one and "manque" in one for one in found)
    assert any("autre.md" in one and "aucun sujet" in one for one in found)


def test_a_skill_whose_section_does_not_exist_is_found(problems, tube):
    tube["skills"][0]["tutorial"] = "niveaux-5-et-6"

    assert_only(problems(), "acquis dossiers-1", "niveaux-5-et-6")


def test_the_title_of_the_page_is_not_a_section(problems, tube):
    tube["skills"][0]["tutorial"] = "ranger-ses-fichiers"

    assert_only(problems(), "acquis dossiers-1")


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        ("(#niveaux-3-et-4)", "(https://a.example)", "sort du portail"),
        ("(#niveaux-3-et-4)", "(//a.example)", "sort du portail"),
        ("(#niveaux-3-et-4)", "(#niveau-9)", "ne mène à aucun titre"),
        ("[plus bas](#niveaux-3-et-4)", "<https://a.example>", "sort du portail"),
        ("![Deux dossiers, puis trois fichiers]", "![]", "texte de remplacement"),
        ("# Ranger ses fichiers\n", "Ranger ses fichiers\n", "premier rang"),
    ],
)
def test_a_defect_of_a_page_is_found(problems, files, good, bad, what):
    files["tutoriels/1.1/dossiers.md"] = TUTORIAL.replace(good, bad, 1)

    assert_only(problems(), "tutoriels/1.1/dossiers.md", what)


def test_a_page_that_shows_a_missing_picture_is_found(problems, files):
    files["tutoriels/1.1/dossiers.md"] += "\n![Une flèche](medias/rien.svg)\n"

    assert_only(problems(), "rien.svg", "n’est pas dans medias/")


def test_a_link_or_a_picture_in_a_question_is_found(problems, tube):
    challenge(tube, "dossiers-4c")["explanation"] = (
        "Lisez [la page](https://a.example) ou ![l’image](a.svg) seule."
    )

    found = problems()

    assert any("dossiers-4c" in one and "sort du portail" in one for one in found)
    assert any("dossiers-4c" in one and "« media »" in one for one in found)
