"""Archiving a campaign, and bringing it back."""

import pytest

from portal.extensions import db
from portal.persistence.models import Answer, Campaign
from portal.services import campaigns as services
from tests.client import words
from tests.factories import SEPTEMBER, make_campaign
from tests.players import play


@pytest.fixture
def campaign(cast):
    return make_campaign(cast.bruno)


def url(campaign, verb=""):
    return f"/campagnes/{campaign.code}{verb}"


def read(campaign):
    db.session.expire_all()
    return db.session.get_one(Campaign, campaign.id)


@pytest.mark.parametrize("name", ["bruno", "solene"])
def test_the_owner_and_administrators_archive_and_are_told_what_happens(client, campaign, cast, log_in, name):
    play(cast.lina, campaign, questions=2)
    log_in(name)
    client.get(url(campaign))

    response = client.submit("/archiver")

    assert response.request.path == url(campaign)
    notice = words(client.page.select_one("#notices"))
    assert "personne ne peut plus la commencer" in notice and "conservés" in notice
    assert read(campaign).archived_at is not None
    assert len(db.session.scalars(db.select(Answer)).all()) == 2


def test_an_archived_campaign_is_brought_back(client, campaign, log_in):
    services.archive(campaign, at=SEPTEMBER)
    log_in("bruno")
    client.get(url(campaign))

    client.submit("/desarchiver")

    assert "de nouveau ouverte" in words(client.page.select_one("#notices"))
    assert read(campaign).archived_at is None


def test_archiving_twice_from_two_tabs_is_no_error(client, campaign, log_in):
    log_in("bruno")
    client.get(url(campaign))
    tab = client.page
    client.submit("/archiver")
    first = read(campaign).archived_at
    client.page = tab

    response = client.submit("/archiver")

    assert response.status_code == 200
    assert read(campaign).archived_at == first


@pytest.mark.parametrize("verb", ["/archiver", "/desarchiver"])
@pytest.mark.parametrize(("name", "status"), [("ines", 403), ("dora", 404), ("lina", 403)])
def test_nobody_else_archives(client, campaign, log_in, name, status, verb):
    log_in(name)
    client.get("/")

    response = client.post(url(campaign, verb), data={"csrf_token": client.csrf()})

    assert response.status_code == status
    assert read(campaign).archived_at is None


@pytest.mark.parametrize("verb", ["/archiver", "/desarchiver"])
def test_a_link_archives_nothing(client, campaign, log_in, verb):
    log_in("bruno")

    assert client.get(url(campaign, verb)).status_code == 405
