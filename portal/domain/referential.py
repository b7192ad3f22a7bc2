"""The framework: domains, competences, subjects (tubes) and skills, and the challenges that measure them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    """One subject of a competence: its skills from the easiest to the hardest."""

    id: str
    competence: str
    title: str
    description: str
    phone_friendly: bool
    skills: tuple[Skill, ...]


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TEXT = "text"
    NUMBER = "number"
    FIELDS = "fields"
    INTERCHANGEABLE_FIELDS = "interchangeable_fields"
    SELECT = "select"


CHOICES = frozenset({Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE})


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, and the text that says the same."""

    file: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal of a choice."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One typed or selected field: `options` is empty when it is typed."""

    label: str
    solutions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    is_number: bool = False
    treatments: tuple[str, ...] = ("t1", "t2", "t3")
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact that may change was read, and when."""

    text: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Challenge:
    """One question, whole: what is shown, what is right, and why.

    `proposals` is filled for choices, `entries` for everything typed or selected, `groups` (sets of
    accepted spellings, one per expected answer) for interchangeable fields only.
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


@dataclass(frozen=True, slots=True)
class Referential:
    """The whole framework in reading order."""

    areas: tuple[Area, ...]

    def competences(self) -> Iterator[Competence]:
        """Give every competence, in order."""
        for area in self.areas:
            yield from area.competences
