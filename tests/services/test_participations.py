"""A try at its edges: the campaign is archived under the very last question."""

import pytest

from portal.bank_store import current_bank
from portal.domain.adaptive import Observation
from portal.domain.campaign import Sending
from portal.domain.engine import ENGINE
from portal.domain.marking import Outcome
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence.models import Snapshot
from portal.services import answers, campaigns, participations, turns
from portal.services.turns import Turn
from tests import factories
from tests.factories import SEPTEMBER


def is_at_the_last_question(turn: Turn) -> bool:
    skipped = Observation(turn.asked.skill, turn.asked.challenge, Outcome.SKIPPED)
    return ENGINE.decide(turn.test, turn.context, [*turn.observations, skipped]).pick is None


@pytest.mark.parametrize(
    ("sending", "status", "snapshots"),
    [(Sending.AUTOMATIC, Status.SHARED, 1), (Sending.EXPLICIT, Status.COMPLETED, 0)],
)
def test_the_last_answer_completes_a_try_though_the_campaign_is_archived(cast, sending, status, snapshots):
    campaign = factories.make_campaign(cast.solene, sending=sending)
    public_id = participations.start(campaign, cast.lina, current_bank(), at=SEPTEMBER)
    turn = turns.load(public_id, cast.lina.learner_id)
    while not is_at_the_last_question(turn):
        answers.answer(turn, turn.asked.public_id, None, at=SEPTEMBER)
        turn = turns.load(public_id, cast.lina.learner_id)
    campaigns.archive(campaign, at=SEPTEMBER)

    turn = turns.load(public_id, cast.lina.learner_id)
    step = answers.answer(turn, turn.asked.public_id, None, at=SEPTEMBER)

    assert (step.question, step.progress) == (None, 1.0)
    done = turns.load(public_id, cast.lina.learner_id)
    assert (done.row.status, done.row.closed_at, done.row.progress) == (status, None, 1.0)
    assert db.session.scalar(db.select(db.func.count()).select_from(Snapshot)) == snapshots
    # Open again, the campaign gives back a try that is over, and not one without a question.
    campaigns.unarchive(campaign)
    assert participations.start(campaign, cast.lina, current_bank(), at=SEPTEMBER) == public_id
    assert turns.load(public_id, cast.lina.learner_id).is_over
