#!/usr/bin/env python3
"""Install, run, test and check Balise with nothing but Python's standard library."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from ctypes.util import find_library
from glob import glob
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PYTHON_NAME = f"python{sys.version_info[0]}.{sys.version_info[1]}"
STAMP = VENV / "locks.sha256"
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# Exit code of a machine that lacks a system package: what is missing is printed, nothing else is wrong.
MISSING_PACKAGE = 3

USAGE = """\
Usage : python3 manage.py COMMANDE

  run [--port N] [--host ADRESSE]   installe ce qui manque, prépare la base et sert le portail
  test [--sqlite | --postgresql] [--sans-navigateur] [options de pytest]
                                    tous les tests sur SQLite puis, sans navigateur, sur PostgreSQL
  check                             les contrôles statiques, la base et le contenu
  bench NOM                         une mesure du dossier bench
"""

TOO_OLD = (
    f"Balise demande Python 3.11 ou plus récent ; celui-ci est Python {PYTHON_NAME[6:]}.\n"
    "Sous Ubuntu 22.04 : apt install python3.11-venv, puis python3.11 manage.py run"
)


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: the command line without the program's name.
    Returns: the exit code.
    """
    commands = {"run": run, "test": test, "check": check, "bench": bench}
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE)
        return 0 if arguments else 2
    if arguments[0] not in commands:
        return complain(f"Commande inconnue : {arguments[0]}\n\n{USAGE}", code=2)
    os.chdir(ROOT)
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except SetupError as error:
        return complain(str(error), code=error.code)
    except KeyboardInterrupt:
        return complain("Interrompu.", code=130)


# ---- The four commands


def run(options: list[str]) -> int:
    """Serve the portal; the server replaces this process, so that signals reach it."""
    install(LOCK)
    return replace_process("-m", "flask", "--app", "wsgi", "servir", *options)


def test(options: list[str]) -> int:
    """Run pytest on SQLite with coverage, then on PostgreSQL; any failure fails the whole."""
    databases = [name for name in DATABASES if f"--{name}" in options] or list(DATABASES)
    browser = "--sans-navigateur" not in options
    own = {*(f"--{name}" for name in DATABASES), "--sans-navigateur", "--"}
    pytest_options = [option for option in options if option not in own]
    needs = packages_for_tests(browser=browser, postgresql="postgresql" in databases)
    install_packages([*needs, *packages_for_venv()])
    install(DEV_LOCK)
    failures = []
    if "sqlite" in databases:
        selection = [] if browser else ["-m", "not browser"]
        if run_pytest("sqlite", "--cov", "--cov-report=", *selection, *pytest_options):
            failures.append("tests sur SQLite")
        # A chosen part of the tests cannot cover the whole domain.
        if not pytest_options and not domain_is_covered():
            failures.append("couverture du domaine")
    # The pages and the files are the same whatever the database: they are seen once.
    once = ["-m", "not browser", "--ignore=tests/material"]
    if "postgresql" in databases and run_pytest("postgresql", *once, *pytest_options):
        failures.append("tests sur PostgreSQL")
    return complain(f"Échec : {', '.join(failures)}.", code=1) if failures else 0


def check(options: list[str]) -> int:
    """Run every static check, then those of the migrations and of the content; report all failures."""
    if options:
        return complain("La commande check ne prend pas d’option.", code=2)
    install(DEV_LOCK)
    with tempfile.TemporaryDirectory(prefix="balise-check-") as folder:
        environment = {"BALISE_DOSSIER": folder, "BALISE_BASE": f"sqlite:///{folder}/balise.sqlite3"}
        results = [(title, passes(title, commands, environment)) for title, commands in checks().items()]
    print()
    for title, is_good in results:
        print(f"{'réussi' if is_good else 'ÉCHEC '}  {title}")
    return 0 if all(is_good for _, is_good in results) else 1


def bench(options: list[str]) -> int:
    """Run one measure of the folder bench."""
    names = sorted(path.stem for path in (ROOT / "bench").glob("*.py") if path.stem != "__init__")
    if not options or options[0] not in names:
        return complain(f"Indiquez une mesure : {', '.join(names)}.", code=2)
    install(DEV_LOCK)
    return replace_process("-m", f"bench.{options[0]}", *options[1:])


# ---- What they run


def run_pytest(database: str, *options: str) -> int:
    """Run pytest on two processes against one kind of database."""
    print(f"\n== Tests sur {DATABASES[database]}", flush=True)
    environment = {**os.environ, "BALISE_TEST_DATABASE": database}
    return subprocess.call([str(PYTHON), "-m", "pytest", "-n", "2", *options], env=environment)


def domain_is_covered() -> bool:
    """Tell whether the tests took every branch of the domain, and print those they did not."""
    report = [str(PYTHON), "-m", "coverage", "report"]
    total = subprocess.run([*report, "--format=total"], stdout=subprocess.PIPE, text=True)
    print(f"\nCouverture par branches : portal {total.stdout.strip()} % ; domaine :", flush=True)
    return subprocess.call([*report, "--include=portal/domain/*", "--fail-under=100"]) == 0


