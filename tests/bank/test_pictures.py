"""A question may say what its picture is made of: read, refused with the line, checked, versioned."""

import json
from copy import deepcopy

import pytest
import yaml

from portal.bank import checks
from portal.bank.loader import BankError, load_bank
from portal.persistence import mapping
from portal.services.bank import version_of
from tests.bank.test_new_kinds import MAILBOX, TEXTS
from tests.material.simulators.scenes import FOLDER

WINDOW = {"window": {"title": "Documents", "files": [{"name": "exposé.odt"}, {"name": "photo.jpg"}]}}
QUESTION = {
    **TEXTS,
    "instruction": "Recopiez le nom de l’image que montre la fenêtre de Lina.",
    "kind": "text",
    "doing": True,
    "picture": [WINDOW],
    "solutions": ["photo.jpg"],
    "treatments": ["t1"],
}
PLACES = {
    **TEXTS,
    "instruction": "Montrez où Lina doit cliquer pour fermer cette fenêtre.",
    "kind": "hotspot",
    "doing": True,
    "picture": [WINDOW],
    "places": [
        {"text": "la croix", "part": "window.close", "right": True},
        {"text": "le titre", "part": "window.title"},
    ],
}
OWN = {
    **TEXTS,
    "kind": "number",
    "material": {"generator": "depenses"},
    "answer": "total_categorie",
    "picture": [{"message": {"from": "Inès", "text": "Combien pour {categorie}\u00a0?"}}],
}


@pytest.fixture
def ask(tube, written):
    """Put a question in the bank in the place of the last; read it."""

    def ask(question):
        last = tube["skills"][1]["challenges"][-1]
        tube["skills"][1]["challenges"][-1] = {"id": last["id"], **deepcopy(question)}
        return load_bank(written()).challenges["dossiers-4"][-1]

    return ask


def refused(ask, question):
    with pytest.raises(BankError) as refusal:
        ask(question)
    return [str(problem) for problem in refusal.value.problems]


def test_the_alternative_is_made_from_the_parts(ask):
    media = ask(QUESTION).media
    assert media.parts == (WINDOW,) and media.file == ""
    assert media.alternative == (
        "Fenêtre «\u00a0Documents\u00a0». Contenu\u00a0: «\u00a0exposé.odt\u00a0»\u00a0; «\u00a0photo.jpg\u00a0»."
    )


def test_the_author_s_alternative_replaces_it(ask):
    assert ask(QUESTION | {"alternative": "Une fenêtre et deux fichiers."}).media.alternative == (
        "Une fenêtre et deux fichiers."
    )


@pytest.mark.parametrize("question", [QUESTION, PLACES, OWN], ids=["picture", "places", "own"])
def test_a_question_is_stored_whole(ask, question):
    read = ask(question)
    again = mapping.challenge_from_json(json.loads(mapping.canonical(mapping.challenge_to_json(read))))
    assert version_of(again) == version_of(read) and again.media == read.media


def test_the_version_changes_with_the_picture(ask):
    other = deepcopy(QUESTION)
    # What no sentence of the alternative says.
    other["picture"][0]["window"]["id"] = "fenetre"
    first, second = ask(QUESTION), ask(other)
    assert first.media.alternative == second.media.alternative
    assert version_of(first) != version_of(second)


