"""The first run: the school and its administrator, once."""

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.extensions import db
from portal.persistence.models import Member, School
from tests.client import HTMX, CheckingClient

TYPED = {
    "name": "Collège des Tilleuls",
    "uai": "0750001 u",
    "first_name": "Solène",
    "last_name": "Le Goff",
    "email": "Solene.LeGoff@ecole.example",
    "password": "quatre mots sans lien",
}


@pytest.fixture
def visitor(app: Flask) -> CheckingClient:
    """A browser on a portal without school."""
    return CheckingClient(app)


def test_the_school_and_its_administrator_are_made_and_signed_in(visitor: CheckingClient) -> None:
    visitor.get("/premiere-installation")

    visitor.submit("/premiere-installation", **TYPED)

    member = db.session.scalars(db.select(Member)).one()
    assert (member.school.name, member.school.uai) == ("Collège des Tilleuls", "0750001U")
    assert (member.role, member.account.email) == (Role.ADMIN, "solene.legoff@ecole.example")
    assert visitor.get("/equipe").status_code == 200


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "  ", "Saisissez le nom de l’établissement."),
        ("uai", "0750001A", "Cet UAI n’est pas valide"),
        ("uai", "", "Saisissez l’UAI de l’établissement."),
        ("first_name", "", "Saisissez votre prénom."),
        ("last_name", "x" * 61, "60 caractères au plus."),
        ("email", "solene", "n’est pas une adresse électronique complète"),
        ("password", "trop court", "12 caractères au moins."),
        ("password", "motdepasse123", "trop courant"),
        ("password", "aaaaaaaaaaaaa", "trop courant"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_made(
    visitor: CheckingClient, field: str, typed: str, sentence: str
) -> None:
    visitor.get("/premiere-installation")

    response = visitor.submit("/premiere-installation", **TYPED | {field: typed})

    assert response.status_code == 422
    error = visitor.page.select_one(f"#{field}-error")
    assert error is not None
    assert sentence in error.get_text()
    assert db.session.scalars(db.select(School)).all() == []


def test_every_mistake_is_told_at_once(visitor: CheckingClient) -> None:
    visitor.get("/premiere-installation")

    visitor.submit("/premiere-installation", **TYPED | {"uai": "0750001A", "email": "solene", "name": ""})

    assert len(visitor.page.select(".error-summary li")) == 3


def test_the_page_is_closed_once_a_school_exists(client: CheckingClient) -> None:
    response = client.get("/premiere-installation")
    assert (response.status_code, response.location) == (303, "/connexion")

    client.get("/connexion")
    client.post("/premiere-installation", data=TYPED | {"uai": "0290001U", "csrf_token": client.csrf()})

    assert len(db.session.scalars(db.select(School)).all()) == 2, "the cast's two schools, and no other"


def test_a_double_click_makes_one_school_and_signs_in(visitor: CheckingClient) -> None:
    visitor.get("/premiere-installation")
    typed = TYPED | {"csrf_token": visitor.csrf()}
    with visitor.session_transaction() as cookie:
        before = dict(cookie)
    visitor.post("/premiere-installation", data=typed)
    with visitor.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)

    response = visitor.post("/premiere-installation", data=typed)

    assert (response.status_code, response.location) == (303, "/")
    assert visitor.get("/equipe").status_code == 200
    assert len(db.session.scalars(db.select(School)).all()) == 1


def test_htmx_gets_the_whole_page_too(visitor: CheckingClient) -> None:
    assert visitor.get("/premiere-installation", headers=HTMX).text.startswith("<!DOCTYPE html>")
