"""What a question of the bank may hold, kind by kind. `docs/banque.md` shows one example of each."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from portal.material.pictures.library import compose

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]
Treatment = Literal["t1", "t2", "t3"]


_HOLE = re.compile(r"\{[a-z0-9_-]+\}")
ONE_OF_BOTH = "il faut des « solutions » écrites ici, ou « answer » : le nom de ce que le fichier répond"


class Part(BaseModel):
    """A piece of a bank file: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Media(Part):
    """A picture of `medias/` and the text that says the same to who cannot see it."""

    file: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(svg|png|webp)$")]
    alternative: Annotated[str, Field(min_length=10, max_length=2000)]


def _composed(parts: list[dict[str, JsonValue]]) -> list[dict[str, JsonValue]]:
    """Draw a picture once, so that its author hears what does not fit.

    Raises: pydantic's ValidationError.
    """
    compose(parts)
    return parts


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
    answer: str | None = None
    options: tuple[str, ...] = ()
    format: Literal["text", "number"] = "text"
    treatments: tuple[Treatment, ...] = ("t1", "t2", "t3")


class ChallengeBase(Part):
    """What every kind of challenge has."""

    id: Slug
    instruction: Annotated[str, Field(min_length=10, max_length=3000)]
    alternative_instruction: str | None = None
    media: Media | None = None
    picture: Annotated[list[dict[str, JsonValue]], AfterValidator(_composed)] | None = None
    """The parts of a picture of ours, in place of `media`."""
    alternative: Annotated[str, Field(min_length=10, max_length=4000)] | None = None
    """What says the same as `picture`, when the sentences made from its parts are not enough."""
    explanation: Annotated[str, Field(min_length=20, max_length=1500)]
    source: Source | None = None
    doing: bool = False
    """True when the pupil acts on, or reads, a realistic picture, page or file."""
    phone_friendly: bool = True
    seconds: Annotated[int, Field(ge=10, le=600)]
    material: dict[str, JsonValue] | None = None
    """The generator of the pupil's own file, with its parameters."""
    timer: Annotated[int, Field(ge=10, le=600)] | None = None
    """How many seconds the pupil has, once begun."""
    focus: bool = False
    """True when the pupil is asked to stay on the page."""

    @model_validator(mode="after")
    def _one_picture(self) -> Self:
        if self.media and self.picture:
            raise ValueError("« media » ou « picture », pas les deux")
        if self.alternative and not self.picture:
            raise ValueError(
                "« alternative » va avec « picture » ; celle d’un fichier s’écrit dans « media »"
            )
        if self.picture and not self.material and (hole := _HOLE.search(str(self.picture))):
            raise ValueError(f"« {hole[0]} » dans « picture » va avec « material », qui n’est pas là")
        return self


class SingleChoice(ChallengeBase):
    """One right proposal among three to six, written here or made from what the pupil's file answers."""

    kind: Literal["single_choice"]
    proposals: Annotated[tuple[Proposal, ...], Field(max_length=6)] = ()
    answer: str | None = None
    shuffle: bool = True

    @model_validator(mode="after")
    def _one_is_right(self) -> Self:
        if self.answer:
            if self.proposals or not self.material:
                raise ValueError("« answer » va avec « material », sans « proposals »")
            return self
        if len(self.proposals) < 3:
            raise ValueError("il faut au moins trois propositions")
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
    solutions: tuple[str, ...] = ()
    answer: str | None = None
    treatments: tuple[Treatment, ...] = ("t1", "t2", "t3")

    @model_validator(mode="after")
    def _something_is_right(self) -> Self:
        if bool(self.solutions) == bool(self.answer):
            raise ValueError(ONE_OF_BOTH)
        return self


class Number(ChallengeBase):
    """A number to type, compared exactly."""

    kind: Literal["number"]
    label: Annotated[str, Field(min_length=1, max_length=160)] = "Votre réponse"
    solution: Decimal | None = None
    answer: str | None = None
    unit: str | None = None

    @model_validator(mode="after")
    def _something_is_right(self) -> Self:
        if (self.solution is None) == (self.answer is None):
            raise ValueError(ONE_OF_BOTH)
        return self


