"""The profile of a person, from real tries."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.bank_store import current_bank
from portal.domain.campaign import CampaignKind, Sending
from portal.persistence.models import Campaign, Question, Withdrawal
from portal.persistence.transaction import write_tx
from portal.services import profiles
from tests.factories import SEPTEMBER, make_campaign
from tests.players import knows_all, knows_nothing, play, skips_all

LATER = SEPTEMBER + timedelta(days=30)


def profile(cast, *, at=LATER, **more):
    return profiles.of_learner(cast.lina.learner_id, current_bank(), at, **more)


@pytest.fixture
def play_everything(cast):
    """Play every parcours, so that some competence is assessed."""

    def played(strategy=knows_all, *, at=SEPTEMBER, sending=Sending.AUTOMATIC, kind=CampaignKind.ASSESSMENT):
        for pathway in current_bank().pathways:
            campaign = make_campaign(cast.solene, pathway=pathway, sending=sending, at=at)
            with write_tx() as session:
                session.execute(update(Campaign).where(Campaign.id == campaign.id).values(kind=kind))
            play(cast.lina, campaign, strategy, at=at)

    return played


def assessed(found):
    return [one for one in found.competences if one.level is not None]


def test_who_answered_nothing_has_an_empty_profile(cast):
    found = profile(cast)

    assert len(found.competences) == 16
    assert found.is_empty and (found.points, found.is_certifiable) == (0, False)


def test_what_was_answered_right_gives_points(cast, play_everything):
    play_everything()

    found = profile(cast)

    assert assessed(found) and found.points > 0 and found.at == LATER


def test_what_was_answered_wrong_gives_none(cast, play_everything):
    play_everything(knows_nothing)

    found = profile(cast)

    assert assessed(found) and found.points == 0


def test_what_was_skipped_gives_none(cast, play_everything):
    play_everything(skips_all)

    found = profile(cast)

    assert not assessed(found) and (found.points, found.is_certifiable) == (0, False)


def test_what_the_bank_no_longer_holds_says_nothing(cast, play_everything):
    play_everything()
    with write_tx() as session:
        session.execute(update(Question).values(skill="acquis-parti"))

    assert profile(cast).is_empty


def test_an_exam_never_feeds_the_profile(cast, play_everything):
    play_everything(kind=CampaignKind.EXAM)

    assert profile(cast).is_empty


def test_answers_of_more_than_a_year_are_history(cast, play_everything):
    play_everything()

    assert profile(cast, at=SEPTEMBER + timedelta(days=400)).is_empty


def test_withdrawn_questions_are_left_out(cast, play_everything):
    play_everything()
    with write_tx() as session:
        asked = select(Question.challenge, Question.version).distinct()
        for challenge, version in session.execute(asked).all():
            session.add(Withdrawal(challenge=challenge, version=version, reason="Corrigé faux", at=LATER))

    assert profile(cast).is_empty


def test_the_answers_to_another_version_of_a_withdrawn_question_count(cast, play_everything):
    play_everything()
    before = profile(cast)
    with write_tx() as session:
        for challenge in session.scalars(select(Question.challenge).distinct()).all():
            session.add(Withdrawal(challenge=challenge, version="older", reason="Corrigé faux", at=LATER))

    assert profile(cast) == before


def test_the_answers_to_an_old_version_count_while_the_present_one_is_withdrawn(cast, play_everything):
    play_everything()
    with write_tx() as session:
        for challenge, version in session.execute(
            select(Question.challenge, Question.version).distinct()
        ).all():
            session.add(Withdrawal(challenge=challenge, version=version, reason="Corrigé faux", at=LATER))
        session.execute(update(Question).values(version="older"))

    assert profile(cast).points > 0


def test_staff_read_nothing_of_what_the_pupil_has_not_sent(cast, play_everything):
    play_everything(sending=Sending.EXPLICIT)

    assert profile(cast, is_for_staff=True).is_empty
    assert not profile(cast).is_empty
