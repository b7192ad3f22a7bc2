"""A simulated pupil meets every kind of question, as the real ones do."""

import random
from datetime import date

import pytest

from portal.domain.demonstration import SimulatedPupil
from portal.services import demonstration_answers, freezing, turns
from tests import factories
from tests.conftest import NOON
from tests.exercises import EVERY, MAILBOX, ask, outcome_of
from tests.players import play


def pupil(general: float, *, skips: float = 0.0, slip: float = 0.0) -> SimulatedPupil:
    return SimulatedPupil(
        number=1,
        first_name="Nour",
        last_name="Lefort",
        birth_date=date(2013, 5, 4),
        class_name="5eB",
        class_before=None,
        comes=True,
        general=general,
        slip=slip,
        skips_unknown=skips,
        skips_known=skips,
    )


@pytest.fixture
def answered(cast):
    """Put a question before Lina, have her answer as this pupil would, and tell the outcome."""

    def answered(challenge, who):
        campaign = factories.make_campaign(cast.solene)
        public_id = play(cast.lina, campaign, questions=0)
        row = ask(public_id, challenge)
        turn = turns.load(public_id, cast.lina.learner_id)
        skill = freezing.skills_by_id(campaign.code)[row.skill]
        demonstration_answers.answer(turn, who, skill, random.Random(1), years_ago=0, at=NOON)
        return outcome_of(row.id)

    return answered


@pytest.mark.parametrize("number", range(len(EVERY)))
def test_who_knows_does_it_and_who_passes_passes(answered, number):
    assert answered(EVERY[number], pupil(20.0)) == "ok"
    assert answered(EVERY[number], pupil(20.0, skips=1.0)) == "skipped"


@pytest.mark.parametrize("number", range(len(EVERY)))
def test_who_does_not_know_tries_all_the_same_and_who_slips_is_wrong(answered, number):
    assert answered(EVERY[number], pupil(-20.0)) in {"ok", "ko"}
    assert answered(EVERY[number], pupil(20.0, slip=1.0)) == "ko"


def test_who_does_not_know_spoils_a_simulator(answered):
    assert answered(MAILBOX, pupil(-20.0)) == "ko"
