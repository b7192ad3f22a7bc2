"""Read the files of the bank into domain values, all errors at once with their file and line."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.bank import generated, references, scenarios, schema, values
from portal.bank.objectives import Objectives
from portal.bank.places import Lines, Place, Problem
from portal.bank.shelf import OBJECTIVES, REFERENTIAL, Shelf
from portal.domain.pathway import Pathway
from portal.domain.referential import Challenge, Referential, Skill, Tube


class BankError(Exception):
    """The bank cannot be read; `problems` says where and why, a line each."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, in the order of the files."""
        super().__init__("\n".join(str(problem) for problem in problems))
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
    objectives: Objectives = field(default_factory=Objectives)
    scenarios: frozenset[str] = frozenset()

    def every_challenge(self) -> Iterator[tuple[Skill, Challenge]]:
        """Give every challenge with its skill, in the order of the files."""
        for tube in self.tubes.values():
            for skill in tube.skills:
                for challenge in self.challenges[skill.id]:
                    yield skill, challenge


def load_bank(folder: Path) -> Bank:
    """Read the whole bank.

    Raises: BankError with every problem found.
    """
    shelf = Shelf(folder)
    shelf.refresh()
    problems = [*(one for file in sorted(shelf.faults) for one in shelf.faults[file]), *missing(shelf)]
    problems += cross_checks(shelf)
    if problems:
        raise BankError(problems)
    return bank_of(shelf, _digest(folder))


def missing(shelf: Shelf) -> list[Problem]:
    """Tell that the framework is not there."""
    if REFERENTIAL in shelf.parts or REFERENTIAL in shelf.faults:
        return []
    return [Problem(Place(REFERENTIAL), "ce fichier manque : il dit les domaines et les compétences.")]


def bank_of(shelf: Shelf, digest: str = "") -> Bank:
    """Give the bank that the files on a shelf make; those that cannot be read are left out."""
    known = shelf.scenarios()
    parts = [part for _, part in shelf.of(schema.Tube)]
    framework = values.referential(shelf.parts.get(REFERENTIAL) or schema.Referential(areas=()))
    tubes = {part.id: values.tube(part) for part in parts}
    written = [values.pathway(part) for _, part in shelf.of(schema.Pathway)]
    return Bank(
        digest=digest,
        referential=framework,
        tubes=tubes,
        challenges={
            skill.id: tuple(values.challenge(one, known) for one in skill.challenges)
            for part in parts
            for skill in part.skills
        },
        pathways={one.id: one for one in (*written, *generated.by_competence(framework, tubes))},
        tutorials=shelf.tutorials(),
        scenarios=frozenset(known),
        objectives=shelf.parts.get(OBJECTIVES) or Objectives(),
    )


def cross_checks(shelf: Shelf) -> list[Problem]:
    """Find what one file says and another contradicts: names written twice, names of nothing."""
    tubes, pathways = shelf.of(schema.Tube), shelf.of(schema.Pathway)
    known = {tube.id for _, tube in tubes}
    problems = _names_given_twice(shelf)
    problems += [
        Problem(Place(file, keys=("tubes", at, "tube")), f"le sujet « {capped.tube} » n’existe pas.")
        for file, pathway in pathways
        for at, capped in enumerate(pathway.tubes)
        if capped.tube not in known and not _is_broken(shelf, capped.tube)
    ]
    problems += [*references.reserved(pathways), *references.wrong_order(pathways)]
    if referential := shelf.parts.get(REFERENTIAL):
        problems += references.unknown_topics(tubes, referential)
    # A scenario that cannot be read has already been told of.
    unreadable: dict[str, scenarios.Content] = {
        Path(file).stem: {} for file in shelf.faults if file.startswith("scenarios/")
    }
    problems += scenarios.unknown(tubes, unreadable | shelf.scenarios())
    return Lines(shelf.folder).located(problems)


def _is_broken(shelf: Shelf, tube: str) -> bool:
    return any(file.startswith("sujets/") and Path(file).stem == tube for file in shelf.faults)


def _names_given_twice(shelf: Shelf) -> list[Problem]:
    tubes = shelf.of(schema.Tube)
    skills = [
        (Place(file, keys=("skills", at, "id")), skill)
        for file, tube in tubes
        for at, skill in enumerate(tube.skills)
    ]
    questions = [
        (Place(place.file, keys=(*place.keys[:2], "challenges", at, "id")), one.id)
        for place, skill in skills
        for at, one in enumerate(skill.challenges)
    ]
    scenes = [(Place(file, keys=("id",)), Path(file).stem) for file in sorted(shelf.parts) if _is_scene(file)]
    return [
        *_twice("un autre sujet", [(Place(file, keys=("id",)), tube.id) for file, tube in tubes]),
        *_twice(
            "un autre parcours",
            [(Place(file, keys=("id",)), one.id) for file, one in shelf.of(schema.Pathway)],
        ),
        *_twice("un autre scénario", scenes),
        *_twice("un autre acquis", [(place, skill.id) for place, skill in skills]),
        *_twice("une autre question", questions),
    ]


def _is_scene(file: str) -> bool:
    return file.startswith("scenarios/")


def _twice(other: str, names: list[tuple[Place, str]]) -> Iterator[Problem]:
    """Find names given twice, told at the second place."""
    first: dict[str, Place] = {}
    # Of two files with one name, the copy is the one that is called otherwise.
    for place, name in sorted(names, key=lambda one: Path(one[0].file).stem != one[1]):
        if name in first:
            yield Problem(place, f"{other} s’appelle déjà « {name} » (dans {first[name].file}).")
        first.setdefault(name, place)


def _digest(folder: Path) -> str:
    """Hash every text file of the bank, names included."""
    hasher = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".yaml", ".md"}:
            hasher.update(json.dumps([str(path.relative_to(folder)), path.read_text("utf-8")]).encode())
    return hasher.hexdigest()
