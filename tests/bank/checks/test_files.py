"""Files are at their place."""

import pytest
import yaml

from portal.bank.loader import BankError
from tests.bank.small import assert_only


def test_the_word_of_another_platform_is_found(problems, tube):
    tube["description"] = "Un sujet de " + "P" + "ix et de pixels."

    assert_only(problems(), "dossiers.yaml", "marque")


def test_an_unknown_competence_is_found_and_nothing_that_follows_from_it(problems, tube):
    tube["competence"] = "1.2"

    assert_only(problems(), "sujets/1.1/dossiers.yaml", "compétence 1.2")


def test_a_file_whose_name_is_not_its_identifier_is_found(problems, files, pathway):
    files["parcours/thematique/copie.yaml"] = yaml.safe_dump({**pathway, "id": "oubliee"})

    assert_only(
        problems(), "parcours/thematique/copie.yaml", "ce fichier n’est pas à sa place", "oubliee.yaml"
    )


def test_a_copied_file_is_refused(problems, files, pathway):
    files["parcours/thematique/copie.yaml"] = yaml.safe_dump(pathway)

    with pytest.raises(
        BankError, match=r"copie.yaml, ligne \d+ : un autre parcours s’appelle déjà « ranger »"
    ):
        problems()
