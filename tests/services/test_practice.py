"""Which questions may be tried: never one that a try may still ask, the least used first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.bank_store import current_bank
from portal.domain.campaign import Sending
from portal.material.simulators.scenario import Refused
from portal.services import calibration, campaigns, practice, turns
from portal.services.members import Doer
from portal.services.practice import Reader
from tests import answering, factories, players
from tests.conftest import NOON
from tests.exercises import MAILBOX
from tests.queries import counted_queries
from tests.tries import write_tries

TUBE = "mots-de-passe"


@pytest.fixture
def reader(cast):
    """Lina, who reads."""
    return Reader(f"eleve-{cast.lina.learner_id}", cast.lina.learner_id, cast.school.id)


def every():
    bank = current_bank()
    return {one.id for skill in bank.tubes[TUBE].skills for one in bank.challenges[skill.id]}


def names(reader, at=NOON):
    bank = current_bank()
    return [one.id for _, one in practice.askable(bank.tubes[TUBE], bank, reader, at=at)]


def put_to(public_id, cast):
    """List what a try asked in the subject: answered, then waiting."""
    questions = turns.load(public_id, cast.lina.learner_id).questions
    own = [one for one in questions if one.challenge in every()]
    return {one.challenge for one in own if one.outcome}, {one.challenge for one in own if not one.outcome}


def everywhere(reader, at):
    """Name what may be tried in every subject."""
    bank = current_bank()
    return {one.id for tube in bank.tubes.values() for _, one in practice.askable(tube, bank, reader, at=at)}


def asked_by(public_id, cast):
    return {one.challenge for one in turns.load(public_id, cast.lina.learner_id).questions}


def test_without_a_try_everything_may_be_tried_one_of_each_skill_first(cast, reader):
    found = names(reader)

    assert set(found) == every() and len(found) == len(every())
    bank = current_bank()
    skills = [skill.id for skill, _ in practice.askable(bank.tubes[TUBE], bank, reader, at=NOON)]
    count = len(bank.tubes[TUBE].skills)
    assert skills[:count] == [skill.id for skill in bank.tubes[TUBE].skills]


def test_what_a_try_may_still_ask_is_left_out_but_what_it_has_answered(cast, reader):
    campaign = factories.make_campaign(cast.solene)
    public_id = players.play(cast.lina, campaign, at=NOON, questions=0)
    assert names(reader) == []

    for questions in range(1, 5):
        players.play(cast.lina, campaign, at=NOON, questions=1)
        answered, waiting = put_to(public_id, cast)
        assert set(names(reader)) == answered - waiting, questions


def test_a_try_of_another_subject_leaves_this_one_free(cast, reader):
    players.play(cast.lina, factories.make_campaign(cast.solene, pathway="t-05"), at=NOON, questions=2)

    assert set(names(reader)) == every()


def test_a_finished_try_that_is_not_sent_still_holds_its_questions(cast, reader):
    campaign = factories.make_campaign(cast.solene, sending=Sending.EXPLICIT)
    public_id = players.play(cast.lina, campaign, at=NOON)
    assert set(names(reader)) == put_to(public_id, cast)[0] < every()

    players.play(cast.lina, campaign, at=NOON, share=True)

    assert set(names(reader)) == every()


def test_an_archived_campaign_holds_its_questions_for_a_month_then_only_the_one_that_waits(cast, reader):
    campaign = factories.make_campaign(cast.solene)
    public_id = players.play(cast.lina, campaign, at=NOON, questions=3)
    answered, waiting = put_to(public_id, cast)
    campaigns.archive(campaign, at=NOON)

    assert set(names(reader, at=NOON + timedelta(days=29))) == answered - waiting
    assert set(names(reader, at=NOON + timedelta(days=30))) == every() - waiting


def test_a_finished_try_of_an_archived_campaign_holds_nothing(cast, reader):
    campaign = factories.make_campaign(cast.solene, sending=Sending.EXPLICIT)
    players.play(cast.lina, campaign, at=NOON)
    campaigns.archive(campaign, at=NOON)

    assert set(names(reader)) == every()


def test_a_campaign_archived_then_opened_again_asks_nothing_that_was_tried(cast, reader):
    campaign = factories.make_campaign(cast.solene)
    public_id = players.play(cast.lina, campaign, at=NOON, questions=3)
    campaigns.archive(campaign, at=NOON)
    # The answer that was waiting is the last: the try is cut short.
    turn = turns.load(public_id, cast.lina.learner_id)
    answering.answer(turn, answering.RIGHT, at=NOON)
    before, tried = asked_by(public_id, cast), everywhere(reader, at=NOON)
    campaigns.unarchive(campaign)

    players.play(cast.lina, campaign, at=NOON)

    asked = asked_by(public_id, cast) - before
    assert asked and tried and not asked & tried


def test_what_was_answered_in_another_try_is_held_by_the_one_that_may_ask_it_again(cast, reader):
    first, second = (factories.make_campaign(cast.solene, name=name) for name in ("5e", "Encore"))
    answered = asked_by(players.play(cast.lina, first, at=NOON), cast)
    assert answered and answered <= everywhere(reader, at=NOON)

    # What was met in a year comes last, and is asked all the same when nothing else is left.
    players.play(cast.lina, second, at=NOON, questions=0)

    assert not answered & everywhere(reader, at=NOON)


def test_the_try_of_somebody_else_holds_nothing(cast, reader):
    players.play(cast.noe, factories.make_campaign(cast.solene), at=NOON, questions=1)

    assert set(names(reader)) == every()


def test_the_least_used_variant_of_a_skill_comes_first(cast, reader):
    bank = current_bank()
    own = [one.id for one in bank.challenges[bank.tubes[TUBE].skills[0].id]]
    for used, count in zip(own, (2, 1), strict=False):
        write_tries(factories.make_campaign(cast.solene), cast, pupils=count, among={used})

    found = [name for name in names(reader) if name in own]

    assert found[-2:] == [own[1], own[0]] and len(found) == len(own) >= 3


def test_a_withdrawn_question_is_not_tried(cast, reader):
    bank, name = current_bank(), sorted(every())[0]
    calibration.withdraw(bank, name, "Faute", Doer(cast.school.id, cast.solene.id, NOON))

    assert set(names(reader)) == every() - {name}


def test_a_member_tries_everything(cast, reader):
    players.play(cast.lina, factories.make_campaign(cast.solene), at=NOON, questions=1)

    assert set(names(Reader("membre-1", 0, cast.school.id))) == every()


def test_two_readers_get_files_of_their_own(reader):
    trial = practice.Trial(TUBE, "niveaux-1-et-2", "une-question", 0, "v1")
    other = Reader("eleve-0", 0, reader.school_id)

    seeds = {trial.seed(reader), trial.seed(other), replace(trial, turn=1).seed(reader)}
    assert len(seeds) == 3 and trial.seed(reader) in seeds


def test_as_many_queries_however_long_the_tries(cast, reader):
    campaign = factories.make_campaign(cast.solene)
    players.play(cast.lina, campaign, at=NOON, questions=1)
    names(reader)
    with counted_queries() as few:
        names(reader)
    players.play(cast.lina, campaign, at=NOON, questions=12)

    with counted_queries() as many:
        names(reader)

    assert len(many) == len(few) <= 5


def test_a_simulator_that_a_form_can_no_longer_carry_refuses_the_gesture(reader, monkeypatch):
    trial = practice.Trial(TUBE, "niveaux-1-et-2", MAILBOX.id, 0, "v1")
    exercise, opening = practice.exercise_of(MAILBOX, trial, reader), {"do": "ouvrir", "message": "colis"}
    assert practice.after_gesture(exercise, trial, opening).state["steps"] == 1

    monkeypatch.setattr(practice, "LONGEST_STATE", 10)
    with pytest.raises(Refused, match="beaucoup de gestes"):
        practice.after_gesture(exercise, trial, opening)
