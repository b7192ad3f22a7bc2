"""The pages to learn from: what a reader says of one, and which are worth reading. Source: docs/regles.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.mastery import Evidence, Tally, Verdict, tally
from portal.domain.referential import Skill


class Rating(StrEnum):
    """Whether a page helped its reader."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


# Fewer opinions than this are not shown: each could be told from the others.
LEAST_RATINGS = 5


@dataclass(frozen=True, slots=True)
class Advice:
    """A subject to work on: `section` is the part of its page for the easiest skill that is missing."""

    tube: str
    title: str
    section: str
    result: Tally


def to_work_on(conclusions: Iterable[Verdict], skills: Mapping[str, Skill]) -> tuple[Advice, ...]:
    """List the subjects that hold a missing skill, the most useful first.

    First comes the subject whose missing skill is the easiest; then the one with the smallest share acquired.

    Args:
        conclusions: of one test, or the latest on each skill of several; those that nothing is known of, or
            whose skill is not in `skills`, say nothing.
        skills: by id, with their subject and section.
    """
    by_tube: dict[str, list[Verdict]] = {}
    for one in conclusions:
        if one.evidence is not Evidence.NONE and one.skill in skills:
            by_tube.setdefault(skills[one.skill].tube, []).append(one)
    ranked = []
    for tube, group in by_tube.items():
        missing = [one for one in group if not one.is_acquired]
        if missing:
            easiest = skills[min(missing, key=lambda one: one.level).skill]
            advice = Advice(tube, easiest.tube_title, easiest.tutorial, tally(group))
            ranked.append((easiest.level, advice.result.rate, advice))
    return tuple(advice for _, _, advice in sorted(ranked, key=lambda found: found[:2]))
