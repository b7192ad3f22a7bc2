"""« Signaler un problème »: from the question or its correction, and nothing is lost."""

import re
from datetime import timedelta

import pytest

from portal.domain import report as rules
from portal.domain.referential import Entry, Kind, Proposal
from portal.extensions import db
from portal.persistence.models import Answer, Report, SignIn
from portal.persistence.transaction import write_tx
from tests.client import HTMX, soup, swap, words
from tests.conftest import NOON
from tests.exercises import TIMED, question, waiting
from tests.factories import PASSPHRASE, make_campaign
from tests.players import play

TYPED = question(
    Kind.FIELDS, entries=(Entry("Dossier", ("Documents",)), Entry("Rang", ("3",), is_number=True))
)
TICKED = question(
    Kind.MULTIPLE_CHOICE,
    proposals=tuple(Proposal(text, right=text != "non") for text in ("oui", "aussi", "non")),
)


def kept():
    db.session.expire_all()
    return db.session.scalars(db.select(Report)).all()


def answers():
    return db.session.scalar(db.select(db.func.count()).select_from(Answer))


def report_url(public_id):
    return f"/participations/{public_id}/signalements"


def send(client, public_id, *, headers=None, **typed):
    """Press the button of the report in the form of the question."""
    token = client.page.select_one("#card input[name=jeton]")["value"]
    return client.post(report_url(public_id), data={"jeton": token, **typed}, headers=headers)


@pytest.mark.parametrize(
    ("challenge", "typed"),
    [
        (TYPED, {"champ-0": "Docum", "champ-1": "3"}),
        (TICKED, {"choix": ["0", "2"]}),
    ],
    ids=["typed", "ticked"],
)
def test_without_javascript_the_same_question_comes_back_with_what_was_typed(
    client, public_id, meet, challenge, typed
):
    row = meet(challenge)

    response = send(client, public_id, probleme="unclear", commentaire="Quel dossier\u00a0?", **typed)

    assert response.status_code == 200
    assert waiting(public_id).id == row.id and answers() == 0
    assert "Votre signalement est envoyé" in words(client.page.main)
    if challenge is TYPED:
        assert [one["value"] for one in client.page.select("input[name^=champ-]")] == ["Docum", "3"]
    else:
        assert [one["value"] for one in client.page.select("input[name=choix][checked]")] == ["0", "2"]
    (one,) = kept()
    assert (one.challenge, one.problem, one.comment) == (challenge.id, "unclear", "Quel dossier ?")


def test_the_button_opens_the_form_and_what_was_typed_stays(client, public_id, meet):
    row = meet(TYPED)
    assert not client.page.select(".report textarea")

    response = send(client, public_id, signaler="1", **{"champ-0": "Docum", "champ-1": "3"})

    assert response.status_code == 200 and waiting(public_id).id == row.id
    assert client.page.select_one(".report details[open] textarea")
    assert [one["value"] for one in client.page.select("input[name^=champ-]")] == ["Docum", "3"]
    fragment = soup(send(client, public_id, headers=HTMX, signaler="1"))
    assert fragment.select_one(".report details[open] textarea") and not fragment.select("#card")
    assert not kept()


def test_with_htmx_only_the_report_is_swapped(client, public_id, meet):
    meet(TYPED)

    response = send(client, public_id, headers=HTMX, probleme="right", **{"champ-0": "Docum"})

    fragment = soup(response)
    assert response.status_code == 200
    (root,) = [one for one in fragment.contents if one.name]
    assert root["id"] == client.page.select_one(".report")["id"]
    assert "envoyé" in words(root) and "champ-0" not in response.text
    assert len(kept()) == 1


