"""A pupil who joins a parcours before its turn."""

import pytest

from portal.domain.campaign import Sending
from portal.extensions import db
from portal.persistence.models import Participation
from tests.client import soup, words
from tests.factories import make_campaign
from tests.ordered import FIRST, LAST, SECOND, put_in_order
from tests.players import play


@pytest.fixture
def last(app, cast, monkeypatch):
    """A campaign of the parcours that waits for two others."""
    put_in_order(monkeypatch, app)
    return make_campaign(cast.solene, pathway=LAST, name="La suite")


def landing(client, campaign):
    return soup(client.get(f"/rejoindre/{campaign.code}")).main


def tries():
    return db.session.scalar(db.select(db.func.count()).select_from(Participation))


def test_what_is_left_is_shown_with_the_way_to_it_and_nothing_starts(client, cast, log_in, last):
    first = make_campaign(cast.solene, pathway=FIRST)
    log_in("lina")

    page = landing(client, last)

    assert "Ce qu’il vous reste à envoyer" in words(page)
    assert words(page).count("Pas commencé") == 2
    assert page.select_one(f"a[href='/rejoindre/{first.code}']")
    assert "Demandez son code à votre professeur." in words(page)
    assert not page.select("form[action$='/commencer']")


def test_starting_all_the_same_leads_back_to_what_is_left(client, cast, log_in, last):
    log_in("lina")
    landing(client, last)

    response = client.post(
        f"/rejoindre/{last.code}/commencer", data={"csrf_token": client.csrf()}, follow_redirects=True
    )

    assert response.request.path == f"/rejoindre/{last.code}"
    assert tries() == 0


def test_each_parcours_says_where_it_stands(client, cast, log_in, last):
    explicit = make_campaign(cast.solene, pathway=FIRST, sending=Sending.EXPLICIT)
    public_id = play(cast.lina, explicit)
    second = make_campaign(cast.solene, pathway=SECOND)
    play(cast.lina, second, questions=1)
    log_in("lina")

    page = landing(client, last)

    assert page.select_one(f"a[href='/participations/{public_id}/fin']")
    assert "Terminé, à envoyer" in words(page) and "En cours" in words(page)
    assert "Je reprends" in words(page.select_one(f"a[href='/rejoindre/{second.code}']"))


def test_it_opens_when_all_is_sent(client, cast, log_in, last):
    for name in (FIRST, SECOND):
        play(cast.lina, make_campaign(cast.solene, pathway=name))
    log_in("lina")

    page = landing(client, last)

    assert "Ce qu’il vous reste" not in words(page)
    client.submit("/commencer")
    assert "Question 1" in words(client.page.main)


def test_who_began_before_reads_nothing_of_it(client, cast, log_in, app, monkeypatch):
    campaign = make_campaign(cast.solene, pathway=LAST)
    play(cast.lina, campaign, questions=1)
    put_in_order(monkeypatch, app)
    log_in("lina")

    assert "Ce qu’il vous reste" not in words(landing(client, campaign))
    client.submit("/commencer")
    assert "Question 2" in words(client.page.main)


def test_what_is_advised_is_a_notice_only(client, cast, log_in, app, monkeypatch):
    put_in_order(monkeypatch, app, is_locked=False)
    campaign = make_campaign(cast.solene, pathway=LAST)
    log_in("lina")

    assert "Mieux vaut commencer par là" in words(landing(client, campaign))
    client.submit("/commencer")
    assert tries() == 1


def test_a_visitor_and_the_team_are_shown_no_pupil_s_order(client, log_in, last):
    assert "Ce qu’il vous reste" not in words(landing(client, last))
    log_in("bruno")
    assert "Ce qu’il vous reste" not in words(landing(client, last))
