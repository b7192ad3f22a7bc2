"""An invitation to hand over: shown as long as it is not used."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.extensions import db
from portal.persistence.models import Invitation
from tests.client import CheckingClient, words
from tests.conftest import NOON


@pytest.fixture
def url(client: CheckingClient, log_in, at) -> str:
    """The page of an invitation just made by Solène."""
    at(NOON)
    log_in("solene")
    client.get("/equipe/invitations")
    client.submit("/equipe/invitations", addresses="aline@ecole.example")
    return f"/equipe/invitations/{db.session.scalars(db.select(Invitation.public_id)).one()}"


def shown_link(client: CheckingClient) -> str:
    return words(client.page.select_one(".copyable code"))


def test_the_same_link_is_shown_at_any_time(client: CheckingClient, url: str) -> None:
    client.get(url)
    first = shown_link(client)
    client.get(url)

    assert first.startswith("http://localhost/invitation/")
    assert shown_link(client) == first


def test_the_page_says_for_whom_and_until_when(client: CheckingClient, url: str) -> None:
    text = client.get(url).text

    assert "Enseignant" in text
    assert "07/12/2026" in text
    assert "courriel" not in text


def test_a_new_link_replaces_the_old_one_for_fourteen_days(client: CheckingClient, url: str, at) -> None:
    client.get(url)
    old = shown_link(client)
    at(NOON + timedelta(days=15))
    client.delete_cookie("balise")
    client.get("/connexion")
    client.submit("/connexion", email="solene@0750001u.example", password="quatre mots sans lien")
    assert "Cette invitation a expiré." in client.get(url).text

    page = client.submit("/renvoyer")

    assert "L’ancien ne fonctionne plus." in page.text
    assert shown_link(client) != old
    assert "22/12/2026" in page.text
    assert client.get(old).status_code == 410


def test_an_expired_invitation_is_told_in_the_list(client: CheckingClient, url: str, at) -> None:
    at(NOON + timedelta(days=14))
    client.delete_cookie("balise")
    client.get("/connexion")
    client.submit("/connexion", email="solene@0750001u.example", password="quatre mots sans lien")
    client.get("/equipe")

    assert "Expirée" in words(client.page.select_one("#pending"))


def test_a_cancelled_invitation_opens_nothing(client: CheckingClient, url: str) -> None:
    client.get(url)
    link = shown_link(client)

    client.submit("/annuler")

    assert client.get(link).status_code == 410
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("dora", 404), ("bruno", 403)])
def test_an_invitation_belongs_to_the_administrators_of_its_school(
    client: CheckingClient, url: str, log_in, who: str, status: int
) -> None:
    log_in(who)
    client.get("/equipe")
    typed = {"csrf_token": client.csrf()}
    nonce = db.session.scalars(db.select(Invitation.nonce)).one()

    assert client.get(url).status_code == status
    assert client.post(f"{url}/renvoyer", data=typed).status_code == status
    assert client.post(f"{url}/annuler", data=typed).status_code == status
    db.session.rollback()
    assert db.session.scalars(db.select(Invitation.nonce)).one() == nonce


def test_an_unknown_invitation_is_not_found(client: CheckingClient, url: str) -> None:
    assert client.get(f"/equipe/invitations/{UUID(int=1)}").status_code == 404
