"""Levels and points over the whole framework."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from portal.domain.adaptive import Estimate, FrozenSkill, FrozenTest
from portal.domain.profile import (
    by_area,
    profile_of,
    skill_values,
    split_by_age,
)
from portal.domain.referential import Area, Competence, Referential

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
COMPETENCES = tuple(f"{area}.{rank}" for area in range(1, 5) for rank in range(1, 5))


def skills(competence="1.1", **by_level):
    """Make skills of a competence: `n1=3` is three of level 1."""
    return tuple(
        FrozenSkill(f"{competence}-{name[1:]}-{rank}", f"t{rank}", competence, int(name[1:]), ())
        for name, count in by_level.items()
        for rank in range(count)
    )


def profile(held, *, asked=3, known=1.0, competences=("1.1",), **more):
    """Give the profile of somebody sure of everything, `asked` questions in the first skill of each competence."""
    first = {skill.competence: skill.id for skill in reversed(held)}
    beliefs = Estimate({skill.id: known for skill in held}, 0)
    counts = dict.fromkeys(first.values(), asked)
    return profile_of(FrozenTest(held), beliefs, counts, competences, at=NOON, **more)


def test_a_skill_is_worth_its_share_of_eight_points_four_at_most():
    values = skill_values(skills(n1=1, n2=2, n3=3, n4=8))

    assert list(dict.fromkeys(values.values())) == [Fraction(4), Fraction(8, 3), Fraction(1)]


def test_three_thirds_of_eight_make_exactly_a_level():
    [found] = profile(skills(n1=3)).competences

    assert (found.level, found.points) == (1, 8)


def test_points_are_rounded_down_once_for_the_competence():
    held = skills(n1=3)
    beliefs = Estimate({one.id: 1.0 if rank < 2 else 0.0 for rank, one in enumerate(held)}, 0)

    [found] = profile_of(FrozenTest(held), beliefs, {held[0].id: 3}, ["1.1"], at=NOON).competences

    assert (found.level, found.points) == (0, 5)


def test_skills_of_other_competences_do_not_share_the_points():
    held = skills(n1=2) + skills("1.2", n1=2)

    assert set(skill_values(held).values()) == {Fraction(4)}


def test_the_highest_level_bounds_the_points():
    held = skills(n1=2, n2=2, n3=2)

    assert profile(held, highest_level=2).competences[0].points == 16
    assert profile(skills(**{f"n{level}": 2 for level in range(1, 9)})).competences[0].level == 7


def test_a_skill_counts_from_one_half():
    held = skills(n1=2)

    assert profile(held, known=0.5).competences[0].points == 8
    assert profile(held, known=0.49).competences[0] == profile(held, known=0.0).competences[0]
    assert profile(held, known=0.49).competences[0].level == 0


@pytest.mark.parametrize(("asked", "level", "points"), [(0, None, 0), (2, None, 0), (3, 1, 8)])
def test_a_competence_is_assessed_from_three_direct_answers(asked, level, points):
    [found] = profile(skills(n1=2), asked=asked).competences

    assert (found.level, found.points) == (level, points)


def test_who_answered_nothing_has_no_level_no_point_and_is_not_ready():
    held = tuple(skill for name in COMPETENCES for skill in skills(name, n1=2, n2=2))

    found = profile(held, asked=0, competences=COMPETENCES)

    assert found.is_empty
    assert {one.level for one in found.competences} == {None}
    assert (found.points, found.reached, found.is_certifiable) == (0, 0, False)


def test_a_competence_without_skill_is_not_assessed():
    assert profile(skills(n1=2), competences=("1.1", "5.2")).competences[1].level is None


@pytest.mark.parametrize(("count", "is_certifiable"), [(4, False), (5, True)])
def test_five_competences_at_level_one_are_asked_for(count, is_certifiable):
    held = tuple(skill for name in COMPETENCES[:count] for skill in skills(name, n1=2))

    found = profile(held, competences=COMPETENCES)

    assert (found.reached, found.points, found.is_certifiable) == (count, 8 * count, is_certifiable)


@dataclass(frozen=True)
class Past:
    skill: str
    participation_id: int
    answered_at: datetime


def answer(skill="a", *, attempt=1, days=1):
    return Past(skill, attempt, NOON - timedelta(days=days))


def test_only_the_latest_try_that_asked_a_skill_is_direct_evidence():
    first, second, other = answer(attempt=1, days=20), answer(attempt=2), answer("b", attempt=1, days=20)

    direct, history = split_by_age([first, second, other], since=NOON - timedelta(days=365))

    assert (direct, history) == ((second, other), ())


def test_two_answers_of_one_try_on_a_skill_both_speak():
    both = (answer(days=2), answer(days=1))

    assert split_by_age(both, since=NOON - timedelta(days=365))[0] == both


def test_what_is_older_is_history():
    old, recent = answer(attempt=1, days=400), answer("b", attempt=2)

    assert split_by_age([old, recent], since=NOON - timedelta(days=365)) == ((recent,), (old,))


def test_a_profile_is_read_by_domain():
    framework = Referential((Area("1", "Information", (Competence("1.1", "Chercher", "1"),)),))

    [(area, [(title, found)])] = by_area(profile(skills(n1=2)), framework)

    assert (area, title, found.points) == ("1 Information", "1.1 Chercher", 8)
