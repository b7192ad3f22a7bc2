"""What a question of the bank may hold, kind by kind. `docs/ecrire-une-question.md` shows one of each."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portal.bank.challenge import ChallengeBase, Part, Slug
from portal.material.pictures.library import compose

Treatment = Literal["t1", "t2", "t3"]

ONE_OF_BOTH = "il faut des « solutions » écrites ici, ou « answer » : le nom de ce que le fichier répond"


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
