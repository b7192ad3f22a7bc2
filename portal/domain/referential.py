"""The framework: domains, competences, subjects (tubes) and skills, and the challenges that measure them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Competence:
    """One of the sixteen competences; `area` is the number of its domain."""

    id: str
    title: str
    area: str


@dataclass(frozen=True, slots=True)
class Area:
    """One of the five domains, with its competences in order."""

    id: str
    title: str
    competences: tuple[Competence, ...]


@dataclass(frozen=True, slots=True)
class Skill:
    """One observable thing a pupil can do, at a level from 1 to 8 of its subject."""

    id: str
    tube: str
    tube_title: str
    competence: str
    level: int
    description: str
    hint: str
    tutorial: str


@dataclass(frozen=True, slots=True)
class Tube:
    """One subject of a competence: its skills from the easiest to the hardest, and the themes it speaks of."""

    id: str
    competence: str
    title: str
    description: str
    phone_friendly: bool
    skills: tuple[Skill, ...]
    topics: tuple[str, ...] = ()


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TEXT = "text"
    NUMBER = "number"
    FIELDS = "fields"
    INTERCHANGEABLE_FIELDS = "interchangeable_fields"
    SELECT = "select"
    MATCHING = "matching"
    ORDERING = "ordering"
    HOTSPOT = "hotspot"
    SIMULATOR = "simulator"


# Lists to read and choose from.
CHOICES = frozenset({Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE})
# Answered by choosing, among proposals or places, in any order.
CHOSEN = CHOICES | {Kind.HOTSPOT}


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, and the text that says the same.

    `parts` is what a composed picture is made of, as the bank writes it; it has no file then.
    """

    file: str
    alternative: str
    parts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal of a choice, one thing to put in order, or one place of a picture or table.

    `zone` is the place on the picture (left, top, width, height, in its own units); `cell` the place in the table
    (row and column, from 0, headings left out); `part` is the name of the place on a composed picture, which gives
    the zone each time it is drawn.
    """

    text: str
    right: bool
    zone: tuple[float, float, float, float] | None = None
    cell: tuple[int, int] | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One typed or selected field: `options` is empty when it is typed.

    `answer` names what the pupil's own file answers; `solutions` is empty until the file is made.
    """

    label: str
    solutions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    is_number: bool = False
    treatments: tuple[str, ...] = ("t1", "t2", "t3")
    unit: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact that may change was read, and when."""

    text: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Challenge:
    """One question, whole: what is shown, what is right, and why.

    `proposals` is filled for choices and, in the right order, for what is to be put in order; `entries` for
    everything typed or selected; `groups` (sets of accepted spellings, one per expected answer) for
    interchangeable fields only.

    Attributes:
        size: the width and height of the picture where places are to be found, in its own units.
        table: the rows of the table where a place is to be found, its headings first.
        recipe: the generator of this pupil's file, with its parameters, as the bank writes them.
        answer: for a choice, the name of what the file answers; the proposals are then made from it.
        scenario: the scenario of a simulator, as the bank writes it.
        timer: how many seconds the pupil has, once begun.
        focus: whether the pupil is asked not to leave the page.
    """

    id: str
    kind: Kind
    instruction: str
    explanation: str
    seconds: int
    proposals: tuple[Proposal, ...] = ()
    entries: tuple[Entry, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    alternative_instruction: str | None = None
    media: Media | None = None
    source: Source | None = None
    doing: bool = False
    phone_friendly: bool = True
    shuffle: bool = True
    size: tuple[float, float] | None = None
    table: tuple[tuple[str, ...], ...] = ()
    recipe: Mapping[str, Any] | None = None
    answer: str | None = None
    scenario: Mapping[str, Any] | None = None
    timer: int | None = None
    focus: bool = False

    def __hash__(self) -> int:
        """Hash the name only: what the bank writes freely has no hash."""
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme that teachers look for, across competences."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Referential:
    """The whole framework in reading order, with the themes of the catalogue."""

    areas: tuple[Area, ...]
    topics: tuple[Topic, ...] = ()

    def competences(self) -> Iterator[Competence]:
        """Give every competence, in order."""
        for area in self.areas:
            yield from area.competences
