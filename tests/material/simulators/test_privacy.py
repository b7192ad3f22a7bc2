"""An account: what a stranger and a friend see, what is settled, what is refused."""

import json
import random

import pytest
from pydantic import ValidationError

from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Standing, Step, take
from tests.material.simulators.scenes import FOLDER, after, read, scene, standing

COMPTE = FOLDER / "privacy" / "compte-trop-ouvert.yaml"
LUNDI = FOLDER / "privacy" / "demandes-du-lundi.yaml"


def facts(path, *steps):
    scenario = scene(path)
    return scenario.facts(after(scenario, *steps))


def test_a_stranger_sees_what_is_public_and_a_friend_what_is_for_friends_too():
    seen = facts(COMPTE)
    assert seen["inconnu.voit"] == ("pseudo", "bio", "telephone", "college", "mercredi", "dessin")
    assert set(seen["ami.voit"]) - set(seen["inconnu.voit"]) == {"naissance", "chat"}


@pytest.mark.parametrize(
    ("steps", "absent"),
    [
        ([{"do": "regler", "reglage": "telephone", "choix": "moi"}], "telephone"),
        ([{"do": "effacer", "reglage": "telephone"}], "telephone"),
        ([{"do": "partager", "publication": "dessin", "audience": "amis"}], "dessin"),
        ([{"do": "supprimer", "publication": "dessin"}], "dessin"),
    ],
)
def test_a_stranger_no_longer_sees_what_is_restricted_erased_or_deleted(steps, absent):
    now = facts(COMPTE, *steps)
    assert absent not in now["inconnu.voit"]
    assert now["changements"] == 1


def test_a_change_undone_is_no_change():
    there = {"do": "regler", "reglage": "telephone", "choix": "moi"}
    assert facts(COMPTE, there, {**there, "choix": "public"})["changements"] == 0


def test_a_place_leaves_its_post():
    assert facts(COMPTE)["mercredi.lieu"] is True
    now = facts(COMPTE, {"do": "retirer-lieu", "publication": "mercredi"})
    assert now["mercredi.lieu"] is False and "mercredi" in now["inconnu.voit"]


def test_people_are_accepted_declined_left_and_blocked():
    now = facts(
        LUNDI,
        {"do": "accepter", "personne": "amie"},
        {"do": "refuser", "personne": "recruteur"},
        {"do": "bloquer", "personne": "malo"},
        {"do": "debloquer", "personne": "malo"},
        {"do": "retirer", "personne": "cousin"},
    )
    links = {name: now[f"{name}.lien"] for name in ("amie", "recruteur", "malo", "cousin")}
    assert links == {"amie": "ami", "recruteur": "inconnu", "malo": "inconnu", "cousin": "inconnu"}
    assert now["malo.bloque"] is False


def test_the_preview_is_remembered():
    now = facts(COMPTE, {"do": "voir", "comme": "inconnu"})
    assert now["apercu.inconnu"] is True and now["apercu.ami"] is False


def test_reporting_the_wrong_comment_cannot_be_taken_back():
    scenario = scene(LUNDI)
    wrong = {"do": "signaler", "commentaire": "gentil"}
    assert standing(scenario, wrong, *(step.model_dump() for step in scenario.solution)) is Standing.SPOILT


@pytest.mark.parametrize(
    "step",
    [
        {"do": "ouvrir", "reglage": "inconnu"},
        {"do": "regler", "reglage": "telephone"},
        {"do": "regler", "reglage": "telephone", "choix": "code"},
        {"do": "regler", "reglage": "telephone", "choix": 1},
        {"do": "regler", "reglage": ["telephone"], "choix": "moi"},
        {"do": "effacer", "reglage": "messages"},
        {"do": "partager", "publication": "chat", "audience": "4"},
        {"do": "partager", "publication": "telephone", "audience": "amis"},
        {"do": "supprimer", "publication": "x" * 5000},
        {"do": "signaler", "commentaire": "chat"},
        {"do": "bloquer", "personne": "__class__"},
        {"do": "voir", "comme": "moi"},
        {"do": "page", "page": "personnes"},
        {"do": "page", "page": "../profil"},
        {"do": "begin"},
    ],
)
def test_what_does_not_exist_is_refused(step):
    scenario = scene(COMPTE)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


def test_what_is_gone_cannot_be_touched_again():
    for gone, then in (
        ({"do": "effacer", "reglage": "telephone"}, {"do": "ouvrir", "reglage": "telephone"}),
        (
            {"do": "supprimer", "publication": "chat"},
            {"do": "partager", "publication": "chat", "audience": "moi"},
        ),
    ):
        with pytest.raises(Refused):
            after(scene(COMPTE), gone, then)
    with pytest.raises(Refused):
        after(
            scene(LUNDI),
            {"do": "supprimer", "publication": "photo"},
            {"do": "signaler", "commentaire": "gentil"},
        )
    with pytest.raises(Refused):
        after(scene(LUNDI), {"do": "accepter", "personne": "cousin"})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pages": {}}, "confidentialite"),
        ({"pages": {"confidentialite": "A", "profil": "B"}}, "existent déjà"),
        ({"settings": [{"id": "ami", "label": "A", "value": "public"}]}, "ne peuvent pas"),
        ({"settings": [{"id": "chat", "label": "A", "value": "public"}]}, "même id"),
        ({"settings": [{"id": "a", "label": "A", "value": "tous"}]}, "pas une option"),
        ({"settings": [{"id": "a", "label": "A", "options": {"x": "X"}, "value": "x"}]}, "au profil"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(change, message):
    with pytest.raises(ValidationError, match=message):
        scenario_of({**read(COMPTE), **change}, random.Random(1))


def test_every_screen_is_made_and_a_state_is_json():
    scenario = scene(COMPTE)
    for step in ({"do": "page", "page": name} for name in scenario.all_pages):
        state = after(scenario, step)
        assert scenario.screen(json.loads(json.dumps(state))).page == step["page"]
