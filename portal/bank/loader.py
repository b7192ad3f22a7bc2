"""Read the files of the bank into domain values, all errors at once with their file and key."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from portal.bank import generated, kinds, references, scenarios, schema
from portal.bank.challenge import ChallengeBase
from portal.bank.places import line_of
from portal.domain.mastery import Stage
from portal.domain.pathway import Category, Pathway
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
    Topic,
    Tube,
)
from portal.material.pictures.library import compose

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
            problems.append(f"{path.name}, ligne {line_of(path, one['loc'])} : {place} : {one['msg']}")
    return None


def _parse_all(folder: Path, pattern: str, model: type[Model], problems: list[str]) -> dict[Path, Model]:
    parsed = {path: _parse(path, model, problems) for path in sorted(folder.glob(pattern))}
    return {path: part for path, part in parsed.items() if part}


def _entries(challenge: Any) -> tuple[Entry, ...]:
    """Give the fields of a typed or selected challenge; choices have none."""
    match challenge:
        case kinds.Text():
            typed = Entry(
                challenge.label,
                challenge.solutions,
                treatments=challenge.treatments,
                answer=challenge.answer,
            )
            return (typed,)
        case kinds.Number():
            solutions = () if challenge.solution is None else (str(challenge.solution),)
            number = Entry(
                challenge.label, solutions, is_number=True, unit=challenge.unit, answer=challenge.answer
            )
            return (number,)
        case kinds.InterchangeableFields():
            return tuple(Entry(label, treatments=challenge.treatments) for label in challenge.labels)
        case kinds.Fields() | kinds.Select():
            return tuple(
                Entry(
                    field.label,
                    field.solutions,
                    field.options,
                    field.format == "number",
                    field.treatments,
                    answer=field.answer,
                )
                for field in challenge.fields
            )
        case kinds.Matching():
            options = tuple(dict.fromkeys([*(pair.right for pair in challenge.pairs), *challenge.extra]))
            return tuple(Entry(pair.left, (pair.right,), options) for pair in challenge.pairs)
    return ()


def _proposals(challenge: Any) -> tuple[Proposal, ...]:
    """Give the proposals of a choice, the steps of an order, the places of a picture or table."""
    match challenge:
        case kinds.Ordering():
            return tuple(Proposal(step, right=True) for step in challenge.steps)
        case kinds.Hotspot() if challenge.places:
            return tuple(
                Proposal(one.text, one.right, zone=one.zone, part=one.part) for one in challenge.places
            )
        case kinds.Hotspot():
            headings, *rows = challenge.table
            return tuple(
                Proposal(
                    f"{row[0]}, {heading}\u00a0: {text}",
                    right=(at + 1, column + 1) in challenge.right,
                    cell=(at, column),
                )
                for at, row in enumerate(rows)
                for column, (heading, text) in enumerate(zip(headings[1:], row[1:], strict=True))
            )
    return tuple(Proposal(one.text, one.right) for one in getattr(challenge, "proposals", ()))


def _media(part: ChallengeBase, scenario: scenarios.Content | None) -> Media | None:
    drawn = part.model_dump(include={"picture", "alternative"}) if scenario is None else scenario
    if drawn.get("picture"):
        alternative = drawn.get("alternative") or compose(drawn["picture"], is_strict=False).alternative
        return Media("", alternative, tuple(drawn["picture"]))
    return Media(part.media.file, part.media.alternative) if part.media else None


def _challenge(part: Any, known: Mapping[str, scenarios.Content]) -> Challenge:
    scenario = known.get(part.scenario) if isinstance(part, kinds.Simulator) else None
    return Challenge(
        id=part.id,
        kind=Kind(part.kind),
        instruction=part.instruction if scenario is None else scenario["instruction"],
        explanation=part.explanation,
        seconds=part.seconds,
        proposals=_proposals(part),
        entries=_entries(part),
        groups=getattr(part, "groups", ()),
        alternative_instruction=part.alternative_instruction,
        media=_media(part, scenario),
        source=Source(part.source.text, part.source.read_on) if part.source else None,
        doing=part.doing,
        phone_friendly=part.phone_friendly,
        shuffle=getattr(part, "shuffle", False),
        size=getattr(part, "size", None),
        table=getattr(part, "table", ()),
        recipe=part.material,
        answer=getattr(part, "answer", None) if isinstance(part, kinds.SingleChoice) else None,
        scenario=scenario,
        timer=part.timer,
        focus=part.focus,
    )


def _tube(part: schema.Tube) -> Tube:
    skills = tuple(
        Skill(
            one.id, part.id, part.title, part.competence, one.level, one.description, one.hint, one.tutorial
        )
        for one in part.skills
    )
    return Tube(
        part.id, part.competence, part.title, part.description, part.phone_friendly, skills, part.topics
    )


def _pathway(part: schema.Pathway) -> Pathway:
    return Pathway(
        id=part.id,
        title=part.title,
        category=Category(part.category),
        description=part.description,
        learned=part.learned,
        grades=part.grades,
        tubes=tuple((one.tube, one.maximum) for one in part.tubes),
        stages=tuple(Stage(one.threshold, one.title, one.message) for one in part.stages),
        prerequisites=part.prerequisites,
        is_locked=part.locked,
    )


def _referential(part: schema.Referential) -> Referential:
    return Referential(
        tuple(
            Area(
                area.id, area.title, tuple(Competence(one.id, one.title, area.id) for one in area.competences)
            )
            for area in part.areas
        ),
        tuple(Topic(one.id, one.title) for one in part.topics),
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
    problems += [
        f"Le parcours « {pathway.id} » porte le nom d’un parcours fait par la banque : donnez-lui un autre nom."
        for pathway in pathways
        if generated.is_reserved(pathway.id)
    ]
    return problems


def load_bank(folder: Path) -> Bank:
    """Read the whole bank.

    Raises: BankError with every problem found.
    """
    problems: list[str] = []
    referential = _parse(folder / "referentiel.yaml", schema.Referential, problems)
    subject_files = _parse_all(folder, "sujets/*/*.yaml", schema.Tube, problems)
    pathway_files = _parse_all(folder, "parcours/*/*.yaml", schema.Pathway, problems)
    known, faults = scenarios.read(folder)
    problems += faults
    tubes, pathways = list(subject_files.values()), list(pathway_files.values())
    problems += scenarios.unknown(tubes, known)
    problems += _cross_checks(tubes, pathways)
    problems += references.wrong_order(pathway_files)
    if referential:
        problems += references.unknown_topics(subject_files, referential)
    if problems or not referential:
        raise BankError(problems)
    framework, subjects = _referential(referential), {part.id: _tube(part) for part in tubes}
    written = [_pathway(part) for part in pathways]
    return Bank(
        digest=_digest(folder),
        referential=framework,
        tubes=subjects,
        challenges={
            skill.id: tuple(_challenge(one, known) for one in skill.challenges)
            for part in tubes
            for skill in part.skills
        },
        pathways={one.id: one for one in (*written, *generated.by_competence(framework, subjects))},
        tutorials={path.stem: path.read_text("utf-8") for path in sorted(folder.glob("tutoriels/*/*.md"))},
    )
