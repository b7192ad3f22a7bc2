"""Signing out, here and in the database."""

from portal.extensions import db
from portal.persistence.models import SignIn
from tests.client import CheckingClient


def test_signing_out_closes_the_session_in_the_database(client: CheckingClient, log_in) -> None:
    log_in("bruno")
    client.get("/equipe")
    with client.session_transaction() as cookie:
        stolen = dict(cookie)

    client.submit("/deconnexion")

    assert db.session.scalars(db.select(SignIn)).all() == []
    with client.session_transaction() as cookie:
        cookie.update(stolen)
    assert client.get("/equipe").location.startswith("/connexion"), "a copied cookie opens nothing"


def test_signing_out_without_being_signed_in_leads_home(client: CheckingClient) -> None:
    client.get("/connexion")

    response = client.post("/deconnexion", data={"csrf_token": client.csrf()})

    assert (response.status_code, response.location) == (303, "/")


def test_a_link_cannot_sign_anybody_out(client: CheckingClient, log_in) -> None:
    log_in("bruno")

    assert client.get("/deconnexion").status_code == 405
    assert client.get("/equipe").status_code == 200
