"""A try is decided again from what was stored, and every decision is found the same."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.domain.campaign import Sending
from portal.extensions import db
from portal.persistence.models import Participation, Question, Snapshot, Withdrawal
from portal.persistence.transaction import write_tx
from portal.services import replays
from tests import factories, players
from tests.factories import SEPTEMBER, Cast


def _play(
    cast: Cast, strategy: players.Strategy, *, name: str = "A", at: datetime = SEPTEMBER, **more
) -> int:
    campaign = factories.make_campaign(cast.solene, name=name, **more)
    public_id = players.play(cast.lina, campaign, strategy, at=at)
    return db.session.scalars(select(Participation.id).where(Participation.public_id == public_id)).one()


@pytest.mark.parametrize(
    "strategy", [players.knows_all, players.knows_nothing, players.skips_all, players.knows_up_to(1)]
)
def test_a_replay_finds_the_same_questions_reasons_and_probabilities(cast: Cast, strategy) -> None:
    assert replays.replay(_play(cast, strategy)) == []


def test_a_try_with_a_history_replays_too(cast: Cast) -> None:
    _play(cast, players.knows_up_to(2), name="A")
    again = _play(cast, players.knows_all, name="B", at=SEPTEMBER + timedelta(days=400))

    assert replays.replay(again) == []


def test_a_try_under_way_replays_up_to_the_question_that_waits(cast: Cast) -> None:
    campaign = factories.make_campaign(cast.solene, sending=Sending.EXPLICIT)
    public_id = players.play(cast.lina, campaign, players.knows_all, questions=3)
    row = db.session.scalars(select(Participation.id).where(Participation.public_id == public_id)).one()

    assert replays.replay(row) == []


def test_a_question_withdrawn_later_speaks_as_it_did_then(cast: Cast) -> None:
    row = _play(cast, players.knows_up_to(1))
    asked = db.session.scalars(select(Question).where(Question.participation_id == row)).first()
    withdraw(asked, asked.version)

    assert replays.replay(row) == []


def test_another_version_withdrawn_then_says_nothing(cast: Cast) -> None:
    row = _play(cast, players.knows_up_to(1))
    asked = db.session.scalars(select(Question).where(Question.participation_id == row)).first()
    withdraw(asked, "older", at=SEPTEMBER - timedelta(days=1))

    assert replays.replay(row) == []


def withdraw(asked: Question, version: str, at: datetime = SEPTEMBER + timedelta(days=1)) -> None:
    """Take a version of a question out of the draw."""
    with write_tx() as session:
        session.add(Withdrawal(challenge=asked.challenge, version=version, reason="clé fausse", at=at))


def test_what_was_changed_is_found(cast: Cast) -> None:
    row = _play(cast, players.knows_up_to(1))
    first = db.session.scalars(
        select(Question).where(Question.participation_id == row).order_by(Question.position)
    ).first()
    sent = db.session.get_one(Snapshot, row)
    verdicts = [{**one, "probability": one["probability"] / 2} for one in sent.content["verdicts"]]
    with write_tx() as session:
        session.execute(
            update(Question)
            .where(Question.id == first.id)
            .values(reason={**first.reason, "gain": first.reason["gain"] + 1e-6})
        )
        session.execute(
            update(Snapshot)
            .where(Snapshot.participation_id == row)
            .values(content={**sent.content, "verdicts": verdicts})
        )
    db.session.expire_all()

    found = replays.replay(row)

    assert found[0].what == "reason.gain" and found[0].position == 1
    assert [one.position for one in found[1:]] == [0] * len(verdicts)


def test_a_try_of_the_first_release_says_so(cast: Cast) -> None:
    row = _play(cast, players.knows_all)
    with write_tx() as session:
        session.execute(update(Question).where(Question.participation_id == row).values(reason={"gain": 1}))
    db.session.expire_all()

    with pytest.raises(replays.NotReplayable):
        replays.replay(row)
