"""Read one file of the bank: what it holds, and what is wrong with it, with lines."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz

from portal.bank import refusals
from portal.bank.places import Lines, Place, Problem

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]
QUOTED = re.compile(r"«\s(.+?)\s»")
# Of 100: « titre » for « title », « labell » for « label ».
NEAR_NAMES = 60


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML where a key written twice is refused: the first value would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem="written twice", problem_mark=key.start_mark)
            seen.add(key.value)
        content: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return content


def load(folder: Path, file: str, problems: list[Problem]) -> Any:
    """Read a YAML file of the bank; None and a problem if it is not one."""
    try:
        return yaml.load((folder / file).read_bytes(), Loader=_Loader)
    except yaml.YAMLError as error:
        line, why = refusals.syntax(error)
        problems.append(Problem(Place(file), why, line))
    return None


def parse(folder: Path, file: str, model: type[Model], problems: list[Problem]) -> Model | None:
    """Read a file as one of our schemas; None and problems if it is not."""
    before = len(problems)
    data = load(folder, file, problems)
    if len(problems) > before:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += Lines(folder).located(list(refused(file, data, error)))
    return None


def refused(file: str, data: Any, error: ValidationError) -> Iterator[Problem]:
    """Tell what a schema refuses, each with its place."""
    for one in _causes(list(_flat(error.errors()))):
        keys = _keys(one["loc"])
        what, name, rest = _part(data, keys)
        words = " > ".join(str(step + 1) if isinstance(step, int) else step for step in rest)
        why = refusals.reason(one)
        place = Place(file, what, name, tuple(rest)) if name else Place(file, keys=tuple(keys))
        if quoted := QUOTED.search(why):
            # A part that contradicts itself: what it says names the piece meant.
            place = place.near(quoted[1])
        yield Problem(place, f"{words} : {why}." if words else f"{why}.")


def _flat(errors: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Open the errors that hold others, as those of a picture do."""
    for one in errors:
        held = (one.get("ctx") or {}).get("error")
        if isinstance(held, ValidationError):
            yield from _flat([{**inner, "loc": (*one["loc"], *inner["loc"])} for inner in held.errors()])
        else:
            yield one


def _causes(errors: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Leave out what follows from another error: a part counted as missing, a key that was mistyped."""
    missing = [one["loc"] for one in errors if one["type"] == "missing"]
    mistyped: dict[Location, Location] = {}
    for one in errors:
        if one["type"] == "extra_forbidden":
            near = [key for key in missing if key[:-1] == one["loc"][:-1] and _is_near(key, one["loc"])]
            mistyped.update((key, one["loc"]) for key in near[:1])
    wanted = {extra: key[-1] for key, extra in mistyped.items()}
    for one in errors:
        location = one["loc"]
        inside = any(other["loc"][: len(location)] == location and other is not one for other in errors)
        if location in mistyped or (one["type"] == "too_short" and inside):
            continue
        yield {**one, "wanted": wanted.get(location)}


def _is_near(key: Location, extra: Location) -> bool:
    return fuzz.ratio(str(key[-1]), str(extra[-1])) >= NEAR_NAMES


def _keys(location: Sequence[int | str]) -> list[int | str]:
    """Leave out the kind of a question, which pydantic names on the way."""
    return [
        step
        for at, step in enumerate(location)
        if not (at >= 2 and isinstance(location[at - 1], int) and location[at - 2] == "challenges")
    ]


def _part(data: Any, keys: Sequence[int | str]) -> tuple[str, str, Sequence[int | str]]:
    """Name the skill or question that a key is in, and give the way from there."""
    found: tuple[str, str, Sequence[int | str]] = ("", "", keys)
    for at, step in enumerate(keys):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str) and at:
            what = {"challenges": "question", "skills": "acquis"}.get(str(keys[at - 1]))
            if what:
                found = (f"{what} {data['id']}", data["id"], keys[at + 1 :])
    return found
