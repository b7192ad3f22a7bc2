"""What a pupil is promised before starting, and what is taken over from last year."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal import clock
from portal.domain.campaign import Duration
from portal.labels import label
from portal.persistence.models import Campaign
from portal.persistence.transaction import write_tx
from tests.client import words
from tests.factories import SEPTEMBER, make_campaign
from tests.players import play


@pytest.mark.parametrize("duration", list(Duration))
def test_the_landing_page_promises_the_duration(client, cast, log_in, duration):
    campaign = make_campaign(cast.solene)
    with write_tx() as session:
        session.execute(update(Campaign).values(duration=duration))
    log_in("lina")

    client.get(f"/rejoindre/{campaign.code}")

    assert f"Durée : {label(duration).lower()}." in words(client.page.main)


@pytest.mark.parametrize(
    ("days", "origin"), [(365, "repris de l’an dernier"), (3, "repris de vos parcours précédents")]
)
def test_the_first_question_says_what_is_taken_over(client, cast, log_in, at, days, origin):
    now = SEPTEMBER + timedelta(days=10)
    play(cast.lina, make_campaign(cast.solene), at=now - timedelta(days=days))
    at(now)
    public_id = play(cast.lina, make_campaign(cast.solene), at=now, questions=0)
    log_in("lina")

    client.get(f"/participations/{public_id}/question")

    assert origin in words(client.page.main)


def test_nothing_is_taken_over_at_the_first_try(client, cast, log_in):
    public_id = play(cast.lina, make_campaign(cast.solene), at=clock.now(), questions=0)
    log_in("lina")

    client.get(f"/participations/{public_id}/question")

    assert "repris" not in words(client.page.main)


def test_the_end_page_says_each_word_with_its_shape(client, cast, log_in):
    public_id = play(cast.lina, make_campaign(cast.solene), at=clock.now())
    log_in("lina")

    client.get(f"/participations/{public_id}/fin")

    found = [words(one) for one in client.page.select("#card .state")]
    assert any(one.startswith("Acquis : ") for one in found)
