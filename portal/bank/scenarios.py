"""The scenario files of the simulators: read, and played once as their author says, before any pupil sees them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portal.bank import kinds, reading, schema
from portal.bank.places import Lines, Place, Problem
from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Fault, Scenario, faults_of

Content = Mapping[str, Any]


def read(folder: Path, file: str) -> tuple[Content | None, list[Problem]]:
    """Read one scenario; what is wrong with it, if anything, comes instead."""
    problems: list[Problem] = []
    content = _plain(reading.load(folder, file, problems))
    if not problems:
        problems += Lines(folder).located(list(_faults(file, content)))
    return (None, problems) if problems else (content, [])


def _plain(content: Any) -> Any:
    """Turn what YAML reads as a date into its text: a scenario is kept with its question, as JSON."""
    return json.loads(json.dumps(content, default=date.isoformat))


def _faults(file: str, content: Any) -> Iterator[Problem]:
    path, place = Path(file), Place(file)
    if not isinstance(content, Mapping) or content.get("id") != path.stem:
        yield Problem(place.at("id"), f"id : écrivez le nom du fichier, « {path.stem} ».")
        return
    if content.get("simulator") != path.parent.name:
        yield Problem(
            place.at("simulator"), f"simulator : écrivez le nom du dossier, « {path.parent.name} »."
        )
        return
    try:
        scenario = scenario_of(content, dice_of("première lecture"))
    except ValidationError as error:
        yield from reading.refused(file, content, error)
        return
    except ValueError as error:
        # Pydantic's error is one too: what is left is a name that nothing draws, or lists of different lengths.
        yield Problem(place.near(_between_braces(str(error))), f"{error}.")
        return
    yield from (problem(file, scenario, fault) for fault in faults_of(scenario))


def _between_braces(told: str) -> str:
    """Give the `{name}` that an error is about, to look for it."""
    start, end = told.find("{"), told.find("}")
    return told[start : end + 1] if 0 <= start < end else "draw"


def problem(file: str, scenario: Scenario, fault: Fault) -> Problem:
    """Say what does not hold in a scenario, at the line of the rule or of the steps."""
    part, _, index = fault.part.partition("[")
    place = Place(file)
    if index:
        place = place.at(part, int(index.removesuffix("]")))
    elif part == "règles":
        place = place.at("success").near(fault.reason.split("« ")[-1].split(" »")[0])
    else:
        place = place.at(part)
    return Problem(place, f"{fault.part} : {fault.reason}.")


def unknown(tubes: Iterable[tuple[str, schema.Tube]], known: Mapping[str, Content]) -> list[Problem]:
    """Tell which questions name a scenario that is not there."""
    return [
        Problem(
            Place(file, f"question {one.id}", one.id, ("scenario",)),
            f"le scénario « {one.scenario} » n’existe pas.",
        )
        for file, tube in tubes
        for skill in tube.skills
        for one in skill.challenges
        if isinstance(one, kinds.Simulator) and one.scenario not in known
    ]
