"""What a file of the question bank may hold: unknown keys are refused, so a typing error is seen.

The keys are English, the values French. `docs/banque.md` shows one example of each kind.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
Treatment = Literal["t1", "t2", "t3"]


class Part(BaseModel):
    """A piece of a bank file: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Media(Part):
    """A picture of `medias/` and the text that says the same to who cannot see it."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(svg|png|webp)$")]
    alternative: Annotated[str, Field(min_length=10, max_length=2000)]


class Source(Part):
    """Where a fact that may change was found, and when it was read."""

    text: Sentence
    read_on: date


class Proposal(Part):
    """One proposal of a choice, right or wrong."""

    text: Annotated[str, Field(min_length=1, max_length=240)]
    right: bool = False


class AnswerField(Part):
    """One typed or selected answer among several."""

    label: Annotated[str, Field(min_length=1, max_length=160)]
    solutions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    format: Literal["text", "number"] = "text"
    treatments: tuple[Treatment, ...] = ("t1", "t2", "t3")


class ChallengeBase(Part):
    """What every kind of challenge has."""

    id: Slug
    instruction: Annotated[str, Field(min_length=10, max_length=3000)]
    alternative_instruction: str | None = None
    media: Media | None = None
    explanation: Annotated[str, Field(min_length=20, max_length=1500)]
    source: Source | None = None
    doing: bool = False
    """True when the pupil acts on, or reads, a realistic picture, page or file."""
    phone_friendly: bool = True
    seconds: Annotated[int, Field(ge=10, le=600)]


class SingleChoice(ChallengeBase):
    """One right proposal among three to six."""

    kind: Literal["single_choice"]
    proposals: Annotated[tuple[Proposal, ...], Field(min_length=3, max_length=6)]
    shuffle: bool = True

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        if sum(proposal.right for proposal in self.proposals) != 1:
            raise ValueError("il faut exactement une bonne proposition (right: true)")
        return self


class MultipleChoice(ChallengeBase):
    """Two right proposals or more, one wrong or more."""

    kind: Literal["multiple_choice"]
    proposals: Annotated[tuple[Proposal, ...], Field(min_length=4, max_length=7)]
    shuffle: bool = True

    @model_validator(mode="after")
    def _several_are_right_and_one_is_wrong(self) -> Self:
        right = sum(proposal.right for proposal in self.proposals)
        if not 2 <= right < len(self.proposals):
            raise ValueError("il faut au moins deux bonnes propositions et une mauvaise")
        return self


class Text(ChallengeBase):
    """A short text to type."""

    kind: Literal["text"]
    label: Annotated[str, Field(min_length=1, max_length=160)] = "Votre réponse"
    solutions: Annotated[tuple[str, ...], Field(min_length=1)]
    treatments: tuple[Treatment, ...] = ("t1", "t2", "t3")


class Number(ChallengeBase):
    """A number to type, compared exactly."""

    kind: Literal["number"]
    label: Annotated[str, Field(min_length=1, max_length=160)] = "Votre réponse"
    solution: Decimal
    unit: str | None = None


class Fields(ChallengeBase):
    """Several typed answers, each with its own solutions: all must match."""

    kind: Literal["fields"]
    fields: Annotated[tuple[AnswerField, ...], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _each_field_has_solutions(self) -> Self:
        if any(not field.solutions or field.options for field in self.fields):
            raise ValueError("chaque champ a ses « solutions » et pas d’« options »")
        return self


class InterchangeableFields(ChallengeBase):
    """Several typed answers in any order: each must match a different group of spellings."""

    kind: Literal["interchangeable_fields"]
    labels: Annotated[tuple[str, ...], Field(min_length=2, max_length=6)]
    groups: Annotated[tuple[tuple[str, ...], ...], Field(min_length=2)]
    treatments: tuple[Treatment, ...] = ("t1", "t2", "t3")

    @model_validator(mode="after")
    def _enough_groups(self) -> Self:
        if len(self.groups) < len(self.labels) or any(not group for group in self.groups):
            raise ValueError("il faut au moins un groupe de solutions par champ, aucun vide")
        return self


class Select(ChallengeBase):
    """One or several drop-down lists."""

    kind: Literal["select"]
    fields: Annotated[tuple[AnswerField, ...], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _the_solution_is_an_option(self) -> Self:
        for field in self.fields:
            if len(field.options) < 2 or len(field.solutions) != 1:
                raise ValueError("chaque liste a deux « options » ou plus et une seule « solutions »")
            if field.solutions[0] not in field.options:
                raise ValueError(f"la solution « {field.solutions[0]} » n’est pas une option")
        return self


Challenge = Annotated[
    SingleChoice | MultipleChoice | Text | Number | Fields | InterchangeableFields | Select,
    Field(discriminator="kind"),
]


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
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _skills_grow(self) -> Self:
        levels = [skill.level for skill in self.skills]
        if levels != sorted(levels):
            raise ValueError("les acquis vont du niveau le plus bas au plus haut")
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
    category: Literal["rentree", "thematique", "ia", "adapte", "competence", "personnel"]
    description: Sentence
    learned: tuple[Sentence, ...]
    grades: tuple[Slug, ...]
    tubes: Annotated[tuple[CappedTube, ...], Field(min_length=1)]
    stages: Annotated[tuple[StageText, ...], Field(min_length=1)]
    prerequisites: tuple[Slug, ...] = ()


class Competence(Part):
    """One of the sixteen competences."""

    id: Annotated[str, Field(pattern=r"^[1-5]\.[1-5]$")]
    title: Sentence


class Area(Part):
    """One of the five domains."""

    id: Annotated[str, Field(pattern=r"^[1-5]$")]
    title: Sentence
    competences: tuple[Competence, ...]


class Referential(Part):
    """The domains and their competences, in order. The file `referentiel.yaml`."""

    areas: tuple[Area, ...]
