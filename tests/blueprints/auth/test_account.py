"""A member's own account: password and open sessions."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.extensions import db
from portal.persistence.models import SignIn
from tests.client import CheckingClient, words
from tests.conftest import NOON
from tests.factories import PASSWORD, Cast

NEW = "cinq autres mots bien choisis"


@pytest.fixture
def elsewhere(app: Flask, cast: Cast) -> CheckingClient:
    """Bruno's other computer, where he is signed in."""
    other = CheckingClient(app)
    other.environ_base["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    other.log_in(cast, "bruno")
    return other


def test_the_header_leads_to_the_account(client: CheckingClient, log_in) -> None:
    log_in("bruno")
    client.get("/equipe")

    link = client.page.select_one(".site-account a")

    assert link is not None
    assert (link["href"], words(link)) == ("/mon-compte", "Bruno Martin")


def test_changing_the_password_asks_for_the_current_one(client: CheckingClient, log_in) -> None:
    log_in("bruno")
    client.get("/mon-compte")

    response = client.submit("/mon-compte", old="pas le bon du tout", new=NEW)

    assert response.status_code == 422
    assert "Ce n’est pas votre mot de passe actuel." in response.text


def test_a_weak_new_password_is_refused(client: CheckingClient, log_in) -> None:
    log_in("bruno")
    client.get("/mon-compte")

    response = client.submit("/mon-compte", old=PASSWORD, new="court")

    assert response.status_code == 422
    assert "12 caractères au moins" in response.text


def test_a_new_password_closes_the_other_sessions_and_replaces_the_old_one(
    client: CheckingClient, elsewhere: CheckingClient, log_in
) -> None:
    log_in("bruno")
    client.get("/mon-compte")

    page = client.submit("/mon-compte", old=PASSWORD, new=NEW)

    assert "Votre mot de passe est changé." in page.text
    assert elsewhere.get("/equipe").status_code == 303
    assert client.get("/equipe").status_code == 200
    elsewhere.get("/connexion")
    assert (
        elsewhere.submit("/connexion", email="bruno@0750001u.example", password=PASSWORD).status_code == 422
    )
    elsewhere.submit("/connexion", email="bruno@0750001u.example", password=NEW)
    assert elsewhere.get("/equipe").status_code == 200


def test_guesses_of_the_current_password_lock_the_account(client: CheckingClient, log_in, at) -> None:
    at(NOON)
    log_in("bruno")
    client.get("/mon-compte")
    for _ in range(10):
        client.submit("/mon-compte", old="pas le bon du tout", new=NEW)

    assert "Trop d’essais de suite" in client.submit("/mon-compte", old=PASSWORD, new=NEW).text


def test_the_open_sessions_are_listed_with_their_device(
    client: CheckingClient, elsewhere: CheckingClient, log_in
) -> None:
    log_in("bruno")

    text = client.get("/mon-compte").text

    assert "Firefox sur Windows" in text
    assert text.count("Cette session") == 1


def test_a_session_that_ended_by_itself_is_not_listed(client: CheckingClient, cast: Cast, log_in, at) -> None:
    at(NOON)
    log_in("bruno")
    at(NOON + timedelta(hours=9))
    client.delete_cookie("balise")
    log_in("bruno")

    client.get("/mon-compte")

    assert len(client.page.select("tbody tr")) == 1


def test_one_session_is_closed_from_the_other(
    client: CheckingClient, elsewhere: CheckingClient, log_in
) -> None:
    log_in("bruno")
    client.get("/mon-compte")

    client.submit("/fermer")

    assert elsewhere.get("/equipe").status_code == 303
    assert client.get("/equipe").status_code == 200


def test_everywhere_else_is_closed_at_once(client: CheckingClient, elsewhere: CheckingClient, log_in) -> None:
    log_in("bruno")
    client.get("/mon-compte")

    client.submit("/fermer-les-autres")

    assert elsewhere.get("/equipe").status_code == 303
    assert client.get("/equipe").status_code == 200


def test_nobody_closes_the_session_of_somebody_else(
    client: CheckingClient, elsewhere: CheckingClient, log_in
) -> None:
    theirs = db.session.scalars(db.select(SignIn)).one()
    log_in("dora")
    client.get("/mon-compte")

    client.post(f"/mon-compte/sessions/{theirs.public_id}/fermer", data={"csrf_token": client.csrf()})

    assert elsewhere.get("/equipe").status_code == 200


def test_the_account_is_for_those_signed_in(client: CheckingClient) -> None:
    assert client.get("/mon-compte").status_code == 303
