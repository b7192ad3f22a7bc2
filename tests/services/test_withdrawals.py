"""Questions out of the draw: one version of each, by hand or by the night, and the tries that asked them."""

import uuid

import pytest
from sqlalchemy import select, update

from portal.bank_store import current_bank
from portal.domain.campaign import Sending
from portal.domain.errors import NotFound
from portal.extensions import db
from portal.persistence.models import (
    AuditEvent,
    Campaign,
    Participation,
    Question,
    Withdrawal,
)
from portal.persistence.queries import calibration as queries
from portal.persistence.transaction import write_tx
from portal.services import calibration, freezing, turns
from portal.services.members import Doer
from tests import factories, players
from tests.conftest import NOON
from tests.factories import Cast
from tests.tries import chosen, version_of, write_tries


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """A campaign whose tries are written straight into the tables."""
    return factories.make_campaign(cast.solene)


@pytest.fixture
def doer(cast: Cast) -> Doer:
    """Solène, now."""
    return Doer(cast.school.id, cast.solene.id, NOON)


def correct(challenge: str) -> None:
    """Make as if what was asked and judged of a question so far had been an older version."""
    with write_tx() as session:
        for model in (Question, Withdrawal):
            session.execute(update(model).where(model.challenge == challenge).values(version="older"))
    db.session.expire_all()


def drawn(campaign: Campaign) -> set[str]:
    """The questions that a try would draw from."""
    return {one.id for skill in freezing.freeze(campaign, current_bank()).skills for one in skill.challenges}


def stored(public_id: uuid.UUID) -> int:
    """What the lists of results say that a try has acquired."""
    query = select(Participation.acquired).where(Participation.public_id == public_id)
    return db.session.scalars(query).one()


def concluded(cast: Cast, public_id: uuid.UUID) -> int:
    """What the page of a try says, computed from its answers."""
    return sum(one.is_acquired for one in turns.load(public_id, cast.lina.learner_id).verdicts())


def asked(public_id: uuid.UUID) -> list[str]:
    """The questions of a try."""
    query = select(Question.challenge).join(Participation).where(Participation.public_id == public_id)
    return list(db.session.scalars(query))


def test_a_question_is_withdrawn_and_put_back_by_hand_and_both_are_noted(cast: Cast, doer: Doer) -> None:
    key = chosen()[0][1].id

    calibration.withdraw(current_bank(), key, "La réponse a changé.", doer)
    calibration.withdraw(current_bank(), key, "Encore.", doer)

    [row] = queries.withdrawals()
    assert (row.challenge, row.reason, row.evidence) == (key, "La réponse a changé.", None)
    calibration.restore(key, version_of(key), doer)
    assert queries.withdrawals() == []
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [one.action for one in events] == ["question_withdrawn", "question_restored"]
    assert events[0].details == {"challenge": key, "version": version_of(key)}
    assert events[0].member_id == cast.solene.id


def test_what_was_put_back_can_be_withdrawn_again_by_hand(cast: Cast, doer: Doer) -> None:
    key = chosen()[0][1].id
    calibration.withdraw(current_bank(), key, "Une fois.", doer)
    calibration.restore(key, version_of(key), doer)

    calibration.withdraw(current_bank(), key, "Deux fois.", doer)

    assert [one.reason for one in queries.withdrawals()] == ["Deux fois."]


def test_only_a_known_question_is_withdrawn_and_a_withdrawn_one_put_back(cast: Cast, doer: Doer) -> None:
    key = chosen()[0][1].id

    with pytest.raises(NotFound):
        calibration.withdraw(current_bank(), "inconnue", "Fausse.", doer)
    with pytest.raises(NotFound):
        calibration.restore(key, version_of(key), doer)
    calibration.withdraw(current_bank(), key, "Fausse.", doer)
    calibration.restore(key, version_of(key), doer)
    calibration.restore(key, version_of(key), doer)


def test_a_withdrawn_question_comes_back_into_the_draw_once_it_is_corrected(
    campaign: Campaign, doer: Doer
) -> None:
    key = next(iter(sorted(drawn(campaign))))
    calibration.withdraw(current_bank(), key, "Fausse.", doer)
    assert key not in drawn(campaign)

    correct(key)

    assert key in drawn(campaign)
    calibration.withdraw(current_bank(), key, "Encore fausse.", doer)
    assert key not in drawn(campaign)
    calibration.restore(key, "older", doer)
    assert key not in drawn(campaign)
    calibration.restore(key, version_of(key), doer)
    assert key in drawn(campaign)


def test_a_corrected_question_is_judged_again_by_its_own_answers_only(
    campaign: Campaign, cast: Cast, doer: Doer
) -> None:
    failed = chosen()[4][1].id
    write_tries(campaign, cast, failed=failed)
    calibration.recalibrate(current_bank(), at=NOON)
    calibration.restore(failed, version_of(failed), doer)
    correct(failed)

    assert calibration.recalibrate(current_bank(), at=NOON).withdrawn == ()

    write_tries(campaign, cast, failed=failed)
    assert calibration.recalibrate(current_bank(), at=NOON).withdrawn == (failed,)
    assert [one.version for one in queries.withdrawals()] == [version_of(failed)]


def test_the_answers_to_the_wrong_text_stay_aside_once_it_is_corrected(
    campaign: Campaign, cast: Cast
) -> None:
    failed = chosen()[4][1].id
    write_tries(campaign, cast, failed=failed)
    calibration.recalibrate(current_bank(), at=NOON)
    correct(failed)

    assert calibration.recalibrate(current_bank(), at=NOON).answers == 220


@pytest.mark.parametrize("questions", [None, 4])
def test_an_unsent_try_is_counted_again_when_a_question_leaves_and_comes_back(
    cast: Cast, doer: Doer, questions: int | None
) -> None:
    campaign = factories.make_campaign(cast.solene, sending=Sending.EXPLICIT)
    public_id = players.play(cast.lina, campaign, questions=questions)
    before = stored(public_id)

    for key in asked(public_id):
        calibration.withdraw(current_bank(), key, "Fausse.", doer)
        assert stored(public_id) == concluded(cast, public_id)

    assert stored(public_id) == 0 < before
    for key in asked(public_id):
        calibration.restore(key, version_of(key), doer)
    assert stored(public_id) == before


def test_what_was_sent_never_moves(cast: Cast, doer: Doer) -> None:
    public_id = players.play(cast.lina, factories.make_campaign(cast.solene))
    before = stored(public_id)

    for key in asked(public_id):
        calibration.withdraw(current_bank(), key, "Fausse.", doer)

    assert stored(public_id) == before > 0


def test_the_questions_that_the_night_withdraws_are_counted_again_too(campaign: Campaign, cast: Cast) -> None:
    explicit = factories.make_campaign(cast.solene, name="B", sending=Sending.EXPLICIT)
    public_id = players.play(cast.lina, explicit)
    failed = asked(public_id)[0]
    write_tries(campaign, cast, failed=failed, among=asked(public_id))

    assert failed in calibration.recalibrate(current_bank(), at=NOON).withdrawn

    assert stored(public_id) == concluded(cast, public_id)
