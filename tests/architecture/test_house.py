"""What the whole repository keeps to."""

import ast
import enum
import importlib
import pkgutil
import re
from pathlib import Path

import flask_migrate
import pytest

import portal.domain
from portal import labels
from portal.extensions import db
from portal.material.simulators.library import SIMULATORS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "portal" / "templates"
SOURCES = [path for folder in ("portal", "tests", "bench") for path in (ROOT / folder).rglob("*.py")]
# Never shown: what the engine, the marking and the readers say to each other.
INTERNAL = {"Evidence", "Kind", "Action"}


def test_every_enumeration_a_user_may_read_has_its_french_words():
    missing = []
    for found in pkgutil.iter_modules(portal.domain.__path__):
        module = importlib.import_module(f"portal.domain.{found.name}")
        for name, kind in vars(module).items():
            is_ours = isinstance(kind, type) and issubclass(kind, enum.StrEnum) and name not in INTERNAL
            if is_ours and kind.__module__ == module.__name__:
                missing += [member for member in kind if member not in labels.LABELS]
    assert not missing


def _templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_every_template_is_used():
    texts = [path.read_text("utf-8") for path in [*SOURCES, *_templates()]]
    for path in _templates():
        name = path.relative_to(TEMPLATES).as_posix()
        # A question names its simulator, whose template has the same name.
        if path.parent.name == "simulators" and path.stem in SIMULATORS:
            continue
        assert any(f'"{name}"' in text or f"'{name}'" in text for text in texts), f"{name} is used nowhere"


def test_templates_are_short_and_hold_neither_style_nor_script():
    for path in _templates():
        text = path.read_text("utf-8")
        lines = text.count("\n")
        assert lines <= (60 if path.name.startswith("_") else 120) or "macros" in path.parts, path
        assert not re.search(r'\sstyle="|<style|hx-on|\|\s*safe\b|hx-vals=.js:', text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_a_partial_says_what_it_needs():
    for path in _templates():
        if path.name.startswith("_"):
            first = path.read_text("utf-8").split("\n", 1)[0]
            assert first.startswith("{#") and "Needs:" in first, path


def test_only_one_module_names_the_headers_of_htmx():
    for path in (ROOT / "portal").rglob("*.py"):
        if path.name != "htmx.py":
            assert not re.search(r"[\"']HX-", path.read_text("utf-8")), path


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_short(path: Path):
    text = path.read_text("utf-8")
    if "versions" in path.parts or path.name.endswith("_words.py"):
        return
    assert text.count("\n") <= 300, f"{path.name} is long: split it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            size = (node.end_lineno or 0) - node.lineno + 1
            assert size <= 45, f"{path.name}: {node.name} has {size} lines"


def test_no_file_cites_what_is_not_in_the_repository():
    forbidden = re.compile(
        r"\b(RULES|PRODUCT|ENGINE|CONTENT|PARCOURS|STYLE|DEPENDENCIES)\.md\b|\bF\d{1,2}\b(?=[ ,;:)])"
    )
    paths = [
        path
        for pattern in ("*.py", "*.md", "*.html", "*.yaml", "*.toml", "*.js", "*.css")
        for folder in ("portal", "tests", "bench", "docs")
        for path in (ROOT / folder).rglob(pattern)
    ]
    for path in paths:
        # A cell of a sheet looks like one of those names.
        is_sheet = re.search(
            r"simulators|scenarios|formulas|content/fr/(sujets|tutoriels)", str(path.relative_to(ROOT))
        )
        if path != Path(__file__) and "vendor" not in path.parts and not is_sheet:
            found = forbidden.search(path.read_text("utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"


def test_the_tables_are_what_the_migrations_make(app):
    flask_migrate.check()


def test_the_migrations_go_down_and_up_again(tmp_path):
    from portal import create_app
    from portal.settings import Settings

    settings = Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'b.sqlite3'}",
        secret_key="k" * 64,
        is_testing=True,
    )
    with create_app(settings).app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        assert set(db.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade()
        flask_migrate.check()
        db.engine.dispose()