class Fields(ChallengeBase):
    """Several typed answers, each with its own solutions: all must match."""

    kind: Literal["fields"]
    fields: Annotated[tuple[AnswerField, ...], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _each_field_has_solutions(self) -> Self:
        if any(bool(field.solutions) == bool(field.answer) or field.options for field in self.fields):
            raise ValueError("chaque champ a ses « solutions », ou le nom d’« answer », et pas d’« options »")
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


class Ordering(ChallengeBase):
    """Three to seven things to put in order, written in the right one."""

    kind: Literal["ordering"]
    steps: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=240)], ...], Field(min_length=3, max_length=7)
    ]


class Pair(Part):
    """Two things that go together."""

    left: Annotated[str, Field(min_length=1, max_length=160)]
    right: Annotated[str, Field(min_length=1, max_length=160)]


class Matching(ChallengeBase):
    """Things to match, each with one of the same list; `extra` goes with none."""

    kind: Literal["matching"]
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=7)]
    extra: tuple[str, ...] = ()


class Place(Part):
    """A place of a picture, by what is there.

    On a file, `zone` is left, top, width and height in its units; on a composed picture, `part` is a name it gives.
    """

    text: Annotated[str, Field(min_length=1, max_length=160)]
    zone: tuple[float, float, float, float] | None = None
    part: str | None = None
    right: bool = False


class Hotspot(ChallengeBase):
    """Places to find on a picture, or cells of a table; `right` names cells by row and column, from 1."""

    kind: Literal["hotspot"]
    places: Annotated[tuple[Place, ...], Field(max_length=12)] = ()
    size: tuple[float, float] | None = None
    """The width and height of the picture, as its viewBox says."""
    table: Annotated[tuple[tuple[str, ...], ...], Field(max_length=12)] = ()
    right: tuple[tuple[int, int], ...] = ()

    @model_validator(mode="after")
    def _a_picture_or_a_table(self) -> Self:
        if bool(self.places) == bool(self.table):
            raise ValueError("il faut « places » sur une image, ou « table » et « right »")
        if self.places:
            self._check_places()
        if self.places and not 1 <= sum(one.right for one in self.places) < len(self.places):
            raise ValueError("il faut au moins une bonne place et une mauvaise")
        if self.table:
            self._check_table()
        return self

    def _check_places(self) -> None:
        if self.picture:
            known = compose(self.picture).zones
            unknown = [str(one.part) for one in self.places if one.part not in known or one.zone]
            if unknown or self.size:
                raise ValueError(
                    f"sur « picture », chaque place a « part », sans « zone » ni « size » : {', '.join(unknown)}"
                    f" n’est pas parmi {', '.join(known)}"
                )
        elif not (self.media and self.size and all(one.zone and not one.part for one in self.places)):
            raise ValueError(
                "« places » va avec « picture », ou avec « media », des « zone » et « size » : la largeur et la"
                " hauteur de l’image"
            )

    def _check_table(self) -> None:
        widths = {len(row) for row in self.table}
        if len(widths) != 1 or len(self.table) < 3 or widths.pop() < 2:
            raise ValueError(
                "le tableau a une ligne de titres, deux lignes au moins, toutes de même longueur"
            )
        rows, columns = len(self.table) - 1, len(self.table[0]) - 1
        if not self.right or any(
            not (1 <= row <= rows and 1 <= column <= columns) for row, column in self.right
        ):
            raise ValueError("« right » nomme des cases [ligne, colonne] du tableau, titres non compris")


class Simulator(ChallengeBase):
    """A task to do in a simulator, as a scenario file tells it."""

    kind: Literal["simulator"]
    scenario: Slug
    instruction: str = ""
    """None here: the scenario says it."""


Challenge = Annotated[
    SingleChoice
    | MultipleChoice
    | Text
    | Number
    | Fields
    | InterchangeableFields
    | Select
    | Ordering
    | Matching
    | Hotspot
    | Simulator,
    Field(discriminator="kind"),
]
