"""The school from the command line: the first run, and a member locked out."""

from flask import Flask

from portal.domain.permissions import Role
from portal.extensions import db
from portal.persistence.models import Member, School, SignIn
from portal.persistence.transaction import write_tx
from portal.services import accounts
from tests.conftest import NOON
from tests.factories import PASSWORD, Cast

CREATE = {
    "--nom": "Collège des Tilleuls",
    "--uai": "0750001u",
    "--prenom": "Solène",
    "--nom-de-famille": "Le Goff",
    "--adresse": "Solene@ecole.example",
    "--mot-de-passe": "quatre mots sans lien",
}


def run(app: Flask, command: str, options: dict[str, str]) -> tuple[int, str]:
    arguments = ["etablissement", command, *(part for pair in options.items() for part in pair)]
    result = app.test_cli_runner().invoke(args=arguments)
    db.session.rollback()
    return result.exit_code, result.output


def test_the_school_is_made_with_its_administrator(app: Flask) -> None:
    code, said = run(app, "creer", CREATE)

    assert code == 0, said
    assert "Collège des Tilleuls est créé." in said
    member = db.session.scalars(db.select(Member)).one()
    assert (member.role, member.school.uai) == (Role.ADMIN, "0750001U")
    assert accounts.sign_in_member("solene@ecole.example", "quatre mots sans lien", device="", at=NOON)


def test_a_second_school_is_refused(app: Flask) -> None:
    run(app, "creer", CREATE)

    code, said = run(app, "creer", CREATE | {"--uai": "0290001U"})

    assert code == 1
    assert "L’établissement est déjà installé" in said
    assert len(db.session.scalars(db.select(School)).all()) == 1


def test_each_mistake_has_its_sentence(app: Flask) -> None:
    for option, typed, sentence in (
        ("--uai", "0750001A", "Cet UAI n’est pas valide"),
        ("--adresse", "solene", "n’est pas une adresse électronique complète"),
        ("--mot-de-passe", "court", "12 caractères au moins"),
    ):
        code, said = run(app, "creer", CREATE | {option: typed})
        assert code == 1
        assert sentence in said
        assert "Traceback" not in said
    assert db.session.scalars(db.select(School)).all() == []


def test_a_new_password_unlocks_the_account_and_closes_its_sessions(app: Flask, cast: Cast) -> None:
    email = cast.solene.account.email
    accounts.sign_in_member(email, PASSWORD, device="", at=NOON)
    with write_tx():
        cast.solene.account.is_blocked = True

    code, said = run(
        app, "mot-de-passe", {"--adresse": email, "--mot-de-passe": "cinq autres mots bien choisis"}
    )

    assert code == 0, said
    assert db.session.scalars(db.select(SignIn)).all() == []
    assert accounts.sign_in_member(email, "cinq autres mots bien choisis", device="", at=NOON)


def test_an_unknown_address_is_told(app: Flask, cast: Cast) -> None:
    code, said = run(
        app,
        "mot-de-passe",
        {"--adresse": "personne@ecole.example", "--mot-de-passe": "cinq mots bien choisis"},
    )

    assert code == 1
    assert "Aucun compte n’a cette adresse." in said
