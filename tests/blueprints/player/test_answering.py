"""A question is asked, answered once, corrected; nothing is lost."""

from datetime import timedelta

import pytest

from portal import clock
from portal.domain.campaign import Sending
from portal.extensions import db
from portal.persistence.models import Answer, Learner, Participation, Question, SignIn, Snapshot
from portal.persistence.transaction import write_tx
from portal.services import campaigns
from tests import factories
from tests.client import HTMX, main, soup, swap
from tests.factories import PASSPHRASE


@pytest.fixture
def campaign(cast):
    return factories.make_campaign(cast.solene)


@pytest.fixture
def playing(client, log_in, campaign):
    """Lina before her first question."""
    log_in("lina")
    client.get(f"/rejoindre/{campaign.code}")
    client.submit("/commencer")
    return client


def count(model) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def the_try() -> Participation:
    db.session.expire_all()
    return db.session.scalars(db.select(Participation)).one()


def skip(client):
    if "Je continue" in client.page.text:
        client.get(client.page.find("a", string="Je continue")["href"], follow_redirects=True)
    return client.submit("/reponses", passer="1")


def play_to_the_end(client):
    for _ in range(100):
        if not client.page.select_one("form[action$='/reponses']") and "Je continue" not in client.page.text:
            return
        skip(client)
    raise AssertionError("the try never ends")


def test_a_question_stays_the_question(playing):
    before = main(playing.page)

    playing.get(f"/participations/{the_try().public_id}/question")

    def without_token(text):
        return text.split('name="jeton"')[0] + text.split('name="jeton"')[1].split("/>", 1)[1]

    assert without_token(main(playing.page)) == without_token(before)
    assert count(Question) == 1


def test_an_answer_without_javascript_leads_to_the_next_question(playing):
    response = skip(playing)

    assert response.status_code == 200
    assert playing.page.h1.text == "Question 2"
    assert (count(Answer), count(Question)) == (1, 2)


def test_the_fragment_of_the_next_question_is_what_a_fresh_page_shows(playing):
    page, token = playing.page, playing.page.select_one("[name=jeton]")["value"]
    action = playing.page.select_one("form[action$='/reponses']")["action"]

    fragment = playing.post(action, data={"jeton": token, "passer": "1"}, headers=HTMX)
    fresh = playing.get(fragment.headers["HX-Push-Url"])

    swapped, fresh = swap(page, fragment, "#card"), soup(fresh)
    for one in (swapped, fresh):
        one.select_one("[name=jeton]").decompose()
    assert main(swapped) == main(fresh)


def test_an_empty_answer_is_refused_and_never_counted(playing):
    response = playing.submit("/reponses")

    assert response.status_code == 422
    assert "Je passe" in response.text
    assert count(Answer) == 0
    assert playing.page.h1.text == "Question 1"


