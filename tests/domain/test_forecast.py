"""How long a parcours takes, from pupils who play it."""

import pytest

from portal.domain.forecast import Ease, Length, Spread, forecast, length_of, spread_of
from portal.domain.parameters import UNKNOWN_GRADE, prior_of
from portal.domain.school import Grade
from tests.domain.engine_tests import frozen, ladder, skill

SIXIEME = [prior_of(Grade.SIXIEME)]


def test_the_same_test_is_always_forecast_alike():
    test, again = ladder(), ladder()

    assert forecast(test, SIXIEME) == forecast(again, SIXIEME)


def test_every_ease_has_its_length_within_what_a_try_may_ask():
    found = forecast(ladder(), SIXIEME)

    assert [*found] == [*Ease]
    for length in found.values():
        questions, minutes = length.questions, length.minutes
        assert 6 <= questions.low <= questions.median <= questions.high <= 20
        assert 0 < minutes.low <= minutes.median <= minutes.high


def test_more_subjects_take_longer():
    few, many = forecast(ladder(3), SIXIEME), forecast(ladder(12), SIXIEME)

    assert many[Ease.USUAL].questions.median > few[Ease.USUAL].questions.median
    assert many[Ease.USUAL].minutes.median > few[Ease.USUAL].minutes.median


def test_longer_questions_take_longer_and_each_five_of_them_a_pause():
    usual = forecast(ladder(seconds=60), SIXIEME)[Ease.USUAL]

    asked = usual.questions.median
    assert usual.minutes.median >= asked * 60 / 60
    assert forecast(ladder(seconds=10), SIXIEME)[Ease.USUAL].minutes.median < usual.minutes.median


def test_grades_are_shared_among_the_pupils():
    alone, together = forecast(ladder(), SIXIEME), forecast(ladder(), [*SIXIEME, prior_of(Grade.CPGE)])

    assert alone != together


def test_a_test_without_question_ends_at_once():
    empty = forecast(frozen(skill("t", 1, variants=0)), [UNKNOWN_GRADE])[Ease.USUAL]

    assert empty == Length(Spread(0, 0, 0), Spread(0, 0, 0))


def test_the_middle_and_what_eight_of_ten_are_between():
    assert spread_of([*range(101)]) == Spread(50, 10, 90)
    assert spread_of([7]) == Spread(7, 7, 7)
    assert spread_of([3, 1, 2, 5, 4]) == Spread(3, 1, 5)
    with pytest.raises(ValueError, match="no value"):
        spread_of([])


def test_a_lesson_is_enough_when_nearly_all_end_within_it():
    assert length_of([(20, 40 * 60), (20, 2000)]).is_one_period
    assert not length_of([(20, 40 * 60 + 1), (20, 2000)]).is_one_period
