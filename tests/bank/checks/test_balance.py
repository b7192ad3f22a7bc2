"""Enough variants, no repeats, and nothing to win by guessing."""

import copy

import pytest

from tests.bank.small import NB, TUTORIAL, assert_only, challenge


def test_two_variants_are_not_enough_at_guided_levels(problems, tube, files):
    del tube["skills"][0]["challenges"][2]
    del files["medias/dossiers-1c.svg"]

    assert_only(problems(), "acquis dossiers-1", "2 questions, 3 au moins")


def test_two_variants_are_enough_above(problems, tube):
    del tube["skills"][1]["challenges"][2:]

    assert problems() == []


def test_the_same_instruction_with_another_name_is_found(problems, tube):
    challenge(tube, "dossiers-4c")["instruction"] = "Recopiez le nom du gros documents."

    assert_only(problems(), "question dossiers-4c", "celle de dossiers-1b")


def test_a_paraphrase_is_found(problems, tube):
    one, other = challenge(tube, "dossiers-1b"), challenge(tube, "dossiers-1c")
    twin = copy.deepcopy(one) | {
        "id": "dossiers-1c",
        "instruction": "Du gros document, recopiez donc le nom.",
    }
    twin["media"]["file"] = other["media"]["file"]
    other.clear()
    other.update(twin)

    assert_only(problems(), "question dossiers-1c", "même solution", "que dossiers-1b")

    other["solutions"] = ["brouillon"]
    assert problems() == []


def test_too_many_choices_and_too_little_doing_are_found(problems, tube, files):
    tube["skills"][1]["challenges"] = tube["skills"][1]["challenges"][2:]
    for key in ("dossiers-1b", "dossiers-1c"):
        one = challenge(tube, key)
        del one["doing"], one["media"]
    files |= {"tutoriels/1.1/dossiers.md": TUTORIAL}
    for name in ("1b", "1c", "4a", "4b"):
        del files[f"medias/dossiers-{name}.svg"]

    found = problems()

    assert any(f"40{NB}% de choix" in one for one in found)
    assert any(f"20{NB}% de questions où l’on fait" in one for one in found)


def many_lists(tube, right, options):
    """Give one question six drop-down lists, and as many to each of its variants."""
    for key in ("dossiers-1a", "dossiers-1b", "dossiers-1c"):
        one = challenge(tube, key)
        for name in ("solutions", "solution", "fields"):
            one.pop(name, None)
        one["kind"] = "select"
        one["fields"] = [
            {"label": f"Rang {rank}", "options": options(rank), "solutions": [options(rank)[right(rank)]]}
            for rank in range(6)
        ]


def test_a_right_answer_too_often_the_longest_is_found(problems, tube):
    many_lists(
        tube,
        lambda rank: rank % 3,
        lambda rank: ["été" + "é" * 5 * (at == rank % 3) + str(at) for at in range(3)],
    )

    assert any(
        "dans toute la banque" in one and "la plus longue dans 18 listes sur 20" in one for one in problems()
    )


@pytest.mark.parametrize(("place", "word"), [(0, "première"), (1, "deuxième"), (2, "dernière")])
def test_a_right_answer_too_often_at_the_same_place_is_found(problems, tube, place, word):
    many_lists(tube, lambda _: place, lambda rank: ["lundi", "mardi", "jeudi"])

    assert any("dans toute la banque" in one and f"la {word} dans 1" in one for one in problems())
