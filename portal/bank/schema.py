"""What a file of the question bank may hold: unknown keys are refused, so a typing error is seen.

The keys are English, the values French. The questions themselves are in `portal.bank.kinds`.
"""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.bank.challenge import Part, Sentence, Slug
from portal.bank.kinds import Challenge


class Skill(Part):
    """One observable thing a pupil can do, at one level, with the variants that measure it."""

    id: Slug
    level: Annotated[int, Field(ge=1, le=8)]
    description: Sentence
    hint: Sentence
    tutorial: Slug
    """The heading of the tutorial page where it is taught, as an anchor."""
    challenges: Annotated[tuple[Challenge, ...], Field(min_length=2)]


class Tube(Part):
    """One subject: its skills by growing level. The file `sujets/<competence>/<id>.yaml`."""

    id: Slug
    competence: Annotated[str, Field(pattern=r"^[1-5]\.[1-5]$")]
    title: Sentence
    description: Sentence
    phone_friendly: bool
    topics: tuple[Slug, ...] = ()
    """What teachers look for, among those of `referentiel.yaml`."""
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _skills_grow(self) -> Self:
        levels = [skill.level for skill in self.skills]
        if levels != sorted(levels):
            late = next(two.id for one, two in pairwise(self.skills) if one.level > two.level)
            raise ValueError(f"l’acquis « {late} » suit un plus difficile : du plus bas niveau au plus haut")
        return self


class CappedTube(Part):
    """A subject of a pathway, up to a level."""

    tube: Slug
    maximum: Annotated[int, Field(ge=1, le=8)]


class StageText(Part):
    """What is said from a mastery rate on. `threshold` is a whole percent; None: one acquired skill."""

    threshold: Annotated[int, Field(ge=0, le=100)] | None
    title: Annotated[str, Field(min_length=2, max_length=60)]
    message: Sentence


class Pathway(Part):
    """A ready parcours: capped subjects, for some grades. `parcours/<category>/<id>.yaml`."""

    id: Slug
    title: Sentence
    category: Literal["rentree", "thematique", "ia", "adapte", "personnel"]
    description: Sentence
    learned: tuple[Sentence, ...]
    grades: tuple[Slug, ...]
    tubes: Annotated[tuple[CappedTube, ...], Field(min_length=1)]
    stages: Annotated[tuple[StageText, ...], Field(min_length=1)]
    prerequisites: tuple[Slug, ...] = ()
    """The parcours that come before: advised, or to be sent first when `locked`."""
    locked: bool = False

    @model_validator(mode="after")
    def _locked_by_something(self) -> Self:
        if self.locked and not self.prerequisites:
            raise ValueError("un parcours verrouillé dit lesquels l’ouvrent, dans « prerequisites »")
        return self


class Competence(Part):
    """One of the sixteen competences."""

    id: Annotated[str, Field(pattern=r"^[1-5]\.[1-5]$")]
    title: Sentence


class Area(Part):
    """One of the five domains."""

    id: Annotated[str, Field(pattern=r"^[1-5]$")]
    title: Sentence
    competences: tuple[Competence, ...]


class Topic(Part):
    """A theme that teachers look for in the catalogue, across competences."""

    id: Slug
    title: Sentence


class Referential(Part):
    """The domains and their competences, in order, and the themes. The file `referentiel.yaml`."""

    areas: tuple[Area, ...]
    topics: tuple[Topic, ...] = ()
