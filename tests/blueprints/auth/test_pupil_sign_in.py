"""A pupil signs in with an identifiant and three words."""

from tests.client import CheckingClient
from tests.factories import PASSPHRASE, Cast


def test_a_pupil_signs_in_whatever_the_case_of_the_username(client: CheckingClient, cast: Cast) -> None:
    client.get("/connexion/eleve")

    client.submit("/connexion/eleve", username=f" {cast.lina.learner.username.upper()} ", secret=PASSPHRASE)

    with client.session_transaction() as cookie:
        assert "_user_id" in cookie


def test_an_unknown_pupil_and_a_wrong_secret_get_the_same_answer(client: CheckingClient, cast: Cast) -> None:
    for username in ("personne.nulle0101", cast.lina.learner.username):
        client.get("/connexion/eleve")
        response = client.submit("/connexion/eleve", username=username, secret="rien de juste")

        assert response.status_code == 422
        assert "L’identifiant ou le mot de passe est faux." in response.text


def test_empty_fields_are_named(client: CheckingClient) -> None:
    client.get("/connexion/eleve")

    response = client.submit("/connexion/eleve", username="", secret="")

    assert response.status_code == 422
    assert "Saisissez votre identifiant." in response.text


def test_a_whole_school_behind_one_address_can_sign_in(client: CheckingClient, cast: Cast) -> None:
    for _ in range(320):
        client.get("/connexion/eleve")
    client.submit("/connexion/eleve", username=cast.lina.learner.username, secret=PASSPHRASE)

    with client.session_transaction() as cookie:
        assert "_user_id" in cookie


def test_a_pupil_opens_no_page_of_the_team(client: CheckingClient, log_in) -> None:
    log_in("lina")

    assert client.get("/equipe").status_code == 403
    assert client.get("/mon-compte").status_code == 403
