"""`contenu verifier` says what to correct, with file and line."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask

from portal import bank_store
from portal.bank import checks
from portal.bank.checks import exercises
from portal.bank.loader import BankError
from portal.cli.bank import readable_bank
from portal.material.spending import Spending

GOOD = Path(__file__).parents[1] / "bank" / "good"


@pytest.fixture
def check(app, tmp_path, monkeypatch):
    """Run the command on a copy of the good bank."""
    content = Path(shutil.copytree(GOOD, tmp_path / "fr"))
    monkeypatch.setitem(app.extensions, "balise", replace(app.extensions["balise"], content=content))

    def run(*options):
        return app.test_cli_runner().invoke(args=["contenu", "verifier", *options])

    run.content = content
    return run


def test_a_good_bank_is_said_to_be_good(app):
    result = app.test_cli_runner().invoke(args=["contenu", "verifier"])

    assert result.exit_code == 0, result.output
    assert result.output.endswith("La banque est bonne.\n")


def test_a_defect_is_told_with_its_line_and_fails_the_command(check):
    path = check.content / "sujets" / "1.2" / "dossiers.yaml"
    path.write_text(path.read_text("utf-8").replace("seconds: 60", "seconds: 6"), "utf-8")

    result = check()

    assert result.exit_code == 1
    assert "sujets/1.2/dossiers.yaml, ligne 42, question dossiers-1c : seconds" in result.output
    assert "1\u00a0défaut à corriger." in result.output


def test_as_many_pupils_as_asked_are_drawn(check, monkeypatch):
    drawn = set()
    first = checks.exercises.draw_of
    monkeypatch.setattr(checks.exercises, "draw_of", lambda name, at: (drawn.add(at), first(name, at))[1])

    assert check().exit_code == 0
    assert drawn == set(range(20))
    check("--graines", "30")
    assert drawn == set(range(30))


def test_a_bank_that_cannot_be_read_is_told_of_and_not_served(app, tmp_path, monkeypatch):
    content = Path(shutil.copytree(GOOD, tmp_path / "fr"))
    (content / "sujets" / "1.2" / "dossiers.yaml").write_text("id: [dossiers", "utf-8")
    settings = replace(app.extensions["balise"], content=content, instance=tmp_path)
    with pytest.raises(BankError):
        bank_store.init_app(Flask("served"), settings)

    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    commands = Flask("commands")
    bank_store.init_app(commands, settings)
    with commands.app_context(), pytest.raises(ClickException, match="La banque ne se lit pas"):
        readable_bank()


def test_on_demand_every_generator_is_drawn(check, monkeypatch):
    monkeypatch.setattr(Spending, "make", lambda *_: 1 // 0)
    monkeypatch.setattr(exercises, "RECIPES", {"depenses": Spending})

    output = check("--graines", "21").output

    assert (
        "sujets/1.3/depenses.yaml, ligne 16, question depenses-3a : le générateur « depenses » échoue"
        in output
    )
    assert "générateur depenses : ZeroDivisionError" in output
    assert "générateur depenses :" not in check().output
