"""Timed questions, and those that ask to stay on the page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.domain.marking import Outcome
from portal.persistence.models import Participation
from portal.persistence.transaction import write_tx
from tests.conftest import NOON
from tests.exercises import MAILBOX, ORDERING, SPREADSHEET, TIMED, WATCHED, outcome_of, waiting


def test_time_begins_when_the_pupil_says_so_and_survives_a_reload(client, public_id, meet, at):
    at(NOON)
    row = meet(TIMED)
    assert "1\u00a0minute" in client.page.text and not client.page.select_one("[name=champ-0]")
    client.submit("/debut")
    at(NOON + timedelta(seconds=20))
    client.get(f"/participations/{public_id}/question")
    assert client.page.select_one("[role=timer]")["data-seconds"] == "40"
    client.submit("/reponses", **{"champ-0": "balise"})
    assert outcome_of(row.id) == Outcome.OK


@pytest.mark.parametrize(("typed", "outcome"), [("balise", "timed_out"), ("phare", "ko"), ("", "timed_out")])
def test_what_comes_late_is_late(client, public_id, meet, at, typed, outcome):
    at(NOON)
    row = meet(TIMED)
    client.submit("/debut")
    at(NOON + timedelta(seconds=70))
    client.submit("/reponses", **{"champ-0": typed})
    assert outcome_of(row.id) == outcome


def test_some_pupils_have_more_time(client, public_id, meet, at):
    at(NOON)
    row = meet(TIMED)
    with write_tx() as session:
        session.get(Participation, row.participation_id).time_factor = 1.5
    client.submit("/debut")
    at(NOON + timedelta(seconds=80))
    client.submit("/reponses", **{"champ-0": "balise"})
    assert outcome_of(row.id) == Outcome.OK


def test_a_timed_question_is_not_answered_before_it_is_begun(client, public_id, meet):
    row = meet(TIMED)
    token = client.page.select_one("[name=jeton]")["value"]
    client.post(f"/participations/{public_id}/reponses", data={"jeton": token, "champ-0": "balise"})
    assert outcome_of(row.id) is None


def test_leaving_the_page_is_noted_where_it_was_said(client, public_id, meet):
    meet(WATCHED)
    assert "la quitter est noté pour vos professeurs" in client.page.text
    card = client.page.select_one("#card")
    assert client.post(card["data-leave"], data={"jeton": card["data-token"]}).status_code == 204
    assert waiting(public_id).exits == 1

    meet(TIMED)
    token = client.page.select_one("[name=jeton]")["value"]
    assert client.post(card["data-leave"], data={"jeton": token}).status_code >= 400
    assert waiting(public_id).exits == 0


def test_leaving_before_the_time_begins_is_not_noted_but_said_beforehand(client, public_id, meet):
    meet(replace(WATCHED, id="essai-sortie", timer=60))
    assert "restez sur cette page jusqu’à votre réponse" in client.page.text
    assert not client.page.select_one("[data-leave]")
    token = client.page.select_one("[name=jeton]")["value"]
    path = f"/participations/{public_id}/sortie"
    assert client.post(path, data={"jeton": token}).status_code >= 400

    client.get(f"/participations/{public_id}/question")
    client.submit("/debut")
    assert client.post(path, data={"jeton": token}).status_code == 204
    assert waiting(public_id).exits == 1


def test_the_correction_tells_what_time_left_unfinished(client, public_id, meet, at):
    for challenge in (ORDERING, TIMED, MAILBOX):
        at(NOON)
        meet(replace(challenge, id=f"{challenge.id}-vite", timer=60))
        client.submit("/debut")
        at(NOON + timedelta(seconds=70))
        only = client.page.find("label", string="Ouvrir")
        client.submit("/reponses", **({only["for"]: "2"} if only else {}))
    for _ in range(2):
        client.get(f"/participations/{public_id}/question")
        client.submit("/reponses", passer="1")

    client.get(f"/participations/{public_id}/etapes/1")

    order, text, simulator = (
        [one.text for one in line.select("dt, dd")] for line in client.page.select(".review > li")[:3]
    )
    assert order[:3] == ["Votre réponse", "Ouvrir", "Réponse attendue"]
    assert text == ["Réponse attendue", "balise"]
    assert simulator == []


def test_nothing_of_a_timed_question_is_given_before_it_is_begun(client, public_id, meet):
    meet(replace(SPREADSHEET, id="essai-fichier", timer=60))
    place = f"/participations/{public_id}/fichiers/1"
    assert client.get(place).status_code == 404

    client.get(f"/participations/{public_id}/question")
    client.submit("/debut")
    assert client.get(place).status_code == 200


def test_a_timed_simulator_is_not_touched_before_it_is_begun(client, public_id, meet):
    meet(replace(MAILBOX, id="essai-messagerie", timer=60))
    token = client.page.select_one("[name=jeton]")["value"]
    fields = {"jeton": token, "do": "ouvrir", "message": "colis"}
    assert client.post(f"/participations/{public_id}/gestes", data=fields).status_code >= 400
    assert waiting(public_id).work is None
