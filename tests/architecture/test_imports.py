"""The import contracts of pyproject.toml refuse what they are meant to refuse."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READERS = ("bank", "rosters")

FORBIDDEN_IMPORTS = [
    ("domain", "import flask"),
    ("domain", "import lxml.etree"),
    ("domain", "import sqlalchemy"),
    ("domain", "import yaml"),
    ("domain", "from jinja2 import Template"),
    ("domain", "from portal.persistence import planted"),
    ("domain", "from pydantic import BaseModel"),
    ("domain", "from werkzeug.security import safe_join"),
    ("domain", "from wtforms import Form"),
    ("persistence", "from portal.services import planted"),
    ("persistence", "from portal.bank import planted"),
    ("bank", "from flask import current_app"),
    ("bank", "from portal.persistence import planted"),
    ("bank", "from portal.rosters import planted"),
    ("material", "from flask import current_app"),
    ("material", "import sqlalchemy"),
    ("material", "from portal.bank import planted"),
    ("material", "from portal.services import planted"),
    ("rosters", "import sqlalchemy"),
    ("rosters", "from portal.services import planted"),
    ("services", "from portal.cli import planted"),
    ("services", "from portal.blueprints.auth import planted"),
    ("cli", "from portal.blueprints.auth import planted"),
    ("blueprints/auth", "from portal.blueprints.members import planted"),
]
DATA = {"content", "static", "templates", "__pycache__"}
PLANTED_IN = {folder for folder, _ in FORBIDDEN_IMPORTS} | {"blueprints/members"}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([command, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the code, with an empty module `planted` in each layer."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns(*DATA))
    for target in PLANTED_IN:
        folder = tmp_path / "portal" / target
        for parent in (folder.parent, folder):
            parent.mkdir(exist_ok=True)
            (parent / "__init__.py").touch()
        (folder / "planted.py").touch()
    return tmp_path


def test_the_code_keeps_the_contracts(house):
    result = lint_imports(house)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("folder", "line"), FORBIDDEN_IMPORTS)
def test_a_wrong_import_is_refused(house, folder, line):
    (house / "portal" / folder / "planted.py").write_text(f"{line}\n")

    result = lint_imports(house)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"portal.{folder.replace('/', '.')}.planted -> " in result.stdout


def portal_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "portal")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "portal":
            yield node.module


@pytest.mark.parametrize("reader", READERS)
def test_readers_know_only_the_domain_and_the_material(reader):
    allowed = ("portal.domain", "portal.material", f"portal.{reader}")
    found = {
        (path.name, name)
        for path in (ROOT / "portal" / reader).rglob("*.py")
        for name in portal_imports(path)
        if not f"{name}.".startswith(tuple(f"{start}." for start in allowed))
    }

    assert not found
