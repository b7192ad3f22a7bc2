"""What a roster file changes in the list."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.roster import KnownStudent, RosterEntry, compare, full_name

BORN = date(2013, 4, 5)


def entry(**changes) -> RosterEntry:
    base = RosterEntry(
        ine="123456789AA",
        last_name="DURAND",
        usage_name=None,
        first_name="Lina",
        second_name=None,
        third_name=None,
        birth_date=BORN,
        class_name="5eB",
        groups=("LATIN",),
        mef="10110001110",
        place="DURAND Lina (ELEVE_ID 1)",
    )
    return replace(base, **changes)


def student(key: int = 1, **changes) -> KnownStudent:
    base = KnownStudent(
        key=key,
        ine="123456789AA",
        last_name="DURAND",
        usage_name=None,
        first_name="Lina",
        second_name=None,
        third_name=None,
        birth_date=BORN,
        class_name="5eB",
        groups=("LATIN",),
        mef="10110001110",
    )
    return replace(base, **changes)


def applied(diff, known: list[KnownStudent]) -> list[KnownStudent]:
    """Do to a list what a service does to the table."""
    after = {each.key: each for each in known}
    for known_one, entry_of in diff.matched:
        after[known_one.key] = from_entry(known_one.key, entry_of, known_one)
    for number, created in enumerate(diff.created, start=max(after, default=0) + 1):
        after[number] = from_entry(number, created)
    for gone in diff.disabled:
        after[gone.key] = replace(gone, enabled=False)
    return list(after.values())


def from_entry(key: int, source: RosterEntry, before: KnownStudent | None = None) -> KnownStudent:
    return KnownStudent(
        key=key,
        ine=source.ine or (before.ine if before else None),
        last_name=source.last_name,
        usage_name=source.usage_name,
        first_name=source.first_name,
        second_name=source.second_name,
        third_name=source.third_name,
        birth_date=source.birth_date,
        class_name=source.class_name,
        groups=source.groups,
        mef=source.mef or (before.mef if before else None),
    )


def test_a_new_pupil_is_created():
    diff = compare([entry()], [])
    assert diff.created == [entry()]
    assert not diff.changes_nothing


def test_the_same_file_twice_changes_nothing():
    diff = compare([entry()], [student()])
    assert diff.unchanged == [student()]
    assert diff.changes_nothing


def test_groups_in_another_order_are_no_change():
    diff = compare([entry(groups=("LATIN", "CHORALE"))], [student(groups=("CHORALE", "LATIN"))])
    assert diff.changes_nothing


def test_what_changed_is_named_in_the_order_of_the_list():
    new = entry(groups=(), birth_date=date(2013, 5, 4), last_name="DURANT", mef="10010012110")
    ((_, _, changed),) = compare([new], [student()]).updated
    assert changed == ("last_name", "birth_date", "groups", "mef")


def test_a_pupil_can_be_at_once_moved_updated_and_re_enabled():
    known = student(enabled=False, class_name="6eA")
    new = entry(second_name="Rose")

    diff = compare([new], [known])

    assert diff.moved == [(known, new, "6eA", "5eB")]
    assert diff.updated == [(known, new, ("second_name",))]
    assert diff.re_enabled == [(known, new)]
    assert diff.unchanged == []


def test_a_pupil_who_only_comes_back_is_re_enabled():
    diff = compare([entry()], [student(enabled=False)])
    assert [match.known.key for match in diff.re_enabled] == [1]
    assert diff.updated == diff.moved == diff.unchanged == []


def test_an_absent_pupil_is_disabled_once():
    other = entry(ine="999999999ZZ", first_name="Noé")
    gone, long_gone = student(1), student(2, ine="2", first_name="Ana", enabled=False)
    diff = compare([other], [gone, long_gone])
    assert diff.disabled == [gone]


def test_an_absent_pupil_added_by_hand_is_kept_apart():
    known = [student(by_hand=True), student(2, ine="2", by_hand=True, enabled=False)]
    diff = compare([], known)
    assert diff.kept_by_hand == [known[0]]
    assert diff.disabled == []


def test_a_pupil_added_by_hand_is_adopted_by_the_file():
    known = student(by_hand=True, ine=None)
    diff = compare([entry()], [known])
    assert diff.adopted == [(known, entry())]
    assert diff.updated == [(known, entry(), ("ine",))]
    assert not diff.changes_nothing


def test_names_are_compared_without_accents_case_nor_hyphens():
    known = student(ine=None, last_name="LE GOFF", first_name="Anne-Sophie")
    diff = compare([entry(last_name="Le Goff", first_name="Anne Sophie")], [known])
    assert diff.matched == [(known, entry(last_name="Le Goff", first_name="Anne Sophie"))]


def test_an_entry_without_ine_or_mef_matches_by_names_and_erases_neither():
    diff = compare([entry(ine=None, mef=None)], [student()])
    assert diff.changes_nothing
    assert diff.unchanged == [student()]
    assert diff.without_ine == [entry(ine=None, mef=None)]


def test_an_ine_wins_over_names_that_changed():
    new = entry(last_name="MARTIN")
    diff = compare([new], [student(1), student(2, ine=None, last_name="MARTIN")])
    assert diff.updated == [(student(1), new, ("last_name",))]
    assert [gone.key for gone in diff.disabled] == [2]


def test_the_same_names_under_another_ine_are_another_pupil_to_check():
    new = entry(ine="999999999ZZ")
    diff = compare([new], [student()])
    assert diff.created == [new]
    assert diff.look_alikes == [(student(), new)]


def test_twins_and_siblings_are_different_pupils():
    entries = [entry(), entry(ine="2", first_name="Lisa"), entry(ine="3", birth_date=date(2010, 1, 1))]
    known = [student(), student(2, ine=None, first_name="Lisa")]
    diff = compare(entries, known)
    assert [match.known.key for match in diff.matched] == [1, 2]
    assert len(diff.created) == 1
    assert diff.problems == []


def test_two_equal_candidates_are_a_problem_not_a_guess():
    known = [student(1, ine=None), student(2, ine=None)]
    diff = compare([entry()], known)
    (problem,) = diff.problems
    assert problem.place == entry().place
    assert "fusionnez" in problem.reason
    assert diff.created == diff.matched == diff.disabled == []


def test_one_known_pupil_matched_twice_is_a_problem():
    by_ine = entry(last_name="MARTIN", place="A")
    by_names = entry(ine=None, place="B")
    diff = compare([by_ine, by_names], [student()])
    assert [problem.place for problem in diff.problems] == ["A", "B"]
    assert all("DURAND Lina" in problem.reason for problem in diff.problems)
    assert diff.matched == diff.disabled == []


def test_an_ine_borne_twice_is_a_problem_for_both():
    diff = compare([entry(place="A"), entry(place="B", first_name="Noé")], [student()])
    assert [problem.place for problem in diff.problems] == ["A", "B"]
    assert diff.created == diff.matched == diff.disabled == []


def test_namesakes_that_nothing_tells_apart_are_a_problem_from_the_first_import():
    diff = compare([entry(), entry(ine=None, place="B")], [])
    assert [problem.place for problem in diff.problems] == ["B"]
    assert diff.created == [entry()]


def test_a_name_is_written_as_in_lists():
    assert full_name(entry(last_name="Le Goff")) == "LE GOFF Lina"


SMALL = st.lists(
    st.builds(
        entry,
        ine=st.sampled_from([None, "1", "2", "3", "4"]),
        last_name=st.sampled_from(["DURAND", "Durand", "DIOP"]),
        first_name=st.sampled_from(["Lina", "Noé"]),
        class_name=st.sampled_from(["5eA", "5eB"]),
        mef=st.sampled_from([None, "10110001110"]),
    ),
    max_size=5,
)


@given(SMALL, SMALL)
def test_whatever_the_files_importing_one_twice_changes_nothing(first, second):
    known: list[KnownStudent] = []
    for file in (first, second):
        diff = compare(file, known)
        if diff.problems:
            return
        known = applied(diff, known)
        again = compare(file, known)
        assert again.problems == []
        assert again.changes_nothing


@given(SMALL, SMALL)
def test_every_pupil_is_somewhere_in_the_dry_run(first, second):
    start = compare(first, [])
    known = applied(start, [])
    diff = compare(second, known)
    doubtful = {problem.place for problem in diff.problems}
    assert doubtful or len(diff.created) + len(diff.matched) == len(second)
    assert doubtful or len(diff.matched) + len(diff.disabled) == len([each for each in known if each.enabled])


@pytest.mark.parametrize("moved", [False, True])
def test_a_large_school_is_compared_whole(moved):
    entries = [entry(ine=f"{n:09d}AA", first_name=f"Lina {n}", class_name="4eB") for n in range(2_500)]
    known = [from_entry(n, each) for n, each in enumerate(entries)]
    if moved:
        known = [replace(each, class_name="5eB", ine=None) for each in known]
    diff = compare(entries, known)
    assert len(diff.moved) == (2_500 if moved else 0)
