"""Which pages are worth reading."""

from portal.domain.mastery import Evidence, Tally, Verdict
from portal.domain.referential import Skill
from portal.domain.tutorials import to_work_on


def skill(name, tube, level):
    return Skill(name, tube, tube.title(), "1.1", level, "Faire.", "", f"niveau-{level}")


SKILLS = {
    one.id: one
    for one in (
        skill("a1", "a", 1),
        skill("a2", "a", 2),
        skill("b2", "b", 2),
        skill("b3", "b", 3),
        skill("c2", "c", 2),
    )
}


def verdict(name, *, acquired=False, evidence=Evidence.DIRECT):
    tube, level = name[0], int(name[1])
    return Verdict(name, tube, "1.1", level, acquired, evidence, 0.9 if acquired else 0.2, 1, int(acquired))


def advised(*conclusions):
    return [(one.tube, one.section) for one in to_work_on(conclusions, SKILLS)]


def test_the_easiest_missing_skill_comes_first_then_the_smallest_share():
    found = advised(verdict("c2"), verdict("b2"), verdict("b3", acquired=True), verdict("a1"))

    assert found == [("a", "niveau-1"), ("c", "niveau-2"), ("b", "niveau-2")]


def test_the_section_is_that_of_the_easiest_missing_skill():
    assert advised(verdict("b3"), verdict("b2")) == [("b", "niveau-2")]
    assert advised(verdict("a2"), verdict("a1", acquired=True)) == [("a", "niveau-2")]


def test_nothing_is_advised_of_what_is_acquired_unknown_or_gone():
    unknown, gone = verdict("c2", evidence=Evidence.NONE), verdict("z1")

    assert advised(verdict("a1", acquired=True), unknown, gone) == []


def test_the_share_counts_what_is_known_of_the_subject():
    [found] = to_work_on([verdict("a1", acquired=True), verdict("a2")], SKILLS)

    assert (found.title, found.result) == ("A", Tally(1, 2))
