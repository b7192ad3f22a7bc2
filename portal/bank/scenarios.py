"""The scenario files of the simulators: read, and played once as their author says, before any pupil sees them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from portal.bank import kinds, schema
from portal.bank.places import line_of
from portal.material.recipe import dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import faults_of

Content = Mapping[str, Any]


def read(folder: Path) -> tuple[dict[str, Content], list[str]]:
    """Read every scenario.

    Returns: by name, what the files hold; and what is wrong, a line each.
    """
    known: dict[str, Content] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("scenarios/*/*.yaml")):
        try:
            content = _plain(
                yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            )
        except yaml.YAMLError as error:
            problems.append(f"{path.name} : {' '.join(str(error).split())}")
            continue
        found = list(_faults(path, content))
        problems += found
        if not found:
            known[path.stem] = content
    return known, problems


def _plain(content: Any) -> Any:
    """Turn what YAML reads as a date into its text: a scenario is kept with its question, as JSON."""
    return json.loads(json.dumps(content, default=date.isoformat))


def _faults(path: Path, content: Any) -> Iterator[str]:
    if not isinstance(content, Mapping) or content.get("id") != path.stem:
        yield f"{path.name}, ligne 1 : id : écrivez le nom du fichier, « {path.stem} »."
        return
    if content.get("simulator") != path.parent.name:
        yield f"{path.name} : simulator : écrivez le nom du dossier, « {path.parent.name} »."
        return
    try:
        scenario = scenario_of(content, dice_of("première lecture"))
    except ValidationError as error:
        for one in error.errors():
            place = " > ".join(str(step) for step in one["loc"])
            yield f"{path.name}, ligne {line_of(path, one['loc'])} : {place} : {one['msg']}"
        return
    except ValueError as error:
        yield f"{path.name} : {error}"
        return
    for fault in faults_of(scenario):
        part = fault.part.split("[")[0]
        yield f"{path.name}, ligne {line_of(path, [part])} : {fault.part} : {fault.reason}"


def unknown(tubes: Iterable[schema.Tube], known: Mapping[str, Content]) -> list[str]:
    """Tell which questions name a scenario that is not there."""
    return [
        f"La question « {one.id} » cite le scénario inconnu « {one.scenario} »."
        for tube in tubes
        for skill in tube.skills
        for one in skill.challenges
        if isinstance(one, kinds.Simulator) and one.scenario not in known
    ]
