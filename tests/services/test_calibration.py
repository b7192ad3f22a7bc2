"""Recalibration from the answers of the instance, and the questions it takes out of the draw."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.bank_store import current_bank
from portal.extensions import db
from portal.persistence.models import (
    Calibration,
    Campaign,
    Participation,
    Question,
    School,
    Withdrawal,
)
from portal.persistence.queries import calibration as queries
from portal.persistence.transaction import write_tx
from portal.services import calibration
from portal.services.members import Doer
from tests import factories
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


def test_too_few_answers_change_nothing(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast, pupils=8)

    report = calibration.recalibrate(current_bank(), at=NOON)

    assert report == calibration.Report(answers=96)
    assert calibration.latest() is None


def test_an_empty_instance_changes_nothing(app) -> None:
    assert calibration.recalibrate(current_bank(), at=NOON) == calibration.Report(answers=0)


def test_the_answers_make_a_calibration_for_the_tries_to_come(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast, pupils=35)

    report = calibration.recalibrate(current_bank(), at=NOON)

    assert (report.answers, report.skills, report.withdrawn, report.is_kept) == (420, 12, (), True)
    kept = calibration.latest()
    assert (kept.at, kept.answers) == (NOON, 420)
    assert set(kept.content["offsets"]) == {skill.id for skill, _ in chosen()}
    assert set(kept.content["guesses"]) == {challenge.id for _, challenge in chosen()}
    assert set(kept.content["slips"]) == set(kept.content["guesses"])


def test_a_night_without_news_adds_nothing_and_the_last_one_serves(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast)
    calibration.recalibrate(current_bank(), at=NOON)

    calibration.recalibrate(current_bank(), at=NOON + timedelta(days=1))

    assert calibration.latest().at == NOON
    assert len(db.session.scalars(select(Calibration)).all()) == 1


def test_tries_of_the_first_release_count_without_what_was_believed(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast, prior=None)

    assert calibration.recalibrate(current_bank(), at=NOON).is_kept


def test_a_question_that_all_who_know_fail_is_withdrawn_with_its_evidence(
    campaign: Campaign, cast: Cast
) -> None:
    failed = chosen()[4][1].id
    write_tries(campaign, cast, failed=failed)

    report = calibration.recalibrate(current_bank(), at=NOON)

    assert report.withdrawn == (failed,)
    row = db.session.get(Withdrawal, (failed, version_of(failed)))
    assert (row.reason, row.at, row.restored_at) == (calibration.SUSPECT_REASON, NOON, None)
    assert (row.evidence["answers"], row.evidence["right"]) == (20, 0)
    assert row.evidence["expected"] > 12
    assert row.evidence["ratio"] > 4
    assert failed not in calibration.latest().content["guesses"]


def test_its_answers_no_longer_count_the_next_night(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast, failed=chosen()[4][1].id)
    calibration.recalibrate(current_bank(), at=NOON)

    report = calibration.recalibrate(current_bank(), at=NOON)

    assert (report.answers, report.withdrawn) == (220, ())


def test_what_somebody_put_back_is_never_withdrawn_again(campaign: Campaign, cast: Cast, doer: Doer) -> None:
    failed = chosen()[4][1].id
    write_tries(campaign, cast, failed=failed)
    calibration.recalibrate(current_bank(), at=NOON)

    calibration.restore(failed, version_of(failed), doer)

    assert calibration.recalibrate(current_bank(), at=NOON).withdrawn == ()
    assert queries.count_withdrawals() == 0


def test_the_answers_to_an_older_version_withdraw_nothing(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast, failed=chosen()[4][1].id, version="older")

    report = calibration.recalibrate(current_bank(), at=NOON)

    assert (report.answers, report.withdrawn, report.is_kept) == (240, (), True)
    assert calibration.latest().content["guesses"] == {}


def test_a_question_that_left_the_bank_is_read_no_more(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast)
    with write_tx() as session:
        session.execute(
            update(Question).where(Question.challenge == chosen()[0][1].id).values(challenge="gone")
        )
        session.execute(update(Question).where(Question.skill == chosen()[1][0].id).values(skill="gone"))

    assert calibration.recalibrate(current_bank(), at=NOON).answers == 200


def test_simulated_pupils_teach_nothing(campaign: Campaign, cast: Cast) -> None:
    write_tries(campaign, cast)
    with write_tx() as session:
        session.execute(update(School).values(is_demonstration=True))

    assert calibration.recalibrate(current_bank(), at=NOON) == calibration.Report(answers=0)


def test_a_missed_night_is_due_when_pupils_answered_since(campaign: Campaign, cast: Cast) -> None:
    def answer_at(instant: datetime) -> None:
        with write_tx() as session:
            session.execute(update(Participation).values(last_answer_at=instant))

    assert not calibration.is_overdue(NOON)
    write_tries(campaign, cast)
    answer_at(NOON)
    assert calibration.is_overdue(NOON)
    calibration.recalibrate(current_bank(), at=NOON)
    late = NOON + timedelta(hours=27)
    assert not calibration.is_overdue(late)
    answer_at(NOON + timedelta(hours=1))
    assert not calibration.is_overdue(NOON + timedelta(hours=25))
    assert calibration.is_overdue(late)
    with write_tx() as session:
        session.execute(update(School).values(is_demonstration=True))
    assert not calibration.is_overdue(late)
