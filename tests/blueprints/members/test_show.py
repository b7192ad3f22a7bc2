"""A member's page: function, role, departure."""

import pytest

from portal.domain.permissions import Function, Role
from portal.extensions import db
from tests import factories
from tests.client import CheckingClient, words
from tests.factories import Cast


def test_an_administrator_changes_a_function(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("solene")
    client.get(f"/equipe/{cast.ines.public_id}")

    page = client.submit("/fonction", function="cpe")

    db.session.refresh(cast.ines)
    assert cast.ines.function == Function.CPE
    assert "La nouvelle fonction est enregistrée." in page.text


def test_an_unknown_function_is_refused(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("solene")
    client.get(f"/equipe/{cast.ines.public_id}")

    response = client.submit("/fonction", function="ministre")

    assert response.status_code == 422
    db.session.refresh(cast.ines)
    assert cast.ines.function == Function.AESH


def test_a_member_becomes_administrator_and_member_again(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("solene")
    client.get(f"/equipe/{cast.bruno.public_id}")

    page = client.submit("/role", role="admin")
    assert "Bruno Martin est maintenant référent (RUPN)." in page.text
    client.get(f"/equipe/{cast.bruno.public_id}")
    page = client.submit("/role", role="member")

    assert "Bruno Martin n’est plus référent (RUPN)." in page.text
    db.session.refresh(cast.bruno)
    assert cast.bruno.role == Role.MEMBER


def test_an_unknown_role_is_refused(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("solene")
    client.get(f"/equipe/{cast.bruno.public_id}")

    assert client.submit("/role", role="pupil").status_code == 404


def test_a_removed_member_is_signed_out_at_once(client: CheckingClient, app, cast: Cast, log_in) -> None:
    theirs = CheckingClient(app)
    theirs.log_in(cast, "bruno")
    log_in("solene")
    client.get(f"/equipe/{cast.bruno.public_id}")

    page = client.submit("/retirer")

    assert "Bruno Martin ne fait plus partie de l’équipe." in page.text
    assert theirs.get("/equipe").status_code == 303
    assert client.get(f"/equipe/{cast.bruno.public_id}").status_code == 404


def test_the_campaigns_of_a_removed_member_stay(client: CheckingClient, cast: Cast, log_in) -> None:
    campaign = factories.make_campaign(cast.bruno)
    log_in("solene")
    client.get(f"/equipe/{cast.bruno.public_id}")
    client.submit("/retirer")

    db.session.refresh(campaign)
    assert campaign.owner_id == cast.bruno.id


def test_the_last_administrator_is_neither_demoted_nor_removed(
    client: CheckingClient, cast: Cast, log_in
) -> None:
    log_in("solene")
    client.get(f"/equipe/{cast.solene.public_id}")
    assert not client.page.select(".danger-zone form")
    assert "seul référent" in words(client.page.select_one(".danger-zone"))
    typed = {"csrf_token": client.csrf(), "role": "member"}

    for action in ("role", "retirer"):
        response = client.post(f"/equipe/{cast.solene.public_id}/{action}", data=typed)
        assert response.status_code == 422
        assert "doit garder un référent" in response.text

    assert client.get("/equipe").status_code == 200


def test_an_administrator_who_is_not_the_last_steps_down(client: CheckingClient, cast: Cast, log_in) -> None:
    factories.make_member(cast.school, first_name="Ali", role=Role.ADMIN)
    log_in("solene")
    client.get(f"/equipe/{cast.solene.public_id}")

    client.submit("/role", role="member")

    assert client.get(f"/equipe/{cast.solene.public_id}").status_code == 403


def test_an_administrator_who_removes_herself_is_signed_out(
    client: CheckingClient, cast: Cast, log_in
) -> None:
    factories.make_member(cast.school, first_name="Ali", role=Role.ADMIN)
    log_in("solene")
    client.get(f"/equipe/{cast.solene.public_id}")

    page = client.submit("/retirer")

    assert "Vous ne faites plus partie de l’équipe." in page.text
    assert client.get("/equipe").status_code == 303


@pytest.mark.parametrize("action", ["", "/role", "/fonction", "/retirer", "/lien-de-connexion"])
@pytest.mark.parametrize(("who", "status"), [("dora", 404), ("bruno", 403)])
def test_a_member_is_changed_by_an_administrator_of_the_school_only(
    client: CheckingClient, cast: Cast, log_in, action: str, who: str, status: int
) -> None:
    log_in(who)
    client.get("/equipe")
    typed = {"csrf_token": client.csrf(), "role": "admin", "function": "cpe"}
    url = f"/equipe/{cast.ines.public_id}{action}"

    response = client.post(url, data=typed) if action else client.get(url)

    assert response.status_code == status
    db.session.refresh(cast.ines)
    assert (cast.ines.role, cast.ines.function, cast.ines.left_at) == (Role.MEMBER, Function.AESH, None)
