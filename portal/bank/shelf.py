"""The files of the bank as they were last read: only those that changed are read again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from portal.bank import reading, scenarios, schema
from portal.bank.objectives import Objectives
from portal.bank.places import Place, Problem

REFERENTIAL, OBJECTIVES = "referentiel.yaml", "objectifs.yaml"
SCHEMAS: Mapping[str, type[BaseModel]] = {
    REFERENTIAL: schema.Referential,
    OBJECTIVES: Objectives,
    "sujets": schema.Tube,
    "parcours": schema.Pathway,
}
Signature = tuple[int, int]


@dataclass
class Shelf:
    """What the files of a folder hold, by path; `faults` says what is wrong with those that cannot be read."""

    folder: Path
    parts: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, list[Problem]] = field(default_factory=dict)
    _signatures: dict[str, Signature] = field(default_factory=dict)

    def refresh(self) -> set[str]:
        """Read again the files that changed, and forget those that went; give their paths."""
        present = _signatures(self.folder)
        changed = {
            file
            for file in present.keys() | self._signatures
            if present.get(file) != self._signatures.get(file)
        }
        for file in sorted(changed):
            self.parts.pop(file, None)
            self.faults.pop(file, None)
            if file in present:
                self._read(file)
        self._signatures = present
        return changed

    def _read(self, file: str) -> None:
        problems: list[Problem] = []
        part: Any = None
        folder = file.partition("/")[0]
        if folder in SCHEMAS:
            part = reading.parse(self.folder, file, SCHEMAS[folder], problems)
        elif folder == "scenarios":
            part, problems = scenarios.read(self.folder, file)
        elif folder == "tutoriels":
            part = _text(self.folder, file, problems)
        if part is not None:
            self.parts[file] = part
        if problems:
            self.faults[file] = problems

    def of(self, kind: type[Any]) -> list[tuple[str, Any]]:
        """Give the parts of one schema with their files, in the order of the paths."""
        return [(file, part) for file, part in sorted(self.parts.items()) if isinstance(part, kind)]

    def scenarios(self) -> dict[str, Mapping[str, Any]]:
        """Give the scenarios by name."""
        return {Path(file).stem: part for file, part in self.parts.items() if file.startswith("scenarios/")}

    def tutorials(self) -> dict[str, str]:
        """Give the pages by name."""
        pages = ((file, part) for file, part in sorted(self.parts.items()) if file.startswith("tutoriels/"))
        return {Path(file).stem: part for file, part in pages}

    @property
    def signature(self) -> int:
        """Tell one state of the files from another."""
        return hash(frozenset(self._signatures.items()))


def _signatures(folder: Path) -> dict[str, Signature]:
    """Tell one state of each file from another, those of pictures included, without reading any."""
    patterns = (
        REFERENTIAL,
        OBJECTIVES,
        "sujets/*/*.yaml",
        "parcours/*/*.yaml",
        "scenarios/*/*.yaml",
        "tutoriels/*/*.md",
        "medias/*",
    )
    found = {}
    for path in (path for pattern in patterns for path in folder.glob(pattern)):
        stat = path.stat()
        found[path.relative_to(folder).as_posix()] = (stat.st_mtime_ns, stat.st_size)
    return found


def _text(folder: Path, file: str, problems: list[Problem]) -> str | None:
    try:
        return (folder / file).read_text("utf-8")
    except UnicodeDecodeError:
        problems.append(Problem(Place(file), "enregistrez ce fichier en UTF-8."))
    return None
