"""The profile, as the pupil and the staff read it."""

from portal import clock
from portal.bank_store import current_bank
from tests.client import soup, words
from tests.factories import make_campaign
from tests.players import play


def play_everything(cast):
    for pathway in current_bank().pathways:
        play(cast.lina, make_campaign(cast.solene, pathway=pathway), at=clock.now())


def test_a_pupil_who_answered_nothing_is_told_what_to_do(client, cast, log_in):
    log_in("lina")
    client.get("/")
    assert client.page.select_one("a[href='/mon-profil']")

    page = soup(client.get("/mon-profil"))

    assert words(page.select_one(".lead")) == "Rien n’est encore évalué."
    assert "positionnement, pas une note" in words(page.main)


def test_a_pupil_reads_each_competence_in_plain_words(client, cast, log_in):
    play_everything(cast)
    log_in("lina")

    page = soup(client.get("/mon-profil"))

    lines = [words(one) for one in page.select("main li")]
    assert len(lines) == 16 and len(page.select("main h2")) == 5
    assert any("niveau" in one for one in lines) and any("non évaluée" in one for one in lines)


def test_staff_have_no_profile_of_their_own(client, log_in):
    log_in("bruno")

    assert client.get("/mon-profil").status_code == 403


def test_staff_read_the_profile_on_the_page_of_the_pupil(client, cast, log_in):
    play_everything(cast)
    log_in("bruno")

    section = soup(client.get(f"/eleves/{cast.lina.public_id}")).select_one("#profile")

    text = words(section)
    assert "Positionnement, pas une note." in text and "Prêt pour la certification (indicateur)" in text
    assert len(section.select("tbody td[data-label=Niveau]")) == 16 and "non évaluée" in text


def test_a_pupil_without_try_has_no_profile_there(client, cast, log_in):
    log_in("bruno")

    assert not soup(client.get(f"/eleves/{cast.lina.public_id}")).select("#profile")
