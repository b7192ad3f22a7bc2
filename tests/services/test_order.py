"""A locked parcours waits until the others are sent."""

import pytest
from sqlalchemy import update

from portal.bank_store import current_bank
from portal.domain.campaign import Sending
from portal.domain.order import PathwayLocked
from portal.domain.participation import Status
from portal.domain.school import Grade
from portal.persistence.models import Campaign
from portal.persistence.transaction import write_tx
from portal.services import campaigns, order, participations
from tests.factories import SEPTEMBER, make_campaign
from tests.ordered import FIRST, LAST, SECOND, put_in_order
from tests.players import play


@pytest.fixture
def last(app, cast, monkeypatch):
    """A campaign of the parcours that waits for two others."""
    put_in_order(monkeypatch, app)
    return make_campaign(cast.solene, pathway=LAST)


def start(campaign, pupil):
    return participations.start(campaign, pupil, current_bank(), at=SEPTEMBER)


def seen(campaign, pupil):
    return order.order_of(campaign, current_bank(), learner_id=pupil.learner_id, student_id=pupil.id)


def test_it_opens_once_both_are_sent(cast, last):
    for name in (FIRST, SECOND):
        with pytest.raises(PathwayLocked):
            start(last, cast.lina)
        play(cast.lina, make_campaign(cast.solene, pathway=name))

    assert seen(last, cast.lina) is None
    assert start(last, cast.lina)
    with pytest.raises(PathwayLocked):
        start(last, cast.noe)


def test_finished_is_not_sent(cast, last):
    explicit = make_campaign(cast.solene, pathway=FIRST, sending=Sending.EXPLICIT)
    play(cast.lina, make_campaign(cast.solene, pathway=SECOND))
    public_id = play(cast.lina, explicit)

    with pytest.raises(PathwayLocked):
        start(last, cast.lina)
    first, second = seen(last, cast.lina).before
    assert (first.status, first.public_id, first.code) == (Status.COMPLETED, public_id, explicit.code)
    assert second.status is Status.SHARED


def test_who_began_before_the_lock_goes_on(cast, app, monkeypatch):
    campaign = make_campaign(cast.solene, pathway=LAST)
    public_id = start(campaign, cast.lina)
    put_in_order(monkeypatch, app)

    assert start(campaign, cast.lina) == public_id


def test_what_is_advised_can_be_started(cast, app, monkeypatch):
    put_in_order(monkeypatch, app, is_locked=False)
    campaign = make_campaign(cast.solene, pathway=LAST)

    assert [one.status for one in seen(campaign, cast.lina).before] == [None, None]
    assert not seen(campaign, cast.lina).is_locked
    assert start(campaign, cast.lina)


def test_the_rest_is_done_in_an_open_campaign_of_the_school_for_this_pupil_first(cast, last):
    hers = make_campaign(cast.solene, pathway=FIRST, grades=(), classes=(cast.class_5eb.id,))
    make_campaign(cast.dora, pathway=SECOND)
    closed = make_campaign(cast.solene, pathway=SECOND)
    campaigns.archive(closed, at=SEPTEMBER)
    # As new, but not for her class.
    make_campaign(cast.solene, pathway=FIRST, grades=(Grade.TROISIEME,))

    first, second = seen(last, cast.lina).before

    assert (first.status, first.code) == (None, hers.code)
    assert (second.status, second.code) == (None, None)


def test_a_try_cut_short_by_an_archive_is_begun_elsewhere(cast, last):
    closed = make_campaign(cast.solene, pathway=FIRST)
    play(cast.lina, closed, questions=1)
    assert seen(last, cast.lina).before[0].status is Status.STARTED
    campaigns.archive(closed, at=SEPTEMBER)
    opened = make_campaign(cast.solene, pathway=FIRST)

    first, _ = seen(last, cast.lina).before

    assert (first.status, first.code) == (None, opened.code)


def test_a_parcours_that_left_the_bank_has_no_order(cast, last):
    with write_tx() as session:
        session.execute(update(Campaign).values(pathway="parti"))
        session.refresh(last)

    assert seen(last, cast.lina) is None
    assert start(last, cast.lina)
