"""Verdicts, mastery rates and stages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.adaptive import Estimate, FrozenSkill, FrozenTest, Observation
from portal.domain.marking import Outcome
from portal.domain.mastery import (
    Evidence,
    Stage,
    Standing,
    Tally,
    Verdict,
    count_standings,
    is_assessed,
    reached_level,
    reached_stage,
    tallies_by,
    tally,
    verdicts,
    whole_percent,
)

SKILLS = (
    FrozenSkill("liens-1", "liens", "1.1", 1, ()),
    FrozenSkill("liens-2", "liens", "1.1", 2, ()),
    FrozenSkill("secret-1", "secret", "4.1", 1, ()),
)
TEST = FrozenTest(SKILLS)
STAGES = (
    Stage(0, "Départ", ""),
    Stage(None, "C’est lancé", ""),
    Stage(25, "Sur la voie", ""),
    Stage(75, "Très solide", ""),
)


def conclude(*answers, liens_1=0.9, liens_2=0.5, secret_1=0.9):
    beliefs = {"liens-1": liens_1, "liens-2": liens_2, "secret-1": secret_1}
    observations = [Observation(skill, f"{skill}a", outcome) for skill, outcome in answers]
    return verdicts(TEST, Estimate(beliefs, 0), observations)


def verdict(skill, *, level=1, is_acquired=True):
    return Verdict(skill, skill, "1.1", level, is_acquired, Evidence.DIRECT, 0.9, 1, 1)


def test_who_answered_nothing_has_nothing_acquired():
    concluded = conclude()

    assert [one.is_acquired for one in concluded] == [False, False, False]
    assert {one.evidence for one in concluded} == {Evidence.NONE}


def test_a_skill_is_acquired_from_one_half_in_a_competence_that_was_asked_about():
    one, two, other = conclude(("liens-1", Outcome.OK))

    assert (one.is_acquired, two.is_acquired, other.is_acquired) == (True, True, False)


def test_below_one_half_it_is_not():
    _, two, _ = conclude(("liens-1", Outcome.OK), liens_2=0.49)

    assert not two.is_acquired


def test_an_answer_is_told_apart_from_a_deduction():
    one, two, other = conclude(("liens-1", Outcome.OK))

    assert (one.evidence, two.evidence, other.evidence) == (Evidence.DIRECT, Evidence.DEDUCED, Evidence.NONE)


def test_a_verdict_counts_its_answers_and_only_ok_is_right():
    outcomes = [Outcome.OK, Outcome.KO, Outcome.SKIPPED, Outcome.TIMED_OUT]

    one, *_ = conclude(*(("liens-1", outcome) for outcome in outcomes))

    assert (one.asked, one.right) == (4, 1)


def test_verdicts_come_in_the_order_of_the_test():
    assert [one.skill for one in conclude()] == ["liens-1", "liens-2", "secret-1"]


def test_the_rate_is_acquired_out_of_all_frozen_skills():
    counted = tally([verdict("a"), verdict("b", is_acquired=False), verdict("c"), verdict("d")])

    assert (counted, counted.rate, counted.percent) == (Tally(3, 4), 0.75, 75)


def test_a_tally_of_nothing_is_refused():
    with pytest.raises(ValueError, match="one skill"):
        tally([])


def test_tallies_by_group_keep_the_order_of_appearance():
    groups = {"a": "4.1", "b": "1.1", "c": "4.1"}

    counted = tallies_by([verdict("a"), verdict("b"), verdict("c", is_acquired=False)], groups)

    assert list(counted.items()) == [("4.1", Tally(1, 2)), ("1.1", Tally(1, 1))]


@pytest.mark.parametrize(
    ("rate", "shown"),
    [(0.0, 0), (0.001, 1), (0.994, 99), (0.996, 99), (0.999999, 99), (1.0, 100), (-0.1, 0), (1.1, 100)],
)
def test_a_percent_is_never_rounded_up_to_100_nor_down_to_0(rate, shown):
    assert whole_percent(rate) == shown


@given(st.integers(1, 400), st.integers(0, 400))
def test_100_means_all_and_0_means_none(total, acquired):
    shown = Tally(min(acquired, total), total).percent

    assert (shown == 100) == (acquired >= total)
    assert (shown == 0) == (acquired == 0)


def test_the_level_reached_is_the_highest_acquired_one():
    lines = [verdict("a", level=1), verdict("b", level=3), verdict("c", level=4, is_acquired=False)]

    assert reached_level(lines) == 3
    assert reached_level([]) == 0


@pytest.mark.parametrize(("acquired", "stage"), [(0, 0), (1, 1), (4, 1), (5, 2), (14, 2), (15, 3), (20, 3)])
def test_stages_by_percent_and_by_first_skill(acquired, stage):
    assert reached_stage(STAGES, Tally(acquired, 20)) == stage


@pytest.mark.parametrize(
    ("probability", "standing"),
    [
        (0.7, Standing.ACQUIRED),
        (0.69, Standing.TO_CONFIRM),
        (0.3, Standing.TO_CONFIRM),
        (0.29, Standing.TO_WORK_ON),
    ],
)
def test_the_word_follows_the_probability(probability, standing):
    _, two, _ = conclude(("liens-1", Outcome.OK), liens_2=probability)

    assert two.standing is standing


def test_what_nothing_is_known_of_has_no_word():
    *_, other = conclude(("liens-1", Outcome.OK))

    assert other.standing is None


def test_words_are_counted_the_best_first():
    concluded = conclude(("liens-1", Outcome.OK), liens_2=0.1)

    counted = count_standings(concluded)

    assert list(counted.items()) == [
        (Standing.ACQUIRED, 1),
        (Standing.TO_CONFIRM, 0),
        (Standing.TO_WORK_ON, 1),
        (None, 1),
    ]


def test_a_competence_heard_in_an_earlier_try_has_verdicts():
    beliefs = Estimate({"liens-1": 0.9, "liens-2": 0.2, "secret-1": 0.9}, 0)

    one, two, other = verdicts(TEST, beliefs, [], heard={"1.1"})

    assert (one.is_acquired, two.is_acquired, other.is_acquired) == (True, False, False)
    assert (one.evidence, other.evidence) == (Evidence.DEDUCED, Evidence.NONE)


def asked(*counts):
    return [replace(verdict(f"s{rank}"), asked=count) for rank, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "has_level"),
    [
        ((1, 1, 1, 0), True),
        ((3, 0, 0, 0), True),
        ((1, 1, 0, 0), False),
        ((1, 1), True),
        ((1, 0), False),
        ((), False),
    ],
)
def test_a_competence_has_a_level_from_three_answers_or_one_on_each_of_its_skills(counts, has_level):
    assert is_assessed(asked(*counts)) is has_level
