"""The demonstration school from the command line."""

import pytest
from flask import Flask

from portal.extensions import db
from portal.persistence.models import Account, School
from portal.services import demonstration
from tests.factories import Cast
from tests.services.test_demonstration import SMALL


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a school of sixteen pupils."""
    monkeypatch.setattr(demonstration, "FULL", SMALL)


def run(app: Flask, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["etablissement", "demonstration", *options])
    db.session.rollback()
    return result.exit_code, result.output


def test_it_is_made_compared_and_erased(app: Flask, cast: Cast) -> None:
    code, said = run(app)
    assert code == 0, said
    assert "maelle.corvaisier@demonstration.example" in said and "mot de passe" in said

    code, said = run(app, "--bilan")
    assert code == 0, said
    assert "parcours" in said or "moyenne" in said

    code, said = run(app)
    assert code == 1 and "existe déjà" in said

    code, said = run(app, "--supprimer")
    assert code == 0, said
    assert db.session.scalars(db.select(School.is_demonstration)).all() == [False, False]
    assert not any("demonstration" in one for one in db.session.scalars(db.select(Account.email)))


def test_nothing_to_erase_is_told(app: Flask) -> None:
    for option in ("--supprimer", "--bilan"):
        code, said = run(app, option)
        assert (code, "Aucun établissement de démonstration" in said) == (1, True)
