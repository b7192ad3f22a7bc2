"""Every file is at the place its content says, and none speaks of the platform we take after."""

import re
from pathlib import Path

from portal.bank.checks.places import pathway_file, tube_file
from portal.bank.loader import Bank
from portal.domain.pathway import Category

# Written with a class so that this file does not hold the word either.
TRADEMARK = re.compile(r"\bp[i]x\b", re.IGNORECASE)
TEXT_FILES = {".yaml", ".md", ".svg"}


def problems(bank: Bank, content: Path) -> list[str]:
    """Check the places of the files, the competences named, and the trademark."""
    known = {competence.id for competence in bank.referential.competences()}
    unknown = [
        f"{tube_file(tube)} : la compétence {tube.competence} n’est pas dans referentiel.yaml."
        for tube in bank.tubes.values()
        if tube.competence not in known
    ]
    return [*_misplaced(bank, content), *unknown, *_trademarks(content)]


def _misplaced(bank: Bank, content: Path) -> list[str]:
    """Compare the files there are with those that the identifiers name: none missing, none ignored."""
    expected = {tube_file(tube) for tube in bank.tubes.values()} | {"referentiel.yaml"}
    written = (one for one in bank.pathways.values() if one.category is not Category.COMPETENCE)
    expected |= {pathway_file(pathway) for pathway in written}
    # The reader has already compared the scenarios with their names.
    present = {
        name
        for path in content.rglob("*.yaml")
        if not (name := path.relative_to(content).as_posix()).startswith("scenarios/")
    }
    return [
        *(
            f"{name} : ce fichier manque, d’après l’identifiant écrit ailleurs."
            for name in sorted(expected - present)
        ),
        *(
            f"{name} : ce fichier n’est pas à sa place, ou son identifiant n’est pas son nom."
            for name in sorted(present - expected)
        ),
    ]


def _trademarks(content: Path) -> list[str]:
    found = []
    for path in sorted(content.rglob("*")):
        if path.suffix in TEXT_FILES and TRADEMARK.search(path.name + "\n" + path.read_text("utf-8")):
            found.append(f"{path.relative_to(content)} : la marque d’une autre plateforme est citée.")
    return found
