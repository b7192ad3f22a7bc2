"""Files are at their place."""

import yaml

from tests.bank.small import assert_only


def test_the_word_of_another_platform_is_found(problems, tube):
    tube["description"] = "Un sujet de " + "P" + "ix et de pixels."

    assert_only(problems(), "dossiers.yaml", "marque")


def test_an_unknown_competence_and_a_misplaced_file_are_found(problems, tube):
    tube["competence"] = "1.2"

    found = problems()

    assert any("sujets/1.2/dossiers.yaml" in one and "manque" in one for one in found)
    assert any("compétence 1.2" in one for one in found)
    assert any("tutoriels/1.2/dossiers.md" in one for one in found)


def test_a_file_whose_name_is_not_its_identifier_is_found(problems, files):
    files["parcours/thematique/copie.yaml"] = yaml.safe_dump(
        {
            "id": "ranger",
            "title": "Copie",
            "category": "thematique",
            "description": "Une copie oubliée.",
            "learned": [],
            "grades": [],
            "tubes": [{"tube": "dossiers", "maximum": 4}],
            "stages": [{"threshold": 0, "title": "Départ", "message": "Prenez votre temps."}],
        }
    )

    assert_only(problems(), "parcours/thematique/copie.yaml", "son identifiant n’est pas son nom")
