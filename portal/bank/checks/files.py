"""Every file is at the place its content says, and none speaks of the platform we take after."""

import re
from pathlib import Path

from portal.bank.checks.places import pathway_file, tube_file, tube_place
from portal.bank.loader import Bank
from portal.bank.places import Place, Problem
from portal.bank.shelf import OBJECTIVES, REFERENTIAL
from portal.domain.pathway import Category
from portal.domain.referential import Tube

# Written with a class so that this file does not hold the word either.
TRADEMARK = re.compile(r"\bp[i]x\b", re.IGNORECASE)
TEXT_FILES = {".yaml", ".md", ".svg"}


def problems(bank: Bank, content: Path) -> list[Problem]:
    """Check the places of the files, the competences named, and the trademark."""
    unknown = unknown_competences(bank, content)
    return [*_misplaced(bank, content, {one.place.file for one in unknown}), *unknown, *_trademarks(content)]


def unknown_competences(bank: Bank, content: Path) -> list[Problem]:
    """Find the subjects of a competence that the framework does not have."""
    known = {competence.id for competence in bank.referential.competences()}
    return [
        Problem(
            _written(tube, content).at("competence"),
            f"la compétence {tube.competence} n’est pas dans referentiel.yaml.",
        )
        for tube in bank.tubes.values()
        if tube.competence not in known
    ]


def _written(tube: Tube, content: Path) -> Place:
    """Find the file of a subject whose competence, hence whose folder, is not known."""
    found = next(content.glob(f"sujets/*/{tube.id}.yaml"), None)
    return Place(found.relative_to(content).as_posix()) if found else tube_place(tube)


def _misplaced(bank: Bank, content: Path, lost: set[str]) -> list[Problem]:
    """Compare the files there are with those that the identifiers name; `lost`: those of an unknown competence."""
    expected = {tube_file(tube) for tube in bank.tubes.values()} | {REFERENTIAL, OBJECTIVES}
    ours = (one for one in bank.pathways.values() if one.category is not Category.COMPETENCE)
    expected |= {pathway_file(pathway) for pathway in ours}
    written = {path.relative_to(content).as_posix() for path in content.rglob("*.yaml")}
    # The reader has already compared the scenarios with their names.
    present = {name for name in written - lost if not name.startswith("scenarios/")}
    return [
        Problem(Place(name, keys=("id",)), _moved(name, expected - present))
        for name in sorted(present - expected)
    ]


def _moved(name: str, missing: set[str]) -> str:
    """Say where a file would have to be; its own keys name one that is missing."""
    stem = Path(name).stem
    wanted = [
        one for one in sorted(missing) if Path(one).stem == stem or one.split("/")[:2] == name.split("/")[:2]
    ]
    if len(wanted) == 1:
        return f"ce fichier n’est pas à sa place : d’après ce qu’il contient, {wanted[0]}."
    return "ce fichier n’est pas à sa place, ou son identifiant n’est pas son nom."


def _trademarks(content: Path) -> list[Problem]:
    found = []
    for path in sorted(content.rglob("*")):
        if path.suffix in TEXT_FILES:
            cited = TRADEMARK.search(path.name + "\n" + path.read_text("utf-8"))
            if cited:
                place = Place(path.relative_to(content).as_posix()).near(cited[0])
                found.append(Problem(place, "la marque d’une autre plateforme est citée, retirez-la."))
    return found
