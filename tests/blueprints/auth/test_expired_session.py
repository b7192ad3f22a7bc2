"""A session ends: when it was idle, when it lasted long, and what the next request is told."""

from datetime import timedelta

from portal.extensions import db
from tests.client import HTMX, CheckingClient
from tests.conftest import NOON
from tests.factories import Cast


def test_a_page_asked_for_is_kept_for_after_signing_in(client: CheckingClient) -> None:
    response = client.get("/equipe?ordre=nom")

    assert response.status_code == 303
    assert response.location == "/connexion?suite=/equipe?ordre%3Dnom"


def test_htmx_is_sent_to_the_sign_in_page_by_a_whole_visit(client: CheckingClient) -> None:
    response = client.get("/equipe", headers=HTMX)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/connexion?suite=/equipe"


def test_each_sign_in_page_leads_to_the_other_without_losing_the_way_back(client: CheckingClient) -> None:
    for here, other in (("/connexion", "/connexion/eleve"), ("/connexion/eleve", "/connexion")):
        client.get(f"{here}?suite=/tutoriels/mots-de-passe?essai%3Dniveau-5")

        (link,) = client.page.select("main a")
        assert link["href"] == f"{other}?suite=/tutoriels/mots-de-passe?essai%3Dniveau-5"
        client.get(here)
        assert client.page.select_one("main a")["href"] == other


def test_a_form_sent_too_late_leads_to_the_sign_in_page(client: CheckingClient) -> None:
    client.get("/connexion")
    typed = {"csrf_token": client.csrf()}

    plain = client.post("/equipe/quitter", data=typed)
    htmx = client.post("/equipe/quitter", data=typed, headers=HTMX)

    assert (plain.status_code, plain.location) == (303, "/connexion")
    assert (htmx.status_code, htmx.headers["HX-Redirect"]) == (401, "/connexion")


def test_a_staff_session_ends_after_eight_idle_hours(client: CheckingClient, log_in, at) -> None:
    at(NOON)
    log_in("bruno")

    at(NOON + timedelta(hours=7, minutes=59))
    assert client.get("/equipe").status_code == 200
    at(NOON + timedelta(hours=16))
    assert client.get("/equipe").status_code == 303


def test_a_staff_session_ends_after_a_day_even_in_use(client: CheckingClient, log_in, at) -> None:
    at(NOON)
    log_in("bruno")
    for hours in (6, 12, 18, 24):
        at(NOON + timedelta(hours=hours))
        assert client.get("/equipe").status_code == 200

    at(NOON + timedelta(hours=24, minutes=1))

    assert client.get("/equipe").status_code == 303


def test_a_pupil_session_ends_after_two_idle_hours(client: CheckingClient, log_in, at) -> None:
    at(NOON)
    log_in("lina")

    # The team's pages tell the difference: refused to a pupil, asking a visitor to sign in.
    at(NOON + timedelta(hours=1, minutes=59))
    assert client.get("/equipe").status_code == 403
    at(NOON + timedelta(hours=4))
    assert client.get("/equipe").status_code == 303


def test_a_visit_is_noted_every_two_minutes(client: CheckingClient, cast: Cast, log_in, at) -> None:
    at(NOON)
    log_in("bruno")
    at(NOON + timedelta(minutes=1))
    client.get("/equipe")
    db.session.refresh(cast.bruno)
    assert cast.bruno.last_seen_at == NOON

    at(NOON + timedelta(minutes=3))
    client.get("/equipe")

    db.session.refresh(cast.bruno)
    assert cast.bruno.last_seen_at == NOON + timedelta(minutes=3)