def test_a_double_click_counts_once(playing):
    form = playing.page.select_one("form[action$='/reponses']")
    data = {"jeton": form.select_one("[name=jeton]")["value"], "passer": "1"}

    first = playing.post(form["action"], data=data)
    second = playing.post(form["action"], data=data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert count(Answer) == 1


def test_another_answer_to_the_same_question_is_told_and_changes_nothing(playing, cast):
    page = playing.page
    skip(playing)
    form = page.select_one("form[action$='/reponses']")
    token = form.select_one("[name=jeton]")["value"]

    response = playing.post(form["action"], data={"jeton": token, "choix": "0", "champ-0": "autre chose"})

    assert response.status_code == 409
    assert "a déjà une réponse, qui est conservée" in response.text
    assert count(Answer) == 1


def test_an_answer_to_a_question_not_asked_is_refused(playing, cast):
    other = factories.make_campaign(cast.solene, name="Autre")
    form = playing.page.select_one("form[action$='/reponses']")
    token = form.select_one("[name=jeton]")["value"]
    playing.get(f"/rejoindre/{other.code}")
    playing.submit("/commencer")
    elsewhere = playing.page.select_one("form[action$='/reponses']")["action"]

    assert playing.post(elsewhere, data={"jeton": token, "passer": "1"}).status_code == 409
    assert playing.post(elsewhere, data={"jeton": "x", "passer": "1"}).status_code == 422
    assert count(Answer) == 0


def test_a_shape_that_no_form_of_ours_sends_is_refused(playing):
    form = playing.page.select_one("form[action$='/reponses']")
    token = form.select_one("[name=jeton]")["value"]

    for data in ({"choix": "99"}, {"choix": "²"}, {"choix": "9" * 5000}, {"champ-0": "x" * 600}):
        assert playing.post(form["action"], data={"jeton": token, **data}).status_code == 422
    assert count(Answer) == 0


def test_every_five_answers_come_with_their_corrections(playing):
    for _ in range(5):
        skip(playing)

    assert playing.page.h1.text == "Où vous en êtes"
    assert len(playing.page.select(".review > li")) == 5
    assert "Réponse attendue" in playing.page.text
    number = the_try().public_id
    assert playing.get(f"/participations/{number}/etapes/2").status_code == 404


def test_a_try_ends_sent_with_its_snapshot(playing):
    play_to_the_end(playing)

    assert "Vos résultats sont envoyés" in playing.page.text
    done = the_try()
    assert (done.status, done.progress, done.acquired) == ("shared", 1.0, 0)
    content = db.session.scalars(db.select(Snapshot)).one().content
    assert not any(verdict["is_acquired"] for verdict in content["verdicts"])
    assert playing.get(f"/participations/{done.public_id}/question").status_code == 303


def test_an_explicit_sending_waits_for_the_button(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene, sending=Sending.EXPLICIT)
    log_in("lina")
    client.get(f"/rejoindre/{campaign.code}")
    client.submit("/commencer")
    play_to_the_end(client)
    assert (the_try().status, count(Snapshot)) == ("completed", 0)

    page = client.page
    client.submit("/envoyer")
    assert "Vos résultats sont envoyés" in client.page.text
    client.page = page
    again = client.submit("/envoyer")

    assert again.status_code == 409
    assert (the_try().status, count(Snapshot)) == ("shared", 1)


def test_an_archived_campaign_records_the_answer_and_ends_the_try(playing, campaign):
    campaigns.archive(campaign, at=clock.now())

    skip(playing)

    assert playing.page.h1.text == "La campagne est fermée"
    closed = the_try()
    assert (count(Answer), count(Question)) == (1, 1)
    assert closed.closed_at and closed.status == "started"

    campaigns.unarchive(campaign)
    playing.get(f"/rejoindre/{campaign.code}")
    playing.submit("/commencer")
    assert playing.page.h1.text == "Question 2"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without JavaScript", "with htmx"])
def test_an_answer_of_an_expired_session_is_kept_and_counted_after_signing_in(playing, cast, headers):
    with write_tx() as session:
        session.execute(db.update(SignIn).values(seen_at=clock.now() - timedelta(hours=3)))
    form = playing.page.select_one("form[action$='/reponses']")
    token = form.select_one("[name=jeton]")["value"]

    asked = playing.post(form["action"], data={"jeton": token, "passer": "1"}, headers=headers)
    assert asked.status_code == 401
    assert "Votre réponse est gardée" in asked.text
    assert count(Answer) == 0

    playing.page = soup(asked)
    wrong = playing.submit("/reprise", username=cast.lina.learner.username, secret="faux")
    assert wrong.status_code == 422
    playing.submit("/reprise", username=cast.lina.learner.username, secret=PASSPHRASE)

    assert playing.page.h1.text == "Question 2"
    assert count(Answer) == 1


def test_an_answer_is_not_recorded_for_somebody_else(playing, cast):
    with write_tx() as session:
        session.execute(db.delete(SignIn))
    asked = playing.submit("/reponses", passer="1")
    assert asked.status_code == 401

    response = playing.submit("/reprise", username=cast.noe.learner.username, secret=PASSPHRASE)

    assert response.status_code == 409
    assert "saisie par une autre personne" in response.text
    assert count(Answer) == 0


def test_an_answer_is_kept_though_a_member_signed_in_on_the_same_computer(playing, cast, log_in):
    left = playing.page
    log_in("bruno")
    playing.page = left

    asked = playing.submit("/reponses", passer="1")
    assert asked.status_code == 401 and count(Answer) == 0
    playing.submit("/reprise", username=cast.lina.learner.username, secret=PASSPHRASE)

    assert playing.page.h1.text == "Question 2"
    assert count(Answer) == 1


def test_a_form_left_by_another_pupil_is_refused(playing, cast, log_in):
    left = playing.page
    playing.submit("/deconnexion")
    log_in("noe")
    playing.page = left

    response = playing.submit("/reponses", passer="1")

    assert response.status_code == 409
    assert count(Answer) == 0


def test_an_expired_session_counts_with_a_one_time_passphrase_too(playing, cast):
    with write_tx() as session:
        session.execute(db.delete(SignIn))
        session.execute(db.update(Learner).values(must_change_secret=True))
    playing.submit("/reponses", passer="1")

    playing.submit("/reprise", username=cast.lina.learner.username, secret=PASSPHRASE)

    assert count(Answer) == 1
    assert playing.page.h1.text == "Votre nouveau mot de passe"


def test_leaving_and_coming_back_gives_the_same_question(playing, log_in):
    skip(playing)
    asked = playing.page.select_one("#consigne").text
    playing.submit("/deconnexion")
    log_in("lina")

    playing.get(playing.page.find("a", class_="button")["href"], follow_redirects=True)

    assert playing.page.select_one("#consigne").text == asked
