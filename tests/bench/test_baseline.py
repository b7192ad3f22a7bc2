"""The simple engine: what it asks, what it settles, when it stops."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.support import baseline
from portal.domain.adaptive import (
    FrozenChallenge,
    FrozenSkill,
    FrozenTest,
    Observation,
    Rule,
    TryContext,
    draw,
)
from portal.domain.marking import Outcome

CONTEXT = TryContext(seed="graine")


def frozen_challenge(name: str, timed: bool = False) -> FrozenChallenge:
    return FrozenChallenge(name, "v1", "text", 0, 30, timed)


def skill(tube: str, level: int, *, challenges: int = 2, timed: bool = False) -> FrozenSkill:
    name = f"{tube}-{level}"
    variants = tuple(frozen_challenge(f"{name}{letter}", timed) for letter in "abcdef"[:challenges])
    return FrozenSkill(name, tube, "1.1", level, variants)


def frozen(*skills: FrozenSkill) -> FrozenTest:
    return FrozenTest(skills)


def observed(one: str, outcome: Outcome = Outcome.OK) -> Observation:
    return Observation(one, f"{one}a", outcome)


def play(test: FrozenTest, wins, context: TryContext = CONTEXT) -> list[Observation]:
    answers: list[Observation] = []
    while pick := baseline.next_pick(test, context, answers):
        assert len(answers) < len(test.skills), "more questions than skills"
        answers.append(Observation(pick.skill, pick.challenge, wins(pick.skill)))
    return answers


def test_the_first_question_is_at_level_two_in_an_easy_subject():
    test = frozen(skill("a", 1), skill("a", 5), skill("b", 1), skill("b", 2), skill("b", 3))

    pick = baseline.next_pick(test, CONTEXT, [])

    assert pick and pick.skill == "b-2" and pick.reason.rule is Rule.FIRST_QUESTION


def test_success_settles_the_easier_skills_of_the_subject_and_failure_the_harder_ones():
    test = frozen(*(skill("a", level) for level in (1, 2, 3, 4)))

    won = baseline.estimate(test, CONTEXT, [observed("a-2")]).probabilities
    lost = baseline.estimate(test, CONTEXT, [observed("a-2", Outcome.SKIPPED)]).probabilities

    assert (won["a-1"], won["a-2"]) == (0.95, 0.95) and won["a-4"] < 0.95
    assert lost["a-1"] > 0.05 and (lost["a-2"], lost["a-4"]) == (0.05, 0.05)


def test_what_is_settled_is_never_rewritten():
    test = frozen(*(skill("a", level) for level in (1, 2, 3)))

    probabilities = baseline.estimate(
        test, CONTEXT, [observed("a-3"), observed("a-1", Outcome.KO)]
    ).probabilities

    assert set(probabilities.values()) == {0.95}


def test_nothing_far_above_the_pupil_is_asked():
    test = frozen(skill("a", 1), skill("b", 7))

    assert [answer.skill for answer in play(test, lambda _: Outcome.KO)] == ["a-1"]


def test_two_timed_questions_in_a_row_are_avoided_when_they_can_be():
    test = frozen(skill("a", 2, timed=True), skill("b", 2, timed=True), skill("c", 2))

    for name in ("a-2", "b-2"):
        pick = baseline.next_pick(test, CONTEXT, [observed(name)])
        assert pick and pick.skill == "c-2"
    both = baseline.next_pick(test, CONTEXT, [observed("c-2"), observed("a-2")])
    assert both and both.skill == "b-2"


def test_a_skill_without_challenge_is_deduced_never_asked():
    test = frozen(skill("a", 1, challenges=0), skill("a", 2))

    assert [answer.skill for answer in play(test, lambda _: Outcome.OK)] == ["a-2"]


def test_a_challenge_not_met_this_year_and_least_exposed_comes_first():
    test = frozen(skill("a", 2, challenges=3))
    context = TryContext("graine", exposure={"a-2b": 9, "a-2c": 1}, seen=frozenset({"a-2a"}))
    all_seen = TryContext("graine", exposure={"a-2b": 9, "a-2c": 1}, seen=frozenset({"a-2a", "a-2b", "a-2c"}))

    first, again = baseline.next_pick(test, context, []), baseline.next_pick(test, all_seen, [])

    assert first and first.challenge == "a-2c"
    assert again and again.challenge == "a-2a"


def test_easy_subjects_come_before_the_others():
    test = frozen(*(skill("a", level) for level in (1, 2)), *(skill("b", level) for level in range(1, 6)))

    pick = baseline.next_pick(test, CONTEXT, [observed("a-1")])

    assert pick and pick.skill == "a-2"


def test_a_decision_is_the_pick_and_the_estimate_of_the_same_answers():
    test = frozen(skill("a", 1), skill("a", 2), skill("b", 2))
    answers = [observed("a-1")]

    decision = baseline.decide(test, CONTEXT, answers)

    assert decision.pick == baseline.next_pick(test, CONTEXT, answers)
    assert decision.estimate == baseline.estimate(test, CONTEXT, answers)


def test_a_void_answer_settles_nothing():
    test = frozen(skill("a", 1), skill("b", 2))
    void = Observation("a-1", "a-1a", Outcome.OK, is_void=True)

    assert baseline.estimate(test, CONTEXT, [void]) == baseline.estimate(test, CONTEXT, [])


def test_an_all_right_pupil_has_everything_and_an_all_wrong_one_nothing():
    test = frozen(*(skill(tube, level) for tube in "abc" for level in (1, 2, 4)))

    for outcome, everything in ((Outcome.OK, True), (Outcome.KO, False)):
        answers = play(test, lambda _, outcome=outcome: outcome)
        estimate = baseline.estimate(test, CONTEXT, answers)
        assert {probability >= 0.5 for probability in estimate.probabilities.values()} == {everything}
        assert len(answers) < len(test.skills)


@given(
    shape=st.dictionaries(st.sampled_from("abcdef"), st.sets(st.integers(1, 8), min_size=1), min_size=1),
    outcomes=st.lists(st.sampled_from(list(Outcome)), min_size=1, max_size=48),
    seed=st.text(max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_any_try_ends_without_asking_a_skill_twice(shape, outcomes, seed):
    test = frozen(*(skill(tube, level) for tube, levels in sorted(shape.items()) for level in sorted(levels)))
    turns = iter(outcomes * 50)

    answers = play(test, lambda _: next(turns), TryContext(seed))

    asked = [answer.skill for answer in answers]
    assert len(asked) == len(set(asked)) > 0 or min(one.level for one in test.skills) > 5
    assert baseline.estimate(test, TryContext(seed), answers).expected_remaining == 0


def test_a_draw_is_the_same_everywhere():
    assert draw(1000, seed="graine", answers=3, parameters_version="v") == 721
    drawn = {draw(7, seed=f"s{number}", answers=0, parameters_version="v") for number in range(200)}
    assert drawn == set(range(7))


@pytest.mark.parametrize("count", [1, 2])
def test_a_pick_names_a_challenge_of_its_skill(count):
    test = frozen(skill("a", 2, challenges=count))
    pick = baseline.next_pick(test, CONTEXT, [])
    assert pick and pick.challenge.startswith("a-2") and 0 < pick.reason.probability < 1
