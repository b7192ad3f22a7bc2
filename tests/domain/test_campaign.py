"""Codes of campaigns, what a pathway asks for, and who may do what."""

import re
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.campaign import (
    CODE_DIGITS,
    CODE_LETTERS,
    CODE_PATTERN,
    new_code,
    normalise_code,
    spaced_code,
)
from portal.domain.pathway import Pathway, skills_of
from portal.domain.permissions import OWNERS_ONLY, PERMISSIONS, Action, Role, is_allowed
from portal.domain.referential import Skill, Tube

CODES = st.from_regex(CODE_PATTERN.replace("$", r"\Z"))


def test_a_code_is_six_letters_then_three_digits():
    letters, digits = cycle("TUVWXY"), cycle("987")

    code = new_code(lambda choices: next(letters if choices == CODE_LETTERS else digits))

    assert code == "TUVWXY987"
    assert re.match(CODE_PATTERN, code)


def test_no_character_of_a_code_looks_like_another():
    assert not set("ILO01") & set(CODE_LETTERS + CODE_DIGITS)


@pytest.mark.parametrize("typed", ["ABCDEF234", "abc def 234", " Abc-Def-234 ", "abc\u00a0def\u202f234"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert normalise_code(typed) == "ABCDEF234"


@given(CODES)
def test_a_code_read_aloud_is_read_back(code):
    assert normalise_code(spaced_code(code)) == code


def test_a_code_is_shown_in_three_groups_that_never_break():
    assert spaced_code("ABCDEF234") == "ABC\u00a0DEF\u00a0234"


def _tube(name, *levels):
    skills = tuple(Skill(f"{name}-{level}", name, name, "1.1", level, "", "", "") for level in levels)
    return Tube(name, "1.1", name, "", True, skills)


def _pathway(*tubes):
    return Pathway("p", "P", "rentree", "", (), ("6e",), tubes, ())


def test_a_pathway_asks_for_the_skills_up_to_the_level_of_each_subject():
    tubes = {"a": _tube("a", 1, 2, 4), "b": _tube("b", 1, 3)}

    skills = skills_of(_pathway(("b", 3), ("a", 2)), tubes)

    assert [skill.id for skill in skills] == ["b-1", "b-3", "a-1", "a-2"]


def test_a_pathway_that_names_an_unknown_subject_is_a_mistake():
    with pytest.raises(KeyError):
        skills_of(_pathway(("nowhere", 3)), {})


def test_every_right_is_in_the_table():
    assert set(PERMISSIONS) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_an_administrator_holds_every_right_a_member_holds(action):
    assert is_allowed(Role.ADMIN, action) >= is_allowed(Role.MEMBER, action)


@pytest.mark.parametrize("action", [Action.MANAGE_ROSTER, Action.MANAGE_TEAM])
def test_only_administrators_manage_pupils_and_team(action):
    assert {role for role in Role if is_allowed(role, action)} == {Role.ADMIN}


def test_only_pupils_play():
    assert {role for role in Role if is_allowed(role, Action.PLAY)} == {Role.PUPIL}


@pytest.mark.parametrize("action", OWNERS_ONLY)
def test_a_member_changes_only_what_is_his_or_hers(action):
    assert is_allowed(Role.MEMBER, action, is_owner=True)
    assert not is_allowed(Role.MEMBER, action, is_owner=False)
    assert is_allowed(Role.ADMIN, action, is_owner=False)


def test_a_member_reads_what_belongs_to_others():
    assert is_allowed(Role.MEMBER, Action.READ_SCHOOL, is_owner=False)


@pytest.mark.parametrize("role", [Role.ANONYMOUS, Role.PUPIL])
def test_visitors_and_pupils_never_reach_the_campaigns_of_the_team(role):
    for action in (Action.READ_SCHOOL, Action.CREATE_CAMPAIGN, Action.EDIT_CAMPAIGN):
        assert not is_allowed(role, action)
