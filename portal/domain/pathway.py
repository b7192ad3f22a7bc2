"""Pathways (parcours): subjects up to a level, for some grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.adaptive import FrozenChallenge, FrozenSkill, FrozenTest
from portal.domain.mastery import Stage
from portal.domain.referential import Challenge, Skill, Tube


class Category(StrEnum):
    """The family of a parcours, in the order of the lists; those of a competence are made by the bank."""

    BACK_TO_SCHOOL = "rentree"
    ADAPTED = "adapte"
    THEMATIC = "thematique"
    AI = "ia"
    COMPETENCE = "competence"
    STAFF = "personnel"


@dataclass(frozen=True, slots=True)
class Pathway:
    """A ready parcours. `tubes` pairs the id of a subject with the highest level asked of it.

    Without `grades`, it is for no class in particular. `prerequisites` come before it: advised only, unless
    `is_locked`.
    """

    id: str
    title: str
    category: Category
    description: str
    learned: tuple[str, ...]
    grades: tuple[str, ...]
    tubes: tuple[tuple[str, int], ...]
    stages: tuple[Stage, ...]
    prerequisites: tuple[str, ...] = ()
    is_locked: bool = False


def skills_of(pathway: Pathway, tubes: Mapping[str, Tube]) -> tuple[Skill, ...]:
    """List the skills that a pathway asks for, by subject then level.

    Raises: KeyError if the pathway names a subject that the bank does not hold.
    """
    return tuple(
        skill for tube, maximum in pathway.tubes for skill in tubes[tube].skills if skill.level <= maximum
    )


def test_of(
    pathway: Pathway, tubes: Mapping[str, Tube], challenges: Mapping[str, Sequence[Challenge]]
) -> FrozenTest:
    """Build the test of a pathway as the engine plays it; what the words of the questions say is left out."""
    return FrozenTest(
        tuple(
            FrozenSkill(
                skill.id,
                skill.tube,
                skill.competence,
                skill.level,
                tuple(
                    FrozenChallenge(
                        one.id, "", one.kind.value, len(one.proposals), one.seconds, one.timer is not None
                    )
                    for one in challenges[skill.id]
                ),
            )
            for skill in skills_of(pathway, tubes)
        )
    )
