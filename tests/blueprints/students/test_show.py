"""The page of one pupil."""

from portal.persistence.transaction import write_tx
from tests import factories
from tests.client import words
from tests.players import play


def test_it_tells_the_account_and_every_try_but_no_birth_date(client, cast, log_in):
    campaign = factories.make_campaign(cast.solene, name="Rentrée 5e")
    participation = play(cast.lina, campaign)
    log_in("bruno")

    client.get(f"/eleves/{cast.lina.public_id}")

    text = words(client.page.main)
    assert client.page.h1.text == "Durand Lina" and words(client.page.select_one(".lead")) == "5eB"
    assert cast.lina.learner.username in text and "Envoyée" in text
    assert "04/05/2014" not in text and "2014" not in text
    link = client.page.select_one("tbody a")
    assert link["href"] == f"/campagnes/{campaign.code}/resultats/{participation}"
    assert client.get(link["href"]).status_code == 200


def test_a_pupil_who_left_is_said_to_have_left(client, cast, log_in):
    gone = factories.make_student(cast.school, first_name="Théo", is_disabled=True)
    log_in("bruno")
    client.get(f"/eleves/{gone.public_id}")

    assert "Sorti de l’établissement depuis le 07/09/2026" in words(client.page.main)


def test_a_name_typed_with_a_straight_apostrophe_is_printed_well(client, cast, log_in):
    with write_tx():
        cast.lina.last_name, cast.lina.usage_name = "D'Angelo", "L'Hostis"
    log_in("bruno")
    client.get(f"/eleves/{cast.lina.public_id}")

    assert client.page.h1.text == "D’Angelo Lina" and "L’Hostis" in words(client.page.main)


def test_only_an_administrator_is_offered_to_correct(client, cast, log_in):
    log_in("bruno")
    client.get(f"/eleves/{cast.lina.public_id}")

    assert not client.page.select("a[href$='/modifier']")


def test_another_school_s_administrator_finds_nobody(client, cast, log_in):
    log_in("dora")

    assert client.get(f"/eleves/{cast.lina.public_id}").status_code == 404
