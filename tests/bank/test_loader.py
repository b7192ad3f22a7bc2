"""The bank is read whole, or refused with every problem it has."""

import re

import pytest

from portal.bank.loader import BankError, load_bank
from portal.domain.referential import Kind


def challenges(bank):
    return {challenge.id: challenge for _, challenge in bank.every_challenge()}


def refused(written):
    with pytest.raises(BankError) as refusal:
        load_bank(written())
    return [str(problem) for problem in refusal.value.problems]


# Those of test_new_kinds.py.
LATER = {Kind.ORDERING, Kind.MATCHING, Kind.HOTSPOT, Kind.SIMULATOR}


def test_every_kind_of_question_is_read(written):
    read = challenges(load_bank(written()))

    assert {one.kind for one in read.values()} == set(Kind) - LATER
    assert read["dossiers-1a"].entries[0].options == ("Photos", "Musique", "Notes")
    assert read["dossiers-1b"].entries[0].solutions == ("exposé", "mon exposé")
    assert read["dossiers-1c"].entries[0].is_number
    assert read["dossiers-4a"].entries[1].is_number
    assert [entry.label for entry in read["dossiers-4b"].entries] == ["Premier parent", "Second parent"]
    assert read["dossiers-4b"].groups[0] == ("archives", "les archives")
    assert [one.right for one in read["dossiers-4d"].proposals] == [True, False, False, True]


def test_the_source_of_a_fact_is_kept(written, tube):
    tube["skills"][0]["challenges"][0]["source"] = {"text": "Notice du collège", "read_on": "2026-11-23"}

    source = challenges(load_bank(written()))["dossiers-1a"].source

    assert (source.text, source.read_on.isoformat()) == ("Notice du collège", "2026-11-23")


def test_an_unknown_key_is_refused_with_its_place(written, tube):
    tube["skills"][1]["challenges"][0]["instrution"] = "…"

    problem = refused(written)[0]

    assert re.fullmatch(
        r"sujets/1\.1/dossiers\.yaml, ligne \d+, question dossiers-4a : instrution : cette clé n’existe pas ici.*",
        problem,
    )


def test_a_file_that_is_not_yaml_is_refused(written, files):
    files["parcours/thematique/autre.yaml"] = "id: [1"

    problem = refused(written)[0]

    assert problem.startswith("parcours/thematique/autre.yaml, ligne 2 : ce n’est pas du YAML")


def test_all_problems_are_told_at_once(written, tube, pathway):
    skills = tube["skills"]
    skills[1]["id"] = "dossiers-1"
    skills[1]["challenges"][0]["id"] = "dossiers-1a"
    pathway["tubes"].append({"tube": "ailleurs", "maximum": 2})

    first, second, third = refused(written)
    assert re.search(r"dossiers\.yaml, ligne \d+ : un autre acquis s’appelle déjà « dossiers-1 »", first)
    assert re.search(r"dossiers\.yaml, ligne \d+ : une autre question s’appelle déjà « dossiers-1a »", second)
    assert re.search(r"ranger\.yaml, ligne \d+ : le sujet « ailleurs » n’existe pas", third)


@pytest.mark.parametrize(
    ("key", "change", "reason"),
    [
        ("dossiers-4c", {"proposals": [{"text": "a"}, {"text": "b"}, {"text": "c"}]}, "exactement une bonne"),
        ("dossiers-4d", {"proposals": [{"text": one, "right": True} for one in "abcd"]}, "et une mauvaise"),
        ("dossiers-4a", {"fields": [{"label": "a", "solutions": ["b"]}, {"label": "c"}]}, "« solutions »"),
        ("dossiers-4b", {"groups": [["a"], []]}, "aucun vide"),
        (
            "dossiers-1a",
            {"fields": [{"label": "a", "options": ["b", "c"], "solutions": ["d"]}]},
            "« d » n’est pas une option",
        ),
        (
            "dossiers-1a",
            {"fields": [{"label": "a", "options": ["b"], "solutions": ["b"]}]},
            "deux « options »",
        ),
    ],
)
def test_a_question_that_cannot_be_corrected_is_refused(written, tube, key, change, reason):
    for skill in tube["skills"]:
        for challenge in skill["challenges"]:
            if challenge["id"] == key:
                challenge |= change

    problem = refused(written)[0]

    assert reason in problem


def test_skills_out_of_order_are_refused(written, tube):
    tube["skills"].reverse()

    problem = refused(written)[0]

    assert "du plus bas niveau au plus haut" in problem


def test_the_digest_follows_the_texts(written, tube, files):
    first = load_bank(written()).digest
    assert load_bank(written()).digest == first

    files["tutoriels/1.1/dossiers.md"] += "\nUn mot de plus.\n"

    assert load_bank(written()).digest != first
