"""A browser: addresses, tabs, forms, certificates, traces."""

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Standing, Step, take
from tests.material.simulators.scenes import FOLDER, after, read, scene, standing

BOOK = FOLDER / "browser" / "livre-reserve.yaml"
SHARED = FOLDER / "browser" / "poste-du-cdi.yaml"
SPACE = "https://eleves.lycee-des-ormes.example"
LOGIN = {"do": "envoyer", "identifiant": "x", "secret": "y"}


def facts(path, *steps):
    scenario = scene(path)
    return scenario.facts(after(scenario, *steps))


@pytest.mark.parametrize(
    "typed",
    [
        "eleves.lycee-des-ormes.example",
        " https://ELEVES.lycee-des-ormes.example/ ",
        "www.eleves.lycee-des-ormes.example",
    ],
)
def test_an_address_is_found_as_browsers_find_it(typed):
    assert facts(SHARED, {"do": "aller", "adresse": typed})["entree.visite"] is True


@pytest.mark.parametrize("typed", ["nulle part", "javascript:alert(1)", "../../etc/passwd", "é" * 2000])
def test_an_unknown_address_is_shown_as_not_found(typed):
    scenario = scene(SHARED)
    state = after(scenario, {"do": "aller", "adresse": typed})
    assert scenario.screen(state).page is None
    assert len(scenario.facts(state)["adresse"]) <= 200


def test_back_and_forward_follow_the_trail():
    link = {"do": "lien", "vers": "Espace élève"}
    assert facts(SHARED, link, {"do": "precedent"})["adresse"] == "https://cdi.lycee-des-ormes.example"
    assert facts(SHARED, link, {"do": "precedent"}, {"do": "suivant"})["adresse"] == SPACE


def test_a_private_window_leaves_neither_history_nor_cookies():
    steps = [{"do": "aller", "adresse": SPACE}, LOGIN]
    seen = facts(SHARED, *steps)
    assert seen["accueil.historique"] and seen["cookies"] == ("eleves.lycee-des-ormes.example",)
    hidden = facts(SHARED, {"do": "nouveau", "fenetre": "privee"}, *steps)
    assert hidden["accueil.visite"] and not hidden["accueil.historique"] and hidden["cookies"] == ()


def test_signing_out_and_clearing_is_another_way():
    scenario = scene(SHARED)
    login = {**scenario.solution[2].model_extra, "do": "envoyer"}
    steps = [
        {"do": "lien", "vers": "Espace élève"},
        login,
        {"do": "lien", "vers": "Cahier de textes"},
        {"do": "lien", "vers": "Se déconnecter"},
        {"do": "effacer", "quoi": "historique"},
    ]
    assert standing(scenario, *steps) is Standing.DONE


def test_bookmarks_downloads_and_the_panel_are_facts():
    page = {**read(BOOK)["pages"][1], "files": {"liste.pdf": "40 Ko"}}
    content = {**read(BOOK), "pages": [*read(BOOK)["pages"][:1], page, *read(BOOK)["pages"][2:]]}
    scenario = scenario_of(content, dice_of("1"))
    state = after(
        scenario,
        {"do": "lien", "vers": "La liste des livres du club"},
        {"do": "telecharger", "fichier": "liste.pdf"},
        {"do": "favori"},
        {"do": "panneau", "panneau": "site"},
    )
    found = scenario.facts(state)
    assert (
        found["telechargements"] == ("liste.pdf",) and found["livres.favori"] and found["livres.certificat"]
    )
    removed = take(scenario, state, Step(do="retirer", adresse="https://forum-lecture.example/livres"))
    assert not scenario.facts(removed)["livres.favori"]


def test_a_certificate_with_a_problem_stops_before_the_page():
    content = read(BOOK)
    content["pages"][1]["certificate"] = {**content["pages"][1]["certificate"], "problem": "Il a expiré."}
    scenario = scenario_of(content, dice_of("1"))
    link = {"do": "lien", "vers": "La liste des livres du club"}
    assert not scenario.facts(after(scenario, link))["livres.visite"]
    past = scenario.facts(after(scenario, link, {"do": "continuer"}))
    assert past["livres.visite"] and past["livres.passe-outre"]


@pytest.mark.parametrize(
    "step",
    [
        {"do": "aller", "adresse": " "},
        {"do": "aller"},
        {"do": "aller", "adresse": 3},
        {"do": "aller", "adresse": ["x"]},
        {"do": "aller", "adresse": "x" * 3000},
        {"do": "lien", "vers": "Ailleurs"},
        {"do": "precedent"},
        {"do": "suivant"},
        {"do": "continuer"},
        {"do": "envoyer", "carte": "1"},
        {"do": "telecharger", "fichier": "../secret"},
        {"do": "retirer", "adresse": "https://ailleurs.example"},
        {"do": "panneau", "panneau": "administration"},
        {"do": "nouveau", "fenetre": "x"},
        {"do": "onglet", "onglet": "01"},
        {"do": "onglet", "onglet": 1},
        {"do": "fermer", "onglet": "9"},
        {"do": "effacer", "quoi": "tabs"},
    ],
)
def test_what_cannot_be_done_is_refused(step):
    scenario = scene(BOOK)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


def test_without_a_tab_nothing_is_read_and_one_can_be_opened():
    scenario = scene(BOOK)
    closed = after(scenario, {"do": "fermer", "onglet": "1"})
    with pytest.raises(Refused, match="onglet"):
        take(scenario, closed, Step(do="aller", adresse="x"))
    assert scenario.screen(closed).page is None
    assert scenario.facts(take(scenario, closed, Step(do="nouveau", fenetre="ordinaire")))["onglets"] == 1


def test_tabs_without_end_and_empty_forms_are_refused():
    with pytest.raises(Refused, match="beaucoup"):
        after(scene(BOOK), *[{"do": "nouveau", "fenetre": "ordinaire"}] * 8)
    with pytest.raises(Refused, match="Remplissez"):
        after(
            scene(BOOK), {"do": "lien", "vers": "Réserver à la médiathèque"}, {"do": "envoyer", "carte": " "}
        )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"tabs": ["https://nulle-part.example"]}, "aucune page"),
        ({"bookmarks": ["https://marque.fr"]}, "string_pattern|pattern"),
        ({"pages": [{"id": "a", "address": "http://a.example", "title": "A", "text": "A"}] * 2}, "même id"),
        ({"pages": [{"id": "a", "address": "https://a.example", "title": "A", "text": "A"}]}, "certificat"),
    ],
)
def test_a_scenario_that_does_not_hold_together_is_refused(change, reason):
    with pytest.raises(ValidationError, match=reason):
        scenario_of({**read(BOOK), **change}, dice_of("1"))