def checks() -> dict[str, list[list[str]]]:
    """List the checks: each title and its commands, run in order until one fails."""
    python, flask = str(PYTHON), [str(PYTHON), "-m", "flask", "--app", "wsgi"]
    return {
        "style (ruff check)": [[python, "-m", "ruff", "check", "."]],
        "mise en forme (ruff format)": [[python, "-m", "ruff", "format", "--check", "."]],
        "types (mypy)": [[python, "-m", "mypy"]],
        "imports entre couches (lint-imports)": [[str(VENV / "bin" / "lint-imports"), "--no-logo"]],
        "gabarits (djlint)": [[python, "-m", "djlint", "--lint", "--quiet", "portal/templates"]],
        "migrations (flask db check)": [[*flask, "db", "upgrade"], [*flask, "db", "check"]],
        "contenu (flask contenu verifier)": [[*flask, "contenu", "verifier"]],
    }


def passes(title: str, commands: Iterable[Sequence[str]], environment: dict[str, str]) -> bool:
    """Run the commands of one check, stopping at the first that fails."""
    print(f"\n== {title}", flush=True)
    return all(subprocess.call(command, env={**os.environ, **environment}) == 0 for command in commands)


# ---- Installation


class SetupError(Exception):
    """The machine lacks something that this program may not or cannot install."""

    def __init__(self, message: str, code: int = 1) -> None:
        """Keep the sentence for the person and the exit code."""
        super().__init__(message)
        self.code = code


def install(lock: Path) -> None:
    """Bring .venv to the versions of a lock; at once when it has them already."""
    # One made for another Python keeps its packages elsewhere; one interrupted has no pip yet.
    if not all(path.exists() for path in (PYTHON, VENV / "lib" / PYTHON_NAME, VENV / "bin" / "pip")):
        create_venv()
    if fingerprint(lock) in read_stamp():
        return
    print("Installation des dépendances (une à deux minutes la première fois)…", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]):
        raise SetupError("L’installation des dépendances a échoué : voir le message ci-dessus.")
    # The development lock holds all of the other, at the same versions.
    STAMP.write_text("".join(f"{fingerprint(path)}\n" for path in {lock, LOCK}))


def create_venv() -> None:
    """Make .venv anew, with uv when it is there, else with the standard library."""
    shutil.rmtree(VENV, ignore_errors=True)
    uv = ["uv", "venv", "--quiet", "--seed", "--python", sys.executable, str(VENV)]
    if has_program("uv") and subprocess.call(uv) == 0:
        return
    install_packages(packages_for_venv())
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise SetupError("La création de l’environnement .venv a échoué : voir le message ci-dessus.")


def fingerprint(lock: Path) -> str:
    """Give the SHA-256 of a lock."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def read_stamp() -> list[str]:
    """Read the fingerprints of the locks that .venv already follows."""
    return STAMP.read_text().split() if STAMP.exists() else []


def packages_for_venv() -> list[str]:
    """Name what Debian and Ubuntu ship apart from Python, if .venv cannot be made without it."""
    can_be_made = VENV.exists() or has_program("uv") or find_spec("ensurepip") is not None
    return [] if can_be_made else [f"{PYTHON_NAME}-venv"]


def packages_for_tests(*, browser: bool, postgresql: bool) -> list[str]:
    """List the Debian packages that the tests need and this machine lacks."""
    needs = {
        "chromium": browser and not has_program(os.environ.get("CHROMIUM", ""), "chromium"),
        # The driver of the browser is linked to it, and a bare Debian lacks it.
        "libatomic1": browser and find_library("atomic") is None,
        "libreoffice-calc": browser and not has_program("localc"),
        "libreoffice-writer": browser and not has_program("lowriter"),
        "strace": browser and not has_program("strace"),
        "postgresql": postgresql and not (has_program("initdb") or glob("/usr/lib/postgresql/*/bin/initdb")),
    }
    return [package for package, is_missing in needs.items() if is_missing]


def has_program(*names: str) -> bool:
    """Tell whether one of these programs can be run."""
    return any(shutil.which(name) for name in names if name)


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages as root, else ask the person to do it.

    Raises: SetupError if they cannot be installed from here.
    """
    if not packages:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not has_program("apt-get"):
        raise SetupError(f"Il manque des paquets à cette machine. Tapez :\n  sudo {line}", MISSING_PACKAGE)
    print(f"Installation des paquets : {' '.join(packages)}…", flush=True)
    # An unreachable third-party source fails the update, and yet the install may work: it alone decides.
    call_quietly("apt-get update")
    if call_quietly(line):
        raise SetupError(f"L’installation des paquets a échoué. Tapez :\n  {line}", MISSING_PACKAGE)


def call_quietly(line: str) -> int:
    """Run a command that asks nothing and shows only its errors; give its exit code."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    nowhere = subprocess.DEVNULL
    return subprocess.call(line.split(), env=environment, stdin=nowhere, stdout=nowhere)


def replace_process(*arguments: str) -> int:
    """Become the Python of .venv: the answer never comes, except in tests."""
    sys.stdout.flush()
    os.execv(str(PYTHON), [str(PYTHON), *arguments])


def complain(message: str, *, code: int) -> int:
    """Print a message on the error stream and give back the exit code."""
    print(message, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 — an older Python must read this sentence, not a traceback
        sys.exit(TOO_OLD)
    sys.exit(main(sys.argv[1:]))
