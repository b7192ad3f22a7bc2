"""Solutions pass their own correction, wrong answers fail."""

import pytest

from portal.bank import checks
from tests.bank.small import assert_only, challenge


def test_a_solution_that_its_own_treatments_empty_is_found(problems, tube):
    challenge(tube, "dossiers-1b")["solutions"] += ["?!"]

    assert_only(problems(), "question dossiers-1b", "« ?! »", "ne passe pas")


def test_a_number_that_cannot_be_read_is_found(problems, tube):
    challenge(tube, "dossiers-4a")["fields"][1]["solutions"] = ["3", "trois"]

    found = problems()

    assert found
    assert all("dossiers-4a" in one and "ne passe pas" in one for one in found)


def test_a_proposal_written_twice_is_found(problems, tube):
    challenge(tube, "dossiers-4c")["proposals"][3]["text"] = "le vent  se leve."

    assert_only(problems(), "dossiers-4c", "écrite deux fois")


def test_an_option_written_twice_is_found(problems, tube):
    challenge(tube, "dossiers-1a")["fields"][0]["options"].append("photos")

    assert_only(problems(), "dossiers-1a", "l’option « photos »")


def test_every_wrong_choice_is_tried(problems, monkeypatch):
    monkeypatch.setattr("portal.bank.checks.answers.mark", lambda *_: checks.answers.Outcome.OK)

    found = problems()

    for key in ("dossiers-1a", "dossiers-1c", "dossiers-4a", "dossiers-4b", "dossiers-4c", "dossiers-4d"):
        assert any(key in one for one in found), key


def test_every_right_choice_is_tried(problems, monkeypatch):
    monkeypatch.setattr("portal.bank.checks.answers.mark", lambda *_: checks.answers.Outcome.KO)

    found = problems()

    for key in ("1a", "1b", "1c", "4a", "4b", "4c", "4d"):
        assert any(f"dossiers-{key}" in one and "pas" in one for one in found), key


def test_tolerance_that_accepts_the_answer_of_another_field_is_found(problems, tube):
    challenge(tube, "dossiers-4a")["fields"][1] = {
        "label": "Rang",
        "solutions": ["Document"],
        "treatments": ["t1"],
    }

    assert_only(problems(), "dossiers-4a", "« Document »", "« Racine »", "retirez t3")


def test_two_fields_may_have_the_same_solution(problems, tube):
    challenge(tube, "dossiers-4a")["fields"][1] = {"label": "Rang", "solutions": ["documents"]}

    assert problems() == []


@pytest.mark.parametrize("solution", ["salle 12", "ville.example", "nora@ecole"])
def test_tolerance_on_a_code_or_an_address_is_found(problems, tube, solution):
    one = challenge(tube, "dossiers-1b")
    one["solutions"] = [solution]

    assert_only(problems(), "dossiers-1b", solution, "retirez t3")

    one["treatments"] = ["t1", "t2"]
    assert problems() == []


def test_groups_that_take_each_other_s_spelling_are_found(problems, tube):
    challenge(tube, "dossiers-4b")["groups"][1] = ["archive"]

    assert any("dossiers-4b" in one and "se confondent" in one for one in problems())
