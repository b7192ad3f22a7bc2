"""How long parcours take is kept, and made again only when something changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.bank_store import current_bank
from portal.domain.campaign import Duration
from portal.domain.forecast import Ease, Length, Spread
from portal.extensions import db
from portal.persistence.models import Answer, Campaign, Forecast, Question
from portal.persistence.queries import forecasts as queries
from portal.persistence.transaction import write_tx
from portal.services import forecasts
from tests.factories import SEPTEMBER, make_campaign, make_class, make_student
from tests.players import knows_up_to, play

LENGTH = Length(Spread(12, 9, 15), Spread(14, 10, 20))


def quick(*_):
    return dict.fromkeys(Ease, LENGTH)


def refresh(bank=None, play=quick):
    return forecasts.refresh(bank or current_bank(), at=SEPTEMBER, play=play)


def changed(**change):
    bank = current_bank()
    return replace(bank, pathways=bank.pathways | {"6e-1": replace(bank.pathways["6e-1"], **change)})


def test_each_parcours_is_forecast_once(app):
    assert refresh() == len(current_bank().pathways)
    assert refresh() == 0
    assert queries.lengths(["6e-1", "inconnu"]) == {"6e-1": quick()}


def test_only_what_changed_is_forecast_again(app):
    refresh()
    tubes = current_bank().pathways["6e-1"].tubes

    assert refresh(changed(title="Autre nom", description="Autre chose.")) == 0
    assert refresh(changed(tubes=tubes[:3])) == 1
    assert refresh(changed(tubes=tubes[:3], grades=("5e",))) == 1


def test_a_new_wording_changes_nothing_and_another_duration_does(app):
    refresh()
    bank = current_bank()
    first = next(iter(bank.challenges))
    variants = bank.challenges[first]

    def with_first(**change):
        return replace(
            bank, challenges=bank.challenges | {first: (replace(variants[0], **change), *variants[1:])}
        )

    assert refresh(with_first(instruction="Une consigne mieux écrite.")) == 0
    assert refresh(with_first(seconds=variants[0].seconds + 60)) > 0


def test_a_parcours_that_left_the_bank_is_forgotten(app):
    refresh()
    bank = current_bank()

    refresh(replace(bank, pathways={"6e-1": bank.pathways["6e-1"]}))

    assert db.session.scalars(db.select(Forecast.pathway)).all() == ["6e-1"]


def test_what_is_interrupted_goes_on_from_there(app):
    seen = []

    def fails_later(*_):
        if len(seen) == 2:
            raise RuntimeError("stopped")
        seen.append(1)
        return quick()

    with pytest.raises(RuntimeError):
        refresh(play=fails_later)

    assert refresh() == len(current_bank().pathways) - 2


def test_the_real_pupils_play_the_real_parcours(app):
    bank = current_bank()
    forecasts.refresh(replace(bank, pathways={"6e-1": bank.pathways["6e-1"]}), at=SEPTEMBER)

    usual = queries.lengths(["6e-1"])["6e-1"][Ease.USUAL]
    assert 6 <= usual.questions.median <= 22 and usual.minutes.median >= 6


@pytest.fixture
def sent(cast, monkeypatch):
    """Three tries of the school, sent, when three are enough."""
    monkeypatch.setattr(forecasts, "LEAST_TRIES", 3)
    campaign = make_campaign(cast.solene)
    group = make_class(cast.school, name="5eC")
    pupils = [make_student(cast.school, first_name=f"Élève {at}", class_group=group) for at in range(3)]
    for at, pupil in enumerate(pupils):
        play(pupil, campaign, knows_up_to(at))
    return campaign


def test_enough_tries_of_the_school_are_measured(cast, sent):
    found = forecasts.measured("6e-1", cast.school.id)

    assert found.tries == 3
    asked = db.session.scalar(db.select(db.func.count()).select_from(Answer))
    assert 3 * found.length.questions.low <= asked <= 3 * found.length.questions.high
    # Forty seconds a question.
    assert found.length.minutes.high == -(-found.length.questions.high * 40 // 60)


def test_too_few_tries_those_of_another_school_or_duration_say_nothing(cast, sent, monkeypatch):
    assert forecasts.measured("6e-1", cast.other_school.id) is None
    assert forecasts.measured("t-05", cast.school.id) is None
    with write_tx() as session:
        session.execute(db.update(Campaign).values(duration=Duration.SHORT))
    assert forecasts.measured("6e-1", cast.school.id) is None


def test_a_pupil_who_went_away_counts_five_minutes(cast, sent):
    before = forecasts.measured("6e-1", cast.school.id).length.minutes.high
    with write_tx() as session:
        for first in session.scalars(db.select(Question).where(Question.position == 1)):
            first.served_at -= timedelta(hours=20)

    after = forecasts.measured("6e-1", cast.school.id).length.minutes.high
    assert before < after <= before + 5
