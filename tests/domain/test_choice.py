"""The next question: easy first, kind, varied, drawn; and when the test stops."""

from dataclasses import replace

from portal.domain.adaptive import FrozenTest, Mode, Rule, TryContext
from portal.domain.engine import decide, estimate
from portal.domain.parameters import RELEASED, prior_of
from portal.domain.school import Grade
from tests.domain.engine_tests import (
    CONTEXT,
    KO,
    OK,
    SKIPPED,
    frozen,
    knows_up_to,
    ladder,
    level_of,
    play,
    skill,
)


def reasons(test: FrozenTest, pupil, context: TryContext = CONTEXT):
    answers, found = play(test, pupil, context), []
    for number in range(len(answers)):
        pick = decide(test, context, answers[:number]).pick
        assert pick is not None
        found.append(pick.reason)
    return answers, found


# ---- What is asked


def test_the_first_question_is_easy_and_low():
    test = ladder(6, (1, 2, 3, 5, 7), kind="single_choice")
    context = replace(CONTEXT, prior=prior_of(Grade.TERMINALE))
    for seed in range(20):
        pick = decide(test, replace(context, seed=str(seed)), []).pick
        assert pick and level_of(pick) <= 2
        assert pick.reason.rule is Rule.FIRST_QUESTION and pick.reason.probability >= 0.5


def test_neighbours_begin_with_different_questions():
    test = ladder(10, (1, 2, 3, 5, 7))
    firsts = {decide(test, replace(CONTEXT, seed=str(seed)), []).pick.challenge for seed in range(60)}

    assert len(firsts) >= 15


def test_after_two_losses_in_a_row_comes_one_that_is_likely_won():
    test = ladder(8, (1, 2, 3, 5, 7), competences=3)
    answers, found = reasons(test, knows_up_to(1))
    after = [number for number, one in enumerate(found) if one.rule is Rule.AFTER_LOSSES]

    assert after
    for number in after:
        assert {one.outcome for one in answers[number - 2 : number]} == {KO}
        assert found[number].probability >= RELEASED.losing_success


def test_no_subject_has_three_questions_in_a_row():
    test = ladder(5, (1, 2, 3, 4, 5, 6), competences=2)
    for seed in range(5):
        answers = play(test, knows_up_to(3), replace(CONTEXT, seed=str(seed)))
        tubes = [one.skill.split("-")[0] for one in answers]
        assert not any(a == b == c for a, b, c in zip(tubes, tubes[1:], tubes[2:], strict=False))


def test_no_two_timed_questions_in_a_row_when_that_can_be():
    timed = [skill(f"t{tube}", level, timed=tube % 2 == 0) for tube in range(6) for level in (1, 2, 3)]
    answers = play(frozen(*timed), knows_up_to(2))
    is_timed = [int(one.skill[1]) % 2 == 0 for one in answers]

    assert not any(a and b for a, b in zip(is_timed, is_timed[1:], strict=False))


def test_a_challenge_met_this_year_comes_back_only_when_no_other_exists():
    test = frozen(skill("a", 2, variants=3))
    some, every = frozenset({"a-2a", "a-2b"}), frozenset({"a-2a", "a-2b", "a-2c"})

    assert decide(test, replace(CONTEXT, seen=some), []).pick.challenge == "a-2c"
    assert decide(test, replace(CONTEXT, seen=every), []).pick


def test_the_least_exposed_challenge_comes_first():
    context = replace(CONTEXT, exposure={"a-2a": 4, "a-2b": 1, "a-2c": 4})

    assert decide(frozen(skill("a", 2, variants=3)), context, []).pick.challenge == "a-2b"


def test_a_skipped_skill_comes_back_once_near_the_end_with_another_challenge():
    test = ladder(4, (1, 2, 3), variants=4)
    answers, found = reasons(test, lambda pick, number: SKIPPED if pick.skill == "t0-2" else OK)
    back = [number for number, one in enumerate(answers) if one.skill == "t0-2"]

    assert len(back) <= 2 and len({answers[number].challenge for number in back}) == len(back)
    assert all(found[number].rule is Rule.SKIPPED_AGAIN for number in back[1:])


# ---- When it stops


def test_a_precise_test_asks_more_than_a_normal_one_and_a_short_one_less():
    test = ladder(12, (1, 2, 3, 5, 6), competences=3)

    def pupil(pick, number):
        return OK if level_of(pick) <= 1 + int(pick.skill[1]) % 5 else KO

    counts = [len(play(test, pupil, replace(CONTEXT, mode=mode))) for mode in Mode]

    assert counts == sorted(counts) and counts[0] < counts[2]


def test_the_promised_duration_is_kept():
    test = ladder(12, (1, 2, 3, 5, 6), competences=3, seconds=70)
    answers = play(test, knows_up_to(3), replace(CONTEXT, mode=Mode.PRECISE, seconds=600))

    assert 500 < 70 * len(answers) <= 600


def test_what_is_left_is_expected_better_and_better():
    test = ladder(12, (1, 2, 3, 5, 6), competences=3)
    answers = play(test, knows_up_to(3))
    middle = len(answers) // 2

    left = estimate(test, CONTEXT, answers[:middle]).expected_remaining
    assert 0.5 < left / (len(answers) - middle) < 2
