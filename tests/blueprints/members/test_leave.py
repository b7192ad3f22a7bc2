"""A member leaves the team."""

from portal.extensions import db
from tests.client import CheckingClient
from tests.factories import Cast


def test_a_member_who_leaves_is_signed_out_and_told_so(client: CheckingClient, cast: Cast, log_in) -> None:
    log_in("bruno")
    client.get("/mon-compte")

    page = client.submit("/equipe/quitter")

    assert "Vous ne faites plus partie de l’équipe." in page.text
    assert client.get("/equipe").status_code == 303
    db.session.refresh(cast.bruno)
    assert cast.bruno.left_at is not None


def test_the_last_administrator_cannot_leave(client: CheckingClient, log_in) -> None:
    log_in("solene")
    client.get("/mon-compte")

    response = client.submit("/equipe/quitter")

    assert response.status_code == 422
    assert "nommez d’abord une autre personne" in response.text
    assert client.get("/equipe").status_code == 200
