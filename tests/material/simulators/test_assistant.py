"""A simulated assistant: what was sent, marked, opened, copied and credited."""

import json
import random

import pytest
from pydantic import ValidationError

from portal.material.simulators.assistant import MOST_QUESTIONS
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Standing, Step, judge, take
from tests.material.simulators.scenes import FOLDER, after, read, scene

PONT = FOLDER / "assistant" / "expose-sur-le-pont.yaml"
STAGE = FOLDER / "assistant" / "dates-du-stage.yaml"
PRECISE = {"do": "ecrire", "sujet": "precis", "moi": "niveau"}
ASK = {"do": "demander"}


def facts(*steps, path=PONT):
    scenario = scene(path)
    return scenario.facts(after(scenario, *steps))


def test_what_is_written_is_not_sent_yet():
    now = facts({"do": "ecrire", "moi": "complet"})
    assert (now["questions"], now["donnees"], now["question.moi"], now["reponse"]) == (0, 0, "", "")


def test_what_was_sent_once_stays_sent():
    now = facts({"do": "ecrire", "moi": "complet"}, ASK, PRECISE, ASK)
    assert (now["questions"], now["donnees"], now["envoyees"]) == (2, 1, ("moi.complet",))
    assert (now["question.moi"], now["reponse"]) == ("niveau", "utile")
    assert now["date.lue"] and now["general.lue"]


def test_personal_data_spoil_the_work_whatever_follows():
    scenario = scene(STAGE)
    steps = [
        {"do": "ecrire", "coordonnees": "toutes"},
        ASK,
        *(step.model_dump() for step in scenario.solution),
    ]
    assert judge(scenario, after(scenario, *steps)) is Standing.SPOILT


def test_a_better_question_gets_another_answer():
    assert facts({"do": "ecrire", "sujet": "large"}, ASK)["reponse"] == "vague"
    assert facts({"do": "ecrire", "sujet": "precis"}, ASK)["reponse"] == "utile"


def test_asking_again_can_change_the_answer():
    content = read(PONT)
    again = {
        "id": "encore",
        "when": [{"fact": "questions", "at_least": 2}],
        "sentences": [{"id": "pardon", "text": "Pardon."}],
    }
    scenario = scenario_of({**content, "answers": [again, *content["answers"]]}, random.Random(1))
    assert scenario.facts(after(scenario, ASK))["reponse"] != "encore"
    assert scenario.facts(after(scenario, ASK, ASK))["reponse"] == "encore"


def test_sentences_are_marked_and_unmarked():
    mark = {"do": "marquer", "phrase": "date", "marque": "a-verifier"}
    now = facts(PRECISE, ASK, mark, {**mark, "phrase": "usage", "marque": "fausse"})
    assert (now["date.marque"], now["usage.marque"], now["marques"]) == ("a-verifier", "fausse", 2)
    assert facts(PRECISE, ASK, mark, {**mark, "marque": ""})["marques"] == 0


def test_sentences_are_copied_with_or_without_their_origin():
    copy = {"do": "copier", "phrase": "taille", "mention": "non"}
    now = facts(PRECISE, ASK, copy, {**copy, "phrase": "usage", "mention": "oui"})
    assert (now["copies"], now["sans-mention"], now["usage.mention"]) == (2, 1, True)
    assert facts(PRECISE, ASK, copy, {"do": "mentionner", "phrase": "taille"})["sans-mention"] == 0
    assert facts(PRECISE, ASK, copy, {"do": "enlever", "phrase": "taille"})["copies"] == 0


def test_a_source_opens_once_it_is_claimed_or_from_the_shelf():
    assert facts(PRECISE, ASK, {"do": "ouvrir", "source": "mairie"})["mairie.ouverte"] is True
    assert facts({"do": "ouvrir", "source": "fiche"}, path=STAGE)["fiche.ouverte"] is True
    with pytest.raises(Refused):
        facts({"do": "ouvrir", "source": "mairie"})


@pytest.mark.parametrize(
    "step",
    [
        {"do": "ecrire"},
        {"do": "ecrire", "sujet": "autre"},
        {"do": "ecrire", "humeur": "bonne"},
        {"do": "ecrire", "sujet": "precis", "texte": "Dis-moi tout"},
        {"do": "ecrire", "sujet": 1},
        {"do": "ecrire", "sujet": "x" * 5000},
        {"do": "choisir", "phrase": "general"},
        {"do": "marquer", "phrase": "date", "marque": "juste"},
        {"do": "marquer", "phrase": "date"},
        {"do": "copier", "phrase": "date", "mention": "1"},
        {"do": "copier", "phrase": "mairie", "mention": "oui"},
        {"do": "mentionner", "phrase": "date"},
        {"do": "enlever", "phrase": "date"},
        {"do": "ouvrir", "source": "https://ailleurs.example"},
    ],
)
def test_what_does_not_exist_is_refused(step):
    scenario = scene(PONT)
    with pytest.raises(Refused):
        take(scenario, after(scenario, PRECISE, ASK), Step.model_validate(step))


def test_an_empty_question_and_too_many_are_refused():
    content = read(PONT)
    empty = {
        "id": "sujet",
        "label": "A",
        "options": [{"id": "precis", "label": "B"}, {"id": "b", "label": "C"}],
    }
    scenario = scenario_of({**content, "pieces": [empty, content["pieces"][1]]}, random.Random(1))
    with pytest.raises(Refused, match="vide"):
        after(scenario, {"do": "ecrire", "moi": "rien"}, ASK)
    with pytest.raises(Refused, match="beaucoup"):
        facts(*[ASK] * (MOST_QUESTIONS + 1))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sources": []}, "n’existe pas"),
        ({"answers": [{"id": "a", "sentences": [{"id": "mairie", "text": "A"}]}]}, "même id"),
        (
            {
                "answers": [
                    {
                        "id": "a",
                        "when": [{"fact": "questions", "at_least": 1}],
                        "sentences": [{"id": "b", "text": "A"}],
                    }
                ]
            },
            "dernière réponse",
        ),
        (
            {
                "answers": [
                    {
                        "id": "a",
                        "when": [{"fact": "donnees", "at_least": 1}],
                        "sentences": [{"id": "b", "text": "A"}],
                    },
                    {"id": "c", "sentences": [{"id": "d", "text": "A"}]},
                ]
            },
            "donnees",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_told(change, message):
    with pytest.raises(ValidationError, match=message):
        scenario_of({**read(PONT), **change}, random.Random(1))


def test_a_reserved_name_is_refused():
    content = read(PONT)
    piece = {**content["pieces"][0], "id": "do"}
    with pytest.raises(ValidationError, match="réservés"):
        scenario_of({**content, "pieces": [piece], "answers": [content["answers"][-1]]}, random.Random(1))


def test_a_state_is_json():
    scenario = scene(PONT)
    state = after(scenario, *(step.model_dump() for step in scenario.solution))
    assert scenario.screen(json.loads(json.dumps(state))).turns
