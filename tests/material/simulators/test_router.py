"""A box and a computer's network: settings, devices, lights, what mends what."""

import json
import random

import pytest
from pydantic import ValidationError

from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Standing, Step, take
from tests.material.simulators.scenes import FOLDER, after, read, scene, standing

WIFI = FOLDER / "router" / "wifi-du-voisin.yaml"
VOYANT = FOLDER / "router" / "voyant-rouge.yaml"
ORDINATEUR = FOLDER / "router" / "ordinateur-hors-ligne.yaml"


def facts(scenario, *steps):
    return scenario.facts(after(scenario, *steps))


def drawn(path, fact, value):
    """Give the scenario of a pupil for whom this fact starts so."""
    scenarios = (scene(path, str(seed)) for seed in range(50))
    return next(one for one in scenarios if one.facts(one.begin())[fact] == value)


@pytest.mark.parametrize(
    ("password", "length", "families"),
    [
        ("maison12", 8, 2),
        ("  Espaces-autour-9  ", 16, 4),
        ("éléphants roses", 15, 1),
        ("1234567890", 10, 1),
    ],
)
def test_a_password_is_measured(password, length, families):
    now = facts(scene(WIFI), {"do": "regler", "page": "wifi", "cle": password})
    assert (now["cle.longueur"], now["cle.familles"]) == (length, families)


def test_a_page_saves_several_settings_at_once_and_counts_what_differs():
    now = facts(
        scene(WIFI),
        {"do": "regler", "page": "wifi", "cle": "maison12", "protection": "wpa3", "diffusion": "non"},
    )
    assert now["protection.valeur"] == "wpa3" and now["cle.change"] is False
    assert now["changements"] == 2


def test_a_light_follows_the_settings():
    scenario = scene(WIFI)
    lit = [
        facts(scenario, {"do": "regler", "page": "wifi", "protection": value})["verrou.etat"]
        for value in ("ouvert", "wpa", "wpa3")
    ]
    assert lit == ["nu", "faible", "protege"]


def test_devices_are_looked_at_recognised_and_blocked():
    now = facts(
        scene(WIFI),
        {"do": "details", "appareil": "lampe"},
        {"do": "reconnaitre", "appareil": "lampe"},
        {"do": "bloquer", "appareil": "intrus"},
        {"do": "bloquer", "appareil": "tele"},
        {"do": "debloquer", "appareil": "tele"},
    )
    assert now["lampe.details"] and now["lampe.reconnu"] and now["intrus.bloque"] and not now["tele.bloque"]
    assert now["bloques"] == 1


def test_only_what_is_broken_is_mended():
    for cause, remedy, other in (
        ("debranche", "brancher", "redemarrer"),
        ("fige", "redemarrer", "brancher"),
    ):
        scenario = drawn(VOYANT, "ligne.valeur", cause)
        assert facts(scenario, {"do": "agir", "action": other})["internet.etat"] == "arret"
        assert facts(scenario, {"do": "agir", "action": remedy})["internet.etat"] == "marche"
        assert facts(scenario, *[{"do": "agir", "action": other}] * 2)[f"{other}.fois"] == 2


def test_the_reset_button_spoils_even_a_mended_box():
    scenario = scene(VOYANT)
    steps = [step.model_dump() for step in scenario.solution]
    assert standing(scenario, *steps, {"do": "agir", "action": "usine"}) is Standing.SPOILT


def test_the_diagnosis_names_the_first_thing_that_is_wrong():
    plane = drawn(ORDINATEUR, "avion.valeur", "oui")
    assert plane.facts(plane.begin())["carte.etat"] == "avion"
    now = facts(plane, {"do": "regler", "page": "connexion", "avion": "non"})
    assert now["carte.etat"] == "coupee" and now["adresse.etat"] == "aucune"


@pytest.mark.parametrize(
    "step",
    [
        {"do": "regler", "page": "wifi"},
        {"do": "regler", "cle": "Trois-girafes-7-nuages"},
        {"do": "regler", "page": "visiteurs", "cle": "Trois-girafes-7-nuages"},
        {"do": "regler", "page": "wifi", "cle": "court"},
        {"do": "regler", "page": "wifi", "cle": " " * 20},
        {"do": "regler", "page": "wifi", "cle": "a" * 64},
        {"do": "regler", "page": "wifi", "cle": "a" * 5000},
        {"do": "regler", "page": "wifi", "cle": 1234567890},
        {"do": "regler", "page": "wifi", "protection": "3"},
        {"do": "regler", "page": "wifi", "verrou": "protege"},
        {"do": "regler", "page": "wifi", "shown": "x"},
        {"do": "agir", "action": "exploser"},
        {"do": "details", "appareil": "wifi"},
        {"do": "bloquer"},
        {"do": "page", "page": "cave"},
    ],
)
def test_what_does_not_exist_is_refused(step):
    scenario = scene(WIFI)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pages": {"wifi": "A", "visiteurs": "B", "etat": "C", "appareils": "D"}}, "d’office"),
        ({"pages": {"wifi": "A", "etat": "C"}}, "visiteurs"),
        ({"intro": {"cave": "A"}}, "intro"),
        ({"causes": {"lampe": "x"}}, "même id"),
        ({"causes": {"page": "x"}}, "réservés"),
        (
            {"settings": [{"id": "a", "page": "wifi", "label": "A", "options": {"x": "X"}, "value": "y"}]},
            "option",
        ),
        (
            {
                "actions": [
                    {"id": "a", "page": "wifi", "label": "A", "outcomes": [{"says": "x", "sets": {"b": "c"}}]}
                ]
            },
            "ni un réglage ni une cause",
        ),
        (
            {
                "actions": [
                    {
                        "id": "a",
                        "page": "wifi",
                        "label": "A",
                        "outcomes": [{"says": "x", "sets": {"protection": "c"}}],
                    }
                ]
            },
            "pas une option",
        ),
        (
            {
                "actions": [
                    {
                        "id": "a",
                        "page": "wifi",
                        "label": "A",
                        "outcomes": [{"says": "x", "when": [{"fact": "verrou.etat", "equals": "nu"}]}],
                    }
                ]
            },
            "verrou.etat",
        ),
        (
            {
                "indicators": [
                    {
                        "id": "a",
                        "page": "wifi",
                        "label": "A",
                        "cases": [
                            {"id": "b", "look": "B", "when": [{"fact": "cle.longueur", "at_least": 9}]}
                        ],
                    }
                ]
            },
            "dernier cas",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_told(change, message):
    with pytest.raises(ValidationError, match=message):
        scenario_of({**read(WIFI), **change}, random.Random(1))


def test_every_screen_is_made_and_a_state_is_json():
    scenario = scene(WIFI)
    for name in scenario.all_pages:
        state = after(scenario, {"do": "page", "page": name})
        assert scenario.screen(json.loads(json.dumps(state))).page == name
