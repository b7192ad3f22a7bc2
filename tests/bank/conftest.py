"""A small bank without defect, in memory, for each test to spoil in one place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.bank import checks
from portal.bank.loader import load_bank
from tests.bank.small import SVG, TUTORIAL, first_skill, second_skill


@pytest.fixture
def tube() -> dict[str, Any]:
    """The subject of the small bank."""
    return {
        "id": "dossiers",
        "competence": "1.1",
        "title": "Ranger ses fichiers",
        "description": "Trouver et ranger ses fichiers.",
        "phone_friendly": True,
        "skills": [first_skill(), second_skill()],
    }


@pytest.fixture
def pathway() -> dict[str, Any]:
    """The pathway of the small bank."""
    return {
        "id": "ranger",
        "title": "Ranger",
        "category": "thematique",
        "description": "Ranger ses fichiers et les retrouver.",
        "learned": ["Ranger ses fichiers."],
        "grades": ["6e", "tle-pro"],
        "tubes": [{"tube": "dossiers", "maximum": 4}],
        "stages": [
            {"threshold": 0, "title": "Départ", "message": "Prenez votre temps."},
            {"threshold": None, "title": "C’est lancé", "message": "Vous savez faire une chose."},
            {"threshold": 50, "title": "Solide", "message": "Vous savez vous débrouiller."},
        ],
    }


@pytest.fixture
def files(tube: dict[str, Any]) -> dict[str, str]:
    """The pages and pictures of the small bank, by path."""
    drawn = [one["id"] for skill in tube["skills"] for one in skill["challenges"] if one.get("media")]
    pictures = {f"medias/{name}.svg": SVG for name in [*drawn, "dossiers-page"]}
    competence = {"id": "1.1", "title": "Gérer des fichiers"}
    areas = [{"id": "1", "title": "Information", "competences": [competence]}]
    return pictures | {
        "tutoriels/1.1/dossiers.md": TUTORIAL,
        "referentiel.yaml": yaml.safe_dump({"areas": areas}),
    }


@pytest.fixture
def written(
    tmp_path: Path, tube: dict[str, Any], pathway: dict[str, Any], files: dict[str, str]
) -> Callable[[], Path]:
    """Write the bank as the test left it, and give its folder."""

    def write() -> Path:
        data = {"sujets/1.1/dossiers.yaml": tube, "parcours/thematique/ranger.yaml": pathway}
        texts = files | {name: yaml.safe_dump(value, allow_unicode=True) for name, value in data.items()}
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path

    return write


@pytest.fixture
def problems(written: Callable[[], Path]) -> Callable[[], list[str]]:
    """Check the bank as the test left it."""

    def check() -> list[str]:
        folder = written()
        return [str(problem) for problem in checks.problems(load_bank(folder), folder)]

    return check
