"""What a generator is: parameters checked when the bank is loaded, and a seeded function that makes the rest."""

import random
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to download. `name` is plain ASCII French, as a careful person would name it: `releve-mars.csv`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """What one seed gives.

    Attributes:
        file: what the pupil opens.
        values: what `{name}` stands for in the instruction, the labels and the explanation, written the French way.
        answers: by name, the accepted spellings of each answer, computed from the material itself; the first is
            the one shown in the correction.
        wrong: by name of an answer, believable wrong ones, all different from it: the proposals of a choice.
    """

    file: MadeFile
    values: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Recipe(BaseModel):
    """A generator with its parameters, as the bank writes them: `material: {generator: …, …}`.

    Each recipe is a class of its own, with `generator: Literal["its-name"]` and its other parameters as fields with
    defaults. Unknown keys are refused.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    generator: str

    @abstractmethod
    def make(self, dice: random.Random) -> Made:
        """Make the file, the values of the instruction and the answers from one source of chance."""


def dice_of(seed: str) -> random.Random:
    """Give the source of chance of a seed: the same everywhere, for the same seed."""
    return random.Random(seed)  # noqa: S311