def test_a_report_without_problem_says_what_to_do_and_keeps_the_rest(client, public_id, meet):
    meet(TYPED)

    response = send(client, public_id, commentaire="L’image", **{"champ-0": "Docum"})

    assert response.status_code == 422
    assert "Choisissez ce qui ne va pas" in words(client.page.select_one(".report details[open] .error"))
    assert client.page.select_one("textarea[name=commentaire]").get_text() == "L’image"
    assert client.page.select_one("input[name=champ-0]")["value"] == "Docum"
    assert not kept()
    assert send(client, public_id, headers=HTMX, commentaire="L’image").status_code == 422


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no JavaScript"])
@pytest.mark.parametrize("button", [{"champ-0": "Documents", "champ-1": "3"}, {"passer": "1"}])
@pytest.mark.parametrize(("problem", "told"), [("broken", "broken"), ("", "other")])
def test_a_report_that_is_filled_goes_with_the_answer(client, public_id, meet, htmx, button, problem, told):
    meet(TYPED)
    page, url = client.page, client.page.select_one("#card form")["action"]
    data = {
        "jeton": page.select_one("#card input[name=jeton]")["value"],
        "probleme": problem,
        "commentaire": "L’image reste grise.",
    }

    if htmx:
        client.page = swap(page, client.post(url, data=data | button, headers=HTMX), "#card")
    else:
        client.post(url, data=data | button, follow_redirects=True)

    assert answers() == 1 and "Question 2" in client.page.h1.text
    (notice,) = client.page.select("#notices .notice")
    assert "Votre signalement est parti avec votre réponse" in words(notice)
    (one,) = kept()
    assert (one.challenge, one.problem, one.comment) == (TYPED.id, told, "L’image reste grise.")
    assert not client.page.select(".report textarea")


def test_a_refused_answer_keeps_the_report_that_is_filled(client, public_id, meet):
    meet(TYPED)
    url = client.page.select_one("#card form")["action"]
    token = client.page.select_one("#card input[name=jeton]")["value"]

    response = client.post(url, data={"jeton": token, "probleme": "broken", "commentaire": "Grise."})

    assert response.status_code == 422 and answers() == 0 and not kept()
    assert client.page.select_one(".report details[open] textarea").text.strip() == "Grise."
    assert client.page.select_one(".report option[selected]")["value"] == "broken"


def test_an_answer_never_waits_for_its_report(client, public_id, meet, monkeypatch):
    meet(TYPED)
    monkeypatch.setattr(rules, "MOST_AN_HOUR", 0)

    client.submit("/reponses", passer="1", commentaire="Grise.")

    assert answers() == 1 and not kept()
    assert "Vous avez signalé beaucoup de questions" in words(client.page.select_one("#notices"))


def test_the_time_of_a_question_goes_on(client, public_id, meet, at):
    at(NOON)
    meet(TIMED)
    client.submit("/debut")
    begun = waiting(public_id).begun_at
    at(NOON + timedelta(seconds=20))

    send(client, public_id, probleme="other")

    assert waiting(public_id).begun_at == begun
    assert client.page.select_one(".clock")["data-seconds"] == "40"


def test_a_timed_question_shows_nothing_to_report_before_it_begins(client, public_id, meet):
    meet(TIMED)

    assert not client.page.select(".report")


def test_each_correction_can_be_reported_and_leads_back_to_it(client, cast, log_in):
    public_id = play(cast.lina, make_campaign(cast.solene), questions=5)
    log_in("lina")
    url = f"/participations/{public_id}/etapes/1"
    client.get(url)
    assert len(client.page.select(".review .report")) == 5
    token = client.page.select(".review input[name=jeton]")[2]["value"]

    response = client.post(
        report_url(public_id), data={"jeton": token, "probleme": "right"}, follow_redirects=True
    )

    assert response.request.path == url
    assert "Votre signalement est envoyé" in words(client.page.select_one("#notices"))
    assert len(kept()) == 1


