"""Dialogues: choices, details, boxes, permissions, updates."""

import copy

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Standing, Step, take
from tests.material.simulators.scenes import FOLDER, after, read, scene, standing

PHOTO = FOLDER / "dialogs" / "retouche-photo.yaml"
EVENING = FOLDER / "dialogs" / "soir-de-revision.yaml"


def choose(window, choice, **boxes):
    return {"do": "choisir", "fenetre": window, "choix": choice, **boxes}


def test_a_choice_grants_and_the_settings_take_back():
    scenario = scene(PHOTO)
    state = after(scenario, choose("photos", "choisies"), choose("position", "toujours"))
    assert scenario.facts(state)["lieu.permission"] == "toujours"
    state = take(scenario, state, Step(do="autoriser", permission="lieu", valeur="jamais"))
    assert scenario.facts(state)["lieu.permission"] == "jamais"


def test_a_dialogue_that_waits_comes_only_after_its_choice():
    scenario = scene(EVENING)
    assert scenario.screen(after(scenario, choose("cookies", "regler"))).dialog.id == "choix-cookies"
    assert scenario.screen(after(scenario, choose("cookies", "tout"))).dialog.id == "lecteur"


def test_boxes_are_facts_and_a_fixed_one_cannot_be_changed():
    scenario = scene(EVENING)
    steps = (
        choose("cookies", "regler"),
        choose("choix-cookies", "enregistrer", publicite="oui", partenaires="1"),
    )
    facts = scenario.facts(after(scenario, *steps))
    assert facts["choix-cookies.publicite"] is True
    assert facts["choix-cookies.partenaires"] is False
    assert facts["choix-cookies.necessaires"] is True


def test_details_unfold_and_are_remembered():
    scenario = scene(EVENING)
    steps = [choose("cookies", "tout"), {"do": "details", "fenetre": "lecteur"}]
    state = after(scenario, *steps)
    assert scenario.screen(state).unfolded and scenario.facts(state)["lecteur.details"]
    folded = take(scenario, state, Step(do="details", fenetre="lecteur"))
    assert not scenario.screen(folded).unfolded and scenario.facts(folded)["lecteur.details"]


def test_the_update_of_the_settings_is_as_good_as_that_of_the_dialogue():
    scenario = scene(EVENING)
    steps = [
        choose("cookies", "regler"),
        choose("choix-cookies", "enregistrer"),
        choose("lecteur", "fermer"),
        choose("systeme", "fermer"),
    ]
    assert standing(scenario, *steps) is Standing.UNDER_WAY
    assert standing(scenario, *steps, {"do": "installer"}) is Standing.DONE
    with pytest.raises(Refused, match="mise à jour"):
        after(scenario, *steps, {"do": "installer"}, {"do": "installer"})


@pytest.mark.parametrize(
    "step",
    [
        {"do": "choisir", "fenetre": "photos"},
        {"do": "choisir", "fenetre": "photos", "choix": "inconnu"},
        {"do": "choisir", "fenetre": "contacts", "choix": "oui"},
        {"do": "choisir", "fenetre": "photos", "choix": 1},
        {"do": "choisir", "fenetre": "photos", "choix": "x" * 3000},
        {"do": "details", "fenetre": "photos"},
        {"do": "details", "fenetre": "inconnue"},
        {"do": "lieu", "lieu": "coulisses"},
        {"do": "autoriser", "permission": "inconnue", "valeur": "jamais"},
        {"do": "autoriser", "permission": "lieu", "valeur": "parfois"},
        {"do": "autoriser", "permission": "amis", "valeur": "une-fois"},
        {"do": "autoriser", "permission": ["lieu"], "valeur": "jamais"},
        {"do": "installer"},
    ],
)
def test_what_cannot_be_done_is_refused(step):
    scenario = scene(PHOTO)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda one: one["dialogs"][0]["choices"][0].update(then="nulle-part"), "n’existe pas"),
        (lambda one: one["dialogs"][0]["choices"][0].update(grants={"amis": "une-fois"}), "permission"),
        (lambda one: one["dialogs"][0]["choices"][0].update(updates=True), "update"),
        (lambda one: one["dialogs"][0].update(switches=[{"id": "choix", "label": "x"}]), "réservé"),
        (lambda one: one["dialogs"][0].update(id="position"), "même id"),
    ],
)
def test_a_scenario_that_does_not_hold_together_is_refused(change, reason):
    content = copy.deepcopy(read(PHOTO))
    change(content)
    with pytest.raises(ValidationError, match=reason):
        scenario_of(content, dice_of("1"))
