"""Read the files of the bank into domain values, all errors at once with their file and key."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from portal.bank import schema
from portal.domain.mastery import Stage
from portal.domain.pathway import Pathway
from portal.domain.referential import (
    Area,
    Challenge,
    Competence,
    Entry,
    Kind,
    Media,
    Proposal,
    Referential,
    Skill,
    Source,
    Tube,
)

Model = TypeVar("Model", bound=BaseModel)


class BankError(Exception):
    """The bank cannot be read; `problems` says where and why, a line each."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems, in the order of the files."""
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Bank:
    """The whole bank in memory. `challenges` gives the variants of each skill, by skill id."""

    digest: str
    referential: Referential
    tubes: dict[str, Tube]
    challenges: dict[str, tuple[Challenge, ...]]
    pathways: dict[str, Pathway]
    tutorials: dict[str, str]

    def every_challenge(self) -> Iterator[tuple[Skill, Challenge]]:
        """Give every challenge with its skill, in the order of the files."""
        for tube in self.tubes.values():
            for skill in tube.skills:
                for challenge in self.challenges[skill.id]:
                    yield skill, challenge


def _parse(path: Path, model: type[Model], problems: list[str]) -> Model | None:
    try:
        data = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return model.model_validate(data)
    except yaml.YAMLError as error:
        problems.append(f"{path.name} : {' '.join(str(error).split())}")
    except ValidationError as error:
        for one in error.errors():
            place = " > ".join(str(step) for step in one["loc"])
            problems.append(f"{path.name} : {place} : {one['msg']}")
    return None


def _entries(challenge: Any) -> tuple[Entry, ...]:
    """Give the fields of a typed or selected challenge; choices have none."""
    match challenge:
        case schema.Text():
            return (Entry(challenge.label, challenge.solutions, treatments=challenge.treatments),)
        case schema.Number():
            solution = str(challenge.solution)
            return (Entry(challenge.label, (solution,), is_number=True, unit=challenge.unit),)
        case schema.InterchangeableFields():
            return tuple(Entry(label, treatments=challenge.treatments) for label in challenge.labels)
        case schema.Fields() | schema.Select():
            return tuple(
                Entry(field.label, field.solutions, field.options, field.format == "number", field.treatments)
                for field in challenge.fields
            )
    return ()


def _challenge(part: Any) -> Challenge:
    return Challenge(
        id=part.id,
        kind=Kind(part.kind),
        instruction=part.instruction,
        explanation=part.explanation,
        seconds=part.seconds,
        proposals=tuple(Proposal(one.text, one.right) for one in getattr(part, "proposals", ())),
        entries=_entries(part),
        groups=getattr(part, "groups", ()),
        alternative_instruction=part.alternative_instruction,
        media=Media(part.media.file, part.media.alternative) if part.media else None,
        source=Source(part.source.text, part.source.read_on) if part.source else None,
        doing=part.doing,
        phone_friendly=part.phone_friendly,
        shuffle=getattr(part, "shuffle", False),
    )


def _tube(part: schema.Tube) -> Tube:
    skills = tuple(
        Skill(
            one.id, part.id, part.title, part.competence, one.level, one.description, one.hint, one.tutorial
        )
        for one in part.skills
    )
    return Tube(part.id, part.competence, part.title, part.description, part.phone_friendly, skills)


def _pathway(part: schema.Pathway) -> Pathway:
    return Pathway(
        id=part.id,
        title=part.title,
        category=part.category,
        description=part.description,
        learned=part.learned,
        grades=part.grades,
        tubes=tuple((one.tube, one.maximum) for one in part.tubes),
        stages=tuple(Stage(one.threshold, one.title, one.message) for one in part.stages),
        prerequisites=part.prerequisites,
    )


def _referential(part: schema.Referential) -> Referential:
    return Referential(
        tuple(
            Area(
                area.id, area.title, tuple(Competence(one.id, one.title, area.id) for one in area.competences)
            )
            for area in part.areas
        )
    )


def _digest(folder: Path) -> str:
    """Hash every text file of the bank, names included."""
    hasher = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".md"}:
            hasher.update(json.dumps([str(path.relative_to(folder)), path.read_text("utf-8")]).encode())
    return hasher.hexdigest()


def _duplicates(names: list[str], what: str) -> list[str]:
    return [
        f"{what} « {name} » est écrit deux fois." for name in sorted({n for n in names if names.count(n) > 1})
    ]


def _cross_checks(tubes: list[schema.Tube], pathways: list[schema.Pathway]) -> list[str]:
    skills = [skill for tube in tubes for skill in tube.skills]
    known = {tube.id for tube in tubes}
    problems = _duplicates([tube.id for tube in tubes], "Le sujet")
    problems += _duplicates([skill.id for skill in skills], "L’acquis")
    problems += _duplicates([one.id for skill in skills for one in skill.challenges], "La question")
    problems += [
        f"Le parcours « {pathway.id} » cite le sujet inconnu « {capped.tube} »."
        for pathway in pathways
        for capped in pathway.tubes
        if capped.tube not in known
    ]
    return problems


def load_bank(folder: Path) -> Bank:
    """Read the whole bank.

    Raises: BankError with every problem found.
    """
    problems: list[str] = []
    referential = _parse(folder / "referentiel.yaml", schema.Referential, problems)
    parts = [_parse(path, schema.Tube, problems) for path in sorted(folder.glob("sujets/*/*.yaml"))]
    paths = [_parse(path, schema.Pathway, problems) for path in sorted(folder.glob("parcours/*/*.yaml"))]
    tubes = [part for part in parts if part]
    pathways = [path for path in paths if path]
    problems += _cross_checks(tubes, pathways)
    if problems or not referential:
        raise BankError(problems)
    return Bank(
        digest=_digest(folder),
        referential=_referential(referential),
        tubes={part.id: _tube(part) for part in tubes},
        challenges={
            skill.id: tuple(_challenge(one) for one in skill.challenges)
            for part in tubes
            for skill in part.skills
        },
        pathways={part.id: _pathway(part) for part in pathways},
        tutorials={path.stem: path.read_text("utf-8") for path in sorted(folder.glob("tutoriels/*/*.md"))},
    )