@pytest.mark.parametrize("questions", [5, None], ids=["checkpoint", "end"])
def test_without_javascript_the_form_opens_under_its_correction(client, cast, log_in, questions):
    public_id = play(cast.lina, make_campaign(cast.solene), **({"questions": 5} if questions else {}))
    log_in("lina")
    client.get(f"/participations/{public_id}/" + ("etapes/1" if questions else "fin"))
    before = words(client.page.select_one("h1"))
    name = client.page.select(".review .report")[-1]["id"]
    token = client.page.select(".review input[name=jeton]")[-1]["value"]

    response = client.post(report_url(public_id), data={"jeton": token, "signaler": "1"})

    (form,) = client.page.select(".review details[open] textarea")
    assert response.status_code == 200 and form.find_parent(class_="report")["id"] == name
    refused = client.post(report_url(public_id), data={"jeton": token, "commentaire": "L’image"})
    report = client.page.select_one(f"#{name}")
    assert refused.status_code == 422 and words(client.page.select_one("h1")) == before
    assert "Choisissez ce qui ne va pas" in words(report.select_one(".error"))
    assert report.textarea.get_text() == "L’image" and not kept()


def test_a_refusal_is_said_when_another_tab_has_answered_meanwhile(client, public_id, meet):
    meet(TYPED)
    token = client.page.select_one("#card input[name=jeton]")["value"]
    client.submit("/reponses", passer="1")

    client.post(report_url(public_id), data={"jeton": token, "commentaire": "L’image"}, follow_redirects=True)

    assert client.page.h1.text == "Question 2" and not kept()
    assert "Choisissez ce qui ne va pas" in words(client.page.select_one("#notices .notice-error"))


def test_at_the_end_the_last_corrections_can_be_reported(client, cast, log_in):
    public_id = play(cast.lina, make_campaign(cast.solene))
    log_in("lina")
    client.get(f"/participations/{public_id}/fin")
    token = client.page.select_one(".review input[name=jeton]")["value"]

    response = client.post(
        report_url(public_id), data={"jeton": token, "probleme": "broken"}, follow_redirects=True
    )

    assert response.request.path == f"/participations/{public_id}/fin"
    assert len(kept()) == 1


def test_a_session_that_ended_loses_nothing_of_the_answer(client, public_id, meet):
    meet(TYPED)
    with write_tx() as session:
        session.execute(db.delete(SignIn))

    fragment = send(client, public_id, headers=HTMX, probleme="right")
    assert fragment.status_code == 401
    assert "Votre session est terminée" in fragment.text and not kept()

    page = client.post(report_url(public_id), data={"probleme": "right"})
    assert page.status_code == 303 and "/connexion/eleve?suite=" in page.headers["Location"]


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "no JavaScript"])
def test_a_filled_report_waits_with_the_answer_for_its_author_to_sign_in(client, cast, public_id, meet, htmx):
    meet(TYPED)
    with write_tx() as session:
        session.execute(db.delete(SignIn))
    client.submit("/reponses", passer="1", probleme="broken", commentaire="Grise.")
    page, form = client.page, client.page.select_one("#card form")
    data = {one["name"]: one.get("value", "") for one in form.select("input")}
    data |= {"username": cast.lina.learner.username, "secret": PASSPHRASE}

    if htmx:
        client.page = swap(page, client.post(form["action"], data=data, headers=HTMX), "#card")
    else:
        client.post(form["action"], data=data, follow_redirects=True)

    assert answers() == 1 and "Question 2" in client.page.h1.text
    assert "Votre signalement est parti" in words(client.page.select_one("#notices"))
    (one,) = kept()
    assert (one.problem, one.comment) == ("broken", "Grise.")


def test_somebody_else_s_question_is_refused(client, cast, log_in, public_id, meet):
    meet(TYPED)
    token = client.page.select_one("#card input[name=jeton]")["value"]
    client.submit("/deconnexion")
    log_in("noe")

    refused = client.post(report_url(public_id), data={"jeton": token, "probleme": "right"})

    assert refused.status_code == 409 and not kept()


def test_a_pupil_who_reports_all_the_time_is_told_to_ask(client, public_id, meet, monkeypatch):
    monkeypatch.setattr(rules, "MOST_AN_HOUR", 0)
    meet(TYPED)

    refused = send(client, public_id, headers=HTMX, probleme="right")

    assert refused.status_code == 422
    assert re.search("Parlez-en à votre professeur", refused.text)
