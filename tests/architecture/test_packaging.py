"""Installing: the locks are whole and bear no address, and manage.py works with Python alone."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture
def manage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """A copy of manage.py whose .venv and locks are elsewhere, so that nothing real is touched."""
    for name in ("manage.py", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("manage_copy", tmp_path / "manage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    return module


@pytest.fixture
def calls(manage: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that manage.py would have run, all successful."""
    lines: list[str] = []

    def note(command: list[str], **options: object) -> int:
        environment = options.get("env") or {}
        database = environment.get("BALISE_TEST_DATABASE")
        lines.append(
            " ".join([*([database] if database else []), *command]).replace(str(manage.PYTHON), "python")
        )
        return 0

    monkeypatch.setattr(manage.subprocess, "call", note)
    monkeypatch.setattr(manage, "domain_is_covered", lambda: bool(note(["coverage"])) or True)
    monkeypatch.setattr(manage, "install", lambda lock: None)
    monkeypatch.setattr(manage, "packages_for_tests", lambda **needs: [])
    return lines


# ---- Locks


def pins(lock: str) -> dict[str, set[str]]:
    """Read a lock: the versions of each package (several when they depend on the Python)."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / lock).read_text(), re.M):
        versions.setdefault(name, set()).add(version)
    return versions


def normal(requirement: str) -> str:
    """Give the normalised name of a requirement."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement).group()).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_index(lock):
    text = (ROOT / lock).read_text()

    assert not re.findall(r"://|index|find-links|trusted-host", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_pinned_and_hashed(lock):
    requirements = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())

    assert all("==" in requirement and "--hash=sha256:" in requirement for requirement in requirements)


def test_the_locks_hold_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["postgres"]

    assert {normal(requirement) for requirement in run} <= pins("requirements.lock").keys()
    development = {normal(requirement) for requirement in project["dependency-groups"]["dev"]}
    assert development <= pins("requirements-dev.lock").keys()


def test_development_runs_the_versions_that_schools_run():
    run, development = (pins(lock) for lock in LOCKS)

    assert {name: development.get(name) for name in run} == run


# ---- manage.py


def test_manage_imports_only_the_standard_library():
    tree = ast.parse((ROOT / "manage.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}

    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_older_python_reads_a_sentence():
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 7))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path('manage.py', run_name='__main__')"
    )

    result = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 1
    assert result.stderr.startswith("Balise demande Python 3.11 ou plus récent")
    assert "Traceback" not in result.stderr


def test_ci_and_the_readme_use_the_same_commands():
    readme, ci = (ROOT / "README.md").read_text(), (ROOT / ".ci" / "run").read_text()

    assert "python3 manage.py run" in readme
    assert all(f"python3 manage.py {command}\n" in readme for command in ("test", "check"))
    assert all(f"\npython3 manage.py {command}\n" in ci for command in ("test", "check"))
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_an_unknown_command_is_explained(manage, capsys):
    assert manage.main(["deploy"]) == 2
    assert "Commande inconnue" in capsys.readouterr().err


