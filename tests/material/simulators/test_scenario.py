"""What every simulator shares: scenario files, steps, rules, judgement."""

import copy
import re

import pytest
from pydantic import ValidationError

from portal.material.recipe import dice_of
from portal.material.simulators.drawn import UnknownName
from portal.material.simulators.library import SIMULATORS, UnknownSimulator, scenario_of
from portal.material.simulators.scenario import (
    MOST_STEPS,
    Refused,
    Rule,
    Standing,
    Step,
    faults_of,
    judge,
    played,
    read_step,
    take,
)
from tests.material.simulators.scenes import FOLDER, after, read, scenario_files, scene, standing

COLIS = FOLDER / "mailbox" / "colis-en-attente.yaml"
EVERY = [path for name in SIMULATORS for path in scenario_files(name)]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_scenario_goes_as_its_author_says_whatever_is_drawn(path):
    for seed in range(20):
        assert faults_of(scene(path, str(seed))) == []


@pytest.mark.parametrize("name", SIMULATORS)
def test_every_simulator_has_two_scenarios_under_60_lines(name):
    files = scenario_files(name)
    assert len(files) >= 2
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 60 for path in files)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_instruction_is_short_sentences_in_french_typography(path):
    said = scene(path).instruction
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.?]\s", said))
    assert re.search(r"!|[{}]| [:;?»]|« |'|\w[:;?»](\s|$)|«\w", said) is None


def test_a_pupil_gets_the_same_texts_again_and_another_pupil_others():
    subjects = {scene(COLIS, str(seed)).messages[1].sender for seed in range(20)}
    assert scene(COLIS, "a") == scene(COLIS, "a")
    assert len(subjects) == 3


def test_a_state_is_never_changed_in_place():
    scenario = scene(COLIS)
    start = scenario.begin()
    kept = copy.deepcopy(start)
    for step in scenario.solution:
        take(scenario, start, step)
    assert start == kept


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"equals": "a"}, True),
        ({"equals": "b"}, False),
        ({"differs": "b"}, True),
        ({"among": ["b", "a"]}, True),
        ({"contains": "A"}, True),
        ({"lacks": "b"}, True),
        ({"at_least": 1}, False),
    ],
)
def test_a_rule_compares_one_fact(rule, holds):
    assert Rule.model_validate({"fact": "x", **rule}).holds({"x": "a"}) is holds


def test_numbers_are_compared_with_their_bounds():
    facts = {"x": 3}
    assert Rule(fact="x", at_least=3).holds(facts) and Rule(fact="x", at_most=3).holds(facts)
    assert not Rule(fact="x", at_least=4).holds(facts) and not Rule(fact="x", at_most=2).holds(facts)


def test_an_absent_fact_only_differs_or_lacks():
    assert Rule(fact="y", differs="a").holds({}) and Rule(fact="y", lacks="a").holds({})
    assert not Rule(fact="y", equals="a").holds({}) and not Rule(fact="y", at_least=0).holds({})


@pytest.mark.parametrize("rule", [{"fact": "x"}, {"fact": "x", "equals": 1, "differs": 2}])
def test_a_rule_has_exactly_one_comparison(rule):
    with pytest.raises(ValidationError, match="une seule comparaison"):
        Rule.model_validate(rule)


def test_what_is_wrong_in_a_scenario_file_is_told():
    content = read(COLIS)
    with pytest.raises(UnknownSimulator, match="pigeon"):
        scenario_of({**content, "simulator": "pigeon"}, dice_of("1"))
    with pytest.raises(UnknownName, match="ville"):
        scenario_of({**content, "title": "À {ville}"}, dice_of("1"))
    with pytest.raises(ValueError, match="même longueur"):
        scenario_of({**content, "draw": {"a": ["1"], "b": ["1", "2"]}}, dice_of("1"))
    with pytest.raises(ValidationError, match="titel"):
        scenario_of({**content, "titel": "x"}, dice_of("1"))


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"success": [{"fact": "colis.dossier", "equals": "reception"}]}, "success"),
        ({"solution": [{"do": "ouvrir", "message": "colis"}]}, "solution"),
        ({"solution": [{"do": "ouvrir", "message": "inconnu"}]}, "solution"),
        ({"mistakes": [[{"do": "signaler", "message": "colis"}]]}, "mistakes[0]"),
        ({"failure": [{"fact": "colis.couleur", "equals": "rouge"}]}, "règles"),
    ],
)
def test_a_scenario_that_cannot_go_as_told_is_refused(change, part):
    assert part in {one.part for one in faults_of(scenario_of({**read(COLIS), **change}, dice_of("1")))}


@pytest.mark.parametrize(
    "step",
    [
        {"do": "exploser"},
        {"do": "ouvrir"},
        {"do": "ouvrir", "message": "x" * 3000},
        {"do": "ouvrir", "message": "../../etc"},
        {"do": "begin"},
        {"do": "ranger", "message": "colis", "dossier": "ailleurs"},
    ],
)
def test_a_gesture_that_does_not_exist_is_refused_and_changes_nothing(step):
    scenario = scene(COLIS)
    with pytest.raises(Refused):
        take(scenario, scenario.begin(), Step.model_validate(step))


@pytest.mark.parametrize("fields", [{}, {"do": ""}, {"do": "Ouvrir !"}, {"do": 1}, {"message": "colis"}])
def test_a_malformed_step_is_refused_with_a_sentence(fields):
    with pytest.raises(Refused, match="Ce geste n’existe pas ici"):
        read_step(fields)


def test_a_step_is_read_with_its_arguments():
    assert read_step({"do": "ouvrir", "message": "colis"}).told("message") == "colis"


def test_gestures_without_end_are_refused():
    scenario = scene(COLIS)
    opening = Step(do="ouvrir", message="colis")
    state = played(scenario, [opening] * MOST_STEPS)
    with pytest.raises(Refused, match="Recommencez"):
        take(scenario, state, opening)


def test_what_is_spoilt_stays_spoilt():
    scenario = scene(COLIS)
    steps = [
        {"do": "lien", "message": "colis", "vers": "Payer les frais"},
        {"do": "signaler", "message": "colis"},
    ]
    assert standing(scenario, *steps) is Standing.SPOILT
    assert judge(scenario, after(scenario, steps[1])) is Standing.DONE
