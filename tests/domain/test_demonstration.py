"""The simulated pupils: plausible, and the same each time."""

import random
import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.bank.loader import Bank, load_bank
from portal.domain import demonstration as world
from portal.domain.demonstration_plan import calendar_of, origins, plan_campaigns, plan_tries
from portal.domain.demonstration_words import FIRST_NAMES, LAST_NAMES
from portal.domain.marking import Outcome, check_answer, mark
from portal.domain.pathway import Pathway
from portal.domain.referential import Challenge, Kind, Proposal
from portal.domain.school import Grade, is_valid_uai, school_year
from portal.settings import CONTENT
from tests.answering import drawn

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(CONTENT)


@pytest.fixture(scope="module")
def pupils() -> list[world.SimulatedPupil]:
    return world.make_pupils(world.CLASSES, 25, 2026)


def test_there_are_600_pupils_in_24_classes_with_names_of_their_own(pupils):
    assert Counter(pupil.class_name for pupil in pupils) == dict.fromkeys(dict(world.CLASSES), 25)
    assert len(world.CLASSES) == 24
    assert len({(pupil.first_name, pupil.last_name) for pupil in pupils}) == 600
    assert len(set(FIRST_NAMES)) >= 80 and len(set(LAST_NAMES)) >= 120
    assert pupils == world.make_pupils(world.CLASSES, 25, 2026)


def test_the_team_has_eight_members_and_one_rupn():
    assert len(world.TEAM) == 8
    assert [role.value for _, _, role, _ in world.TEAM].count("admin") == 1
    assert is_valid_uai(world.UAI)


def test_a_class_comes_from_the_grade_before():
    assert world.class_before("5eB", world.CLASSES) == "6eB"
    assert world.class_before("2PRO1", world.CLASSES) == "3eA"
    assert world.class_before("6eA", world.CLASSES) is None


def test_every_question_of_the_bank_is_answered_right_wrong_or_by_luck(bank):
    dice = random.Random(1)
    every = [one for _, one in bank.every_challenge() if one.kind is not Kind.SIMULATOR]
    for challenge in (drawn(one, uuid.UUID(int=dice.getrandbits(128))).challenge for one in every):
        assert mark(challenge, world.right_answer(challenge)) is Outcome.OK, challenge.id
        wrong = world.wrong_answer(challenge, dice)
        assert wrong is not None and mark(challenge, wrong) is not Outcome.OK, challenge.id
        check_answer(challenge, world.guess(challenge, dice))


def test_what_was_owned_last_year_still_is_and_more_is_learnt(bank, pupils):
    skills = [skill for skill, _ in bank.every_challenge()]
    before = sum(pupil.owns(skill, years_ago=1) for pupil in pupils[:60] for skill in skills)
    now = sum(pupil.owns(skill) for pupil in pupils[:60] for skill in skills)
    assert before < now
    assert all(
        pupil.owns(skill) for pupil in pupils[:60] for skill in skills if pupil.owns(skill, years_ago=1)
    )


def test_somebody_skips_much_and_somebody_hardly(pupils):
    assert any(pupil.skips_unknown == 0.9 for pupil in pupils)
    assert any(pupil.skips_unknown < 0.1 for pupil in pupils)


def test_lessons_are_on_school_days_at_school_hours():
    for lesson in world.lessons(date(2026, 9, 1), date(2027, 1, 31)):
        assert lesson.weekday() < 5 and 8 <= lesson.hour <= 15
        assert lesson.weekday() != 2 or lesson.hour < 12
        assert not date(2026, 10, 17) <= lesson.date() <= date(2026, 11, 2)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", [1, 12, 25])
def test_whenever_it_is_two_school_years_are_behind(month, day):
    at = datetime(2026, month, day, 10, 30, tzinfo=UTC)
    calendar = calendar_of(at)
    assert max(calendar.before) < min(calendar.now) and max(calendar.now) < at
    assert school_year(calendar.now[0]) == school_year(calendar.before[0]) + 1
    assert len(calendar.now) >= 20 and len(calendar.before) > 100


def test_every_pathway_of_our_grades_is_given_and_no_other(bank):
    pathways = list(bank.pathways.values())
    expected = dict.fromkeys(bank.pathways, 20)
    planned = plan_campaigns(pathways, expected, world.CLASSES, 25, 6000)
    ours = {grade for _, grade in world.CLASSES}
    assert {one.pathway.id for one in planned} == {one.id for one in pathways if ours & set(one.grades)}
    for one in planned:
        assert one.classes and 0.3 <= one.rate <= 0.9
        assert all(dict(world.CLASSES)[name] in one.pathway.grades for name in one.classes)
    of_6e = [_as(one, one.id, (Grade.SIXIEME,)) for one in pathways]
    assert plan_campaigns(of_6e, expected, (("5eA", Grade.CINQUIEME),), 25, 6000) == []


def test_a_bank_that_grows_does_not_make_more_answers(bank, pupils):
    first = next(iter(bank.pathways.values()))
    grades = tuple(dict(world.CLASSES).values())
    many = [_as(first, f"p-{rank}", grades) for rank in range(30)]
    expected = {one.id: 25 for one in many}
    planned = plan_campaigns(many, expected, world.CLASSES, 25, 7500)
    groups: dict[str, list[world.SimulatedPupil]] = {}
    for pupil in pupils:
        groups.setdefault(pupil.class_name, []).append(pupil)
    tries = plan_tries(planned, groups, calendar_of(NOON).now)
    assert len(planned) == 30
    assert 5000 < len(tries) * 25 < 9000
    assert len(Counter(name for one in planned for name in one.classes)) == 24
    assert tries == sorted(tries, key=lambda one: one.at)
    assert set(origins(planned, world.CLASSES)) == {one.id for one in many}


def _as(pathway: Pathway, name: str, grades: tuple[str, ...]) -> Pathway:
    return replace(pathway, id=name, grades=grades)


def test_who_finds_no_wrong_answer_skips():
    only = Challenge("q", Kind.SINGLE_CHOICE, "Cochez.", "Oui.", 30, proposals=(Proposal("seule", True),))

    assert world.wrong_answer(only, random.Random(1)) is None


def test_what_is_drawn_for_a_pupil_changes_nothing_of_the_story(bank, pupils):
    # A number that luck finds now and then: a small one.
    key = "calculer-dans-un-tableau-5c"
    skill, challenge = next((skill, one) for skill, one in bank.every_challenge() if one.id == key)
    entries = tuple(entry for entry in challenge.entries if entry.is_number)[:1]
    ignorant = next(one for one in pupils if not one.owns(skill) and one.skips_unknown < 0.5)

    for seed in range(40):
        ends = set()
        for number in range(30):
            dice = random.Random(seed)
            mine = drawn(challenge, uuid.UUID(int=number)).challenge
            mine = replace(mine, entries=mine.entries[: len(entries)])
            given = ignorant.answer(mine, skill, dice)
            ends.add((None if given is None else mark(mine, given), dice.random()))
        assert len(ends) == 1
