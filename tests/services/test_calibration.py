"""Recalibration from the answers of the instance, and the questions it takes out of the draw."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from portal.bank_store import current_bank
from portal.domain.errors import NotFound
from portal.domain.marking import Outcome
from portal.domain.referential import Challenge, Skill
from portal.extensions import db
from portal.persistence.models import (
    Answer,
    AuditEvent,
    Calibration,
    Campaign,
    FrozenTestRow,
    Participation,
    Question,
    School,
    Withdrawal,
)
from portal.persistence.queries import calibration as queries
from portal.persistence.transaction import write_tx
from portal.services import bank as bank_service
from portal.services import calibration
from portal.services.members import Doer
from tests import factories
from tests.conftest import NOON
from tests.factories import Cast


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """A campaign whose tries are written straight into the tables."""
    return factories.make_campaign(cast.solene)


@pytest.fixture
def doer(cast: Cast) -> Doer:
    """Solène, now."""
    return Doer(cast.school.id, cast.solene.id, NOON)


def chosen() -> list[tuple[Skill, Challenge]]:
    """One question for each of twelve skills of low level."""
    bank = current_bank()
    skills = [one for tube in bank.tubes.values() for one in tube.skills if one.level <= 3]
    return [(one, bank.challenges[one.id][0]) for one in skills[:12]]


def write_tries(
    campaign: Campaign,
    cast: Cast,
    *,
    pupils: int = 20,
    failed: str | None = None,
    version: str | None = None,
    prior: tuple[float, float] | None = (4.0, 1.4),
) -> None:
    """Write tries of pupils who know all, and fail the question `failed` all the same."""
    with write_tx() as session:
        if session.get(FrozenTestRow, "0" * 64) is None:
            session.add(FrozenTestRow(digest="0" * 64, content={}))
            session.flush()
        for number in range(pupils):
            attempt = Participation(
                campaign_id=campaign.id,
                learner_id=cast.lina.learner_id,
                student_id=cast.lina.id,
                attempt=uuid.uuid4().int % 2_000_000_000,
                status="completed",
                frozen_test="0" * 64,
                context={"seed": "s"} | ({"prior": list(prior)} if prior else {}),
                answered=12,
                started_at=NOON + timedelta(seconds=number),
            )
            session.add(attempt)
            session.flush()
            for position, (skill, challenge) in enumerate(chosen(), 1):
                key = session.execute(
                    insert(Question).values(
                        public_id=uuid.uuid4(),
                        participation_id=attempt.id,
                        position=position,
                        skill=skill.id,
                        challenge=challenge.id,
                        version=version or bank_service.version_of(challenge),
                        reason={},
                        served_at=NOON,
                    )
                ).inserted_primary_key[0]
                outcome = Outcome.KO if challenge.id == failed else Outcome.OK
                session.add(Answer(question_id=key, outcome=outcome, given={}, answered_at=NOON))


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
    row = db.session.get(Withdrawal, failed)
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

    calibration.restore(failed, doer)

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


def test_a_question_is_withdrawn_and_put_back_by_hand_and_both_are_noted(cast: Cast, doer: Doer) -> None:
    key = chosen()[0][1].id

    calibration.withdraw(current_bank(), key, "La réponse a changé.", doer)
    calibration.withdraw(current_bank(), key, "Encore.", doer)

    [row] = queries.withdrawals()
    assert (row.challenge, row.reason, row.evidence) == (key, "La réponse a changé.", None)
    calibration.restore(key, doer)
    assert queries.withdrawals() == []
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [one.action for one in events] == ["question_withdrawn", "question_restored"]
    assert events[0].details == {"challenge": key}
    assert events[0].member_id == cast.solene.id


def test_what_was_put_back_can_be_withdrawn_again_by_hand(cast: Cast, doer: Doer) -> None:
    key = chosen()[0][1].id
    calibration.withdraw(current_bank(), key, "Une fois.", doer)
    calibration.restore(key, doer)

    calibration.withdraw(current_bank(), key, "Deux fois.", doer)

    assert [one.reason for one in queries.withdrawals()] == ["Deux fois."]


def test_only_a_known_question_is_withdrawn_and_a_withdrawn_one_put_back(cast: Cast, doer: Doer) -> None:
    key = chosen()[0][1].id

    with pytest.raises(NotFound):
        calibration.withdraw(current_bank(), "inconnue", "Fausse.", doer)
    with pytest.raises(NotFound):
        calibration.restore(key, doer)
    calibration.withdraw(current_bank(), key, "Fausse.", doer)
    calibration.restore(key, doer)
    calibration.restore(key, doer)
