"""A colleague who forgot the password gets a link: once, one day, in hand."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.persistence.models import Member
from portal.persistence.transaction import write_tx
from tests.client import CheckingClient, words
from tests.conftest import NOON
from tests.factories import PASSWORD, SEPTEMBER, Cast

NEW = "cinq autres mots bien choisis"


@pytest.fixture
def link(client: CheckingClient, cast: Cast, log_in, at) -> str:
    """The link that Solène gives Bruno."""
    at(NOON)
    log_in("solene")
    client.get(f"/equipe/{cast.bruno.public_id}")
    client.submit("/lien-de-connexion")
    return words(client.page.select_one(".copyable code"))


@pytest.fixture
def bruno(app: Flask, cast: Cast) -> CheckingClient:
    """Bruno's browser."""
    return CheckingClient(app)


def test_the_link_gives_a_new_password_and_signs_in(bruno: CheckingClient, link: str) -> None:
    assert "bruno@0750001u.example" in bruno.get(link).text

    bruno.submit(password=NEW)

    assert bruno.get("/equipe").status_code == 200


def test_the_link_opens_a_blocked_account(bruno: CheckingClient, cast: Cast, link: str) -> None:
    with write_tx():
        cast.bruno.account.is_blocked = True
    bruno.get(link)

    bruno.submit(password=NEW)

    assert bruno.get("/equipe").status_code == 200


def test_the_link_serves_once(bruno: CheckingClient, link: str) -> None:
    bruno.get(link)
    bruno.submit(password=NEW)

    response = bruno.get(link)

    assert response.status_code == 410
    assert "Ce lien a déjà servi" in response.text


def test_a_double_click_signs_in_all_the_same(bruno: CheckingClient, app: Flask, link: str) -> None:
    bruno.get(link)
    typed = {"csrf_token": bruno.csrf(), "email": "bruno@0750001u.example", "password": NEW}
    with bruno.session_transaction() as cookie:
        before = dict(cookie)
    path = link.removeprefix("http://localhost")
    bruno.post(path, data=typed)
    with bruno.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)

    assert bruno.post(path, data=typed).location == "/"
    assert bruno.get("/equipe").status_code == 200


def test_the_link_lasts_a_day(bruno: CheckingClient, link: str, at) -> None:
    at(NOON + timedelta(hours=23, minutes=59))
    assert bruno.get(link).status_code == 200
    at(NOON + timedelta(hours=24))
    assert bruno.get(link).status_code == 410


def test_a_weak_password_is_refused_and_the_link_still_serves(bruno: CheckingClient, link: str) -> None:
    bruno.get(link)

    response = bruno.submit(password="bruno")

    assert response.status_code == 422
    assert "12 caractères au moins" in response.text
    bruno.submit(password=NEW)
    assert bruno.get("/equipe").status_code == 200


def test_a_forged_link_opens_nothing(bruno: CheckingClient, link: str) -> None:
    content, signature = link.rsplit(".", 1)
    assert bruno.get(f"{content}.{signature[::-1]}").status_code == 410
    assert bruno.get("/nouveau-mot-de-passe/x").status_code == 410


def test_a_link_of_another_kind_opens_nothing(bruno: CheckingClient, link: str) -> None:
    assert bruno.get(link.replace("nouveau-mot-de-passe", "invitation")).status_code == 410


def test_nobody_makes_a_link_for_oneself(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("solene")
    client.get(f"/equipe/{cast.solene.public_id}")

    response = client.post(
        f"/equipe/{cast.solene.public_id}/lien-de-connexion", data={"csrf_token": client.csrf()}
    )

    assert response.status_code == 422
    assert "Mon compte" in response.text


def test_the_account_of_two_schools_is_not_for_one_administrator(
    client: CheckingClient, cast: Cast, log_in
) -> None:
    with write_tx() as session:
        session.add(
            Member(
                school_id=cast.other_school.id,
                account_id=cast.bruno.account_id,
                role=Role.MEMBER,
                joined_at=SEPTEMBER,
            )
        )
    log_in("solene")
    client.get(f"/equipe/{cast.bruno.public_id}")

    response = client.submit("/lien-de-connexion")

    assert response.status_code == 422
    assert "un autre établissement" in response.text


def test_a_link_dies_when_the_colleague_joins_another_school(
    bruno: CheckingClient, cast: Cast, link: str
) -> None:
    with write_tx() as session:
        session.add(
            Member(
                school_id=cast.other_school.id,
                account_id=cast.bruno.account_id,
                role=Role.MEMBER,
                joined_at=SEPTEMBER,
            )
        )

    assert bruno.get(link).status_code == 410


def test_the_old_password_is_gone(bruno: CheckingClient, link: str) -> None:
    bruno.get(link)
    bruno.submit(password=NEW)
    bruno.delete_cookie("balise")
    bruno.get("/connexion")

    assert bruno.submit("/connexion", email="bruno@0750001u.example", password=PASSWORD).status_code == 422
