"""A member of the team signs in: whom it lets in, what it says, when it locks."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.access import is_own_path
from portal.extensions import db
from portal.persistence.models import SignIn
from portal.settings import Settings
from tests.client import CheckingClient
from tests.conftest import NOON
from tests.factories import PASSWORD, Cast

WRONG = "L’identifiant ou le mot de passe est faux."


def try_password(client: CheckingClient, email: str, password: str) -> str:
    client.get("/connexion")
    return client.submit("/connexion", email=email, password=password).text


def test_a_member_signs_in_with_address_and_password(client: CheckingClient, cast: Cast) -> None:
    client.get("/connexion")

    client.submit("/connexion", email=f"  {cast.bruno.account.email.upper()} ", password=PASSWORD)

    assert client.get("/equipe").status_code == 200


def test_signing_in_answers_303_and_leads_home(client: CheckingClient, cast: Cast) -> None:
    client.get("/connexion")
    typed = {"csrf_token": client.csrf(), "email": cast.bruno.account.email, "password": PASSWORD}

    response = client.post("/connexion", data=typed)

    assert (response.status_code, response.location) == (303, "/")


def test_the_first_visit_of_an_empty_portal_is_its_installation(app: Flask) -> None:
    response = CheckingClient(app).get("/connexion")

    assert (response.status_code, response.location) == (303, "/premiere-installation")


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(
    client: CheckingClient, cast: Cast
) -> None:
    unknown = try_password(client, "personne@ecole.example", "quelque chose de faux")
    known = try_password(client, cast.bruno.account.email, "quelque chose de faux")

    assert WRONG in unknown
    assert WRONG in known


def test_empty_fields_are_named_and_keep_the_status_of_a_form_in_error(client: CheckingClient) -> None:
    client.get("/connexion")

    response = client.submit("/connexion")

    assert response.status_code == 422
    assert "Saisissez votre adresse électronique." in response.text
    assert "Saisissez votre mot de passe." in response.text


def test_ten_failures_lock_the_account_for_two_minutes(client: CheckingClient, cast: Cast, at) -> None:
    at(NOON)
    email = cast.bruno.account.email
    for _ in range(10):
        assert WRONG in try_password(client, email, "faux, toujours faux")

    assert "Trop d’essais de suite" in try_password(client, email, PASSWORD)
    at(NOON + timedelta(minutes=2, seconds=1))
    try_password(client, email, PASSWORD)

    assert client.get("/equipe").status_code == 200


def test_a_success_forgets_the_failures(client: CheckingClient, cast: Cast) -> None:
    email = cast.bruno.account.email
    for _ in range(9):
        try_password(client, email, "faux, toujours faux")
    try_password(client, email, PASSWORD)

    try_password(client, email, "faux, toujours faux")
    try_password(client, email, PASSWORD)

    assert cast.bruno.account.locked_until is None


def test_thirty_failures_block_the_account_until_somebody_helps(
    client: CheckingClient, cast: Cast, at
) -> None:
    instant, email = NOON, cast.bruno.account.email
    for _ in range(30):
        instant += timedelta(minutes=10)
        at(instant)
        try_password(client, email, "faux, toujours faux")
    at(instant + timedelta(days=7))

    assert "Ce compte est bloqué" in try_password(client, email, PASSWORD)


def test_somebody_who_left_every_school_is_told_so(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("bruno")
    client.get("/mon-compte")
    client.submit("/equipe/quitter")

    assert "plus rattaché à un établissement" in try_password(client, cast.bruno.account.email, PASSWORD)


@pytest.mark.parametrize("wanted", ["/equipe", "/campagnes?classe=5eB&page=2", "/"])
def test_a_page_asked_for_first_comes_after_signing_in(
    client: CheckingClient, cast: Cast, wanted: str
) -> None:
    client.get("/connexion", query_string={"suite": wanted})
    form = client.page.select_one("form[method=post]")
    assert form is not None
    typed = {"csrf_token": client.csrf(), "email": cast.bruno.account.email, "password": PASSWORD}

    response = client.post(str(form["action"]), data=typed)

    assert response.location == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "/\\ailleurs.example",
        "/\t/ailleurs.example",
        "/\n/ailleurs.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_the_page_that_follows_never_leaves_the_site(
    client: CheckingClient, cast: Cast, elsewhere: str
) -> None:
    client.get("/connexion")
    typed = {"csrf_token": client.csrf(), "email": cast.bruno.account.email, "password": PASSWORD}

    response = client.post("/connexion", query_string={"suite": elsewhere}, data=typed)

    assert not is_own_path(elsewhere)
    assert response.location == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: CheckingClient) -> None:
    client.get("/connexion")

    cookie = client.get_cookie("balise")

    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.expires is None, "a shared computer forgets the session with the browser"


def test_over_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    settings = Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'vide.sqlite3'}",
        secret_key="k" * 64,
        is_https=True,
    )
    config = create_app(settings).config

    assert config["SESSION_COOKIE_NAME"] == "__Host-balise"
    assert config["SESSION_COOKIE_SECURE"] is True


def test_the_database_never_holds_the_token_of_a_cookie(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("bruno")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]

    row = db.session.scalars(db.select(SignIn)).one()

    assert token not in row.token_hash


def test_signing_in_again_closes_the_session_of_this_browser(
    client: CheckingClient, cast: Cast, log_in
) -> None:
    log_in("bruno")
    log_in("solene")

    owners = db.session.scalars(db.select(SignIn.account_id)).all()

    assert owners == [cast.solene.account_id]