def test_an_error_in_a_part_says_its_line(ask, tube, written):
    spoilt = deepcopy(QUESTION)
    spoilt["picture"][0]["window"]["files"][1]["taille"] = "2 Mo"
    problem = refused(ask, spoilt)[0]

    where, _, rest = problem.partition(", question dossiers-4d : ")
    line = int(where.rpartition(" ")[2])
    text = (written() / "sujets/1.1/dossiers.yaml").read_text("utf-8").splitlines()[line - 1]
    assert where.startswith("sujets/1.1/dossiers.yaml, ligne ") and "taille" in text
    assert "picture > 1 > window > files > 2 > taille" in rest


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"picture": [{"window": {"title": "Un nom " * 12}}]}, "ne tient pas sur sa ligne"),
        ({"picture": [{"fenetre": {}}]}, "« fenetre » n’est pas une partie"),
        ({"picture": []}, "il faut au moins une partie"),
        (
            {"media": {"file": "a.svg", "alternative": "Une fenêtre."}},
            "« media » ou « picture », pas les deux",
        ),
        ({"picture": None, "alternative": "Une fenêtre ouverte."}, "« alternative » va avec « picture »"),
        ({"picture": [{"text": {"text": "Le {mois}"}}]}, "« {mois} » dans « picture » va avec « material »"),
    ],
)
def test_a_wrong_picture_is_refused(ask, change, reason):
    assert any(reason in problem for problem in refused(ask, QUESTION | change))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ({"text": "le menu", "part": "window.menu"}, "window.menu n’est pas parmi window.title"),
        ({"text": "le menu", "zone": [0, 0, 10, 10]}, "sans « zone »"),
    ],
)
def test_a_place_that_the_picture_has_not_is_refused(ask, place, reason):
    assert any(reason in one for one in refused(ask, PLACES | {"places": [*PLACES["places"], place]}))


def test_a_part_needs_a_picture(ask):
    media = {"file": "dossiers-1a.svg", "alternative": "Une fenêtre ouverte."}
    question = {key: value for key, value in PLACES.items() if key != "picture"}
    assert any(
        "« places » va avec" in one for one in refused(ask, question | {"media": media, "size": [640, 200]})
    )


def problems_of(written):
    return [str(problem) for problem in checks.problems(load_bank(written()), written())]


def test_the_checks_like_a_good_picture(ask, written):
    ask(QUESTION)
    assert problems_of(written) == []


def test_the_words_of_a_picture_are_checked_but_not_its_code(ask, written):
    parts = [{"message": {"text": "Arrête !"}}, {"code": {"lines": ['print("oui !")']}}]
    ask(QUESTION | {"picture": parts})
    (problem,) = [one for one in problems_of(written) if "exclamation" in one]
    assert "Arrête" in problem
    ask(QUESTION | {"picture": parts[1:]})
    assert problems_of(written) == []


def test_what_a_generator_draws_must_fit(ask, written):
    ask(OWN)
    assert not [one for one in problems_of(written) if "picture" in one]
    ask(OWN | {"picture": [{"window": {"title": "{categorie}" + " et la suite" * 5}}]})
    assert any("picture > 1 > window : " in one and "ne tient pas" in one for one in problems_of(written))
    ask(OWN | {"picture": [{"message": {"text": "Combien pour {inconnu}\u00a0?"}}]})
    assert any("« inconnu » n’est pas donné" in one for one in problems_of(written))


def test_two_questions_with_the_same_picture_and_words_are_told(ask, tube, written):
    twin = deepcopy(QUESTION) | {
        "id": "dossiers-4z",
        "instruction": "Quel est le nom de l’image que montre la fenêtre de Lina\u00a0?",
    }
    ask(QUESTION)
    tube["skills"][1]["challenges"].append(twin)
    assert any("ce ne sont pas deux questions" in one for one in problems_of(written))


def with_scenario(files, picture):
    scenario = yaml.safe_load((FOLDER / "mailbox" / "colis-en-attente.yaml").read_text("utf-8"))
    files["scenarios/mailbox/colis.yaml"] = yaml.safe_dump(
        scenario | {"id": "colis", "picture": picture}, allow_unicode=True
    )


def test_a_scenario_may_show_a_picture(ask, files):
    with_scenario(files, [WINDOW])
    assert "Documents" in ask(MAILBOX).media.alternative


def test_a_wrong_picture_in_a_scenario_is_refused_with_its_line(ask, files):
    with_scenario(files, [{"window": {"titre": "Documents"}}])
    assert any("colis.yaml, ligne" in one and "0 > window > titre" in one for one in refused(ask, MAILBOX))


def test_a_program_keeps_its_margins(ask):
    lines = ["répéter 3 fois", "    avancer", "tourner"]

    read = ask({**QUESTION, "picture": [{"code": {"lines": lines}}]})

    assert read.media.parts[0]["code"]["lines"] == lines
