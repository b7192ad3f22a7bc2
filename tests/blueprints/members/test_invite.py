"""Inviting several colleagues at once."""

import pytest

from portal.domain.permissions import Function, Role
from portal.extensions import db
from portal.persistence.models import Invitation
from tests.client import CheckingClient, words
from tests.factories import Cast

URL = "/equipe/invitations"


def invitations() -> list[Invitation]:
    return list(db.session.scalars(db.select(Invitation).order_by(Invitation.email)))


@pytest.fixture
def form(client: CheckingClient, log_in) -> CheckingClient:
    """Solène, on the page that invites."""
    log_in("solene")
    client.get(URL)
    return client


def test_the_team_s_page_leads_to_it(client: CheckingClient, log_in) -> None:
    log_in("solene")
    client.get("/equipe")

    assert client.page.select_one(f'a.button[href="{URL}"]')


def test_one_address_leads_to_its_link_and_qr_code(form: CheckingClient) -> None:
    page = form.submit(URL, addresses="Aline@Ecole.example", function="aesh", role="admin")

    invitation = invitations()[0]
    assert (invitation.email, invitation.function, invitation.role) == (
        "aline@ecole.example",
        Function.AESH,
        Role.ADMIN,
    )
    assert "Invitation pour aline@ecole.example" in page.text
    assert form.page.select_one("figure.qr svg")


def test_several_addresses_in_any_writing_are_invited_together(form: CheckingClient) -> None:
    typed = "aline@ecole.example\r\n Zoé Blanc <zoe@ecole.example>, max@ecole.example;\n\naline@ecole.example"

    page = form.submit(URL, addresses=typed)

    assert [one.email for one in invitations()] == [
        "aline@ecole.example",
        "max@ecole.example",
        "zoe@ecole.example",
    ]
    assert {one.function for one in invitations()} == {Function.TEACHER}
    assert {one.role for one in invitations()} == {Role.MEMBER}
    assert "3\xa0invitations sont prêtes." in page.text


def test_each_bad_line_is_told_and_nobody_is_invited(form: CheckingClient) -> None:
    response = form.submit(URL, addresses="aline@ecole.example\nzoe\nmax@ecole.example, leo@")

    error = words(form.page.select_one("#addresses-error"))
    assert response.status_code == 422
    assert "Ligne 2 : « zoe » n’est pas une adresse complète." in error
    assert "Ligne 3 : « leo@ »" in error
    assert invitations() == []
    assert "max@ecole.example, leo@" in form.page.select_one("textarea").get_text(), "what was typed is kept"


def test_a_member_s_address_is_refused_with_a_sentence(form: CheckingClient, cast: Cast) -> None:
    response = form.submit(URL, addresses=f"aline@ecole.example\n{cast.bruno.account.email}")

    assert response.status_code == 422
    assert f"Ligne 2 : {cast.bruno.account.email} fait déjà partie de l’équipe." in words(form.page)
    assert invitations() == []


@pytest.mark.parametrize("typed", ["", " \n ;, "])
def test_no_address_is_refused(form: CheckingClient, typed: str) -> None:
    response = form.submit(URL, addresses=typed)

    assert response.status_code == 422
    assert "Saisissez au moins une adresse." in response.text


def test_an_unknown_role_is_refused(form: CheckingClient) -> None:
    assert form.submit(URL, addresses="aline@ecole.example", role="pupil").status_code == 422
    assert invitations() == []


def test_a_member_of_another_school_may_be_invited(form: CheckingClient, cast: Cast) -> None:
    form.submit(URL, addresses=cast.dora.account.email)

    assert invitations()[0].school_id == cast.school.id


def test_inviting_again_replaces_the_link(form: CheckingClient) -> None:
    form.submit(URL, addresses="aline@ecole.example")
    nonce = invitations()[0].nonce
    form.get(URL)

    form.submit(URL, addresses="aline@ecole.example", function="head")

    again = invitations()
    assert len(again) == 1
    assert again[0].nonce != nonce
    assert again[0].function == Function.HEAD


def test_a_plain_member_invites_nobody(client: CheckingClient, log_in) -> None:
    log_in("bruno")

    assert client.get(URL).status_code == 403
