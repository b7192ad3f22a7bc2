"""Pathways (parcours): subjects up to a level, for some grades."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.mastery import Stage
from portal.domain.referential import Skill, Tube


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

    Without `grades`, it is for no class in particular.
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


def skills_of(pathway: Pathway, tubes: Mapping[str, Tube]) -> tuple[Skill, ...]:
    """List the skills that a pathway asks for, by subject then level.

    Raises: KeyError if the pathway names a subject that the bank does not hold.
    """
    return tuple(
        skill for tube, maximum in pathway.tubes for skill in tubes[tube].skills if skill.level <= maximum
    )
