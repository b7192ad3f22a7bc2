"""A search engine: honest filtering, pages read and kept."""

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Refused, Step, take
from tests.material.simulators.scenes import FOLDER, after, read, scene

POOL = FOLDER / "search" / "sortie-piscine.yaml"


def found(query):
    content = {**read(POOL), "draw": {name: values[:1] for name, values in read(POOL)["draw"].items()}}
    scenario = scenario_of(content, dice_of("1"))
    return [one.id for one in scenario.found(query)]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("horaires piscine Valdor", ["spas", "annuaire", "ancienne", "camping", "actuelle"]),
        ("HORAIRE PISCINES valdor", ["spas", "annuaire", "ancienne", "camping", "actuelle"]),
        ("la piscine -camping -travaux", ["spas", "annuaire", "actuelle"]),
        ('"les ondines" saison', ["actuelle"]),
        ("« horaires ondines »", []),
        ("piscine site:ville-valdor.example", ["ancienne", "actuelle"]),
        ("site:valdor.example", []),
        ("piscine -site:ville-valdor.example -spa", ["annuaire", "camping"]),
        ("bonnet", ["actuelle"]),
        ("zanzibar", []),
    ],
)
def test_results_follow_simple_rules(query, ids):
    assert found(query) == ids


def test_facts_tell_what_was_searched_opened_and_kept():
    scenario = scene(POOL)
    state = after(
        scenario,
        {"do": "chercher", "mots": "  piscine   tarifs "},
        {"do": "ouvrir", "page": "actuelle"},
        {"do": "garder", "page": "actuelle"},
    )
    facts = scenario.facts(state)
    assert facts["requete"] == "piscine tarifs" and facts["requetes"] == 1
    assert facts["actuelle.trouve"] and facts["actuelle.ouvert"] and facts["actuelle.garde"]
    assert facts["gardes"] == facts["ouverts"] == 1
    assert scenario.facts(take(scenario, state, Step(do="retirer", page="actuelle")))["gardes"] == 0


def test_a_page_kept_stays_within_reach():
    scenario = scene(POOL)
    steps = [{"do": "chercher", "mots": "bonnet"}, {"do": "garder", "page": "actuelle"}]
    state = after(
        scenario, *steps, {"do": "chercher", "mots": "camping"}, {"do": "ouvrir", "page": "actuelle"}
    )
    assert scenario.screen(state).shown.id == "actuelle"


@pytest.mark.parametrize(
    "step",
    [
        {"do": "chercher"},
        {"do": "chercher", "mots": " "},
        {"do": "chercher", "mots": "la de"},
        {"do": "chercher", "mots": "-piscine"},
        {"do": "chercher", "mots": "x" * 201},
        {"do": "chercher", "mots": 12},
        {"do": "ouvrir", "page": "actuelle"},
        {"do": "garder", "page": "inconnue"},
        {"do": "retirer", "page": "actuelle"},
        {"do": "garder", "page": {"id": "actuelle"}},
    ],
)
def test_what_cannot_be_done_is_refused(step):
    scenario = scene(POOL)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


def test_a_page_is_kept_once():
    with pytest.raises(Refused, match="déjà"):
        after(scene(POOL), {"do": "chercher", "mots": "bonnet"}, *[{"do": "garder", "page": "actuelle"}] * 2)


def test_strange_queries_do_no_harm():
    for query in ('"', '""', "site:", "-", "-site:", "((((", "<b>x</b>", "\\", "1e9", '"' * 199):
        assert isinstance(found(query), list), query


def test_two_results_have_two_ids():
    content = read(POOL)
    with pytest.raises(ValidationError, match="même id"):
        scenario_of({**content, "results": [content["results"][0]] * 2}, dice_of("1"))
