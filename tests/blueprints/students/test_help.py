"""Ten seconds for a pupil who cannot get in: new passphrase, unlocking, a wrong link undone."""

import threading
import time
import uuid
from datetime import timedelta

import pytest

from portal import clock
from portal.extensions import db
from portal.persistence.models import AuditEvent, Learner, Participation, SignIn
from portal.persistence.transaction import write_tx
from portal.services import passwords, students
from portal.services.members import Doer
from tests import factories
from tests.client import CheckingClient, words
from tests.factories import PASSPHRASE, SEPTEMBER
from tests.players import play


def events(action):
    return db.session.scalars(db.select(AuditEvent).where(AuditEvent.action == action)).all()


def url(student, act=""):
    return f"/eleves/{student.public_id}{act}"


def sign_in(client, username, secret):
    client.get("/connexion/eleve")
    return client.submit("/connexion/eleve", username=username, secret=secret)


def test_an_aesh_gives_a_new_passphrase_in_one_click(app, client, cast, log_in):
    pupil = CheckingClient(app)
    pupil.log_in(cast, "lina")
    log_in("ines")
    client.get("/eleves?nom=lina")

    response = client.submit("/mot-de-passe")

    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    passphrase = words(client.page.select_one(".code"))
    assert words(client.page.select_one(".lead")) == "Durand Lina, 5eB"
    # Her session is closed, the old passphrase is worth nothing, the new one must be changed.
    assert db.session.scalars(db.select(SignIn).where(SignIn.learner_id == cast.lina.learner_id)).all() == []
    assert sign_in(pupil, cast.lina.learner.username, PASSPHRASE).status_code == 422
    assert sign_in(pupil, cast.lina.learner.username, passphrase).request.path == "/mot-de-passe"
    assert passphrase not in str(events("student_passphrase")[0].details)


def test_the_passphrase_is_shown_once(client, cast, log_in):
    log_in("ines")
    client.get(url(cast.lina))
    client.submit("/mot-de-passe")
    passphrase = words(client.page.select_one(".code"))

    assert passphrase not in client.get(url(cast.lina)).text
    assert client.get(url(cast.lina, "/mot-de-passe")).status_code == 405


def test_a_new_passphrase_unlocks_the_account(client, cast, log_in):
    with write_tx():
        cast.lina.learner.is_blocked, cast.lina.learner.failures = True, 30
    log_in("ines")
    client.get(url(cast.lina))
    assert "Bloqué" in words(client.page.main)

    client.submit("/mot-de-passe")

    db.session.refresh(cast.lina.learner)
    assert (cast.lina.learner.is_blocked, cast.lina.learner.failures) == (False, 0)


def test_unlocking_keeps_the_passphrase(client, cast, log_in):
    with write_tx():
        cast.lina.learner.locked_until = clock.now() + timedelta(minutes=4)
    log_in("bruno")
    client.get(url(cast.lina))
    assert "Verrouillé jusqu’à" in words(client.page.main)

    client.submit("/debloquer")

    assert "Peut se connecter" in words(client.page.main) and len(events("student_unlock")) == 1
    assert not client.page.select("form[action$='/debloquer']")
    client.submit("/deconnexion")
    assert sign_in(client, cast.lina.learner.username, PASSPHRASE).status_code == 200


def test_a_pupil_without_account_is_told_how_to_get_one(client, cast, log_in):
    zoe = factories.make_student(cast.school, first_name="Zoé", is_linked=False)
    log_in("ines")
    client.get(url(zoe))
    assert "Pas encore de compte" in words(client.page.main)

    token = client.csrf()
    for act in ("/mot-de-passe", "/debloquer"):
        response = client.post(url(zoe, act), data={"csrf_token": token})
        assert response.status_code == 422 and "code d’une campagne" in response.text


def test_an_undone_link_lets_the_real_pupil_claim_again(client, cast, log_in):
    play(cast.lina, factories.make_campaign(cast.solene), questions=1)
    log_in("ines")
    client.get(url(cast.lina))

    client.submit("/detacher")

    impostor = db.session.scalars(db.select(Learner).where(Learner.id == cast.lina.learner_id)).one()
    db.session.refresh(cast.lina)
    assert cast.lina.learner_id is None and cast.lina.linked_at is None
    assert events("student_detach")[0].details == {"username": impostor.username}
    tries = db.session.scalars(db.select(Participation)).all()
    assert [one.learner_id for one in tries] == [impostor.id]
    client.submit("/deconnexion")
    assert sign_in(client, impostor.username, PASSPHRASE).status_code == 422


def test_a_page_left_open_never_undoes_a_newer_link(client, cast, log_in):
    log_in("ines")
    client.get(url(cast.lina))
    newer = Learner(username="lina.durand0405", secret_hash="x", created_at=clock.now())
    with write_tx():
        cast.lina.learner = newer

    client.submit("/detacher")

    db.session.refresh(cast.lina)
    assert cast.lina.learner_id == newer.id and "rien n’a changé" in words(client.page.main)


def test_a_second_tap_changes_nothing(client, cast, log_in):
    log_in("ines")
    client.get(url(cast.lina))
    page = client.page
    client.submit("/detacher")
    client.page = page

    assert client.submit("/detacher").status_code == 200
    assert len(events("student_detach")) == 1


@pytest.mark.parametrize("compte", ["", "pas-un-uuid", str(uuid.UUID(int=7))])
def test_an_account_that_is_not_the_pupil_s_is_left_alone(client, cast, log_in, compte):
    log_in("ines")
    client.get(url(cast.lina))

    client.submit("/detacher", compte=compte)

    db.session.refresh(cast.lina)
    assert cast.lina.learner_id is not None


@pytest.mark.parametrize("suite", ["https://ailleurs.example/", "//ailleurs.example", ""])
def test_helping_never_sends_elsewhere(client, cast, log_in, suite):
    log_in("ines")
    client.get(url(cast.lina))

    response = client.post(url(cast.lina, "/debloquer"), data={"csrf_token": client.csrf(), "suite": suite})

    assert response.status_code == 303 and response.location == url(cast.lina)


@pytest.mark.parametrize("act", ["/mot-de-passe", "/debloquer", "/detacher"])
def test_another_school_s_administrator_may_not(client, cast, log_in, act):
    log_in("dora")
    client.get("/eleves")

    assert client.post(url(cast.lina, act), data={"csrf_token": client.csrf()}).status_code == 404


def test_of_two_clicks_the_passphrase_shown_last_is_the_one_that_stays(app, cast, monkeypatch):
    entered, made, hash_secret = threading.Event(), {}, passwords.hash_secret
    doer = Doer(cast.school.id, cast.bruno.id, SEPTEMBER)
    public_id, learner_id = cast.lina.public_id, cast.lina.learner_id

    def slow_at_first(secret):
        if not entered.is_set():
            entered.set()
            time.sleep(0.3)
        return hash_secret(secret)

    def click(number):
        with app.app_context():
            made[number] = students.reset_passphrase(public_id, doer).passphrase

    monkeypatch.setattr(passwords, "hash_secret", slow_at_first)
    first = threading.Thread(target=click, args=(1,))
    first.start()
    assert entered.wait(timeout=10)
    click(2)
    first.join(timeout=10)

    kept = db.session.scalar(db.select(Learner.secret_hash).where(Learner.id == learner_id))
    assert passwords.is_right(kept, made[2])
