"""The scenario files of the bank, and the way to play them in a test."""

import random
from pathlib import Path
from typing import Any

import yaml

from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Scenario, Standing, State, Step, judge, played

FOLDER = Path(__file__).parents[3] / "portal" / "content" / "fr" / "scenarios"


def scenario_files(simulator: str) -> list[Path]:
    """List the scenarios of a simulator."""
    return sorted((FOLDER / simulator).glob("*.yaml"))


def read(path: Path) -> dict[str, Any]:
    """Read a scenario file."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def scene(path: Path, seed: str = "graine") -> Scenario:
    """Give the scenario of one pupil."""
    return scenario_of(read(path), random.Random(seed))


def after(scenario: Scenario, *steps: dict[str, str]) -> State:
    """Play steps written as in a file."""
    return played(scenario, [Step.model_validate(step) for step in steps])


def standing(scenario: Scenario, *steps: dict[str, str]) -> Standing:
    """Play steps and judge."""
    return judge(scenario, after(scenario, *steps))
