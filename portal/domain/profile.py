"""What a person can do over the whole framework: levels, points, readiness. Source: docs/regles.md, « Profil »."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Protocol, TypeVar

from portal.domain.adaptive import Estimate, FrozenSkill, FrozenTest
from portal.domain.mastery import ACQUIRED_FROM, LEVEL_FROM
from portal.domain.referential import Referential

Answered = TypeVar("Answered", bound="PastAnswer")

POINTS_A_LEVEL = 8
MOST_POINTS_A_SKILL = 4
HIGHEST_LEVEL = 7
# Ready for the certification: this many competences at level 1 or more.
CERTIFIABLE_FROM = 5


@dataclass(frozen=True, slots=True)
class CompetenceLevel:
    """A competence of a profile. `level` is None when too few questions were answered: « non évaluée »."""

    competence: str
    level: int | None
    points: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The competences in the order of the framework, as they are at an instant."""

    competences: tuple[CompetenceLevel, ...]
    at: datetime

    @property
    def points(self) -> int:
        """Add the points of the competences up."""
        return sum(one.points for one in self.competences)

    @property
    def reached(self) -> int:
        """Count the competences at level 1 or more."""
        return sum(bool(one.level) for one in self.competences)

    @property
    def is_certifiable(self) -> bool:
        """Tell whether enough competences have a level: an indicator of readiness."""
        return self.reached >= CERTIFIABLE_FROM

    @property
    def is_empty(self) -> bool:
        """Tell whether no competence is assessed."""
        return all(one.level is None for one in self.competences)


class PastAnswer(Protocol):
    """An answer of some try, named by a number that grows with the beginnings of tries."""

    @property
    def skill(self) -> str:
        """Give the skill that was asked."""

    @property
    def participation_id(self) -> int:
        """Give the number of the try."""

    @property
    def answered_at(self) -> datetime:
        """Give the instant of the answer."""


def split_by_age(
    answers: Iterable[Answered], *, since: datetime
) -> tuple[tuple[Answered, ...], tuple[Answered, ...]]:
    """Give the direct evidence, then what is history.

    Of the answers since an instant, those of the latest try that asked the skill are direct evidence and the
    others are forgotten, since a skill may have been learnt in between. Older ones are history.
    """
    known = tuple(answers)
    recent = [one for one in known if one.answered_at >= since]
    latest: dict[str, int] = {}
    for one in recent:
        latest[one.skill] = max(one.participation_id, latest.get(one.skill, one.participation_id))
    direct = tuple(one for one in recent if one.participation_id == latest[one.skill])
    return direct, tuple(one for one in known if one.answered_at < since)


def skill_values(skills: Sequence[FrozenSkill]) -> dict[str, Fraction]:
    """Give the points of each skill: eight shared among those of its level in its competence, four at most."""
    sharing: dict[tuple[str, int], int] = {}
    for skill in skills:
        group = (skill.competence, skill.level)
        sharing[group] = sharing.get(group, 0) + 1
    most = Fraction(MOST_POINTS_A_SKILL)
    return {
        skill.id: min(most, Fraction(POINTS_A_LEVEL, sharing[skill.competence, skill.level]))
        for skill in skills
    }


def profile_of(
    test: FrozenTest,
    estimate: Estimate,
    asked: Mapping[str, int],
    competences: Sequence[str],
    *,
    at: datetime,
    highest_level: int = HIGHEST_LEVEL,
) -> Profile:
    """Give the level and points of every competence.

    Args:
        test: every skill of the bank.
        estimate: what is believed of each of them.
        asked: by skill, how many direct answers it holds, skips left aside.
        competences: of the framework, in order.
        at: the instant of the answers' reading.
        highest_level: the highest one that is shown.
    """
    values = skill_values(test.skills)
    points: dict[str, Fraction] = {}
    direct: dict[str, int] = {}
    for skill in test.skills:
        direct[skill.competence] = direct.get(skill.competence, 0) + asked.get(skill.id, 0)
        if estimate.probabilities[skill.id] >= ACQUIRED_FROM:
            points[skill.competence] = points.get(skill.competence, Fraction(0)) + values[skill.id]
    most = POINTS_A_LEVEL * highest_level
    return Profile(
        tuple(
            _level(one, int(points.get(one, Fraction(0))), most)
            if direct.get(one, 0) >= LEVEL_FROM
            else CompetenceLevel(one, None, 0)
            for one in competences
        ),
        at,
    )


def _level(competence: str, points: int, most: int) -> CompetenceLevel:
    kept = min(points, most)
    return CompetenceLevel(competence, kept // POINTS_A_LEVEL, kept)


def by_area(
    profile: Profile, referential: Referential
) -> tuple[tuple[str, tuple[tuple[str, CompetenceLevel], ...]], ...]:
    """Arrange the competences under the titles of their domains, each with its own title."""
    found = {one.competence: one for one in profile.competences}
    return tuple(
        (
            f"{area.id} {area.title}",
            tuple((f"{one.id} {one.title}", found[one.id]) for one in area.competences),
        )
        for area in referential.areas
    )
