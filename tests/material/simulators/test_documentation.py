"""The page of each simulator: its example works, and nothing a scenario may say is left out."""

import re
from pathlib import Path

import pytest
import yaml

from portal.material.recipe import dice_of
from portal.material.simulators.library import SIMULATORS, scenario_of
from portal.material.simulators.scenario import Rule, Scenario, faults_of

PAGES = Path(__file__).parents[3] / "docs" / "scenarios"
COMMON = (PAGES / "README.md").read_text(encoding="utf-8")


def page_of(name):
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def named_in(text):
    return set(re.findall(r"`([^`]+)`", text))


@pytest.mark.parametrize("name", SIMULATORS)
def test_the_example_of_the_page_works_and_is_short(name):
    example = re.findall(r"```yaml\n(.*?)```", page_of(name), re.DOTALL)[-1]
    assert len(example.splitlines()) < 40
    for seed in range(20):
        assert faults_of(scenario_of(yaml.safe_load(example), dice_of(str(seed)))) == []


def test_the_keys_of_every_scenario_and_the_comparisons_are_told_once_for_all():
    assert named_in(COMMON) >= {*Scenario.model_fields, *Rule.model_fields} - {"fact"}
    assert all(f"]({name}.md)" in COMMON and "](README.md)" in page_of(name) for name in SIMULATORS)


@pytest.mark.parametrize("name", SIMULATORS)
def test_every_key_and_every_gesture_are_told(name):
    kind = SIMULATORS[name]
    own = {*kind.model_fields, *kind.gestures} - set(Scenario.model_fields)
    assert own - named_in(page_of(name)) == set()
