"""Failures count by address, on every form that takes a password or a code; successes never do."""

import pytest

from portal import security
from portal.extensions import limiter
from tests import factories
from tests.client import CheckingClient
from tests.factories import PASSWORD, Cast

MOST = int(security.FAILURES_PER_ADDRESS.split()[0])


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hashing: hundreds of tries take no time."""
    monkeypatch.setattr("portal.services.passwords.is_right", lambda *_: False)
    limiter.reset()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/connexion", "email"),
        ("/premiere-installation", "email"),
        ("/invitation/faux", "email"),
        ("/nouveau-mot-de-passe/faux", "email"),
        ("/connexion/eleve", "username"),
    ],
)
def test_no_form_lets_passwords_be_tried_without_end(
    client: CheckingClient, few: None, path: str, field: str
) -> None:
    client.get("/connexion")
    typed = {"csrf_token": client.csrf(), "password": "faux", "secret": "faux"}

    statuses = [
        client.post(path, data=typed | {field: f"n{n}@x.example"}).status_code for n in range(MOST + 1)
    ]

    assert 429 not in statuses[:-1]
    assert statuses[-1] == 429


def test_the_sign_ins_of_a_whole_school_are_not_counted(client: CheckingClient, cast: Cast) -> None:
    client.get("/connexion")
    for _ in range(3):
        client.post(
            "/connexion",
            data={"csrf_token": client.csrf(), "email": cast.bruno.account.email, "password": PASSWORD},
        )
    assert not [key for key in limiter.storage.storage if limiter.storage.get(key)]


def test_a_null_character_is_refused_before_any_database_sees_it(client: CheckingClient, cast: Cast) -> None:
    campaign = factories.make_campaign(cast.solene)
    client.get("/connexion/eleve")
    typed = {"csrf_token": client.csrf(), "username": "lina\0", "secret": "faux"}

    assert client.post("/connexion/eleve", data=typed).status_code == 400
    assert client.get(f"/rejoindre/{campaign.code}%00").status_code == 400
    assert client.get("/connexion?suite=%00").status_code == 400
