"""Changing a campaign."""

import pytest

from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import Campaign
from tests.client import words
from tests.factories import make_campaign, make_class


@pytest.fixture
def campaign(cast):
    make_class(cast.school, name="6eA", grade=Grade.SIXIEME)
    return make_campaign(cast.bruno, grades=(Grade.SIXIEME,), classes=(cast.class_5eb.id,))


def url(campaign):
    return f"/campagnes/{campaign.code}/modifier"


def read(campaign):
    db.session.expire_all()
    return db.session.get_one(Campaign, campaign.id)


def test_the_form_shows_what_the_campaign_is(client, campaign, log_in):
    log_in("bruno")
    client.get(url(campaign))

    assert client.page.select_one("#nom")["value"] == "Rentrée 5e"
    ticked = [one["value"] for one in client.page.select("input[name=public][checked]")]
    assert ticked == ["niveau:6e", "classe:5eB"]


@pytest.mark.parametrize("name", ["bruno", "solene"])
def test_the_owner_and_administrators_change_name_text_and_audience(client, campaign, log_in, name):
    log_in(name)
    client.get(url(campaign))

    response = client.submit("/modifier", nom="Tous", message="Bonjour.", public=["niveau:5e"])

    assert response.request.path == f"/campagnes/{campaign.code}"
    assert "Aucun résultat n’a changé" in words(client.page.select_one("#notices"))
    changed = read(campaign)
    assert (changed.name, changed.landing_text) == ("Tous", "Bonjour.")
    assert [(aim.grade, aim.class_group_id) for aim in changed.audience] == [("5e", None)]


def test_what_cannot_be_is_refused_and_changes_nothing(client, campaign, log_in):
    log_in("bruno")
    client.get(url(campaign))

    response = client.submit("/modifier", nom=" ", public=None)

    assert response.status_code == 422
    assert [words(one) for one in client.page.select(".error-summary li")] == [
        "Donnez un nom à la campagne.",
        "Choisissez au moins un niveau ou une classe.",
    ]
    assert read(campaign).name == "Rentrée 5e"


def test_a_member_does_not_change_a_colleague_s_campaign(client, campaign, log_in):
    log_in("ines")
    assert client.get(url(campaign)).status_code == 403
    client.get("/campagnes/nouvelle")

    response = client.post(
        url(campaign), data={"csrf_token": client.csrf(), "nom": "À moi", "public": "niveau:6e"}
    )

    assert response.status_code == 403
    assert read(campaign).name == "Rentrée 5e"


def test_dora_changes_nothing(client, campaign, log_in):
    log_in("dora")
    client.get("/campagnes/nouvelle")

    response = client.post(
        url(campaign), data={"csrf_token": client.csrf(), "nom": "À moi", "public": "classe:5eB"}
    )

    assert response.status_code == 404
    assert read(campaign).name == "Rentrée 5e"
