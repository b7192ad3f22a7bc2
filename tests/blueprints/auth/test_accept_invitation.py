"""An invited person joins the team through the link handed over."""

from datetime import timedelta

import pytest
from flask import Flask, current_app

from portal import links
from portal.domain.permissions import Function, Role
from portal.extensions import db
from portal.persistence.models import Account, Invitation, Member
from portal.services import invitations
from tests.client import CheckingClient
from tests.conftest import NOON
from tests.factories import PASSWORD, Cast

NEW = "cinq autres mots bien choisis"
PERSON = {"first_name": "Aline", "last_name": "Blanc", "password": NEW}


@pytest.fixture
def visitor(app: Flask, cast: Cast, at) -> CheckingClient:
    """The browser of an invited person."""
    at(NOON)
    return CheckingClient(app)


def invite(cast: Cast, email: str = "aline@ecole.example", role: Role = Role.MEMBER) -> str:
    """Have Solène invite somebody; gives the path of the link."""
    draft = invitations.Draft(email, Function.CPE, role)
    invitations.invite(draft, school_id=cast.school.id, by_id=cast.solene.id, at=NOON)
    invitation = db.session.scalars(db.select(Invitation)).one()
    with current_app.test_request_context():
        return links.invitation_url(invitation).removeprefix("http://localhost")


def member_of(email: str) -> Member:
    db.session.rollback()
    return db.session.scalars(db.select(Member).join(Account).where(Account.email == email)).one()


def test_a_new_person_makes_an_account_and_is_signed_in(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast)
    page = visitor.get(link).text
    assert "Collège des Tilleuls" in page
    assert "CPE" in page

    visitor.submit(link, **PERSON)

    member = member_of("aline@ecole.example")
    assert (member.school_id, member.role, member.function) == (cast.school.id, Role.MEMBER, Function.CPE)
    assert (member.account.first_name, member.account.last_name) == ("Aline", "Blanc")
    assert visitor.get("/equipe").status_code == 200


def test_the_role_is_the_one_of_the_invitation(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast, role=Role.ADMIN)
    visitor.get(link)

    visitor.submit(link, **PERSON)

    assert visitor.get("/equipe/invitations").status_code == 200


def test_the_address_is_the_one_invited_whatever_the_form_says(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast)
    visitor.get(link)

    visitor.submit(link, **PERSON, email="autre@ecole.example")

    assert member_of("aline@ecole.example")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("first_name", " ", "Saisissez votre prénom."),
        ("last_name", "x" * 61, "60 caractères au plus."),
        ("password", "court", "12 caractères au moins."),
        ("password", "motdepasse123", "trop courant"),
    ],
)
def test_a_mistake_is_told_and_the_link_still_serves(
    visitor: CheckingClient, cast: Cast, field: str, typed: str, sentence: str
) -> None:
    link = invite(cast)
    visitor.get(link)

    response = visitor.submit(link, **PERSON | {field: typed})

    assert response.status_code == 422
    assert sentence in response.text
    assert visitor.get(link).status_code == 200


def test_a_link_serves_once(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast)
    visitor.get(link)
    visitor.submit(link, **PERSON)

    response = visitor.get(link)

    assert response.status_code == 410
    assert "Demandez un nouveau lien au référent numérique (RUPN)." in response.text


def test_a_double_click_makes_one_account_and_signs_in(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast)
    visitor.get(link)
    typed = PERSON | {"csrf_token": visitor.csrf(), "email": "aline@ecole.example"}
    with visitor.session_transaction() as cookie:
        before = dict(cookie)
    visitor.post(link, data=typed)
    with visitor.session_transaction() as cookie:
        cookie.clear()
        cookie.update(before)

    response = visitor.post(link, data=typed)

    assert (response.status_code, response.location) == (303, "/")
    assert visitor.get("/equipe").status_code == 200
    assert member_of("aline@ecole.example")


def test_a_used_link_is_no_way_to_guess_passwords(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast)
    visitor.get(link)
    token = visitor.csrf()
    typed = {"csrf_token": token, "email": cast.bruno.account.email, "password": "faux, toujours faux"}
    visitor.submit(link, **PERSON)
    for _ in range(10):
        visitor.get("/mon-compte")
        assert visitor.post(link, data=typed | {"csrf_token": visitor.csrf()}).status_code == 410

    db.session.refresh(cast.bruno.account)
    assert cast.bruno.account.locked_until is not None


@pytest.mark.parametrize("days", [14, 15])
def test_a_link_dies_after_fourteen_days(visitor: CheckingClient, cast: Cast, at, days: int) -> None:
    link = invite(cast)

    at(NOON + timedelta(days=days))

    assert visitor.get(link).status_code == 410


def test_a_replaced_link_opens_nothing(visitor: CheckingClient, cast: Cast) -> None:
    old = invite(cast)
    new = invite(cast)

    assert visitor.get(old).status_code == 410
    assert visitor.get(new).status_code == 200


@pytest.mark.parametrize("token", ["x", "WyJhIiwiYiJd.abc", "é"])
def test_a_forged_link_opens_nothing(visitor: CheckingClient, token: str) -> None:
    assert visitor.get(f"/invitation/{token}").status_code == 410


def test_a_person_with_an_account_joins_with_its_password(visitor: CheckingClient, cast: Cast) -> None:
    link = invite(cast, cast.dora.account.email)
    page = visitor.get(link).text
    assert "Cette adresse a déjà un compte" in page

    wrong = visitor.submit(link, password="pas le bon du tout")
    assert wrong.status_code == 422
    visitor.submit(link, password=PASSWORD)

    assert "Collège des Tilleuls" in visitor.get("/equipe").text
    assert db.session.scalar(db.select(db.func.count()).select_from(Account)) == 4


def test_somebody_who_left_comes_back_to_the_same_place(
    visitor: CheckingClient, client: CheckingClient, cast: Cast, log_in
) -> None:
    log_in("bruno")
    client.get("/mon-compte")
    client.submit("/equipe/quitter")
    link = invite(cast, cast.bruno.account.email)
    visitor.get(link)

    visitor.submit(link, password=PASSWORD)

    member = member_of("bruno@0750001u.example")
    assert (member.id, member.left_at, member.function) == (cast.bruno.id, None, Function.CPE)


def test_accepting_on_a_colleague_s_computer_closes_that_session(
    client: CheckingClient, cast: Cast, log_in
) -> None:
    log_in("solene")
    link = invite(cast)
    assert "Cet ordinateur est connecté au compte de Solène Martin." in client.get(link).text

    client.submit(link, **PERSON)

    assert "Aline Blanc" in client.get("/equipe").text
    assert client.get("/equipe/invitations").status_code == 403
