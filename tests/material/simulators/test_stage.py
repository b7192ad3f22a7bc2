"""The bare page that plays a scenario: refusals are told, with and without JavaScript."""

import pytest

from tests.material.simulators.scenes import FOLDER, scene
from tests.material.simulators.stage import make_stage

COLIS = FOLDER / "mailbox" / "colis-en-attente.yaml"
UNKNOWN = "Ce geste n’existe pas ici."


@pytest.fixture
def client():
    return make_stage(scene(COLIS)).test_client()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"do": "ouvrir", "message": "x"}, "Ce message n’existe pas."), ({"do": "?"}, UNKNOWN), ({}, UNKNOWN)],
)
def test_a_refusal_is_told_once_with_and_without_javascript(client, fields, sentence):
    assert sentence in client.post("/gestes", data=fields, headers={"HX-Request": "true"}).text
    answer = client.post("/gestes", data=fields, follow_redirects=True)
    assert answer.status_code == 200 and sentence in answer.text
    assert sentence not in client.get("/").text


def test_a_gesture_is_kept_until_the_pupil_starts_again(client):
    client.post("/gestes", data={"do": "signaler", "message": "colis"})
    assert 'data-standing="done"' in client.get("/").text
    client.post("/gestes", data={"do": "recommencer"})
    assert 'data-standing="under_way"' in client.get("/").text


def test_the_page_tells_the_instruction_under_the_policy_of_the_portal(client):
    page = client.get("/")
    assert scene(COLIS).instruction in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