def test_a_lock_is_installed_once(manage, monkeypatch, tmp_path):
    for path in (manage.PYTHON, manage.VENV / "bin" / "pip", manage.VENV / "lib" / manage.PYTHON_NAME / "x"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    installed = []
    monkeypatch.setattr(manage.subprocess, "call", lambda command: installed.append(command[-1]) or 0)

    manage.install(manage.DEV_LOCK)
    manage.install(manage.DEV_LOCK)
    manage.install(manage.LOCK)
    assert installed == [str(manage.DEV_LOCK)]

    manage.LOCK.write_text(manage.LOCK.read_text() + "\n")
    manage.install(manage.LOCK)
    assert installed == [str(manage.DEV_LOCK), str(manage.LOCK)]


@pytest.mark.parametrize(
    "missing", ["", "bin/python", "bin/pip", f"lib/python{sys.version_info[0]}.{sys.version_info[1]}"]
)
def test_a_damaged_environment_is_made_anew(manage, monkeypatch, missing):
    for name in ("bin/python", "bin/pip", f"lib/{manage.PYTHON_NAME}"):
        if name != missing:
            (manage.VENV / name).mkdir(parents=True)
    manage.VENV.mkdir(exist_ok=True)
    made = []
    monkeypatch.setattr(manage, "create_venv", lambda: made.append(True))
    monkeypatch.setattr(manage.subprocess, "call", lambda command: 0)

    manage.install(manage.LOCK)

    assert made == ([True] if missing else [])


def test_missing_packages_are_named_to_who_may_not_install_them(manage, monkeypatch, capsys):
    monkeypatch.setattr(manage.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(manage, "packages_for_tests", lambda **needs: ["chromium", "strace"])

    assert manage.main(["test"]) == 3
    assert "\n  sudo apt-get install -y --no-install-recommends chromium strace\n" in capsys.readouterr().err


def test_root_installs_the_missing_packages(manage, monkeypatch):
    lines = []
    monkeypatch.setattr(manage.os, "geteuid", lambda: 0)
    monkeypatch.setattr(manage, "has_program", lambda *names: True)
    monkeypatch.setattr(
        manage.subprocess, "call", lambda command, env, **streams: lines.append((command, env)) or 0
    )

    manage.install_packages(["chromium"])

    assert [command[:2] for command, _ in lines] == [["apt-get", "update"], ["apt-get", "install"]]
    assert all(environment["DEBIAN_FRONTEND"] == "noninteractive" for _, environment in lines)


def test_only_what_the_chosen_tests_need_is_asked_for(manage, monkeypatch):
    monkeypatch.setattr(manage, "has_program", lambda *names: False)
    monkeypatch.setattr(manage, "find_library", lambda name: None)
    monkeypatch.setattr(manage, "glob", lambda pattern: [])

    assert manage.packages_for_tests(browser=False, postgresql=False) == []
    assert manage.packages_for_tests(browser=False, postgresql=True) == ["postgresql"]
    assert set(manage.packages_for_tests(browser=True, postgresql=False)) == {
        "chromium",
        "libatomic1",
        "libreoffice-calc",
        "libreoffice-writer",
        "strace",
    }


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            [],
            [
                "sqlite python -m pytest -n 2 --cov --cov-report=",
                "coverage",
                "postgresql python -m pytest -n 2 -m not browser --ignore=tests/material",
            ],
        ),
        (
            ["--sqlite", "--sans-navigateur"],
            ["sqlite python -m pytest -n 2 --cov --cov-report= -m not browser", "coverage"],
        ),
        (
            ["--postgresql", "-x"],
            ["postgresql python -m pytest -n 2 -m not browser --ignore=tests/material -x"],
        ),
        (["--sqlite", "tests/bank"], ["sqlite python -m pytest -n 2 --cov --cov-report= tests/bank"]),
    ],
)
def test_the_options_choose_the_runs(manage, calls, options, expected):
    assert manage.main(["test", *options]) == 0
    assert calls == expected


def test_a_failure_on_one_database_fails_the_whole_and_hides_none(manage, calls, monkeypatch, capsys):
    runs = []
    monkeypatch.setattr(
        manage, "run_pytest", lambda database, *options: runs.append(database) or len(runs) % 2
    )

    assert manage.main(["test"]) == 1
    assert runs == ["sqlite", "postgresql"]
    assert "tests sur SQLite" in capsys.readouterr().err


def test_check_runs_everything_even_after_a_failure(manage, monkeypatch, capsys):
    monkeypatch.setattr(manage, "install", lambda lock: None)
    monkeypatch.setattr(manage.subprocess, "call", lambda command, env: int("mypy" in command))

    assert manage.main(["check"]) == 1
    summary = capsys.readouterr().out
    assert summary.count("réussi  ") == len(manage.checks()) - 1
    assert "ÉCHEC   types (mypy)" in summary


def test_the_server_takes_the_place_of_manage(manage, monkeypatch):
    became = []
    monkeypatch.setattr(manage, "install", lambda lock: None)
    monkeypatch.setattr(manage.os, "execv", lambda program, arguments: became.append(arguments))

    manage.main(["run", "--port", "8080"])

    assert became == [[str(manage.PYTHON), "-m", "flask", "--app", "wsgi", "servir", "--port", "8080"]]
