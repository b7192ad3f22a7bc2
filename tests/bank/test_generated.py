"""A parcours for each competence, made of what the bank holds."""

import pytest
import yaml

from portal.bank import checks
from portal.bank.loader import BankError, load_bank
from portal.domain.pathway import Category


def test_a_competence_with_a_subject_has_its_parcours(written):
    made = load_bank(written()).pathways["c-1-1"]

    assert made.title == "Progresser en 1.1\u00a0– Gérer des fichiers"
    assert (made.category, made.grades, made.prerequisites) == (Category.COMPETENCE, (), ())
    assert made.tubes == (("dossiers", 5),)
    assert made.learned == ("Trouver et ranger ses fichiers.",)


def test_a_competence_without_subject_has_none(written, files):
    areas = yaml.safe_load(files["referentiel.yaml"])
    areas["areas"][0]["competences"].append({"id": "1.2", "title": "Autre chose"})
    files["referentiel.yaml"] = yaml.safe_dump(areas)

    assert set(load_bank(written()).pathways) == {"ranger", "c-1-1"}


def test_a_new_subject_joins_at_once(written, tube, files):
    other = yaml.safe_load(yaml.safe_dump(tube).replace("dossiers", "chemins"))
    files["sujets/1.1/chemins.yaml"] = yaml.safe_dump(other)

    assert [name for name, _ in load_bank(written()).pathways["c-1-1"].tubes] == ["chemins", "dossiers"]


def test_a_subject_that_begins_above_its_levels_stays_out(written, tube, pathway):
    tube["skills"] = tube["skills"][1:]
    tube["skills"][0]["level"] = pathway["tubes"][0]["maximum"] = 6

    assert "c-1-1" not in load_bank(written()).pathways


def test_its_name_is_nobody_else_s(written, pathway):
    pathway["id"] = "c-5-2"

    with pytest.raises(BankError, match="fait par la banque"):
        load_bank(written())


def test_nobody_writes_one_by_hand(written, pathway):
    pathway["category"] = "competence"

    with pytest.raises(BankError, match=r"ranger\.yaml, ligne \d+ : category"):
        load_bank(written())


def test_it_has_no_file_and_asks_nothing_of_the_sentences(written, tube, pathway):
    # Nobody asks for the second skill but the parcours of the competence: its sentences are read as if nobody did.
    pathway["tubes"][0]["maximum"] = 1
    tube["skills"][1]["challenges"][2]["explanation"] = " ".join(["mot"] * 25) + "."
    folder = written()

    found = checks.problems(load_bank(folder), folder)

    assert len(found) == 1 and "phrase de 25 mots" in str(found[0])
