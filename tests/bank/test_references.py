"""What a file names in another is there, or the author is told the line."""

import pytest
import yaml

from portal.bank.loader import BankError, load_bank


def test_the_themes_of_a_subject_are_those_of_the_framework(written, tube, files):
    framework = yaml.safe_load(files["referentiel.yaml"])
    framework["topics"] = [{"id": "fichiers", "title": "Fichiers et dossiers"}]
    files["referentiel.yaml"] = yaml.safe_dump(framework)
    tube["topics"] = ["fichiers"]

    bank = load_bank(written())

    assert bank.tubes["dossiers"].topics == ("fichiers",)
    assert [one.title for one in bank.referential.topics] == ["Fichiers et dossiers"]


def test_an_unknown_theme_is_refused_with_its_line(written, tube):
    tube["topics"] = ["inconnu"]

    with pytest.raises(BankError, match=r"dossiers\.yaml, ligne \d+ : le thème « inconnu » n’est pas"):
        load_bank(written())
