"""The engine: what it asks, in what order, when it stops, and what it says."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.adaptive import Earlier, FrozenTest, TryContext, draw
from portal.domain.engine import decide, estimate
from portal.domain.mastery import verdicts
from portal.domain.parameters import RELEASED, UNKNOWN_GRADE, parameters_of, prior_of
from portal.domain.school import Grade
from tests.domain.engine_tests import (
    CONTEXT,
    KO,
    OK,
    SKIPPED,
    always,
    any_test,
    frozen,
    knows_up_to,
    ladder,
    observed,
    outcomes,
    play,
    skill,
    taking_turns,
)

# ---- Any try


@given(test=any_test(), results=outcomes)
@settings(max_examples=60, deadline=None)
def test_any_try_ends_and_never_asks_a_challenge_twice(test, results):
    answers = play(test, taking_turns(results))

    asked = [one.challenge for one in answers]
    most = max(1, len({one.competence for one in test.skills}), -(-len(test.skills) * 8 // 10))
    assert len(asked) == len(set(asked)) <= most
    assert bool(asked) == any(one.challenges for one in test.skills)


@given(test=any_test(), results=outcomes, worlds=st.integers(0, 2))
@settings(max_examples=30, deadline=None)
def test_what_is_kept_from_one_turn_to_the_next_changes_nothing(test, results, worlds):
    every = [one.id for each in test.skills for one in each.challenges]
    context = TryContext(
        "graine",
        exposure={name: number % 3 for number, name in enumerate(every)},
        seen=frozenset(every[::3]),
        history=tuple(Earlier(f"t{n}", "1.1", 1.0 + n, 0.1, 0.08, OK, float(n)) for n in range(worlds)),
    )
    answers = play(test, taking_turns(results), context)
    for number in range(len(answers) + 1):
        # Nothing is kept for a test and a context never met.
        fresh = decide(replace(test), replace(context), answers[:number])
        assert decide(test, context, answers[:number]) == fresh


@given(test=any_test(), results=outcomes)
@settings(max_examples=30, deadline=None)
def test_what_is_said_is_sound_at_every_moment(test, results):
    answers = play(test, taking_turns(results))
    for number in range(len(answers) + 1):
        decision = decide(test, CONTEXT, answers[:number])
        said = decision.estimate
        assert set(said.probabilities) == {one.id for one in test.skills}
        assert all(0 < p < 1 for p in said.probabilities.values())
        assert all(0 <= one.low <= one.level <= one.high <= 8 for one in said.levels.values())
        assert (said.expected_remaining == 0) == (decision.pick is None)
        assert 0 <= said.expected_remaining <= len(test.skills)


@given(test=any_test(), results=outcomes)
@settings(max_examples=30, deadline=None)
def test_every_competence_is_asked_once_at_least(test, results):
    answers = play(test, taking_turns(results))

    asked = {one.skill for one in answers}
    can_be = {one.competence for one in test.skills if one.challenges}
    assert {one.competence for one in test.skills if one.id in asked} == can_be


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_test_of_one_skill_ends(count):
    assert 1 <= len(play(frozen(skill("a", 2, variants=count)), always(OK))) <= count


def test_a_test_without_skill_or_without_challenge_is_finished():
    assert decide(frozen(), CONTEXT, []).pick is None
    assert decide(frozen(skill("a", 2, variants=0)), CONTEXT, []).pick is None


def test_four_hundred_skills_end():
    test = ladder(80, (1, 2, 4, 6, 8), competences=16)
    answers = play(test, knows_up_to(4))

    assert 16 < len(answers) < 320


def test_contradictory_answers_end_in_doubt_not_in_error():
    test = frozen(*(skill("a", level, variants=8) for level in (1, 4, 8)))
    answers = [
        observed(f"a-{level}", OK if level > 3 else KO, letter) for level in (1, 4, 8) for letter in "ab"
    ]

    assert all(0 < p < 1 for p in estimate(test, CONTEXT, answers).probabilities.values())


# ---- The same everywhere


def test_the_same_try_gives_the_same_picks_in_another_process_and_on_another_processor():
    program = (
        "from tests.domain.engine_tests import *\n"
        "test = ladder(12, (1, 2, 3, 5, 6), competences=4)\n"
        "answers = play(test, knows_up_to(3))\n"
        "print([(one.skill, one.challenge) for one in answers])\n"
        "said = decide(test, CONTEXT, answers).estimate.probabilities\n"
        "print(sorted((name, round(p, 9)) for name, p in said.items()))\n"
    )
    root = Path(__file__).parents[2]
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": str(root), "OPENBLAS_CORETYPE": core, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for core, seed in (("Prescott", "1"), ("Haswell", "2"), ("Nehalem", "3"))
    }

    assert len(said) == 1 and "t0" in said.pop()


def test_a_draw_is_the_same_everywhere():
    assert draw(1000, seed="graine", answers=3, parameters_version="v") == 721
    drawn = {draw(7, seed=f"s{number}", answers=0, parameters_version="v") for number in range(200)}
    assert drawn == set(range(7))


# ---- What it says


def test_nothing_answered_or_everything_skipped_gives_nothing():
    test = ladder(6, (1, 2, 3))
    context = replace(CONTEXT, prior=prior_of(Grade.CPGE))
    skipped = play(test, always(SKIPPED), context)
    for answers in ([], skipped):
        said = verdicts(test, estimate(test, context, answers), answers)
        assert not any(one.is_acquired for one in said)


def test_all_right_gives_all_and_all_wrong_nothing():
    test = ladder(6, (1, 2, 3, 5))
    for outcome, share in ((OK, 1.0), (KO, 0.0)):
        answers = play(test, always(outcome))
        said = verdicts(test, estimate(test, CONTEXT, answers), answers)
        assert sum(one.is_acquired for one in said) / len(said) == pytest.approx(share, abs=0.05)
        assert len(answers) < len(said)


def test_a_void_answer_says_nothing_and_its_challenge_is_not_asked_again():
    test = ladder(3, (1, 2, 3))
    void = observed("t0-2")._replace(is_void=True)

    assert estimate(test, CONTEXT, [void]).probabilities == estimate(test, CONTEXT, []).probabilities
    rest = play(test, knows_up_to(2))
    assert all(decide(test, CONTEXT, [void, *rest[:n]]).pick.challenge != "t0-2a" for n in range(3))


def test_a_competence_level_narrows_as_answers_come():
    test = ladder(6, (1, 2, 3, 5), competences=1)
    answers = play(test, knows_up_to(2))
    before, after = (estimate(test, CONTEXT, some).levels["1.1"] for some in ([], answers))

    assert after.high - after.low < before.high - before.low
    assert after.low <= 2 <= after.high + 0.5


# ---- Numbers are data


def test_parameters_are_read_as_they_were_frozen():
    numbers = {"slope": 0.7, "a number of a later version": 3.0}

    read = parameters_of("2", numbers)

    assert (read.version, read.slope, read.slip) == ("2", 0.7, RELEASED.slip)


def test_a_frozen_try_keeps_its_parameters_whatever_is_released_since():
    easy = replace(RELEASED, version="autre", slip=0.3)
    test = ladder(2, (1, 2))
    other = FrozenTest(test.skills, easy)

    answers = [observed("t0-2", KO)]
    assert estimate(other, CONTEXT, answers).probabilities != estimate(test, CONTEXT, answers).probabilities


def test_more_is_expected_of_older_pupils_and_nothing_much_is_known_of_an_unknown_one():
    general = [prior_of(grade).mean for grade in list(Grade)[:7]]

    assert general == sorted(general)
    assert prior_of(Grade.SECONDE_PRO).mean < prior_of(Grade.SECONDE).mean
    assert prior_of(Grade.SIXIEME, is_adapted=True).mean == prior_of(Grade.SIXIEME).mean - 1
    assert prior_of(None) == UNKNOWN_GRADE and UNKNOWN_GRADE.spread > prior_of(Grade.SIXIEME).spread
